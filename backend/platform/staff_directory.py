"""Who works here, as features that are not the accounts may know it."""

from __future__ import annotations

from abc import abstractmethod

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

EVERY_UNIT = "*"
"""The comprehensive window handles the cases of every unit."""


class StaffDirectory:
    """Names of staff, and who can be responsible for what. The accounts implement it."""

    @abstractmethod
    async def names(self, session: AsyncSession, ids: set[str]) -> dict[str, str]:
        """Names by id, 「和秀英（窗口经办）」."""

    @abstractmethod
    async def case_workers(self, session: AsyncSession, unit: str) -> list[str]:
        """Ids of those who can be responsible for the unit's cases; the unit's own before the comprehensive window."""


STAFF_DIRECTORY = web.AppKey("staff_directory", StaffDirectory)


def handles_unit(units: frozenset[str], unit: str) -> bool:
    """Whether staff of these units may handle the unit's cases."""
    return EVERY_UNIT in units or unit in units
