"""The auditor's door: filters, export, verification, and nobody else."""

from __future__ import annotations

import ast
import csv
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import backend
from backend.features import FEATURES
from backend.hall.privacy.audit_words import audit_words
from backend.platform.action_names import ACTION_NAMES
from backend.platform.audit import OWN_RECORD
from backend.platform.permissions import Role
from tests.backend.test_audit import PURPOSE
from tests.conftest import Browser, Hall

PLACES = ("/auditor", "/audit", "/audit/export", "/audit/verification")


async def unmasked(hall: Hall) -> str:
    """A clerk has looked at a whole number; returns the case's number."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        await clerk.post(f"/cases/{case.id}/unmask", {"fields": ["id_number"], "purpose": PURPOSE})
    return case.number or ""


async def found(auditor: Browser, query: str) -> list[dict[str, Any]]:
    status, answer = await auditor.get(f"/audit?{query}")
    assert status == 200, answer
    return list(answer["entries"])


@pytest.mark.both_databases
async def test_entries_are_narrowed_by_kind_case_person_and_day(hall: Hall) -> None:
    """An auditor asks who looked at whole numbers, what happened to a case, what somebody did, what a day held."""
    number = await unmasked(hall)
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        (entry,) = await found(auditor, "kind=unmasked")
        assert (entry["action_name"], entry["purpose"]) == ("看了完整号码", PURPOSE)
        assert entry["subject_name"].replace(" ", "") == f"办件{number}"
        actions = [one["action"] for one in await found(auditor, f"number={number}")]
        assert actions == ["case.unmasked", "case.submitted", "case.drafted"]
        clerk = entry["by"].removeprefix("staff:")
        assert {one["by"] for one in await found(auditor, f"by={clerk}")} == {f"staff:{clerk}"}
        assert [one["seq"] for one in await found(auditor, "kind=unmasked&day=2026-11-23")] == [entry["seq"]]
        assert await found(auditor, "day=2026-11-22&by=assistant") == []
        assert await found(auditor, "number=126112300022") == []
        assert await found(auditor, "kind=nonsense") == []
        assert len(await found(auditor, "kind=unmasked&day=&number=&by=")) == 1, "a form sends what is empty"
        status, problem = await auditor.get("/audit?day=9999-12-31")
        assert (status, problem["field"]) == (422, "day")


async def test_only_the_auditor_has_this_door(hall: Hall) -> None:
    """《个人信息保护法》第五十一条: access is given by role; the page leads nobody else in."""
    for role in set(Role) - {Role.AUDITOR}:
        async with hall.staff(role, units=("*",)) as someone:
            assert [(await someone.get(place))[0] for place in PLACES] == [403] * 4, role
    async with hall.browser() as nobody:
        assert [(await nobody.get(place))[0] for place in PLACES[1:]] == [401] * 3
        assert "用户名" in (await nobody.get("/auditor"))[1]


async def test_the_export_is_a_table_that_computes_nothing_and_is_recorded(hall: Hall) -> None:
    """A purpose that begins with an equals sign stays text in a spreadsheet (OWASP, CSV injection)."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        await clerk.post(f"/cases/{case.id}/unmask", {"fields": ["phone"], "purpose": "=HYPERLINK(1)"})
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        status, text = await auditor.get("/audit/export?kind=unmasked")
        assert status == 200
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
        assert [row["用途"] for row in rows] == ["'=HYPERLINK(1)"]
        (entry,) = await found(auditor, "action=audit.exported")
        assert entry["details"] == {"kind": "unmasked"}


async def test_verification_says_whether_the_trail_was_touched(hall: Hall) -> None:
    """The same as ``./daoban audit verify``, in a sentence."""
    await unmasked(hall)
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        _, answer = await auditor.get("/audit/verification")
        assert answer["holds"]
        assert answer["sentence"].startswith("完好：从头到尾")
        with sqlite3.connect(hall.settings.data / "daoban.db") as database:
            database.execute("DROP TRIGGER audit_is_append_only_UPDATE")
            database.execute("UPDATE audit SET purpose = 'x' WHERE action = 'case.unmasked'")
        database.close()
        _, answer = await auditor.get("/audit/verification")
        assert not answer["holds"]
        assert "被改过" in answer["problems"][0]


async def test_what_is_recorded_has_words(hall: Hall) -> None:
    """Nothing an auditor meets in a day's work is shown as a code."""
    await unmasked(hall)
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        named = await found(auditor, "limit=500")
    assert {one["action"] for one in named if one["action"] == one["action_name"]} == set()
    kinds = [pattern.rstrip("*") for kind in audit_words().kinds.values() for pattern in kind.actions]
    assert {code for code in ACTION_NAMES if not code.startswith(tuple(kinds))} == set()


def test_entries_of_before_are_read_and_found_under_their_new_names() -> None:
    """The trail is chained and keeps the names it was written with."""
    words = audit_words()
    assert words.action("case.submit") == words.action("case.submitted") == "提交"
    assert words.all_names("case.submitted") == ("case.submitted", "case.submit")
    assert {now for now in words.former_actions.values() if now not in ACTION_NAMES} == set()


def named_in(tree: ast.Module) -> Iterator[str]:
    """Actions that a module names where it publishes, records or declares them: literals, and its own constants."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    places = {"publish": 1, "record": 1, "EventKind": 0}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        place = places.get(name)
        if place is None or len(call.args) <= place:
            continue
        told = call.args[place]
        value = constants.get(told.id) if isinstance(told, ast.Name) else getattr(told, "value", None)
        if isinstance(value, str):
            yield value


def recorded() -> set[str]:
    """Every action that the code names, and every event that a feature declares, but the transcript: that is a record itself."""
    modules = Path(backend.__file__).parent.rglob("*.py")
    written = {name for module in modules for name in named_in(ast.parse(module.read_text("utf-8")))}
    assert {"vault.rotated", "case.viewed", "retention.run"} <= written, "call sites are found"
    return (written | {kind.name for feature in FEATURES for kind in feature.events}) - OWN_RECORD


def test_every_action_that_the_code_records_has_words() -> None:
    """The auditor reads words, also of what does not happen in a test's day."""
    assert recorded() - ACTION_NAMES.keys() == set()


def test_no_words_are_kept_for_what_nothing_records() -> None:
    """A renamed action takes its words along."""
    assert ACTION_NAMES.keys() - recorded() - OWN_RECORD == set()
