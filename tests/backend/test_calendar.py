"""The centre's calendar: who may change it, what is refused, and what becomes of the cases that hang on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from chinese_calendar import constants

from backend.client import BackendProblem
from backend.client.calendar import CalendarClient
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.events import EventsClient
from backend.contracts.cases import CaseState
from backend.contracts.events import Event
from backend.hall.calendar.lines import read_lines
from backend.one_window.cases.due_dates import BATCH
from backend.platform.calendar_watch import CALENDAR_WATCH
from backend.platform.errors import InvalidError
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from backend.platform.working_days import CalendarEdition, WorkingCalendar, notice_years
from tests.backend.test_queue import filled
from tests.conftest import Browser, Hall, running_hall

LOCAL = {"day": "2026-12-01", "working": False, "reason": "县里放假"}
"""A Tuesday before the case of these tests is due."""
UNKNOWN_YEAR = max(notice_years()) + 1


@asynccontextmanager
async def manager(hall: Hall) -> AsyncIterator[Browser]:
    """The hall manager's browser."""
    async with hall.staff(Role.HALL_MANAGER, units=()) as browser:
        yield browser


async def changed_dates(hall: Hall, count: int) -> list[Event]:
    """So many events of moved dates, as they come."""
    stream = hall.connectors.part(EventsClient).stream(0, kinds=("case.due_date_changed",))
    async with asyncio.timeout(20):
        found = [await anext(stream) for _ in range(count)]
    await stream.aclose()
    return found


