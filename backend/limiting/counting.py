"""How much anyone may ask in a minute: the allowances, and their counts in a sliding window.

One machine counts in the process. With a Redis the counts are of all processes together; while that is away, each process
counts for itself again: nobody is refused for it, and a flood is still stopped.
"""

from __future__ import annotations

import asyncio
import math
import time
from typing import TYPE_CHECKING, Annotated, Literal, cast

import structlog
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.errors import StorageError
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from backend.telemetry.settings import EnvironmentSettings

if TYPE_CHECKING:
    from limits.aio.storage.redis.coredis import CoredisBridge

log = structlog.get_logger(__name__)

WINDOW = 60
"""Seconds."""
REDIS_SECONDS = 0.5
"""How long a request waits for Redis at most."""
AWAY_SECONDS = 5.0
"""How long an unreachable Redis is left alone before it is tried again."""

LimitName = Literal[
    "address", "session", "service", "sign_in", "new_conversation", "message", "code", "listen", "read_aloud"
]


Allowance = Annotated[int, Field(ge=0)]


class RateLimits(EnvironmentSettings):
    """Requests a minute; 0 is no limit. Set by ``DAOBAN_LIMIT_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="DAOBAN_LIMIT_")

    address: Allowance = 1200
    """By one address. A whole hall may stand behind one, and a page is some twenty requests."""
    session: Allowance = 600
    """By one signed-in member of staff or one citizen's browser."""
    service: Allowance = 60_000
    """By one of our own processes: a runaway one is stopped, work never."""
    sign_in: Allowance = 30
    """Sign-ins tried from one address."""
    new_conversation: Allowance = 60
    """Conversations opened from one address."""
    message: Allowance = 60
    """Messages in one conversation; nobody types or speaks faster."""
    code: Allowance = 10
    """Codes sent to phones or tried, from one conversation."""
    listen: Allowance = 120
    """Seconds of sound listened to in one conversation; nobody speaks longer than 60 in a minute."""
    read_aloud: Allowance = 60
    """Messages read aloud in one conversation."""


class RateLimiter:
    """Counts by limit and key. What lies in the last window counts by the share of it that is still inside."""

    def __init__(self, limits: RateLimits, redis_url: str = "") -> None:
        self.limits = limits
        self._own = MemoryStorage()
        self._redis = _redis(redis_url) if redis_url else None
        self._away_until = -math.inf

    async def hit(self, name: LimitName, key: str) -> int:
        """Count one and return 0; seconds until one more is allowed if it is one too many, which is not counted."""
        limit: int = getattr(self.limits, name)
        if not limit:
            return 0
        whose = f"{name}/{key}"
        if self._redis is not None and time.monotonic() >= self._away_until:
            try:
                async with asyncio.timeout(REDIS_SECONDS):
                    return await _hit(self._redis, limit, whose)
            except (StorageError, OSError) as error:  # a TimeoutError is an OSError
                self._away_until = time.monotonic() + AWAY_SECONDS
                log.warning("limits.redis_away", error=str(error), again_in=AWAY_SECONDS)
        return await _hit(self._own, limit, whose)

    def close(self) -> None:
        """Close the connections to Redis."""
        if self._redis is not None:
            cast("CoredisBridge", self._redis.bridge).get_connection().connection_pool.disconnect()


def _redis(url: str) -> RedisStorage:
    return RedisStorage(
        f"async+{url}",
        wrap_exceptions=True,
        key_prefix="daoban-limits",
        connect_timeout=REDIS_SECONDS,
        stream_timeout=REDIS_SECONDS,
    )


async def _hit(counts: MemoryStorage | RedisStorage, limit: int, whose: str) -> int:
    # Not by the library's strategy: its counts begin anew with a changed limit, and its wait is 0 as a window begins.
    if await counts.acquire_sliding_window_entry(whose, limit, WINDOW):
        return 0
    before, before_ends, now, now_ends = await counts.get_sliding_window(whose, WINDOW)
    if now >= limit:  # the next window has to begin, and this one to slide out far enough
        return _seconds(now_ends - WINDOW * limit / now)
    return _seconds(before_ends - WINDOW * (limit - now) / max(before, 1))


def _seconds(wait: float) -> int:
    """Whole seconds, more than the wait: at its very end the old share still counts."""
    return max(1, math.floor(wait + 0.01) + 1)
