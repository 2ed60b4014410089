"""The supervisor: the three parts side by side, restarted when they die, until somebody stops it."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from backend.operate.disk_watch import DiskWatch
from backend.operate.log_files import RotatingLog
from backend.operate.parts import PARTS, ROOT, module, tell
from backend.process.locks import ProcessLock, training_lock
from backend.process.refusals import StartRefusedError
from backend.telemetry.settings import MODEL_UNUSABLE, START_REFUSED

FIRST_PAUSE = 0.5
"""Seconds before the first restart; doubled by each further death up to the longest."""
STEADY_SECONDS = 30.0
"""Whoever has run this long dies of something new."""
STOP_SECONDS = 10.0
POLL_SECONDS = 0.2
DISK_SECONDS = 30.0
PIPE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Plan:
    """The processes to run, and their environment."""

    env: Mapping[str, str]
    data: Path
    """The data folder."""
    host: str
    ports: Mapping[str, int]
    longest_pause: float = 10.0
    """Seconds between restarts of a part that keeps dying."""
    log_bytes: int = 20 * 2**20
    """Size above which a part's log begins anew."""
    log_days: int = 30
    """Days that old logs are kept."""
    serve: Callable[[str], Sequence[str]] = lambda part: module(part, "serve")
    """Command line of a part."""
    train: Sequence[str] = tuple(module("assistant", "train", "--if-changed"))

    @property
    def logs(self) -> Path:
        """Where the parts' logs are kept."""
        return self.data / "logs"

    @property
    def base(self) -> str:
        """Address of the pages, as it is opened on this machine."""
        shown = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104  # compared, not bound
        return f"http://{shown}:{self.ports['backend']}"


class Part:
    """One of the processes, restarted when it dies."""

    def __init__(self, name: str, plan: Plan, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.name = name
        self._plan = plan
        self._pause = pause
        self._log = RotatingLog(plan.logs / f"{name}.log", max_bytes=plan.log_bytes, days=plan.log_days)
        self._process: asyncio.subprocess.Process | None = None

    async def keep_running(self) -> None:
        """Run it until cancelled, or until it says that its model is not usable.

        Raises StartRefusedError with its last line when it refuses to start.
        """
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            status = await self._run_once()
            said = self._log.last_words
            if status == START_REFUSED:
                raise StartRefusedError(f"{self.name} 没有启动：{said}")
            if status == MODEL_UNUSABLE:
                tell(said)
                return
            steady = time.monotonic() - began > STEADY_SECONDS
            pause = FIRST_PAUSE if steady else min(pause * 2, self._plan.longest_pause)
            tell(f"{self.name} 停了（{status}），{pause:.0f}秒后重启。记录在 {self._log.file}")
            await self._pause(pause)

    async def _run_once(self) -> int:
        self._log.begin()
        self._process = await start(self._plan.serve(self.name), self._plan.env, listen=True)
        listening = asyncio.create_task(self._listen(self._process))
        try:
            status = await self._process.wait()
            await asyncio.wait([listening], timeout=STOP_SECONDS)  # a grandchild may hold the pipe open
            return status
        finally:
            await stop(self._process)
            listening.cancel()
            self._log.close()

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """We write the log, not the part: it need not care for full disks and new files."""
        while process.stdout is not None and (said := await process.stdout.read(PIPE_BYTES)):
            self._log.write(said)


async def supervise(plan: Plan) -> None:
    """Run until Ctrl-C or TERM; the page is there at once, the assistant follows when it has trained and loaded.

    Raises StartRefusedError when a part refuses to start or the training fails; everything is stopped then.
    """
    main = asyncio.current_task()
    if main is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, main.cancel)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as http:
        house = _House(plan, http)
        works = (
            house.backend(),
            house.assistant(),
            house.connectors(),
            house.announce(),
            house.announce_voice(),
            house.watch_disk(),
        )
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
        """Train if the material has changed, then keep the assistant running; a model that got lost is trained again."""
        while True:
            await self._train()
            await self._parts["assistant"].keep_running()

    async def _train(self) -> None:
        learns = ProcessLock(training_lock(self._plan.data))
        learns.take()  # the operator's page says why the assistant is not there
        training = await start(self._plan.train, self._plan.env)
        try:
            status = await training.wait()
        finally:
            await stop(training)
            learns.give_back()
        if status == START_REFUSED:
            raise StartRefusedError("助手没有启动，原因见上面一行。")
        if status:
            raise StartRefusedError("训练没有成功，请看上面的说明。")

    async def watch_disk(self) -> None:
        """Say when the disk is nearly full, and when there is space again."""
        watch = DiskWatch(self._plan.data)
        while True:
            if told := watch.look():
                tell(told)
            await asyncio.sleep(DISK_SECONDS)

    async def connectors(self) -> None:
        """Say where the pages are as soon as the backend answers, then keep the connectors running."""
        await self._health("backend", lambda _health: True)
        base = self._plan.base
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


async def start(command: Sequence[str], env: Mapping[str, str], *, listen: bool = False) -> asyncio.subprocess.Process:
    """Start a process; ``listen``: what it says comes through a pipe.

    Cancelled on the way, it lets the start end and stops the process as any other: the library would take the exit status from
    its own watcher, which then complains in English.
    """
    heard = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.STDOUT} if listen else {}
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *command,
            cwd=ROOT,
            env=dict(env),  # uvloop takes no other mapping
            preexec_fn=die_with_parent,
            **heard,  # type: ignore[arg-type]  # two of many arguments
        )
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await stop(await starting)
        raise


async def stop(process: asyncio.subprocess.Process) -> None:
    """End a process politely, then firmly."""
    if process.returncode is not None:
        return
    _signal(process, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        _signal(process, signal.SIGKILL)
        await process.wait()


def _signal(process: asyncio.subprocess.Process, which: signal.Signals) -> None:
    """Not by the library: it first asks whether the process has ended, and takes the status from the watcher that waits for it."""
    with suppress(ProcessLookupError):
        os.kill(process.pid, which)


def die_with_parent() -> None:
    """In a child before exec: end when the supervisor is gone, however it went (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
