"""How much anyone may ask in a minute: per address, per session or token, per conversation. In the process, sliding window.

Several backends count apart: the limit then holds per process, which is enough to stop a flood.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Literal

from aiohttp import web
from pydantic import Field
from pydantic_settings import SettingsConfigDict

from backend.platform.errors import TooOftenError
from backend.platform.identity import Principal
from backend.telemetry.settings import EnvironmentSettings

WINDOW = 60.0
"""Seconds."""
MOST_KEYS = 20_000
"""Counters kept before the stale ones are dropped."""

LimitName = Literal[
    "address", "session", "service", "sign_in", "new_conversation", "message", "code", "listen", "read_aloud"
]


Count = Annotated[int, Field(ge=0)]


class Limits(EnvironmentSettings):
    """Requests a minute; 0 is no limit. Set by ``DAOBAN_LIMIT_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="DAOBAN_LIMIT_")

    address: Count = 1200
    """By one address. A whole hall may stand behind one, and a page is some twenty requests."""
    session: Count = 600
    """By one signed-in member of staff or one citizen's browser."""
    service: Count = 60_000
    """By one of our own processes: a runaway one is stopped, work never."""
    sign_in: Count = 30
    """Sign-ins tried from one address."""
    new_conversation: Count = 60
    """Conversations opened from one address."""
    message: Count = 60
    """Messages in one conversation; nobody types or speaks faster."""
    code: Count = 10
    """Codes sent to phones or tried, from one conversation."""
    listen: Count = 120
    """Seconds of sound listened to in one conversation; nobody speaks longer than 60 in a minute."""
    read_aloud: Count = 60
    """Messages read aloud in one conversation."""


@dataclass(slots=True)
class _Counter:
    """This window and the one before it."""

    window: int
    now: int = 0
    before: int = 0


@dataclass(slots=True)
class RateLimiter:
    """Counts by (limit, key); what lies in the last window counts by the share of it that is still inside."""

    limits: Limits
    proxies: frozenset[str] = frozenset()
    """Addresses of our own reverse proxies: what they say in ``X-Forwarded-For`` is believed."""
    monotonic: Callable[[], float] = time.monotonic
    _counters: dict[tuple[str, str], _Counter] = field(default_factory=dict)

    def check(self, name: LimitName, key: str) -> None:
        """Count one. Raises TooOftenError when it is one too many; a refused one is not counted."""
        limit: int = getattr(self.limits, name)
        if not limit:
            return
        counter, passed = self._counter(name, key)
        if counter.before * (1 - passed) + counter.now >= limit:
            raise TooOftenError(f"limit.{name}", math.ceil(_wait(counter, passed, limit)))
        counter.now += 1

    def check_request(self, request: web.Request, who: Principal, limit: LimitName | None) -> None:
        """What counts for whoever is known, and for the kind of operation."""
        if who.kind == "service":
            self.check("service", who.id)
        elif who.kind != "nobody":
            self.check("session", f"{who.kind}:{who.id}")
        if limit is not None:
            self.check(limit, request.match_info.get("id") or self.address(request))

    def address(self, request: web.Request) -> str:
        """Whose request it is: the peer, or whom our own proxy names."""
        peer = request.remote or ""
        for named in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
            if peer not in self.proxies or not _is_address(named.strip()):
                break
            peer = named.strip()
        return peer

    def _counter(self, name: str, key: str) -> tuple[_Counter, float]:
        window, rest = divmod(self.monotonic(), WINDOW)
        counter = self._counters.get((name, key))
        if counter is None:
            self._drop_stale(int(window))
            counter = self._counters[name, key] = _Counter(int(window))
        if counter.window != int(window):
            counter.before = counter.now if counter.window == int(window) - 1 else 0
            counter.window, counter.now = int(window), 0
        return counter, rest / WINDOW

    def _drop_stale(self, window: int) -> None:
        if len(self._counters) >= MOST_KEYS:
            self._counters = {key: counter for key, counter in self._counters.items() if counter.window >= window - 1}


def _wait(counter: _Counter, passed: float, limit: int) -> float:
    """Seconds until one more is allowed."""
    if counter.now < limit:  # the window before has to slide out far enough
        return max((1 - (limit - counter.now) / counter.before - passed) * WINDOW, 0) + 0.01
    return (1 - passed + 1 - limit / counter.now) * WINDOW + 0.01


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


LIMITER = web.AppKey("rate_limiter", RateLimiter)