@pytest.mark.both_databases
async def test_a_day_off_moves_the_due_date_with_an_event_and_the_applicant_is_told(hall: Hall) -> None:
    """CONTRACTS: recomputed, with an event. Taking the day back moves it back."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    assert case.due_on == date(2026, 12, 7)
    async with manager(hall) as who, hall.staff() as clerk:
        assert (await who.post("/calendar/days", LOCAL))[0] == 201
        [event] = await changed_dates(hall, 1)
        assert event.subject == f"case:{case.id}"
        assert (event.data["from"], event.data["to"]) == ("2026-12-07", "2026-12-08")
        told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert told.due_text == "最晚2026年12月8日办好。"
        _, queue = await clerk.get("/cases?scope=unit")
        assert queue["cases"][0]["due_on"] == "2026-12-08"
        assert (await who.send("DELETE", "/calendar/days/2026-12-01"))[0] == 200
        back = (await changed_dates(hall, 2))[-1]
        assert (back.data["from"], back.data["to"]) == ("2026-12-08", "2026-12-07")
    news = [one.text for one in (await said(hall, conversation)) if "放假安排有变动" in one.text]
    assert [text.endswith(f"最晚2026年12月{day}日办好。") for text, day in zip(news, (8, 7), strict=True)] == [
        True,
        True,
    ]


async def said(hall: Hall, conversation: str) -> Any:
    """What the conversation holds."""
    return (await hall.connectors.part(ConversationsClient).messages(conversation)).messages


@pytest.mark.parametrize(
    ("body", "status", "field", "words"),
    [
        ({"day": "2026-10-01", "working": True, "reason": "值班"}, 422, "day", "30天以前"),
        ({"day": "2031-01-02", "working": False, "reason": "早"}, 422, "day", "2029年"),
        ({**LOCAL, "reason": " "}, 422, "reason", "原因"),
        ({**LOCAL, "working": True}, 422, "working", "本来就上班"),
        ({"day": "2026-12-05", "working": False, "reason": "周六"}, 422, "working", "本来就休息"),
        ({**LOCAL, "day": "2026-13-01"}, 422, "day", ""),
        ({**LOCAL, "reason": "长" * 101}, 422, "reason", ""),
    ],
)
async def test_what_is_no_departure_is_refused_with_the_field_named(
    hall: Hall, body: dict[str, Any], status: int, field: str, words: str
) -> None:
    """Nothing is kept and no date moves."""
    async with manager(hall) as who:
        got, problem = await who.post("/calendar/days", body)
        assert (got, problem["field"]) == (status, field)
        assert words in problem["detail"]
        _, year = await who.get("/calendar/years/2026")
    assert year["departures"] == []


async def test_a_day_is_noted_once(hall: Hall) -> None:
    """The sentence tells what is noted already."""
    async with manager(hall) as who:
        await who.post("/calendar/days", LOCAL)
        status, problem = await who.post("/calendar/days", {**LOCAL, "reason": "别的"})
        assert (status, problem["field"]) == (409, "day")
        assert "2026年12月1日已经记为「休息」（县里放假）" in problem["detail"]
        assert (await who.send("DELETE", "/calendar/days/2026-12-02"))[0] == 404
        assert (await who.send("DELETE", "/calendar/days/x"))[0] == 404


async def test_only_the_hall_manager_changes_the_calendar(hall: Hall) -> None:
    """Nobody else sees the page either."""
    for role in set(Role) - {Role.HALL_MANAGER}:
        async with hall.staff(role) as other:
            assert (await other.post("/calendar/days", LOCAL))[0] == 403
            assert (await other.get("/calendar"))[0] == 403


async def test_pasted_lines_are_all_taken_or_none(hall: Hall) -> None:
    """A wrong line is named; what is so already is passed over."""
    table = f"{UNKNOWN_YEAR}年2月5日至{UNKNOWN_YEAR}年2月11日 休 春节\n\n{UNKNOWN_YEAR}-02-14　上班　春节调休\n"
    async with manager(hall) as who:
        for text, line in (
            (table + "下周二 休 过节", "第4行"),
            (table + "2026-10-02 上班 值班", "第4行"),
            (" \n", "一行也没有"),
        ):
            status, problem = await who.post("/calendar/lines", {"text": text})
            assert (status, problem["field"]) == (422, "text")
            assert line in problem["detail"]
        _, year = await who.get(f"/calendar/years/{UNKNOWN_YEAR}")
        assert year["departures"] == []
        status, done = await who.post("/calendar/lines", {"text": table + "2026-12-05 休 周六\n"})
        assert (status, done) == (200, {"added": 8, "skipped": 1})
        assert (await who.post("/calendar/lines", {"text": table}))[1] == {"added": 0, "skipped": 8}
        _, year = await who.get(f"/calendar/years/{UNKNOWN_YEAR}")
    assert [(one["day"][5:], one["working"]) for one in year["departures"]][-2:] == [("02-11", False), ("02-14", True)]


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-05 休", "2027-02-30 休 春节", "2027-02-05至2027-02-01 休 春节", "2027-01-01至2027-12-31 休 全年",
        "2027-02-05 玩 春节", "春节 休 2027-02-05", "2027-02-05 休 " + "长" * 101, "9999-12-31至9999-12-31 休 末日\n0000-01-01 休 始",
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named(text: str) -> None:
    """A sentence with the line and how to write it; no server error."""
    with pytest.raises(InvalidError) as refused:
        read_lines(text)
    assert "读不懂" in refused.value.detail


async def test_a_year_entered_in_full_is_no_longer_provisional(hall: Hall) -> None:
    """暂定 stays until somebody says that the notice is entered; a published year needs no such word."""
    first = date(UNKNOWN_YEAR, 3, 2)
    async with manager(hall) as who:
        _, year = await who.get(f"/calendar/years/{UNKNOWN_YEAR}")
        assert (year["published"], year["complete"]) == (False, False)
        assert {one["source"] for one in year["days"]} == {"provisional"}
        _, year = await who.post(f"/calendar/years/{UNKNOWN_YEAR}", {"complete": True})
        assert {one["source"] for one in year["days"]} == {"centre"}
        assert not await provisional(hall, first)
        await who.post(f"/calendar/years/{UNKNOWN_YEAR}", {"complete": False})
        assert await provisional(hall, first)
        assert (await who.post("/calendar/years/2026", {"complete": True}))[0] == 409
        assert (await who.get("/calendar/years/2099"))[0] == 404
        assert (await who.get("/calendar/years/x"))[0] == 404
        assert (await who.get("/calendar?year=2099", Accept="text/html"))[0] == 404


async def provisional(hall: Hall, day: date) -> bool:
    """Whether a backend that starts now takes the day as provisional."""
    calendar = WorkingCalendar()
    async with hall.server.app[DATABASE].read() as session:
        await calendar.load(session)
    return calendar.is_provisional(day)


@pytest.mark.both_databases
async def test_every_backend_goes_by_the_change_and_each_date_moves_once(hall: Hall) -> None:
    """Also more cases than fit into a batch; on PostgreSQL through a second backend."""
    async with AsyncExitStack() as stack:
        other = hall
        if not hall.server.app[DATABASE].is_sqlite:
            other = await stack.enter_async_context(running_hall(hall.settings, hall.clock))
        conversation = await hall.conversation()
        case = await hall.submitted(conversation)
        assert BATCH < 150
        moved = 1 + 150 - 3  # three were noted as due on the day that comes out
        await filled(hall, None, [CaseState.SUBMITTED] * 150)
        async with manager(hall) as who:
            await who.post("/calendar/days", LOCAL)
            events = await changed_dates(hall, moved)
        assert len({one.subject for one in events}) == moved
        told = await other.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert told.due_on == date(2026, 12, 8)
        for backend in {id(hall): hall, id(other): other}.values():
            await backend.server.app[CALENDAR_WATCH].catch_up()
        everything = (await hall.connectors.part(EventsClient).after(0, limit=1000)).events
        assert sum(one.kind == "case.due_date_changed" for one in everything) == moved


async def test_a_holiday_table_that_came_with_an_upgrade_moves_dates_at_the_start(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package knows another day than the one by which dates were computed."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    await hall.server.app[CALENDAR_WATCH].catch_up()
    async with hall.server.app[DATABASE].read() as session:
        before = await session.get(CalendarEdition, 1)
    assert before is not None
    await hall.server.close()
    monkeypatch.setitem(constants.holidays, date(2026, 12, 2), "National Day")
    async with running_hall(hall.settings, hall.clock) as upgraded:
        [event] = await changed_dates(upgraded, 1)
        assert (event.subject, event.data["to"]) == (f"case:{case.id}", "2026-12-08")
        await upgraded.server.app[CALENDAR_WATCH].catch_up()
        async with upgraded.server.app[DATABASE].read() as session:
            after = await session.get(CalendarEdition, 1)
        assert after is not None
        assert after.digest != before.digest


async def test_the_change_is_in_the_audit_trail(hall: Hall) -> None:
    """Who changed which day."""
    async with manager(hall) as who:
        await who.post("/calendar/days", LOCAL)
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        _, found = await auditor.get("/audit?action=calendar.changed")
    assert [(one["subject"], one["action_name"]) for one in found["entries"]] == [
        ("calendar:2026-12-01", "改了工作日历")
    ]


async def test_a_day_of_last_week_may_still_be_noted(hall: Hall) -> None:
    """Somebody forgot; a month is the limit."""
    day = hall.clock.now().date() - timedelta(days=7)
    async with manager(hall) as who:
        assert (await who.post("/calendar/days", {"day": day.isoformat(), "working": False, "reason": "停电"}))[
            0
        ] == 201


async def test_anyone_is_told_whether_a_day_is_worked(hall: Hall) -> None:
    """The next day off and the day after it; what the centre noted goes before; a day that is none is not found."""
    calendar = hall.assistant.part(CalendarClient)
    weekend = await calendar.open_day(date(2026, 11, 28))
    assert (weekend.working, str(weekend.next_working_day), weekend.provisional) == (False, "2026-11-30", False)
    async with manager(hall) as browser:
        status, _ = await browser.post("/calendar/days", LOCAL)
        assert status == 201
    local = await calendar.open_day(date(2026, 12, 1))
    assert (local.working, local.reason, str(local.next_working_day)) == (False, "县里放假", "2026-12-02")
    assert (await calendar.open_day(date(UNKNOWN_YEAR, 5, 1))).provisional
    with pytest.raises(BackendProblem):
        await calendar.open_day(date(2040, 1, 1))
