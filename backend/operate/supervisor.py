"""The supervisor: the three parts side by side, restarted when they die, until somebody stops it."""

from __future__ import annotations

import asyncio
import ctypes
import json
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from backend.operate.parts import PARTS, ROOT, module, tell
from backend.platform.errors import StartRefusedError
from backend.telemetry.settings import START_REFUSED

FIRST_PAUSE = 0.5
"""Seconds before the first restart; doubled by each further death up to the longest."""
STEADY_SECONDS = 30.0
"""Whoever has run this long dies of something new."""
STOP_SECONDS = 10.0
POLL_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Plan:
    """The processes to run, and their environment."""

    env: Mapping[str, str]
    logs: Path
    host: str
    ports: Mapping[str, int]
    longest_pause: float = 10.0
    """Seconds between restarts of a part that keeps dying."""
    serve: Callable[[str], Sequence[str]] = lambda part: module(part, "serve")
    """Command line of a part."""
    train: Sequence[str] = tuple(module("assistant", "train", "--if-changed"))


class Part:
    """One of the processes, restarted when it dies."""

    def __init__(self, name: str, plan: Plan, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.name = name
        self._plan = plan
        self._pause = pause
        self._log = plan.logs / f"{name}.log"
        self._process: asyncio.subprocess.Process | None = None

    async def keep_running(self) -> None:
        """Run it until cancelled. Raises StartRefusedError with its last line when it refuses to start."""
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            status = await self._run_once()
            if status == START_REFUSED:
                raise StartRefusedError(f"{self.name} 没有启动：{self._last_words()}")
            steady = time.monotonic() - began > STEADY_SECONDS
            pause = FIRST_PAUSE if steady else min(pause * 2, self._plan.longest_pause)
            tell(f"{self.name} 停了（{status}），{pause:.0f}秒后重启。记录在 {self._log}")
            await self._pause(pause)

    async def _run_once(self) -> int:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._plan.serve(self.name),
                cwd=ROOT,
                env=dict(self._plan.env),  # uvloop takes no other mapping
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )
        try:
            return await self._process.wait()
        finally:
            await stop(self._process)

    def _last_words(self) -> str:
        return self._log.read_text("utf-8", "replace").strip().rsplit("\n", 1)[-1]


async def supervise(plan: Plan) -> None:
    """Run until Ctrl-C or TERM; the page is there at once, the assistant follows when it has trained and loaded.

    Raises StartRefusedError when a part refuses to start or the training fails; everything is stopped then.
    """
    main = asyncio.current_task()
    if main is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, main.cancel)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
        house = _House(plan, http)
        works = (house.backend(), house.assistant(), house.connectors(), house.announce(), house.announce_voice())
        tasks = [asyncio.ensure_future(work) for work in works]
        try:
            await asyncio.gather(*tasks)
        except asyncio.CancelledError:
            tell("正在停下……")
        finally:
            for task in tasks:
                if not task.cancelling():  # a second cancel would break off the stopping of a part
                    task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


class _House:
    """What runs side by side."""

    def __init__(self, plan: Plan, http: aiohttp.ClientSession) -> None:
        self._plan = plan
        self._http = http
        self._parts = {name: Part(name, plan) for name in PARTS}
        self._began = time.monotonic()

    async def backend(self) -> None:
        """Keep the backend running."""
        await self._parts["backend"].keep_running()

    async def assistant(self) -> None:
        """Train if the material has changed, then keep the assistant running."""
        training = await asyncio.create_subprocess_exec(
            *self._plan.train, cwd=ROOT, env=dict(self._plan.env), preexec_fn=die_with_parent
        )
        try:
            if await training.wait():
                raise StartRefusedError("训练没有成功，请看上面的说明。")
        finally:
            await stop(training)
        await self._parts["assistant"].keep_running()

    async def connectors(self) -> None:
        """Say where the pages are as soon as the backend answers, then keep the connectors running."""
        await self._health("backend", lambda _health: True)
        shown = "127.0.0.1" if self._plan.host == "0.0.0.0" else self._plan.host  # noqa: S104  # compared, not bound
        base = f"http://{shown}:{self._plan.ports['backend']}"
        tell(f"页面可以打开了（{self._seconds()}）：\n  群众  {base}/\n  窗口  {base}/counter")
        await self._parts["connectors"].keep_running()

    async def announce(self) -> None:
        """Say when the assistant can answer."""
        await self._health("assistant", lambda health: '"ready": true' in health)
        tell(f"助手准备好了（{self._seconds()}）。按 Ctrl-C 停下。")

    async def announce_voice(self) -> None:
        """Say which voice model is used."""
        health = await self._health("connectors", lambda health: '"loading"' not in health)
        tell(f"语音：{json.loads(health)['speech']['sentence']}")

    async def _health(self, part: str, holds: Callable[[str], bool]) -> str:
        return await health_of(self._http, f"http://127.0.0.1:{self._plan.ports[part]}/health", holds)

    def _seconds(self) -> str:
        return f"{time.monotonic() - self._began:.1f}秒"


async def health_of(http: aiohttp.ClientSession, url: str, holds: Callable[[str], bool]) -> str:
    """What a part says of its health, as soon as it says what is wanted."""
    while True:
        try:
            async with http.get(url) as response:
                if response.status < 400 and holds(said := await response.text()):
                    return said
        except (aiohttp.ClientError, OSError, TimeoutError):
            pass  # not up yet, or being restarted
        await asyncio.sleep(POLL_SECONDS)


async def stop(process: asyncio.subprocess.Process) -> None:
    """End a process politely, then firmly."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


def die_with_parent() -> None:
    """In a child before exec: end when the supervisor is gone, however it went (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
