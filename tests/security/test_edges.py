"""What comes in from outside: deep JSON, long log lines, forged hosts and origins, senseless tickets and switches, formulas."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import logging
import sys
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import segno
import structlog
from aiohttp import WSMsgType
from aiohttp.test_utils import TestServer
from pydantic import TypeAdapter, ValidationError
from pydantic_core._pydantic_core import list_all_errors

from backend.contracts.cases import StepRequest
from backend.contracts.conversations import NewMessage
from backend.contracts.notices import NoticeRequest
from backend.hall.accounts.schemas import NewStaff
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.writing import documents_in, materials_csv, materials_from_csv
from backend.platform import events
from backend.platform.bodies import MAX_DEPTH
from backend.platform.complaints import first_complaint, sentence_for, table
from backend.platform.errors import InvalidError
from backend.platform.permissions import Role
from backend.platform.spreadsheets import shown, written
from backend.settings import Settings
from backend.telemetry.logs import MAX_LINE_LENGTH, ShortLines, configure_logs
from connectors.app import create_app as connectors_app
from connectors.settings import Settings as ConnectorsSettings
from tests.conftest import Browser, Hall, running_hall

FORMULA = "=HYPERLINK(1)"


# --- JSON


@pytest.mark.parametrize("depth", [MAX_DEPTH, 600, 5_000, 100_000])
@pytest.mark.parametrize("shape", ["[", '{"a":'], ids=["arrays", "objects"])
async def test_deep_json_is_refused_with_a_sentence_and_a_short_line(
    hall: Hall, depth: int, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """However deep: no failure of ours, and nothing of it in the log."""
    capsys.readouterr()
    inner = shape * depth + "1" + {"[": "]", '{"a":': "}"}[shape] * depth
    async with (
        hall.browser() as browser,
        browser.session.post(f"{hall.base}/rules/retirement_age/compute", data=f'{{"answers": {inner}}}') as response,
    ):
        assert response.status in {400, 413}
        assert (await response.json(content_type=None))["detail"]
    assert max(map(len, capsys.readouterr().err.splitlines()), default=0) < 1_000


def test_deep_yaml_is_a_complaint() -> None:
    """Of an item brought in."""
    with pytest.raises(InvalidError, match=r"item\.yaml"):
        documents_in("[" * 5_000 + "]" * 5_000)


def test_a_table_with_a_cell_without_end_is_a_complaint() -> None:
    """More than the reader takes in one cell."""
    header = materials_csv([]).strip()
    with pytest.raises(InvalidError, match=r"import\.header"):
        materials_from_csv(f'{header}\n"{"x" * 200_000}')


# --- what is said


def test_every_error_of_the_schema_checker_has_a_chinese_sentence() -> None:
    """No English, no name of a class, no value that was typed; a type that a newer version adds gets the common sentence."""
    for error in list_all_errors():
        values = error.get("example_context") or {}
        said = sentence_for(error["type"], dict.fromkeys(values, "SECRET"))
        assert any("\u4e00" <= letter <= "\u9fff" for letter in said), error["type"]
        for name in {"class_name", "class", "error", "tag", "pattern", "attribute"} & values.keys():
            assert "SECRET" not in sentence_for(error["type"], {**values, name: "SECRET"}), error["type"]
    assert table().keys() - {"other"} <= {error["type"] for error in list_all_errors()}
    assert sentence_for("no such type", {}) == table()["other"]


@pytest.mark.parametrize(
    ("shape", "given", "field"),
    [
        (NoticeRequest, {}, "item"),
        (NoticeRequest, {"item": 5}, "item"),
        (NoticeRequest, [], "body"),
        (NoticeRequest, {"item": "LJ-SY-001", "more": 1}, "more"),
        (NoticeRequest, {"item": "LJ-SY-001", "situation": {"agent": "perhaps"}}, "situation.agent"),
        (StepRequest, {"lines": [{"name": "照片", "why": "没有"}]}, "lines.0.how"),
        (NewStaff, {"username": "he", "name": "和", "roles": ["king"]}, "roles.0"),
        (NewMessage, {"message_id": "12345678", "choice": 5}, "choice"),
        (NewMessage, {"message_id": "12345678", "choice": "king:1"}, "choice"),
    ],
)
def test_the_field_is_named_as_it_was_sent(shape: Any, given: Any, field: str) -> None:
    """Without what the checker adds of its own: classes, validators, alternatives of a union."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(shape).validate_python(given)
    named, reason = first_complaint(refused.value, given)
    assert named == field
    told = reason.replace("king", "").partition("：")[0]  # after it the codes that may be written
    assert not any("a" <= letter <= "z" for letter in told)


