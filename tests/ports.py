"""Ports that no other worker and no outgoing connection takes: each worker has a range of its own below the ephemeral ports."""

from __future__ import annotations

import os
import socket
from itertools import count

LOWEST, HIGHEST = 10_000, 32_000
RANGE = 500
"""Ports of one worker. Which of the ranges: by the process, so that runs side by side take different ones too."""
_numbers = count()


def neighbours(how_many: int = 3) -> int:
    """The first of some neighbouring ports that nobody uses and this process has not given away lately."""
    ranges = (HIGHEST - LOWEST) // RANGE
    start = LOWEST + RANGE * (os.getpid() % ranges)
    places = RANGE // how_many
    for _ in range(places):
        first = start + how_many * (next(_numbers) % places)
        if all(_is_free(port) for port in range(first, first + how_many)):
            return first
    raise RuntimeError(f"no {how_many} free ports from {start}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
