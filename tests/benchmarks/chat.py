"""Issue 14: what a turn costs, over the real socket: mixed questions, buttons and a form that is begun and left.

    python -m tests.benchmarks.chat [--clients 1,4,16] [--rounds N] [--pause SECONDS] [--port N]

Starts the product as ``./daoban up`` does, on scratch data. Prints, for each number of clients, turns a second, the median and
the 95th percentile from sending to the whole reply, processor milliseconds a turn of each process (what else it does meanwhile
counts too), memory, and the machine's load, without which the figures mean little.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from assistant.training import train
from tests.conftest import ID_NUMBER, PHONE
from tests.running import PARTS, PATIENCE, ROOT, Product, start_product, stop_product

BUTTON = ""
"""The first button of the last reply is pressed; where it has none, this is asked:"""
INSTEAD = "在哪里办"
SCRIPT = (
    "你好", "失业金怎么领", "要带什么材料", BUTTON, "多久能办好", "社保卡丢了怎么补办", BUTTON, "要钱吗", "我家水管爆了找哪个",
    "帮我办失业金申领", "和秀英", ID_NUMBER, PHONE, "还要等多久才有钱", "算了", "产假能休多少天", "谢谢",
)  # fmt: skip
UNLIMITED = {f"DAOBAN_LIMIT_{name}": "0" for name in ("ADDRESS", "SESSION", "SERVICE", "NEW_CONVERSATION", "MESSAGE")}


@dataclass
class Client:
    """A browser that keeps its socket open and says what the script says."""

    socket: aiohttp.ClientWebSocketResponse
    seconds: list[float] = field(default_factory=list)
    _choice: str | None = None

    async def play(self, pause: float) -> None:
        """The whole script."""
        for said in SCRIPT:
            began = time.perf_counter()
            await self._say(said)
            self.seconds.append(time.perf_counter() - began)
            await asyncio.sleep(pause)

    async def _say(self, said: str) -> None:
        message_id = uuid4().hex
        frame = {"type": "say", "text": said or INSTEAD}
        if said == BUTTON and self._choice is not None:
            frame = {"type": "choose", "choice": self._choice, "shown": self._choice}
        await self.socket.send_json({**frame, "message_id": message_id})
        self._choice = None
        async with asyncio.timeout(PATIENCE):
            async for received in self.socket:
                if self._ends(json.loads(received.data), message_id):
                    return
        raise ConnectionError("the socket was closed")

    def _ends(self, frame: dict[str, Any], message_id: str) -> bool:
        """Whether this is the last message of the reply."""
        if frame["type"] == "refused":
            raise AssertionError(frame["detail"])
        message = frame.get("message", {})
        if frame["type"] != "message" or message["in_reply_to"] != message_id:
            return False
        choices = message["content"]["web"]["choices"]
        self._choice = choices[0]["choice"] if choices else self._choice
        return message["expects"] is not None


@asynccontextmanager
async def client(product: Product) -> AsyncIterator[Client]:
    """A browser that has never been here, its socket open and greeted."""
    headers = {"Origin": product.base}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers) as http:
        async with http.post(f"{product.base}/socket-tickets") as response:
            ticket = await response.json()
        async with http.ws_connect(f"{ticket['url']}?ticket={ticket['ticket']}&after=0") as socket:
            await socket.receive()
            yield Client(socket)


async def play(product: Product, rounds: int, pause: float) -> list[float]:
    """One client after another; returns the seconds of each turn."""
    seconds: list[float] = []
    for _ in range(rounds):
        async with client(product) as one:
            await one.play(pause)
            seconds += one.seconds
    return seconds


def spent(product: Product) -> dict[str, float]:
    """Processor seconds of each part so far."""
    found = {}
    for name in PARTS:
        process = product.part(name)
        assert process is not None, name
        times = process.cpu_times()
        found[name] = times.user + times.system
    return found


def megabytes(product: Product) -> int:
    """What all processes take, what they share counted once (PSS)."""
    parts = [product.part(name) for name in PARTS]
    return round(sum(part.memory_full_info().pss for part in parts if part is not None) / 2**20)


async def measure(product: Product, clients: int, rounds: int, pause: float) -> str:
    """A line of the table."""
    before, began = spent(product), time.perf_counter()
    played = await asyncio.gather(*(play(product, rounds, pause) for _ in range(clients)))
    took, after = time.perf_counter() - began, spent(product)
    seconds = [one for each in played for one in each]
    p50, p95 = statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]
    cost = {name: (after[name] - before[name]) * 1000 / len(seconds) for name in PARTS}
    each = "".join(f"{cost[name]:>11.0f}" for name in PARTS)
    rate = f"{len(seconds):>6}{len(seconds) / took:>9.1f}{p50 * 1000:>8.0f}{p95 * 1000:>8.0f}"
    return f"{clients:>7}{rate}{each}{sum(cost.values()):>7.0f}{megabytes(product):>8}{os.getloadavg()[0]:>7.1f}"


async def run(product: Product, numbers: list[int], rounds: int, pause: float) -> None:
    """The table; a round before it wakes everything up."""
    await product.ready()
    await play(product, 1, 0)
    heads = "".join(f"{name:>11}" for name in PARTS)
    print(
        f"{'clients':>7}{'turns':>6}{'turns/s':>9}{'p50 ms':>8}{'p95 ms':>8}{heads}{'CPU ms':>7}{'MB PSS':>8}{'load':>7}"
    )
    for clients in numbers:
        print(await measure(product, clients, rounds, pause), flush=True)


def main() -> None:
    """Start, measure, stop."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.chat")
    parser.add_argument("--clients", default="1,4,16", help="numbers of clients at once")
    parser.add_argument(
        "--rounds", type=int, default=2, help="how often each plays the script, each time as somebody new"
    )
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between a reply and what is said next")
    parser.add_argument("--port", type=int, default=18700, help="the first of three")
    parser.add_argument("--models", type=Path, default=ROOT / "var" / "models")
    options = parser.parse_args()
    model = train(options.models, print, if_changed=True)
    os.environ.update(UNLIMITED)
    with tempfile.TemporaryDirectory(dir=options.models.parent) as scratch:  # the model is linked, not copied
        product = start_product(Path(scratch), model, options.port)
        try:
            numbers = [int(number) for number in options.clients.split(",")]
            asyncio.run(run(product, numbers, options.rounds, options.pause))
        finally:
            stop_product(product)


if __name__ == "__main__":
    main()
