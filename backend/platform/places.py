"""Where somebody can be put: the roles that need a unit, and the units that the hall has."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from aiohttp import web

from backend.platform.errors import InvalidError
from backend.platform.permissions import Role
from backend.platform.staff_directory import EVERY_UNIT

UNIT_ROLES = frozenset({Role.COUNTER_CLERK, Role.UNIT_LEAD})
"""Whoever holds one is responsible for cases, which belong to a unit."""


class Places:
    """Checks roles and units of an account, whichever way it is made or changed."""

    def __init__(self) -> None:
        self._units: dict[str, str] = {}

    def open(self, units: Iterable[tuple[str, str]]) -> None:
        """Units that the hall has, by code and name; the catalogue says so when it is built."""
        self._units.update(units)

    def check(self, roles: Collection[Role], units: Collection[str]) -> None:
        """Raise InvalidError (``roles``, ``units``) where nobody can have them; an unknown unit is answered with all that there are."""
        if not roles:
            raise InvalidError("staff.roles", field="roles")
        if UNIT_ROLES & frozenset(roles) and not units:
            raise InvalidError("staff.units", field="units", units=self._listed())
        for unit in units:
            if unit != EVERY_UNIT and unit not in self._units:
                raise InvalidError("staff.unit_unknown", field="units", unit=unit, units=self._listed())

    def _listed(self) -> str:
        return "、".join(f"{code}（{name}）" for code, name in self._units.items())


PLACES = web.AppKey("places", Places)
