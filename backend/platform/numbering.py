"""Numbers given out, one after the other per kind and day (their form: backend/language/serial_numbers.py)."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from sqlalchemy import Integer, String
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.language.serial_numbers import check_digit
from backend.platform.database import Base

COUNTER_LIMIT = 9999


class NumberKind(IntEnum):
    """First digit of the number: what it counts."""

    CASE = 1
    NOTICE = 2
    FEEDBACK = 3


class Counter(Base):
    """Last number given out per kind and day."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


async def next_number(session: AsyncSession, kind: NumberKind, day: date) -> str:
    """The next number of that day; raises OverflowError after 9,999 in a day."""
    prefix = f"{kind.value}{day:%y%m%d}"
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    counted = (
        insert(Counter)
        .values(name=prefix, last=1)
        .on_conflict_do_update(index_elements=[Counter.name], set_={"last": Counter.last + 1})
        .returning(Counter.last)
    )
    last = (await session.execute(counted)).scalar_one()
    if last > COUNTER_LIMIT:
        raise OverflowError(prefix)
    body = f"{prefix}{last:04d}"
    return body + check_digit(body)
