"""Numbers that people read out: 12 digits, kind + YYMMDD + counter of the day + check digit (ISO 7064 MOD 11,10).

A misheard digit or two swapped neighbours never give another valid number. Shown in groups of four: 「1261 1230 0015」.
"""

from __future__ import annotations

import re
from datetime import date
from enum import IntEnum

from sqlalchemy import Integer, String
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base

COUNTER_LIMIT = 9999


class NumberKind(IntEnum):
    """First digit of the number: what it counts."""

    CASE = 1
    NOTICE = 2


class Counter(Base):
    """Last number given out per kind and day."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10 check digit."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def is_number(text: str) -> bool:
    """Whether the 12 digits carry the right check digit and a known kind."""
    return bool(re.fullmatch(r"[12]\d{11}", text)) and check_digit(text[:-1]) == text[-1]


def group(number: str) -> str:
    """In groups of four, as printed and read out."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def ungroup(text: str) -> str:
    """What people typed, without blanks and hyphens."""
    return re.sub(r"[\s\-]", "", text)


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
