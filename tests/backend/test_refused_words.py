"""The words of refusals: fields and choices by their Chinese names, days as they were written, nothing said back that should not be."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from backend.contracts.cases import CaseState
from backend.features import FEATURES
from backend.one_window.cases.wording import state_text
from backend.operate.commands.staff import add_staff
from backend.platform.errors import LONGEST_ECHO, StartRefusedError
from backend.platform.field_names import choice_of, label_of
from backend.platform.permissions import PERMISSIONS, ROLE_NAMES, Role
from tests.backend.test_queue import me
from tests.conftest import ID_NUMBER, PHONE, Hall

PROGRAMS = {"service:assistant", "service:connectors"}
"""Nobody reads what they are told but whoever writes them."""
SHAPES = [
    shape
    for feature in FEATURES
    for route in feature.operations
    if not PERMISSIONS[route.permission] <= PROGRAMS
    for shape in (route.body, route.query)
    if shape is not None
]


def fields_of(shape: Any, seen: set[type] | None = None) -> Iterator[tuple[str, Any]]:
    """Every field of a shape and of what it holds, with its type."""
    seen = set() if seen is None else seen
    if not (isinstance(shape, type) and issubclass(shape, BaseModel)):
        for part in get_args(shape):
            yield from fields_of(part, seen)
    elif shape not in seen:
        seen.add(shape)
        for name, field in shape.model_fields.items():
            yield field.alias or name, field.annotation
            yield from fields_of(field.annotation, seen)


def codes_of(kind: Any) -> Iterator[str]:
    """The codes that may be written where the type is an enumeration."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        yield from (str(one.value) for one in kind)
    elif get_origin(kind) is Literal:
        yield from (str(one) for one in get_args(kind) if one)
    else:
        for part in get_args(kind):
            yield from codes_of(part)


def chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


def test_every_field_that_people_fill_in_has_a_chinese_name() -> None:
    """What is refused names it: 「转给谁」, never 「to」."""
    assert len(SHAPES) > 50
    lacking = {name for shape in SHAPES for name, _ in fields_of(shape) if not chinese(label_of(name))}
    assert lacking == set()


def test_every_code_that_people_choose_is_said_with_what_it_means() -> None:
    """「窗口经办（counter_clerk）」."""
    chosen = {(name, code) for shape in SHAPES for name, kind in fields_of(shape) for code in codes_of(kind)}
    assert ("roles", "counter_clerk") in chosen
    assert {(name, code) for name, code in chosen if not chinese(choice_of(name, code))} == set()


def test_roles_and_states_are_called_as_everywhere() -> None:
    """One word, one thing; who is asked to supplement, and by whom a case is looked at, is said to the applicant otherwise."""
    for role in Role:
        assert choice_of("roles.0", role) == f"{ROLE_NAMES[role]}（{role}）"
    for state in set(CaseState) - {CaseState.AWAITING_SUPPLEMENT, CaseState.AWAITING_REVIEW}:
        assert choice_of("state", state) == f"{state_text(state)}（{state}）"


async def test_a_role_that_is_none_is_refused_with_those_there_are(hall: Hall) -> None:
    """On the command line, too."""
    with pytest.raises(
        StartRefusedError, match="只能写其中一个：导询台工作人员（desk_guide）、窗口经办（counter_clerk）"
    ):
        add_staff(hall.settings, "zhang", "张三", ["king"], ["SY"])
    async with hall.staff() as clerk:
        status, problem = await clerk.get("/cases?state=king")
    assert (status, problem["field"]) == (422, "state")
    assert "已办结（approved）" in problem["detail"]


async def test_a_number_of_a_person_is_refused_with_the_field_s_name(hall: Hall) -> None:
    """In Chinese."""
    async with hall.staff() as clerk:
        cover = {"deputy": PHONE, "starts_on": "2026-12-01", "ends_on": "2026-12-02"}
        status, problem = await clerk.post("/covers", cover)
    assert (status, problem["detail"][:7]) == (422, "「代办的人」里")


async def test_days_in_the_wrong_order_are_both_named(hall: Hall) -> None:
    """And which of them to change."""
    async with hall.staff() as clerk, hall.staff() as deputy:
        cover = {"deputy": await me(deputy), "starts_on": "2026-11-25", "ends_on": "2026-11-24"}
        status, problem = await clerk.post("/covers", cover)
    assert (status, problem["field"]) == (422, "ends_on")
    assert "2026年11月25日" in problem["detail"]
    assert "2026年11月24日" in problem["detail"]


@pytest.mark.parametrize("address", ["/staff/me", "/cases", "/covers"])
async def test_a_citizen_s_browser_is_asked_to_sign_in(hall: Hall, address: str) -> None:
    """It has no post whose rights could be lacking."""
    async with hall.browser() as browser:
        assert (await browser.post("/socket-tickets"))[0] == 201
        status, problem = await browser.get(address)
    assert (status, problem["detail"]) == (401, "请先登录再操作。")


@pytest.mark.parametrize("address", ["/items/{}", "/notice/{}", "/catalogue/items/{}"])
@pytest.mark.parametrize("typed", [ID_NUMBER, f"x{PHONE}", "长" * 300, "a" * 300])
async def test_what_was_looked_for_is_not_said_back_whole(hall: Hall, address: str, typed: str) -> None:
    """Short, and without a number of a person."""
    async with hall.browser() as browser:
        for accept in ("text/html", "application/json"):
            status, told = await browser.get(address.format(typed), Accept=accept)
            assert status in {404, 422}
            said = str(told)
            assert ID_NUMBER not in said
            assert PHONE not in said
            assert typed[:LONGEST_ECHO] not in said or len(typed) <= LONGEST_ECHO
