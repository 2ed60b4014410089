"""Hashing (argon2id) and judging of passwords by a few threads of its own, never inside a transaction."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from argon2 import Parameters, PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

from backend.hall.accounts.guessing import why_guessable
from backend.platform.errors import TooOftenError

Result = TypeVar("Result")
WORKERS = 2
"""Threads: one hash takes 64 MiB and some 0.1 s of several cores."""
MAX_WAITING = 40
"""Whoever comes when so many wait already is asked to try again: a flood of sign-ins costs no memory without end."""
BUSY_SECONDS = 5
COST: Parameters = RFC_9106_LOW_MEMORY
"""What a hash costs whoever makes it, us and a thief alike."""


@dataclass(frozen=True, slots=True)
class FirstPassword:
    """A password made for somebody, told once, with its hash."""

    plain: str
    hash: str


class Passwords:
    """Hashes, compares and judges. Every method raises TooOftenError when too many wait."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher.from_parameters(COST)
        self._workers = ThreadPoolExecutor(WORKERS, "passwords")
        self._under_way = 0

    async def hash(self, password: str) -> str:
        """What is kept of a password."""
        return await self._work(lambda: self._hasher.hash(password))

    async def why_guessable(self, password: str, *own: str) -> str | None:
        """What makes it easy to guess, as people read it; None where it is hard."""
        return await self._work(lambda: why_guessable(password, *own))

    async def made_up(self) -> FirstPassword:
        """A new password that nobody can guess."""
        password = secrets.token_urlsafe(12)
        return FirstPassword(password, await self.hash(password))

    async def matches(self, password_hash: str | None, password: str) -> bool:
        """Whether it is the password; None, for somebody unknown, takes as long and never is."""
        return await self._work(lambda: self._verified(password_hash, password))

    def _verified(self, password_hash: str | None, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash or _nobody_s_hash(), password) and password_hash is not None
        except VerifyMismatchError:
            return False

    async def _work(self, work: Callable[[], Result]) -> Result:
        if self._under_way >= WORKERS + MAX_WAITING:
            raise TooOftenError("identity.busy", BUSY_SECONDS)
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._workers, work)
        finally:
            self._under_way -= 1


@lru_cache(maxsize=1)
def _nobody_s_hash() -> str:
    """Hash of a password nobody has; made once a process."""
    return PasswordHasher.from_parameters(COST).hash(secrets.token_hex())
