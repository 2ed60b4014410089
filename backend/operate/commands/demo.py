"""``demo``: demonstration accounts and a day of cases, into an empty database."""

from __future__ import annotations

import argparse
import asyncio
from datetime import timedelta

from aiohttp import web

from backend.app import create_app
from backend.operate.demo import fill
from backend.operate.hall import carry_out
from backend.platform.clock import SetClock, SystemClock
from backend.platform.http import DATABASE
from backend.settings import Settings

HANDS_ON = False
BEGAN_BEFORE = timedelta(hours=2)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace) -> int:
    """Fill the database and print the accounts with their passwords."""
    return carry_out(_demo, data=options.data)


def _demo(settings: Settings) -> None:
    for line in asyncio.run(_filled(settings)):
        print(line)


async def _filled(settings: Settings) -> list[str]:
    runner = web.AppRunner(create_app(settings, SetClock(SystemClock().now() - BEGAN_BEFORE)))
    await runner.setup()
    try:
        async with runner.app[DATABASE].write() as session:
            return await fill(runner.app, session)
    finally:
        await runner.cleanup()
