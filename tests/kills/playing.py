"""Plays scripted cases by a citizen's browser and a clerk's page, while parts of the product are killed."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar
from uuid import uuid4

import aiohttp
import psutil

from tests.kills.scripts import Script, scripts
from tests.running import PATIENCE, Citizen, Product, citizen, text_of, until

KILLED_STEPS = 0.6
"""Share of the steps that are disturbed while there are kills left."""
AT_ONCE = (1, 1, 1, 2, 2, 3)
"""How many parts are killed in a step, by chance."""
MAX_ANSWER = 0.5
"""Seconds within which an answer is mostly on its way."""
AGAIN = 0.2
"""Seconds before a page repeats a request that failed."""
NUMBER = re.compile(r"受理编号：(\d{4} \d{4} \d{4})")

Done = TypeVar("Done")


class Moment(StrEnum):
    """When in a step a part is killed."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill; ``seconds`` until the step under way was done all the same (None: nothing was under way)."""

    part: str
    moment: Moment
    seconds: float | None


@dataclass(slots=True)
class Played:
    """A script that was played by somebody."""

    script: Script
    someone: Citizen
    number: str = ""
    """Of the case, as the citizen was told."""


@dataclass
class Clerk:
    """A clerk's page: a request that got no answer is sent again with its idempotency key."""

    product: Product
    http: aiohttp.ClientSession

    async def sign_in(self, username: str) -> None:
        """Sign in with a demonstration account."""
        await self._done("POST", "/staff/session", {"username": username, "password": self.product.password(username)})

    async def case(self, number: str) -> str:
        """Id of a case."""
        found = await self._done("GET", f"/cases?scope=unit&q={number}")
        (case,) = found["cases"]
        return str(case["id"])

    async def step(self, case_id: str, step: str, body: dict[str, Any]) -> None:
        """Do a step, once."""
        await self._done("POST", f"/cases/{case_id}/steps/{step}", body)

    async def _done(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"Origin": self.product.base, "Idempotency-Key": uuid4().hex}
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    async with self.http.request(
                        method, self.product.base + path, json=body, headers=headers
                    ) as answer:
                        if answer.status < 500:
                            assert answer.status in {200, 201}, await answer.text()
                            return await answer.json()
                except (aiohttp.ClientError, OSError):
                    pass
                await asyncio.sleep(AGAIN)


@asynccontextmanager
async def clerk_of(product: Product, username: str = "window") -> AsyncIterator[Clerk]:
    """A signed-in clerk who handles every unit's cases."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        clerk = Clerk(product, http)
        await clerk.sign_in(username)
        yield clerk


class Killer:
    """Deals kills out over steps. ``share``: how many each part gets."""

    def __init__(self, product: Product, seed: int, share: dict[str, int]) -> None:
        self._product = product
        self._chance = chance = random.Random(seed)  # noqa: S311  # chance that can be repeated
        self._deck = [part for part, count in share.items() for _ in range(count)]
        chance.shuffle(self._deck)
        self.kills: list[Kill] = []

    def stop(self) -> None:
        """No further kills."""
        self._deck.clear()

    @property
    def left(self) -> int:
        """Kills still to come."""
        return len(self._deck)

    async def around(self, step: Callable[[], Awaitable[Done]]) -> Done:
        """Do a step; perhaps parts are killed before it, while its answer is on its way, or right after."""
        if not self._deck or self._chance.random() > KILLED_STEPS:
            return await step()
        drawn = [self._deck.pop() for _ in range(min(self._chance.choice(AT_ONCE), len(self._deck)))]
        chosen = [(part, self._chance.choice(list(Moment))) for part in drawn]
        for part in (part for part, moment in chosen if moment is Moment.BEFORE):
            await self._kill(part)
        began = time.monotonic()
        doing = asyncio.ensure_future(step())
        for part in (part for part, moment in chosen if moment is Moment.DURING):
            await asyncio.sleep(self._chance.uniform(0, MAX_ANSWER))  # the random moment: nothing is waited for
            await self._kill(part)
        done = await doing
        taken = time.monotonic() - began
        for part in (part for part, moment in chosen if moment is Moment.AFTER):
            await self._kill(part)
        self.kills += [Kill(part, moment, None if moment is Moment.AFTER else taken) for part, moment in chosen]
        return done

    async def _kill(self, name: str) -> None:
        """Kill it; one that is still dead from the last time has to come back first."""
        while True:
            await until(lambda: self._product.part(name) is not None)
            part = self._product.part(name)
            if part is not None:
                try:
                    part.kill()
                except psutil.NoSuchProcess:  # it ended by itself between two looks
                    continue
                return


async def play_all(product: Product, killer: Killer, tell: Callable[[str], None] = lambda _line: None) -> list[Played]:
    """Scripts one after another, each by another citizen, until no kill is left; then everything is up again."""
    played: list[Played] = []
    async with clerk_of(product) as clerk:
        for script in scripts():
            async with citizen(product) as someone:
                played.append(await _play(script, clerk, killer, someone))
            tell(f"case {len(played)} ({script.item}): {len(killer.kills)} kills so far")
            if not killer.left:
                break
    await product.ready()
    return played


async def _play(script: Script, clerk: Clerk, killer: Killer, someone: Citizen) -> Played:
    played, case = Played(script, someone), ""
    for step in script.steps:
        if step.kind == "clerk":
            case = case or await clerk.case(played.number)
            await killer.around(lambda case=case, step=step: clerk.step(case, step.what, step.body))
            continue
        act = someone.say if step.kind == "say" else someone.choose
        shown = text_of(await killer.around(lambda act=act, step=step: act(step.what)))
        assert step.shows in shown, f"{step.what} → {shown}"
        number = NUMBER.search(shown)
        played.number = played.number if number is None else number.group(1).replace(" ", "")
    return played
