"""Who gets a new case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backend.one_window.cases.assignment import Load, next_owner
from backend.platform.permissions import Role
from backend.platform.staff_directory import CaseWorker
from tests.conftest import Hall


def worker(name: str, *, lead: bool = False, units: tuple[str, ...] = ("SY",), here: bool = True) -> CaseWorker:
    """Somebody who can have cases."""
    return CaseWorker(name, name, lead, frozenset(units), here)


@pytest.mark.parametrize(
    ("workers", "away", "open_cases", "owner"),
    [
        ((worker("a"), worker("b")), set(), {"a": 3, "b": 1}, "b"),
        ((worker("a", here=False), worker("b")), set(), {"b": 9}, "b"),
        ((worker("a", here=False), worker("b", here=False)), set(), {"a": 1}, "b"),
        ((worker("a", lead=True), worker("b")), set(), {"b": 9}, "b"),
        ((worker("a", lead=True), worker("w", units=("*",))), set(), {}, "w"),
        ((worker("a", lead=True),), set(), {}, "a"),
        ((worker("a"), worker("w", units=("*",))), set(), {"a": 9}, "a"),
        ((worker("a"), worker("b")), {"a"}, {"b": 9}, "b"),
        ((worker("a"),), {"a"}, {}, None),
        ((), set(), {}, None),
    ],
)
def test_who_gets_a_new_case(
    workers: tuple[CaseWorker, ...], away: set[str], open_cases: dict[str, int], owner: str | None
) -> None:
    """Who is here before who is not, clerks before leads, the unit's own before the comprehensive window, the least loaded."""
    loads = {name: Load(count) for name, count in open_cases.items()}
    assert next_owner("SY", workers, away, loads) == owner


@pytest.mark.both_databases
async def test_new_cases_take_turns_among_those_who_are_here(hall: Hall) -> None:
    """Two clerks at their place share; one who signed in two hours ago and did nothing since, and the lead, get none."""
    async with hall.staff() as early, hall.staff(Role.UNIT_LEAD) as lead:
        hall.clock.move(timedelta(hours=2))
        await lead.sign_in()
        async with hall.staff() as one, hall.staff() as other:
            for _ in range(4):
                await hall.submitted(await hall.conversation())
            totals = [(await who.get("/cases?scope=mine"))[1]["total"] for who in (one, other, early, lead)]
            assert totals == [2, 2, 0, 0]
            hall.clock.move(timedelta(minutes=30))
            await early.get("/staff/me")
            await hall.submitted(await hall.conversation())
            assert (await early.get("/cases?scope=mine"))[1]["total"] == 1
