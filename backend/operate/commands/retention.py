"""``retention``: how long each kind of data is kept, and forgetting what is past its time."""

from __future__ import annotations

import argparse
import asyncio
from collections import Counter

from backend.contracts.privacy import ErasedByRetention
from backend.contracts.wire import Wire
from backend.features import FEATURES
from backend.operate.hall import carry_out
from backend.operate.operator import operator
from backend.platform.features import retention_of
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Show or run."""
    works = parser.add_subparsers(required=True)
    erase = works.add_parser("run", help="按保存期限清理")
    erase.set_defaults(work=_run)
    works.add_parser("show", help="看每类数据留多久").set_defaults(work=_show)


def run(options: argparse.Namespace) -> int:
    """Carry it out and print what was done."""
    return carry_out(options.work, data=options.data)


def _run(settings: Settings) -> None:
    done = run_retention(settings)
    told = {name: kind.name for name, kind in retention_of(FEATURES).items()}
    lines = [f"{told.get(name, name)}{count}" for name, count in done.items() if count]
    print(f"清理好了：{'，'.join(lines) or '没有到期的'}。")


def _show(_settings: Settings) -> None:
    for kind in retention_of(FEATURES).values():
        print(f"{kind.name}：{'系统不自动删' if kind.days is None else f'{kind.days}天'}。{kind.what}。{kind.why}。")


def run_retention(settings: Settings) -> dict[str, int]:
    """Forget what is past its time; returns how many of each kind."""

    async def forget() -> Counter[str]:
        async with operator(settings) as backend:
            done: Counter[str] = Counter()
            more = True
            while more:
                answer = await backend.post("/retention/run", Wire(), ErasedByRetention)
                done.update(answer.counts)
                more = answer.more
            return done

    return dict(asyncio.run(forget()))
