"""``permissions``: who may do what."""

from __future__ import annotations

import argparse

from backend.features import FEATURES
from backend.platform.permission_table import permission_lines

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has none."""


def run(_options: argparse.Namespace) -> int:
    """Print the table."""
    for line in permission_lines([route for feature in FEATURES for route in feature.operations]):
        print(line)
    return 0
