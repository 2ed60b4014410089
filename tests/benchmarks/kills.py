"""Issue 4: kill -9 of any process at random moments of scripted cases: nothing lost, nothing doubled.

    python -m tests.benchmarks.kills [--times N] [--minutes N] [--seed N] [--port N]

Starts the product as ``./daoban up`` does, on scratch data; ends with a table and exit status 1 if anything is lost or doubled.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from assistant.training import train
from tests.kills.counting import count
from tests.kills.playing import Kill, Killer, Moment, Played, play_all
from tests.running import ROOT, Product, start_product, stop_product

SHARES = {"backend": 0.6, "connectors": 0.3, "assistant": 0.1}
"""The assistant takes some ten seconds to start."""


def shares(times: int) -> dict[str, int]:
    """How many kills each part gets."""
    found = {part: int(times * share) for part, share in SHARES.items()}
    return {**found, "backend": found["backend"] + times - sum(found.values())}


def table(kills: list[Kill]) -> list[str]:
    """One line for each part."""
    by_part: dict[str, list[Kill]] = defaultdict(list)
    for kill in kills:
        by_part[kill.part].append(kill)
    lines = [f"{'part':<12}{'kills':>6}{'before':>8}{'during':>8}{'after':>7}{'median s':>10}{'longest s':>11}"]
    for part, found in by_part.items():
        moments = [sum(kill.moment is moment for kill in found) for moment in Moment]
        seconds = [kill.seconds for kill in found if kill.seconds is not None] or [0.0]
        counts = f"{len(found):>6}{moments[0]:>8}{moments[1]:>8}{moments[2]:>7}"
        lines.append(f"{part:<12}{counts}{statistics.median(seconds):>10.1f}{max(seconds):>11.1f}")
    return lines


def main() -> int:
    """Kill, count, tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.kills")
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=18700, help="the first of three")
    parser.add_argument("--minutes", type=float, default=120.0, help="no kills after that; what was begun is finished")
    parser.add_argument("--models", type=Path, default=ROOT / "var" / "models")
    options = parser.parse_args()
    model = train(options.models, print, if_changed=True)
    with tempfile.TemporaryDirectory(dir=options.models.parent) as scratch:  # the model is linked, not copied
        product = start_product(Path(scratch), model, options.port)
        began = time.monotonic()
        try:
            killer = Killer(product, options.seed, shares(options.times))
            played = asyncio.run(_play(product, killer, options.minutes * 60))
        finally:
            stop_product(product)
        found = count(product.data / "daoban.db", played)
        print("\n".join(table(killer.kills)))
        print(f"{len(killer.kills)} kills in {time.monotonic() - began:.0f} s, seed {options.seed}")
        print(
            f"cases submitted {found.cases}, messages {found.messages}, replies {found.replies}, events {found.events}"
        )
        print(f"lost {len(found.lost)}, doubled {len(found.doubled)}")
        print("\n".join([*found.lost, *found.doubled]))
        verified = subprocess.run(
            [sys.executable, str(ROOT / "daoban"), "audit", "verify"],
            env={**os.environ, "DAOBAN_DATA": str(product.data)},
            check=False,
        )
        return 1 if found.lost or found.doubled or verified.returncode else 0


async def _play(product: Product, killer: Killer, seconds: float) -> list[Played]:
    await product.ready()
    asyncio.get_running_loop().call_later(seconds, killer.stop)
    return await play_all(product, killer, lambda line: print(line, flush=True))


if __name__ == "__main__":
    sys.exit(main())
