"""Who may read a case and in whose place they act on it, written out for everybody in the hall."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from unittest import mock

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from backend.contracts.cases import CaseState
from backend.one_window import cases
from backend.one_window.cases.access import CaseAccess, Standing
from backend.one_window.cases.covers import Covers
from backend.one_window.cases.models import CaseCover, CaseRow
from backend.one_window.cases.steps import Actor
from backend.platform.clock import SetClock
from backend.platform.database import Base
from backend.platform.errors import NotFoundError, declare_problems
from backend.platform.identity import NOBODY, Principal

declare_problems(Path(cases.__file__).with_name("problems.yaml"))

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
APPLICANT, CLERK = frozenset({Actor.APPLICANT}), frozenset({Actor.CLERK})
BOTH, NONE = APPLICANT | CLERK, frozenset[Actor]()


def staff(name: str, *units: str) -> Principal:
    """Somebody of these units."""
    return Principal("staff", id=name, roles=frozenset({"counter_clerk"}), units=frozenset(units))


def assistant(conversation: str | None) -> Principal:
    """The assistant, acting for a conversation."""
    return Principal("service", id="assistant", conversation=conversation)


OWNER, COLLEAGUE, ELSEWHERE = staff("owner", "SY"), staff("colleague", "SY"), staff("elsewhere", "YL")
WINDOW, MOVED, DEPUTY = staff("window", "*"), staff("owner", "YL"), staff("deputy", "YL")
CITIZEN = Principal("citizen", id="c", conversation="talk")
OTHER_CITIZEN = Principal("citizen", id="d", conversation="other talk")
OLD_DEPUTY = staff("old deputy", "YL")

CASES = {
    "draft": {"state": CaseState.DRAFT, "owner": None, "started_by": None},
    "draft at the counter": {"state": CaseState.DRAFT, "owner": None, "started_by": "colleague"},
    "submitted": {"state": CaseState.SUBMITTED, "owner": "owner", "started_by": None},
    "at the counter": {"state": CaseState.ACCEPTED, "owner": "owner", "started_by": "colleague"},
    "nobody's": {"state": CaseState.SUBMITTED, "owner": None, "started_by": None},
    "withdrawn": {"state": CaseState.WITHDRAWN, "owner": "owner", "started_by": None},
}
STANDING: list[tuple[str, Principal, frozenset[Actor], str | None]] = [
    ("draft", CITIZEN, APPLICANT, None),
    ("draft", assistant("talk"), APPLICANT, None),
    ("draft", OTHER_CITIZEN, NONE, None),
    ("draft", assistant("other talk"), NONE, None),
    ("draft", assistant(None), NONE, None),
    ("draft", NOBODY, NONE, None),
    ("draft", OWNER, NONE, None),
    ("draft", WINDOW, NONE, None),
    ("draft at the counter", COLLEAGUE, BOTH, None),
    ("draft at the counter", OWNER, NONE, None),
    ("draft at the counter", WINDOW, NONE, None),
    ("draft at the counter", CITIZEN, APPLICANT, None),
    ("submitted", CITIZEN, APPLICANT, None),
    ("submitted", OTHER_CITIZEN, NONE, None),
    ("submitted", assistant(None), NONE, None),
    ("submitted", OWNER, CLERK, None),
    ("submitted", COLLEAGUE, CLERK, None),
    ("submitted", WINDOW, CLERK, None),
    ("submitted", MOVED, CLERK, None),
    ("submitted", ELSEWHERE, NONE, None),
    ("submitted", DEPUTY, CLERK, "owner"),
    ("submitted", OLD_DEPUTY, NONE, None),
    ("at the counter", OWNER, BOTH, None),
    ("at the counter", COLLEAGUE, BOTH, None),
    ("at the counter", DEPUTY, BOTH, "owner"),
    ("at the counter", CITIZEN, APPLICANT, None),
    ("at the counter", ELSEWHERE, NONE, None),
    ("nobody's", COLLEAGUE, CLERK, None),
    ("nobody's", DEPUTY, NONE, None),
    ("nobody's", ELSEWHERE, NONE, None),
    ("withdrawn", COLLEAGUE, CLERK, None),
    ("withdrawn", CITIZEN, APPLICANT, None),
    ("withdrawn", ELSEWHERE, NONE, None),
]


@pytest.fixture
async def session() -> AsyncIterator[AsyncSession]:
    """The cases of unit SY, and a deputy for their owner today; another's time is over."""
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(
            Base.metadata.create_all, tables=[Base.metadata.tables[name] for name in ("cases", "case_covers")]
        )
    async with AsyncSession(engine) as session:
        for name, fields in CASES.items():
            session.add(
                CaseRow(
                    id=name, item="LJ-SY-001", item_version=1, unit="SY", conversation="talk", channel="web",
                    situation={}, answers={}, created_at=NOW, **fields,
                )
            )  # fmt: skip
        for name, first, last in (
            ("deputy", "2026-11-23", "2026-11-23"),
            ("old deputy", "2026-11-01", "2026-11-22"),
            ("old deputy", "2026-11-24", "2026-11-30"),
        ):
            session.add(
                CaseCover(
                    id=f"{name} {first}", staff="owner", deputy=name, starts_on=date.fromisoformat(first),
                    ends_on=date.fromisoformat(last), arranged_by="lead", arranged_at=NOW,
                )
            )  # fmt: skip
        await session.flush()
        yield session
    await engine.dispose()


