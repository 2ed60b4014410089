"""``migration``: write the next migration after tables have changed."""

from __future__ import annotations

import argparse

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What it does, in English: its first line and its file's name."""
    parser.add_argument("message", help='它做什么，用英文写，如 "Umbrellas are lent"')


def run(options: argparse.Namespace) -> int:
    """Write it, or say that no table has changed."""
    from backend.migrations.drafting import draft

    file = draft(options.message)
    print("表都没有变，不用写迁移。" if file is None else f"写好了，请看一遍再提交：{file}")
    return 0
