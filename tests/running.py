"""The whole product as ``./daoban up`` runs it, on scratch data, and a citizen's browser that talks to it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import psutil

ROOT = Path(__file__).parents[1]
PATIENCE = 120.0
"""Seconds after which a thing that should happen has not happened."""
PARTS = ("backend", "assistant", "connectors")


@dataclass
class Product:
    """A running ``./daoban up``."""

    process: subprocess.Popen[bytes]
    data: Path
    port: int
    printed: Path

    @property
    def base(self) -> str:
        """Address of the pages."""
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        """What it has told the person at the terminal."""
        return self.printed.read_text("utf-8")

    def password(self, username: str) -> str:
        """A demonstration account's password, as printed once."""
        line = next(line for line in self.said().splitlines() if line.split()[:1] == [username])
        return line.split()[1]

    def part(self, name: str) -> psutil.Process | None:
        """The process of a part, if it runs now."""
        for child in psutil.Process(self.process.pid).children():
            try:
                if child.cmdline()[1:4] == ["-m", name, "serve"]:
                    return child
            except psutil.Error:
                continue
        return None

    async def kill(self, name: str) -> None:
        """``kill -9`` of a part; returns when the supervisor has started another."""
        old = self.part(name)
        assert old is not None
        old.kill()
        await until(lambda: (new := self.part(name)) is not None and new.pid != old.pid)

    async def ready(self) -> None:
        """Wait until the page is there and the assistant can answer."""
        async with aiohttp.ClientSession() as session:
            while not await _answers_ready(session, f"http://127.0.0.1:{self.port + 2}/health"):
                assert self.process.poll() is None, self.said()
                await asyncio.sleep(0.2)


async def _answers_ready(session: aiohttp.ClientSession, address: str) -> bool:
    try:
        async with session.get(address) as response:
            return bool((await response.json())["assistant_ready"])
    except (aiohttp.ClientError, OSError):
        return False


async def until(holds: Callable[[], bool]) -> None:
    """Return when it holds; TimeoutError when it does not come to hold."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110  # processes and files tell nobody
            await asyncio.sleep(0.05)


def start_product(folder: Path, model: Path, port: int) -> Product:
    """Start it with demonstration data and a model that is already trained."""
    data = folder / "data"
    (data / "models").mkdir(parents=True)
    os.link(model, data / "models" / model.name)
    printed = folder / "printed.txt"
    command = [sys.executable, str(ROOT / "daoban"), "up", "--demo", "--data", str(data), "--port", str(port)]
    env = {**os.environ, "DAOBAN_LONGEST_PAUSE": "1"}  # parts that are killed often are started again soon
    with printed.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, cwd=ROOT, env=env,
                                   preexec_fn=_hears_ctrl_c)  # fmt: skip
    return Product(process, data, port, printed)


def _hears_ctrl_c() -> None:
    """In the child before exec: a shell's background job, and whatever it starts, would ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stop_product(product: Product) -> int:
    """Ctrl-C; returns the exit status."""
    if product.process.poll() is None:
        product.process.send_signal(signal.SIGINT)
    return product.process.wait(timeout=60)


@dataclass
class Citizen:
    """A citizen's browser: its cookie, its socket, and what it has seen. Unconfirmed messages are sent again."""

    product: Product
    http: aiohttp.ClientSession
    seen: dict[int, dict[str, Any]] = field(default_factory=dict)
    unconfirmed: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Write something; returns the replies, however often the connection is lost meanwhile."""
        return await self._send({"type": "say", "text": text})

    async def choose(self, choice: str) -> list[dict[str, Any]]:
        """Press a button."""
        return await self._send({"type": "choose", "choice": choice, "shown": choice})

    def post(self, text: str) -> str:
        """Write something without waiting for the answer; returns its message id."""
        message_id = uuid4().hex
        self.unconfirmed[message_id] = {"type": "say", "text": text, "message_id": message_id}
        return message_id

    async def _send(self, frame: dict[str, Any]) -> list[dict[str, Any]]:
        message_id = uuid4().hex
        self.unconfirmed[message_id] = {**frame, "message_id": message_id}
        return await self.replies_to(message_id)

    async def replies_to(self, message_id: str) -> list[dict[str, Any]]:
        """The replies to a message; a lost connection is opened again until they are there."""
        async with asyncio.timeout(PATIENCE):
            while not self.answered(message_id):
                try:
                    await self._listen_until(message_id)
                except (aiohttp.ClientError, OSError, ConnectionError):
                    await asyncio.sleep(0.2)
        return self.answers(message_id)

    def answers(self, message_id: str) -> list[dict[str, Any]]:
        """Replies seen to a message."""
        return [message for _, message in sorted(self.seen.items()) if message["in_reply_to"] == message_id]

    def answered(self, message_id: str) -> bool:
        """Whether the whole reply is here: its last message says what is awaited next."""
        return any(message["expects"] is not None for message in self.answers(message_id))

    async def _listen_until(self, message_id: str) -> None:
        headers = {"Origin": self.product.base}
        async with self.http.post(f"{self.product.base}/socket-tickets", headers=headers) as response:
            ticket = await response.json()
        address = f"{ticket['url']}?ticket={ticket['ticket']}&after={max(self.seen, default=0)}"
        async with self.http.ws_connect(address, headers=headers) as socket:
            for frame in self.unconfirmed.values():
                await socket.send_json(frame)
            async for received in socket:
                self._note(json.loads(received.data))
                if self.answered(message_id):
                    return

    def _note(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "message":
            message = frame["message"]
            assert message["seq"] not in self.seen, "the same message twice"
            self.seen[message["seq"]] = message
            self.unconfirmed.pop(message["message_id"], None)


@asynccontextmanager
async def citizen(product: Product) -> AsyncIterator[Citizen]:
    """A browser that has never been here."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        yield Citizen(product, http)


def text_of(replies: list[dict[str, Any]]) -> str:
    """All that the replies show."""
    return "\n\n".join(reply["content"]["web"]["text"] for reply in replies)
