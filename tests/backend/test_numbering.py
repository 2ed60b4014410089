"""Numbers given out: one after the other, by kind and day, and what happens after 9,999."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from backend.language.serial_numbers import group, is_number
from backend.platform.database import Base
from backend.platform.numbering import Counter, NumberKind, next_number

DAY = date(2026, 11, 23)


@pytest.fixture
async def session() -> AsyncIterator[AsyncSession]:
    """A database with the counters only."""
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all, tables=[Base.metadata.tables["counters"]])
    async with AsyncSession(engine) as session:
        yield session
    await engine.dispose()


async def test_numbers_count_by_kind_and_day(session: AsyncSession) -> None:
    """The first figure is the kind, six are the day, four count, the last checks."""
    given = [
        await next_number(session, NumberKind.CASE, DAY),
        await next_number(session, NumberKind.CASE, DAY),
        await next_number(session, NumberKind.NOTICE, DAY),
        await next_number(session, NumberKind.CASE, date(2026, 11, 24)),
        await next_number(session, NumberKind.CASE, DAY),
    ]
    assert [number[:11] for number in given] == [
        "12611230001", "12611230002", "22611230001", "12611240001", "12611230003",
    ]  # fmt: skip
    assert all(is_number(number) and len(number) == 12 for number in given)
    assert group(given[0]) == "1261 1230 0014"


async def test_the_last_number_of_a_day_is_given_and_the_next_is_refused(session: AsyncSession) -> None:
    """9,999: a tenth thousand would need a figure more. The next day begins anew."""
    await next_number(session, NumberKind.CASE, DAY)
    await session.execute(update(Counter).values(last=9997))
    assert [(await next_number(session, NumberKind.CASE, DAY))[7:11] for _ in range(2)] == ["9998", "9999"]
    with pytest.raises(OverflowError, match="1261123"):
        await next_number(session, NumberKind.CASE, DAY)
    assert (await next_number(session, NumberKind.NOTICE, DAY))[7:11] == "0001"
    assert (await next_number(session, NumberKind.CASE, date(2026, 11, 24)))[7:11] == "0001"


async def test_one_counter_for_each_kind_and_day(session: AsyncSession) -> None:
    """What is kept is the last number given."""
    for _ in range(3):
        await next_number(session, NumberKind.NOTICE, DAY)
    assert (await session.execute(select(Counter.name, Counter.last))).tuples().all() == [("2261123", 3)]
