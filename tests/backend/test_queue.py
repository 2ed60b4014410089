"""The clerk's queue: filtered and cut in the database; what a clerk opens is recorded; changes go to those concerned."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncSession

from backend.client.events import EventsClient
from backend.contracts.cases import CaseState, CaseStep
from backend.contracts.event_kinds import EventKind, NoData, OfUnit
from backend.contracts.events import Event
from backend.language.serial_numbers import check_digit
from backend.one_window.cases.events import STEPS, SUPPLEMENT_REQUESTED_AGAIN
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.openings import READING
from backend.platform.api import EVENTS
from backend.platform.calendar_events import CALENDAR_CHANGED, CalendarChange
from backend.platform.http import DATABASE
from backend.platform.identity import SYSTEM
from backend.platform.permissions import Role
from backend.platform.subscriptions import Subscription
from tests.conftest import LACKING_TOLD, Browser, Hall

MANY = 500
NOTHING_DUE = {"overdue": 0, "today": 0, "soon": 0}


def number(place: int) -> str:
    """A case number of an earlier day."""
    body = f"1261120{place:04d}"
    return body + check_digit(body)


async def filled(hall: Hall, owner: str | None, states: list[CaseState], unit: str = "SY") -> list[str]:
    """That many submitted cases; the finished ones were due first. Returns their ids."""
    now, conversation = hall.clock.now(), await hall.conversation()
    ids = [f"{place:032x}" for place in range(1, len(states) + 1)]
    cases = [
        {
            "id": case_id,
            "number": number(place),
            "item": "LJ-SY-001",
            "item_version": 1,
            "unit": unit,
            "state": state,
            "conversation": conversation,
            "channel": "web",
            "situation": {},
            "answers": {"name": {"value": "和秀英", "skipped": False}},
            "owner": owner,
            "created_at": now,
            "submitted_at": now,
            "due_on": date(2026, 11, 30) + timedelta(days=place // 3),
            "finished_at": now if state is CaseState.DELIVERED else None,
        }
        for place, (case_id, state) in enumerate(zip(ids, states, strict=True))
    ]
    steps = [
        {"case_id": case_id, "step": CaseStep.SUBMIT, "at": now, "by_kind": "citizen", "by_id": "c", "note": "", "lines": []}
        for case_id in ids
    ]  # fmt: skip
    async with hall.server.app[DATABASE].write() as session:
        await session.execute(insert(CaseRow), cases)
        await session.execute(insert(CaseStepRow), steps)
    return ids


@contextmanager
def statements(hall: Hall) -> Iterator[list[tuple[str, Any]]]:
    """Every SQL statement that the backend sends meanwhile with its values; beginning a transaction is none."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, parameters))

    engine = hall.server.app[DATABASE].engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def me(clerk: Browser) -> str:
    """The clerk's id."""
    _, view = await clerk.get("/staff/me")
    return str(view["id"])


async def listed(clerk: Browser, **query: Any) -> dict[str, Any]:
    """A page of the queue."""
    status, found = await clerk.get(f"/cases?{urlencode(query)}")
    assert status == 200, found
    return dict(found)


@pytest.mark.both_databases
async def test_open_cases_are_found_behind_any_number_of_finished_ones(hall: Hall) -> None:
    """500 delivered ones that were due earlier hide nothing; every one of them is counted."""
    async with hall.staff() as clerk:
        await filled(hall, await me(clerk), [CaseState.DELIVERED] * MANY + [CaseState.ACCEPTED] * 3)
        found = await listed(clerk)
        assert [one["state"] for one in found["cases"]] == ["accepted"] * 3
        assert (found["counts"], found["total"], found["next"]) == ({"delivered": MANY, "accepted": 3}, 3, None)
        async with hall.staff() as colleague:
            assert (await listed(colleague))["total"] == 0
            assert (await listed(colleague, scope="unit"))["total"] == 3
        async with hall.staff(units=("YL",)) as elsewhere:
            nothing = {"cases": [], "counts": {}, "due": NOTHING_DUE, "total": 0, "next": None}
            assert await listed(elsewhere, scope="unit") == nothing


@pytest.mark.both_databases
async def test_a_list_costs_five_statements_however_long_it_is(hall: Hall) -> None:
    """Finding out who asks included."""
    async with hall.staff() as clerk:
        await filled(hall, await me(clerk), [CaseState.DELIVERED] * MANY)
        await listed(clerk)  # the version of the item is read once and kept
        for query in ({"state": "delivered", "size": 200}, {"scope": "unit", "q": "126"}, {}):
            with statements(hall) as sent:
                found = await listed(clerk, **query)
            assert found["counts"] == {"delivered": MANY}
            asked = [
                one for one, _ in sent if "FROM events" not in one
            ]  # PostgreSQL: the look for other backends' events
            assert len(asked) <= 5, asked