async def test_a_refused_body_is_told_in_chinese(hall: Hall) -> None:
    """What a person reads names the field in their words."""
    async with hall.staff(Role.HALL_MANAGER) as manager:
        _, problem = await manager.post("/switches", {"kind": "notice", "target": "all", "sentence": ""})
    assert (problem["field"], problem["detail"]) == ("sentence", "「要说的话」填得不对：不能空着，至少4个字")


# --- log lines


def test_log_lines_are_short(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is logged: a long text, many values, a list, a deep traceback; ours and those of libraries."""
    configure_logs(json=True)
    log = structlog.get_logger()

    def deep(left: int) -> int:
        return other(left) if left else 1 // 0

    def other(left: int) -> int:
        return deep(left - 1)

    log.warning("long", text="长" * 200_000, parts=["x" * 100] * 5_000, **{f"value{n}": n for n in range(2_000)})
    try:
        deep(400)
    except ZeroDivisionError:
        log.exception("failed")
        failure = sys.exc_info()
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert max(map(len, lines)) <= MAX_LINE_LENGTH
    assert "ZeroDivisionError" in lines[1], "its end tells what it was"
    record = logging.LogRecord("library", logging.ERROR, "", 0, "长" * 200_000, (), failure)
    assert len(ShortLines("%(message)s").format(record)) <= MAX_LINE_LENGTH


# --- who asks from where


@pytest.mark.parametrize(
    "origin",
    ["https://{host}", "null", "", "http://{host}.evil.example", "http://evil.example/{host}", "ftp://{host}",
     "http://user@{host}", "{host}", "http://127.0.0.1", "http://[", "http://{host}:99999999"],
)  # fmt: skip
async def test_only_our_own_pages_change_anything(hall: Hall, origin: str) -> None:
    """Scheme, host and port are ours, or the browser's page is somebody else's."""
    sent = origin.replace("{host}", hall.base.removeprefix("http://"))
    async with hall.staff() as clerk:
        status, problem = await clerk.send("DELETE", "/staff/session", Origin=sent)
        assert (status, problem["type"]) == (403, "urn:daoban:problem:identity.origin")
        assert (await clerk.get("/staff/me"))[0] == 200
        assert (await clerk.send("DELETE", "/staff/session"))[0] == 204


PUBLIC = "https://hall.example"


@pytest.fixture
def public(settings: Settings) -> Settings:
    """Settings with a public address and a name within the house."""
    return settings.model_copy(update={"public_url": PUBLIC + "/", "trusted_hosts": frozenset({"inner.example"})})


async def got(browser: Browser, path: str, host: str) -> tuple[str, str]:
    """A page, and its policy."""
    async with browser.session.get(browser.base + path, headers={"Host": host}) as response:
        return await response.text(), response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "hall.example", "hall.example.evil.example:80", "inner.example:8700"])
async def test_a_forged_host_reaches_neither_code_nor_policy(public: Settings, hall: Hall, host: str) -> None:
    """The printed code shows the public address; the policy allows its sockets, or those of a name we know."""
    await hall.server.close()
    async with running_hall(public, hall.clock) as served, served.browser() as browser:
        page, policy = await got(browser, "/items/LJ-SY-001", host)
        code = segno.make(f"{PUBLIC}/items/LJ-SY-001", error="m").svg_inline(border=1, omitsize=True)
        assert code in page
        assert ("inner.example" in policy) == host.startswith("inner.")
        assert "evil" not in policy + page
        assert host.startswith("inner.") or "wss://hall.example" in policy


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("hall.example", PUBLIC, 201),
        ("hall.example", "http://hall.example", 403),
        ("inner.example:8700", "http://inner.example:8700", 201),
        ("evil.example", "http://evil.example", 403),
        ("evil.example", "https://evil.example", 403),
    ],
)
async def test_a_rebound_name_is_not_our_origin(
    public: Settings, hall: Hall, host: str, origin: str, status: int
) -> None:
    """DNS rebinding: somebody's name that leads to our address is still somebody's page."""
    await hall.server.close()
    async with running_hall(public, hall.clock) as served, served.browser() as browser:
        assert (await browser.post("/socket-tickets", Host=host, Origin=origin))[0] == status


# --- sockets


@pytest.mark.parametrize("ticket", [None, "", "x", "x" * 15, "x" * 5_000, "%00" * 20, "%ff%fe" * 20, "☃" * 20])
async def test_a_senseless_ticket_opens_nothing(hall: Hall, ticket: str | None) -> None:
    """403, as for one that is used up."""
    async with connected(hall) as base, aiohttp.ClientSession() as session:
        query = "" if ticket is None else f"?ticket={ticket}"
        async with session.get(f"{base}/chat{query}", headers={"Origin": base}) as response:
            assert response.status == 403


@pytest.mark.parametrize(
    ("secure", "origin", "status"),
    [
        (False, "http://127.0.0.1", 400),
        (False, "ftp://127.0.0.1", 403),
        (False, "http://[", 403),
        (True, "http://127.0.0.1", 403),
        (True, "https://127.0.0.1", 400),
    ],
)
async def test_the_chat_opens_for_our_own_pages(hall: Hall, secure: bool, origin: str, status: int) -> None:  # a case
    """Behind HTTPS only for those that came by it; what they ask is looked at afterwards (400: no sequence number)."""
    async with (
        connected(hall, secure_cookies=secure) as base,
        aiohttp.ClientSession() as session,
        session.get(f"{base}/chat?after=x", headers={"Origin": origin}) as response,
    ):
        assert response.status == status


def connected(hall: Hall, **more: Any) -> _Connected:
    """The connectors on the hall."""
    token = (hall.settings.secrets / "connectors.token").read_text()
    return _Connected(ConnectorsSettings(backend_url=hall.base, token=token, **more))


class _Connected:
    def __init__(self, settings: ConnectorsSettings) -> None:
        self._server = TestServer(connectors_app(settings))

    async def __aenter__(self) -> str:
        await self._server.start_server()
        return str(self._server.make_url("")).rstrip("/")

    async def __aexit__(self, *_error: object) -> None:
        await self._server.close()


async def opened(browser: Browser, kinds: str = "") -> aiohttp.ClientWebSocketResponse:
    """The event stream of a page."""
    return await browser.session.ws_connect(f"{browser.base}/events/stream?after=0&kinds={kinds}", origin=browser.base)


async def ended(stream: aiohttp.ClientWebSocketResponse) -> int | None:
    """Read to its end; the code it was closed with."""
    async with asyncio.timeout(60):
        while (await stream.receive()).type is WSMsgType.TEXT:
            pass
    return stream.close_code


async def ends_after_signing_out(hall: Hall, clerk: Browser) -> None:
    assert (await clerk.send("DELETE", "/staff/session"))[0] == 204


async def ends_after_a_reset(hall: Hall, clerk: Browser) -> None:
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.browser() as operator:
        body = {"username": clerk.credentials["username"]}
        assert (await operator.post("/staff/reset", body, Authorization=f"Bearer {token}"))[0] == 200


async def ends_after_a_new_password_elsewhere(hall: Hall, clerk: Browser) -> None:
    async with hall.browser() as elsewhere:
        elsewhere.credentials = clerk.credentials
        await elsewhere.sign_in()
        new = {"current": clerk.credentials["password"], "new": "long enough to keep"}
        assert (await elsewhere.post("/staff/password", new))[0] == 200


async def ends_when_the_day_is_over(hall: Hall, clerk: Browser) -> None:
    hall.clock.move(timedelta(hours=11))


@pytest.mark.parametrize(
    "done", [ends_after_signing_out, ends_after_a_reset, ends_after_a_new_password_elsewhere, ends_when_the_day_is_over]
)
async def test_an_open_event_stream_ends_with_its_session(
    hall: Hall, done: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing more is told, the case that follows least of all; the page learns that it is over."""
    monkeypatch.setattr(events, "RIGHTS_SECONDS", 0.05)
    async with hall.staff() as clerk:
        stream = await opened(clerk)
        await done(hall, clerk)
        assert await ended(stream) == aiohttp.WSCloseCode.POLICY_VIOLATION
        await hall.submitted(await hall.conversation())


async def test_each_role_hears_of_its_own_cases_only(hall: Hall) -> None:
    """The desk of none; a unit of its own; the window for everything of all."""
    await hall.submitted(await hall.conversation())

    async def heard(browser: Browser) -> list[str]:
        _, found = await browser.get("/events?after=0")
        return [event["kind"] for event in found["events"] if event["kind"].startswith(("case.", "conversation."))]

    async with (
        hall.staff(Role.DESK_GUIDE, units=("*",)) as desk,
        hall.staff(units=("YL",)) as other,
        hall.staff(units=("SY",)) as own,
        hall.staff(units=("*",)) as everything,
    ):
        assert (await heard(desk), await heard(other)) == ([], [])
        assert await heard(own) == await heard(everything) == ["case.submitted"]


# --- switches


@pytest.mark.parametrize(
    ("kind", "target"),
    [("item", "LJ-XX-999"), ("item", "13900000007"), ("topic", "weather"), ("channel", "pigeon"), ("notice", "some")],
)
async def test_nothing_that_does_not_exist_is_switched(hall: Hall, kind: str, target: str) -> None:
    """Neither off nor on; no event, no entry of the trail names it."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(Role.AUDITOR) as auditor:
        off = {"kind": kind, "target": target, "sentence": "今天不办"}
        status, problem = await manager.post("/switches", off)
        assert (status, problem["field"]) == (422, "target")
        assert (await manager.send("DELETE", f"/switches/{kind}/{target}"))[0] == 404
        assert (await manager.get("/switches"))[1] == {"switches": []}
        assert target not in json.dumps((await auditor.get("/audit"))[1])


# --- tables for spreadsheets


@pytest.mark.parametrize(
    "cell",
    [FORMULA, f"好\n{FORMULA}", f"好\r\n{FORMULA}", f"好\r{FORMULA}", f"  {FORMULA}", f"\n\n{FORMULA}", "+1", "-1+1",
     "@SUM(1)", "\t=1", f"\u3000{FORMULA}", "＝1", "＋1", "－1", "＠A"],
)  # fmt: skip
def test_no_line_of_a_cell_is_a_formula(cell: str) -> None:
    """After a line break as at the beginning; and what is brought in again is as it was."""
    for line in shown(cell).splitlines():
        assert not line.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert written(shown(cell)) == cell


def test_the_table_of_materials_computes_nothing_and_comes_back_as_it_was() -> None:
    """Export and import of an item whose material an editor named like a formula."""
    item = edition().items["LJ-SY-001"].item
    named = item.materials[0].model_copy(update={"note": f"第一行\n{FORMULA}", "name": FORMULA})
    table = materials_csv([item.model_copy(update={"materials": (named,)})])
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert not any(line.startswith("=") for cell in cells for line in cell.splitlines())
    (back,) = materials_from_csv(table)["LJ-SY-001"]
    assert (back["name"], back["note"]) == (named.name, named.note)
