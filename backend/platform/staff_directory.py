"""Who works here, as features that are not the accounts may know it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

EVERY_UNIT = "*"
"""The comprehensive window handles the cases of every unit."""


@dataclass(frozen=True, slots=True)
class CaseWorker:
    """Somebody who can be responsible for cases."""

    id: str
    name: str
    """「和秀英（窗口经办）」."""
    lead: bool
    """Leads a unit: decides and stands in, but gets no new cases while a clerk can have them."""
    units: frozenset[str]
    here: bool
    """Signed in, or at work on our pages, within the hour."""


class StaffDirectory:
    """Names of staff, and who can be responsible for what. The accounts implement it."""

    @abstractmethod
    async def names(self, session: AsyncSession, ids: set[str]) -> dict[str, str]:
        """Names by id, 「和秀英（窗口经办）」."""

    @abstractmethod
    async def case_workers(self, session: AsyncSession, unit: str | None = None) -> list[CaseWorker]:
        """Those who can be responsible for a unit's cases, its own before the comprehensive window; None: of all units."""


STAFF_DIRECTORY = web.AppKey("staff_directory", StaffDirectory)


def handles_unit(units: frozenset[str], unit: str) -> bool:
    """Whether staff of these units may handle the unit's cases."""
    return EVERY_UNIT in units or unit in units
