"""``permissions``: who may do what, and what each role sees first."""

from __future__ import annotations

import argparse

from backend.features import FEATURES
from backend.operate.role_pages import role_lines
from backend.platform.permission_table import permission_lines

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which of the two."""
    parser.add_argument("--roles", action="store_true", help="每个岗位登录后看到的网页（docs/roles.md 的内容，英文）")


def run(options: argparse.Namespace) -> int:
    """Print the table."""
    routes = [route for feature in FEATURES for route in feature.operations]
    for line in role_lines() if options.roles else permission_lines(routes):
        print(line)
    return 0
