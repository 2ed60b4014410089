"""Signed-in browsers of staff: begun, listed, ended."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.hall.accounts.models import StaffSession
from backend.hall.accounts.schemas import SessionList, SessionView
from backend.language.personal_numbers import hide_personal
from backend.platform.clock import Clock
from backend.platform.errors import NotFoundError
from backend.platform.identity import Principal

SESSION_LENGTH = timedelta(hours=10)
"""A working day; people sign in each morning."""
AT_WORK = timedelta(hours=1)
"""How long somebody who does nothing on our pages still counts as being at their place."""


class StaffSessions:
    """Only the hash of a cookie is kept."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, datetime] = {}
        """When this backend last answered somebody; signing in is in the database, for all backends."""
        self._refused: set[str] = set()
        """Hashes of cookies that were given back when the database could not be written."""

    def begin(self, session: AsyncSession, staff_id: str, browser: str, address: str) -> str:
        """A new session; returns its cookie."""
        token, now = secrets.token_urlsafe(32), self._clock.now()
        session.add(
            StaffSession(
                token_hash=_hash(token),
                id=uuid4().hex,
                staff_id=staff_id,
                begun_at=now,
                expires_at=now + SESSION_LENGTH,
                browser=hide_personal(browser)[:200],
                address=address[:45],
            )
        )
        return token

    def holder(self, token: str) -> Select[tuple[str]]:
        """Finds whose session it is, while it runs."""
        return select(StaffSession.staff_id).where(
            StaffSession.token_hash == _hash(token),
            StaffSession.token_hash.not_in(self._refused),
            StaffSession.expires_at > self._clock.now(),
        )

    def refuse(self, token: str) -> None:
        """Let a cookie open nothing at this backend any more, where its end could not be written; the next end that can be takes it along."""
        self._refused.add(_hash(token))

    def note_at_work(self, staff_id: str) -> None:
        """Remember that somebody just used a page."""
        self._seen[staff_id] = self._clock.now()

    async def at_work(self, session: AsyncSession) -> frozenset[str]:
        """Ids of those who signed in or used a page within the hour and have not signed out."""
        now = self._clock.now()
        running = await session.execute(
            select(StaffSession.staff_id, func.max(StaffSession.begun_at))
            .where(StaffSession.expires_at > now)
            .group_by(StaffSession.staff_id)
        )
        return frozenset(
            staff_id
            for staff_id, begun_at in running.tuples()
            if now - max(begun_at, self._seen.get(staff_id, begun_at)) < AT_WORK
        )

    async def end(self, session: AsyncSession, token: str) -> None:
        """End one session by its cookie, and those that could not be ended before."""
        await session.execute(delete(StaffSession).where(StaffSession.token_hash.in_((_hash(token), *self._refused))))

    async def end_all(self, session: AsyncSession, staff_id: str, but: str = "") -> None:
        """End every session of an account, except that of the cookie ``but``."""
        await session.execute(
            delete(StaffSession).where(StaffSession.staff_id == staff_id, StaffSession.token_hash != _hash(but))
        )

    async def erase_expired(self, session: AsyncSession, before: datetime) -> int:
        """Delete sessions that ended before then; returns how many."""
        result = await session.execute(delete(StaffSession).where(StaffSession.expires_at < before))
        return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult

    async def listed(self, session: AsyncSession, who: Principal, token: str) -> SessionList:
        """The sessions of whoever asks, newest first."""
        rows = await session.scalars(
            select(StaffSession)
            .where(StaffSession.staff_id == who.id, StaffSession.expires_at > self._clock.now())
            .order_by(StaffSession.begun_at.desc(), StaffSession.id)
        )
        return SessionList(sessions=tuple(_view(row, token) for row in rows))

    async def revoke(self, session: AsyncSession, who: Principal, session_id: str) -> None:
        """End one of one's own sessions. Raises NotFoundError."""
        row = await session.scalar(
            select(StaffSession).where(StaffSession.id == session_id, StaffSession.staff_id == who.id)
        )
        if row is None:
            raise NotFoundError("staff.session_unknown")
        await session.delete(row)


def _view(row: StaffSession, token: str) -> SessionView:
    return SessionView(
        id=row.id,
        begun_at=row.begun_at,
        expires_at=row.expires_at,
        browser=row.browser,
        address=row.address,
        current=row.token_hash == _hash(token),
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
