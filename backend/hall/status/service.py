"""Gathers the state of the machine: asks the other processes, looks at the disk, names versions."""

from __future__ import annotations

import asyncio
import platform
import shutil
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import aiohttp
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.status import DiskStatus, ProcessStatus, SystemStatus
from backend.hall.status.wording import words
from backend.hall.voice.service import VoiceService
from backend.platform.api import VERSION, WAITING
from backend.platform.clock import Clock
from backend.platform.rate_limits import LIMITER
from backend.process.locks import is_held, training_lock
from backend.settings import Settings

ANSWER_TIMEOUT_SECONDS = 2.0
MIN_FREE_SHARE = 0.1
MIN_FREE_BYTES = 2 * 1024**3
Remote = Literal["assistant", "connectors"]


class StatusService:
    """What the operator's page shows. Nothing of it is stored."""

    def __init__(self, settings: Settings, voice: VoiceService, clock: Clock) -> None:
        self._settings = settings
        self._voice = voice
        self._clock = clock
        self._started_at = clock.now()

    async def read(self, app: web.Application, session: AsyncSession, last_event: int) -> SystemStatus:
        """The state now; a process that does not answer is away, nothing raises."""
        waiting, oldest = await app[WAITING](session)
        now = self._clock.now()
        timeout = aiohttp.ClientTimeout(total=ANSWER_TIMEOUT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            others = await asyncio.gather(
                self._ask(http, "assistant", self._settings.assistant_url),
                self._ask(http, "connectors", self._settings.connectors_url),
            )
        own = ProcessStatus(name="backend", state="ready", details={"last_event": str(last_event)})
        return SystemStatus(
            at=now,
            started_at=self._started_at,
            processes=(own, *others),
            waiting=waiting,
            waiting_seconds=_seconds(now, oldest),
            voice=self._voice.state,
            disk=await asyncio.to_thread(disk_status, self._settings.data),
            proxy_not_named=app[LIMITER].warned,
            versions=_versions(session),
        )

    async def _ask(self, http: aiohttp.ClientSession, name: Remote, address: str) -> ProcessStatus:
        try:
            async with http.get(f"{address.rstrip('/')}/health") as answer:
                said = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            said = None
        if not isinstance(said, Mapping):
            learning = name == "assistant" and is_held(training_lock(self._settings.data))
            return ProcessStatus(name=name, state="learning" if learning else "away", details={})
        speech = said.get("speech")
        told = {**said, **(speech if isinstance(speech, Mapping) else {})}
        ready = told.get("ready", True) is True and told.get("state", "ready") != "loading"
        details = {key: _text(told[key]) for key in words().details if key in told and not (speech and key == "model")}
        return ProcessStatus(name=name, state="ready" if ready else "starting", details=details)


STATUS = web.AppKey("status", StatusService)


def disk_status(folder: Path) -> DiskStatus:
    """The disk a folder is on, and what is largest in the folder. Blocks while it looks."""
    usage = shutil.disk_usage(folder)
    sizes = {entry.name: _size(entry) for entry in folder.iterdir()}
    return DiskStatus(
        total=usage.total,
        free=usage.free,
        low=usage.free < max(MIN_FREE_BYTES, usage.total * MIN_FREE_SHARE),
        folders=dict(sorted(sizes.items(), key=lambda named: -named[1])),
    )


def _size(path: Path) -> int:
    """Bytes of a file or of all files below a folder; what vanishes meanwhile counts nothing."""
    files = [path] if path.is_file() else [found for found in path.rglob("*") if found.is_file()]
    total = 0
    for file in files:
        try:
            total += file.stat().st_size
        except FileNotFoundError:
            continue
    return total


def _versions(session: AsyncSession) -> dict[str, str]:
    return {
        "daoban": VERSION,
        "python": platform.python_version(),
        "aiohttp": version("aiohttp"),
        "sqlalchemy": version("sqlalchemy"),
        "database": session.get_bind().dialect.name,
        "system": f"{platform.system()} {platform.release()}",
    }


def _seconds(now: datetime, oldest: datetime | None) -> int:
    return 0 if oldest is None else max(0, int((now - oldest).total_seconds()))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return words().yes if value else words().no
    return str(value)