@pytest.mark.both_databases
async def test_pages_follow_each_other_and_lose_nothing_when_cases_leave(hall: Hall) -> None:
    """Each once, in order, also when a case of an earlier page is finished meanwhile."""
    async with hall.staff() as clerk:
        ids = await filled(hall, await me(clerk), [CaseState.ACCEPTED] * 45)
        first = await listed(clerk, size=20)
        assert (len(first["cases"]), first["total"]) == (20, 45)
        assert (await clerk.post(f"/cases/{ids[4]}/steps/approve", {"note": "好"}))[0] == 200
        second = await listed(clerk, size=20, page=first["next"])
        third = await listed(clerk, size=20, page=second["next"])
        seen = [one["id"] for page in (first, second, third) for one in page["cases"]]
        assert seen == ids
        assert third["next"] is None
        assert third["total"] == 44


@pytest.mark.parametrize("page", ["x", "W10=", "eyJhIjoxfQ==", "WyIyMDI2LTExLTMwIiwgIjIwMjYtMTEtMzAiLCAiYSJd", "é"])
async def test_a_senseless_page_is_refused_with_the_field_named(hall: Hall, page: str) -> None:
    """A sentence, no server error."""
    async with hall.staff() as clerk:
        status, problem = await clerk.get(f"/cases?{urlencode({'page': page})}")
    assert (status, problem["field"]) == (422, "page")


@pytest.mark.parametrize("query", [{"size": 0}, {"size": 201}, {"state": "nonsense"}, {"scope": "everything"}])
async def test_a_senseless_query_is_refused_with_the_field_named(hall: Hall, query: dict[str, Any]) -> None:
    """Nothing is guessed."""
    async with hall.staff() as clerk:
        status, problem = await clerk.get(f"/cases?{urlencode(query)}")
    assert status == 422
    assert str(problem["field"]).startswith(next(iter(query)))


async def views(hall: Hall) -> int:
    """How often anybody's viewing of a case was recorded."""
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        _, found = await auditor.get("/audit?action=case.viewed&limit=500")
    return len(found["entries"])


@pytest.mark.both_databases
async def test_a_case_is_recorded_when_it_is_opened_not_at_every_refresh(hall: Hall) -> None:
    """Twenty refreshes of one open page: one entry. Another opening, or a reading without one: another entry."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk, hall.staff() as colleague:
        for _ in range(20):
            assert (await clerk.get(f"/cases/{case.id}?opening=first"))[0] == 200
        assert await views(hall) == 1
        await clerk.get(f"/cases/{case.id}?opening=second")
        assert await views(hall) == 2
        await clerk.get(f"/cases/{case.id}")
        await clerk.get(f"/cases/{case.id}?opening=")
        assert await views(hall) == 4
        await colleague.get(f"/cases/{case.id}?opening=first")
        assert await views(hall) == 5


async def test_nobody_reads_for_long_without_another_entry(hall: Hall) -> None:
    """An opening that is sent for hours counts anew, and one is good for one case only."""
    case, other = [await hall.submitted(await hall.conversation()) for _ in range(2)]
    async with hall.staff() as clerk:
        await clerk.get(f"/cases/{case.id}?opening=mine")
        await clerk.get(f"/cases/{other.id}?opening=mine")
        assert await views(hall) == 2
        hall.clock.move(READING)
        await clerk.get(f"/cases/{case.id}?opening=mine")
        await clerk.get(f"/cases/{case.id}?opening=mine")
        assert await views(hall) == 3


async def heard(socket: aiohttp.ClientWebSocketResponse, until: str) -> list[dict[str, Any]]:
    """What a page is told, up to an event about that subject."""
    told: list[dict[str, Any]] = []
    while not told or told[-1]["subject"] != until:
        told.append(await asyncio.wait_for(socket.receive_json(), 10))
    return [one for one in told if one["kind"] != "item.published"]  # of the delivered edition


async def follows(who: Browser, kinds: str = "") -> aiohttp.ClientWebSocketResponse:
    """A page that follows events from the beginning."""
    query = urlencode({"after": 0, "kinds": kinds})
    return await who.session.ws_connect(f"{who.base}/events/stream?{query}", origin=who.base)


@pytest.mark.both_databases
async def test_a_page_hears_of_the_cases_of_its_units_only(hall: Hall) -> None:
    """And of those its reader owns; never of conversations, sign-ins or drafts."""
    async with hall.staff(units=("YL",)) as elsewhere, hall.staff(units=("SY",)) as clerk:
        mine = await hall.submitted(await hall.conversation())
        owner = await me(elsewhere)
        async with hall.server.app[DATABASE].write() as session:
            for subject, data in (
                ("case:owned", OfUnit(unit="SY", owner=owner)),
                ("case:last", OfUnit(unit="YL", owner=None)),
            ):
                hall.server.app[EVENTS].publish(session, SUPPLEMENT_REQUESTED_AGAIN, subject, SYSTEM, data)
        told = await heard(await follows(elsewhere), "case:last")
        assert [one["subject"] for one in told] == ["case:owned", "case:last"]
        told = await heard(await follows(clerk), "case:owned")
        assert [(one["kind"], one["subject"]) for one in told] == [
            ("case.submitted", f"case:{mine.id}"),
            ("case.supplement_requested_again", "case:owned"),
        ]
        told = [one for one in await listed_events(elsewhere) if one["kind"] != "item.published"]
        assert [one["subject"] for one in told] == ["case:owned", "case:last"]


@pytest.mark.both_databases
async def test_a_page_hears_only_of_the_kinds_it_asked_for(hall: Hall) -> None:
    """Exact names and all of one beginning; what is not asked for is not told, what is not allowed neither."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk, hall.staff(Role.AUDITOR, units=()) as auditor, hall.staff(Role.HALL_MANAGER) as m:
        await clerk.post(f"/cases/{case.id}/steps/accept", LACKING_TOLD)
        assert [one["kind"] for one in (await listed_events(clerk, "case.accepted"))] == ["case.accepted"]
        assert [one["kind"] for one in (await listed_events(clerk, "case.*, switch.set"))] == [
            "case.submitted",
            "case.accepted",
        ]
        assert await listed_events(clerk, "conversation.*,staff.*,case.drafted") == []
        assert {one["kind"].partition(".")[0] for one in await listed_events(auditor)} >= {"staff"}
        assert await listed_events(m, "case.*") == []
    kinds = [one.kind async for one in limited(hall, "conversation.message_added", 3)]
    assert set(kinds) == {"conversation.message_added"}


