"""Whose data a table holds, and how a feature hands out and erases what it keeps of a citizen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, String, Text
from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform.database import Base

LONG_TEXT = 100
"""Characters from which a column can hold what somebody wrote about a person."""

Expire = Callable[[AsyncSession, datetime], Awaitable[int]]
"""Deletes what was last used before then; returns how many."""


class Holds(StrEnum):
    """Whose data a table holds."""

    NOBODYS = "nobodys"
    CITIZENS = "citizens"
    STAFFS = "staffs"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a feature, and whose data it holds."""

    model: type[Base]
    holds: Holds
    because: str = ""
    """Why nobody's data is in it although it keeps long texts or JSON; how long data of staff are needed."""

    @property
    def name(self) -> str:
        """Its name in the database."""
        return str(self.model.__tablename__)

    @property
    def keeps_free_text(self) -> bool:
        """Whether a person could be described in it."""
        kinds = [column.type for column in self.model.__table__.columns]
        return any(
            isinstance(kind, Text | JSON) or (isinstance(kind, String) and (kind.length or LONG_TEXT) >= LONG_TEXT)
            for kind in kinds
        )


def nobodys(model: type[Base], because: str = "") -> Table:
    """A table without personal data; ``because`` is required where it keeps long texts or JSON."""
    return Table(model, Holds.NOBODYS, because)


def citizens(model: type[Base]) -> Table:
    """A table with personal data of citizens: the feature's ``records`` export and erase it."""
    return Table(model, Holds.CITIZENS)


def staffs(model: type[Base], because: str) -> Table:
    """A table with data of staff at work (《个人信息保护法》第十三条第一款第二项); ``because`` says how long they are needed."""
    return Table(model, Holds.STAFFS, because)


class PersonalRecords(ABC):
    """What a feature keeps of a citizen, found by the conversation it came from.

    ``erases``: the tables that ``erase`` clears of the person; a table of citizens that is missing here fails the check.
    """

    erases: tuple[type[Base], ...] = ()

    @abstractmethod
    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:
        """Everything kept, by heading; identifiers as placeholders (《个人信息保护法》第四十五条)."""

    @abstractmethod
    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Delete what need not be kept; returns how many of each kind (第四十七条)."""

    async def said(self, session: AsyncSession, conversation: str) -> list[str]:  # noqa: ARG002
        """Return what the citizen said, identifiers as placeholders: nothing that staff wrote."""
        return []

    async def applicants(self, session: AsyncSession, conversation: str) -> list[frozenset[str]]:  # noqa: ARG002
        """Return the placeholders that are one person's own by what they declared or proved, person by person."""
        return []

    async def needed_identifiers(self, session: AsyncSession, conversation: str) -> set[str]:  # noqa: ARG002
        """Return the placeholders that records which have to be kept still need."""
        return set()

    async def kept_numbers(self, session: AsyncSession, conversation: str) -> list[str]:  # noqa: ARG002
        """Return the numbers of records that have to be kept."""
        return []

    async def busy(self, session: AsyncSession, conversations: Sequence[str]) -> set[str]:  # noqa: ARG002
        """Return those of the conversations that cannot be erased yet because something is under way."""
        return set()
