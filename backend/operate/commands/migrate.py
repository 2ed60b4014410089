"""``migrate``: bring the database to this version's schema."""

from __future__ import annotations

import argparse

from backend import migrations
from backend.operate.hall import carry_out
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has none."""


def run(_options: argparse.Namespace) -> int:
    """Migrate the hall's database."""
    return carry_out(_migrate)


def _migrate(settings: Settings) -> None:
    migrations.migrate(settings.database_url)