async def listed_events(who: Browser, kinds: str = "") -> list[dict[str, Any]]:
    """Events from the beginning."""
    _, found = await who.get(f"/events?{urlencode({'after': 0, 'kinds': kinds})}")
    return list(found["events"])


async def limited(hall: Hall, kind: str, count: int) -> Any:
    """The first events that one of our processes hears of."""
    stream = hall.connectors.part(EventsClient).stream(0, kinds=(kind,))
    for _ in range(count):
        yield await anext(stream)
    await stream.aclose()


@pytest.mark.parametrize("kinds", ["case.nonsense", "nothing.*", "*", "case.accepted,,case.submit", "case"])
async def test_an_unknown_kind_is_refused_with_the_field_named(hall: Hall, kinds: str) -> None:
    """In the list and in the stream."""
    async with hall.staff() as clerk:
        status, problem = await clerk.get(f"/events?{urlencode({'kinds': kinds})}")
        assert (status, problem["field"]) == (422, "kinds")
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await follows(clerk, kinds)
    assert refused.value.status == 422


async def test_what_concerns_others_wakes_nobody(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """A follower that hears of little looks once to begin with and once for what concerns it."""
    events, database = hall.server.app[EVENTS], hall.server.app[DATABASE]
    wanted, looks, ordinary = Subscription(frozenset({"calendar.changed"})), 0, events.after

    async def counted(session: AsyncSession, after: int, subscription: Subscription) -> list[Event]:
        nonlocal looks
        looks += subscription is wanted
        return await ordinary(session, after, subscription)

    monkeypatch.setattr(events, "after", counted)
    stream = events.follow(0, wanted)
    following = asyncio.ensure_future(anext(stream))
    for _ in range(3):
        await hall.conversation()
    async with database.write() as session:
        last = await events.last_id(session)
        events.publish(session, CALENDAR_CHANGED, "calendar", SYSTEM, CalendarChange(year=2027))
    told = await asyncio.wait_for(following, 10)
    assert told.id == last + 1
    assert looks == 2
    await stream.aclose()


async def test_an_event_of_an_undeclared_kind_is_a_mistake_of_ours(hall: Hall) -> None:
    """Only what a feature declares is published; every step of a case has its kind."""
    async with hall.server.app[DATABASE].read() as session:
        with pytest.raises(ValueError, match=r"case\.misspelt"):
            hall.server.app[EVENTS].publish(session, EventKind("case.misspelt", NoData), "case:1", SYSTEM, NoData())
    assert set(STEPS) == set(CaseStep)
