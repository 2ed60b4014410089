"""Ctrl-C while a command runs parts of ours one after the other."""

from __future__ import annotations

import signal
import subprocess
from typing import Any

import pytest

from backend.operate.parts import run_module


class Child:
    """A process that is waited for when Ctrl-C comes."""

    interrupts: Any = None
    ended = False

    def __init__(self, *_arguments: object, **_about: object) -> None:
        Child.interrupts = signal.getsignal(signal.SIGINT)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_what: object) -> None:
        """Nothing to clear away."""

    def wait(self) -> int:
        """Ctrl-C comes."""
        raise KeyboardInterrupt

    def terminate(self) -> None:
        """It is told to end."""
        Child.ended = True


def test_of_one_ctrl_c_one_process_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is born deaf to it, so that it prints no traceback of its own, and is ended; we hear the next one again."""
    monkeypatch.setattr(subprocess, "Popen", Child)
    ours = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        run_module("backend", "migrate", env={})
    assert Child.interrupts is signal.SIG_IGN
    assert Child.ended
    assert signal.getsignal(signal.SIGINT) is ours
