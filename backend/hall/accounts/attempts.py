"""Wrong passwords and codes, counted by user name and address: nobody locks somebody else out, and no name is confirmed.

After a few wrong tries the same name is refused from the same address for a while, known or not. Guessing from many
addresses at once is stopped by a count of the name (OWASP ASVS 4.0.3, 2.2.1: at most 100 failures an hour on one account);
addresses from which the account has signed in before stay open to it.
"""

from __future__ import annotations

import hashlib
import hmac
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.hall.accounts.models import SignInAttempts
from backend.platform.clock import Clock
from backend.platform.database import one_at_a_time
from backend.platform.errors import TooOftenError
from backend.platform.rate_limits import network_of

FREE_FAILURES = 4
"""Wrong tries before the pauses begin."""
LONGEST_PAUSE = 6
"""Doublings of a minute."""
FAILURES_AN_HOUR = 100
"""With one name, from all addresses that are new to it."""
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Source:
    """A user name, as a keyed hash (somebody may have typed a password there), tried from a network address."""

    name: str
    address: str


class Attempts:
    """Counts and refuses. ``key``: see KeyRing.derived."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    def source(self, username: str, address: str) -> Source:
        """Who is tried from where."""
        return Source(self._hash(username), network_of(address))

    async def require_open(self, session: AsyncSession, source: Source) -> None:
        """Refuse while the pause lasts. Raises TooOftenError (429)."""
        now = self._clock.now()
        row = await session.get(SignInAttempts, (source.name, source.address))
        until = None if row is None else row.locked_until
        if row is None or row.succeeded_at is None:
            until = max(filter(None, (until, await self._flooded_until(session, source.name))), default=None)
        if until is not None and until > now:
            raise TooOftenError("identity.locked", max(1, math.ceil((until - now).total_seconds())))

    async def hold(self, session: AsyncSession, source: Source) -> None:
        """One try at a time with a name, until the end of the transaction; refused as above."""
        await one_at_a_time(session, f"sign-in {source.name}")
        await self.require_open(session, source)

    async def failed(self, session: AsyncSession, source: Source) -> None:
        """Count a wrong try."""
        now, row = self._clock.now(), await self._row(session, source)
        row.failures, row.failed_at = row.failures + 1, now
        if row.failures > FREE_FAILURES:
            row.locked_until = now + timedelta(minutes=2 ** min(row.failures - FREE_FAILURES - 1, LONGEST_PAUSE))

    async def succeeded(self, session: AsyncSession, source: Source) -> None:
        """The right password was given: count anew, and know the address."""
        row = await self._row(session, source)
        row.failures, row.locked_until, row.succeeded_at = 0, None, self._clock.now()

    async def locked(self, session: AsyncSession, username: str) -> datetime | None:
        """Until when a name is refused somewhere."""
        name, now = self._hash(username), self._clock.now()
        until: datetime | None = await session.scalar(
            select(func.max(SignInAttempts.locked_until)).where(SignInAttempts.name == name)
        )
        flooded = await self._flooded_until(session, name)
        return max((one for one in (until, flooded) if one is not None and one > now), default=None)

    async def unlock(self, session: AsyncSession, username: str) -> None:
        """Open a name everywhere; what was counted of it is forgotten."""
        await session.execute(delete(SignInAttempts).where(SignInAttempts.name == self._hash(username)))

    async def erase_old(self, session: AsyncSession, before: datetime) -> int:
        """Delete counts of nobody who tried since then; returns how many."""
        result = await session.execute(
            delete(SignInAttempts).where(
                or_(SignInAttempts.failed_at.is_(None), SignInAttempts.failed_at < before),
                or_(SignInAttempts.succeeded_at.is_(None), SignInAttempts.succeeded_at < before),
            )
        )
        return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult

    async def _flooded_until(self, session: AsyncSession, name: str) -> datetime | None:
        since = self._clock.now() - AN_HOUR
        count, newest = (
            await session.execute(
                select(func.sum(SignInAttempts.failures), func.max(SignInAttempts.failed_at)).where(
                    SignInAttempts.name == name, SignInAttempts.failed_at > since
                )
            )
        ).one()
        return newest + AN_HOUR if (count or 0) >= FAILURES_AN_HOUR else None

    async def _row(self, session: AsyncSession, source: Source) -> SignInAttempts:
        row = await session.get(SignInAttempts, (source.name, source.address))
        if row is None:
            row = SignInAttempts(name=source.name, address=source.address, failures=0)
            session.add(row)
        return row

    def _hash(self, username: str) -> str:
        return hmac.new(self._key, username.encode(), hashlib.sha256).hexdigest()
