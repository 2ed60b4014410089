"""What whoever looks after the accounts changes in them: roles, units, leaving, coming back."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.wire import Wire
from backend.hall.accounts.models import StaffAccount
from backend.hall.accounts.sessions import StaffSessions
from backend.platform.errors import NotFoundError
from backend.platform.permissions import Role


class StaffMember(Wire):
    """An account as those see it who look after accounts."""

    id: str
    username: str
    name: str
    position: str
    roles: tuple[Role, ...]
    units: tuple[str, ...]
    active: bool
    must_change_password: bool
    """The first password was not used yet."""
    second_step: bool


class StaffAdministration:
    """Changes accounts. Who may, and whether one person is enough, is the caller's to decide."""

    def __init__(self, sessions: StaffSessions) -> None:
        self._sessions = sessions

    async def everyone(self, session: AsyncSession) -> list[StaffMember]:
        """All accounts, those who work here first."""
        rows = await session.scalars(select(StaffAccount).order_by(StaffAccount.active.desc(), StaffAccount.username))
        return [_member(row) for row in rows]

    async def member(self, session: AsyncSession, username: str) -> StaffMember:
        """One account. Raises NotFoundError."""
        return _member(await self._row(session, username))

    async def change(
        self, session: AsyncSession, username: str, position: str, roles: Sequence[Role], units: Sequence[str]
    ) -> None:
        """Give other roles and units; signed-in browsers have them with the next request. Raises NotFoundError."""
        row = await self._row(session, username)
        row.position, row.roles, row.units = position, [str(role) for role in roles], list(units)

    async def close(self, session: AsyncSession, username: str) -> None:
        """Sign out everywhere and let nobody in; the name stays with what was done. Raises NotFoundError."""
        row = await self._row(session, username)
        row.active = False
        await self._sessions.end_all(session, row.id)

    async def reopen(self, session: AsyncSession, username: str) -> None:
        """Let somebody in again who had left. Raises NotFoundError."""
        (await self._row(session, username)).active = True

    @staticmethod
    async def _row(session: AsyncSession, username: str) -> StaffAccount:
        row = await session.scalar(select(StaffAccount).where(StaffAccount.username == username).with_for_update())
        if row is None:
            raise NotFoundError("staff.unknown", field="username")
        return row


STAFF_ADMINISTRATION = web.AppKey("staff_administration", StaffAdministration)


def _member(row: StaffAccount) -> StaffMember:
    return StaffMember(
        id=row.id,
        username=row.username,
        name=row.name,
        position=row.position,
        roles=tuple(Role(name) for name in row.roles),
        units=tuple(row.units),
        active=row.active,
        must_change_password=row.must_change_password,
        second_step=row.totp is not None,
    )
