"""``train``: train the assistant; its own command carries it out."""

from __future__ import annotations

import argparse

from backend.operate.parts import run_module

HANDS_ON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of ours: ``python -m assistant train`` has them."""


def run(options: argparse.Namespace) -> int:
    """Hand it on."""
    return run_module("assistant", "train", *options.rest)
