"""Whether the machine's clock is behind what has already happened: items, time limits and sessions go by it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform.clock import Clock
from backend.platform.events import EventRow

TOLERATED = timedelta(minutes=2)
"""Several machines are never quite together."""


async def clock_behind(session: AsyncSession, clock: Clock) -> timedelta:
    """How far the clock is behind the newest event; zero within what is tolerated."""
    newest = await session.scalar(select(EventRow.at).order_by(EventRow.id.desc()).limit(1))
    behind = timedelta() if newest is None else newest - clock.now()
    return behind if behind > TOLERATED else timedelta()
