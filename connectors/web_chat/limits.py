"""How much may be heard and read aloud in one conversation in a minute. Counted in this process, sliding window."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from connectors.errors import TooOftenError

LimitName = Literal["listen", "read_aloud"]


@dataclass(frozen=True, slots=True)
class Limits:
    """So much a minute; 0 is no limit. Set by ``DAOBAN_LIMIT_LISTEN`` and ``DAOBAN_LIMIT_READ_ALOUD``."""

    listen: int = 120
    """Seconds of sound listened to; nobody speaks longer than 60 in a minute."""
    read_aloud: int = 60
    """Messages read aloud."""

    @classmethod
    def from_environment(cls, env: Mapping[str, str]) -> Limits:
        """Read the variables; what is not set stays as it is."""
        given = {name: env.get(f"DAOBAN_LIMIT_{name.upper()}") for name in ("listen", "read_aloud")}
        return cls(**{name: int(value) for name, value in given.items() if value})


@dataclass(slots=True)
class VoiceLimiter:
    """Counts by limit and conversation."""

    limits: Limits
    _window: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))

    def check(self, name: LimitName, conversation: str) -> None:
        """Count one. Raises TooOftenError when it is one too many; a refused one is not counted."""
        limit: int = getattr(self.limits, name)
        if not limit:
            return
        item = RateLimitItemPerMinute(limit)
        if not self._window.hit(item, name, conversation):
            again = self._window.get_window_stats(item, name, conversation).reset_time
            raise TooOftenError(f"limit.{name}", max(1, math.ceil(again - time.time())))
