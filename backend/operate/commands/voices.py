"""``voices``: the voice models; speech lists and fetches them, voice_training makes the bundled one."""

from __future__ import annotations

import argparse

from backend.operate.parts import run_module

HANDS_ON = True
TRAIN = "train"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of ours: those who carry it out have them."""


def run(options: argparse.Namespace) -> int:
    """Hand it on."""
    if options.rest[:1] == [TRAIN]:
        return run_module("connectors.voice_training", *options.rest[1:])
    return run_module("connectors.speech", "voices", *options.rest)
