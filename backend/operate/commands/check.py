"""``check``: content, replies, dialogues, speech, each checked by its own room."""

from __future__ import annotations

import argparse

from backend.operate.parts import run_module

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It has none."""


def run(_options: argparse.Namespace) -> int:
    """Stop at the first room with problems."""
    return (
        run_module("backend", "check") or run_module("assistant", "check") or run_module("connectors.speech", "check")
    )
