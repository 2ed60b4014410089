"""``migrate``: bring the database to this version's schema."""

from __future__ import annotations

import argparse

from backend.operate.hall import carry_out
from backend.operate.preparing import prepare_database
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which product."""


def run(options: argparse.Namespace) -> int:
    """Migrate the hall's database."""
    return carry_out(_migrate, data=options.data)


def _migrate(settings: Settings) -> None:
    for line in prepare_database(settings):
        print(line)