ACCESS = CaseAccess(Covers(cast("Any", None), SetClock(NOW), cast("Any", None)))


@pytest.mark.parametrize(("case", "who", "actors", "deputy_for"), STANDING)
async def test_in_whose_place_everybody_acts(
    session: AsyncSession, case: str, who: Principal, actors: frozenset[Actor], deputy_for: str | None
) -> None:
    """Who has no place finds no case: it does not exist for them."""
    row = await session.get(CaseRow, case)
    assert row is not None
    assert await ACCESS.standing(session, row, who) == Standing(actors, deputy_for)
    if actors:
        assert await ACCESS.row(session, case, who) is row
        assert await ACCESS.row(session, case, who, hold=True) is row
    else:
        with pytest.raises(NotFoundError, match=r"case\.unknown"):
            await ACCESS.row(session, case, who)


@pytest.mark.parametrize("hold", [False, True])
async def test_only_a_case_that_is_changed_is_locked(session: AsyncSession, hold: bool) -> None:
    """PostgreSQL lets the next one wait; who only reads waits for nobody."""
    with mock.patch.object(session, "get", wraps=session.get) as got:
        await ACCESS.row(session, "submitted", OWNER, hold=hold)
    assert bool(got.await_args_list[0].kwargs["with_for_update"]) is hold


async def test_a_case_that_is_not_there_is_not_found(session: AsyncSession) -> None:
    """As for those who may not see it."""
    with pytest.raises(NotFoundError, match=r"case\.unknown"):
        await ACCESS.row(session, "x", COLLEAGUE)


OWNED = {"submitted", "at the counter", "withdrawn"}


@pytest.mark.parametrize(
    ("who", "seen", "own", "covered"),
    [
        (OWNER, set(CASES), OWNED, set()),
        (COLLEAGUE, set(CASES), set(), set()),
        (MOVED, OWNED, OWNED, set()),
        (DEPUTY, OWNED, OWNED, OWNED),
        (OLD_DEPUTY, set(), set(), set()),
        (ELSEWHERE, set(), set(), set()),
        (WINDOW, set(CASES), set(), set()),
    ],
)
async def test_which_cases_a_list_shows(
    session: AsyncSession, who: Principal, seen: set[str], own: set[str], covered: set[str]
) -> None:
    """Of one's units, one's own wherever one works now, and those one stands in for today."""

    async def found(condition: Any) -> set[str]:
        return set(await session.scalars(select(CaseRow.id).where(condition)))

    visible = ACCESS.seen_by(who)
    assert (set(CASES) if visible is None else await found(visible)) == seen
    assert (visible is None) is (who is WINDOW)
    assert await found(ACCESS.of(who)) == own
    assert await found(ACCESS.covered_by(who)) == covered
