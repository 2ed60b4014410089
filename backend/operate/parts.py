"""The three processes of the product: their ports, what they are told, and how a command of theirs is started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTS = ("backend", "assistant", "connectors")
FIRST_PORT = 8700
"""The parts take this one and the two after it."""


def tell(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, flush=True)


def data_folder(given: str | None = None) -> Path:
    """The data folder: the one given, ``DAOBAN_DATA``, else ``var`` beside the script."""
    return Path(given or os.environ.get("DAOBAN_DATA") or ROOT / "var").resolve()


def ports_from(first: int) -> dict[str, int]:
    """The ports of the parts."""
    return {name: first + place for place, name in enumerate(PARTS)}


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, host: str = "127.0.0.1", ports: Mapping[str, int] | None = None) -> dict[str, str]:
    """Return the environment of the parts: our own, their addresses and the data folder."""
    ports = ports or ports_from(FIRST_PORT)
    return {
        **os.environ,
        "DAOBAN_DATA": str(data),
        "DAOBAN_HOST": host,
        "DAOBAN_CONNECTORS_HOST": host,
        "DAOBAN_PORT": str(ports["backend"]),
        "DAOBAN_ASSISTANT_PORT": str(ports["assistant"]),
        "DAOBAN_CONNECTORS_PORT": str(ports["connectors"]),
        "DAOBAN_BACKEND_URL": f"http://127.0.0.1:{ports['backend']}",
        "DAOBAN_ASSISTANT_URL": f"http://127.0.0.1:{ports['assistant']}",
        "DAOBAN_CONNECTORS_URL": f"http://127.0.0.1:{ports['connectors']}",
        "DAOBAN_LOG": "json",
        "PYTHONUNBUFFERED": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }


def module(name: str, *arguments: str) -> list[str]:
    """The command line of one of our packages, or of one of the environment's."""
    return [sys.executable, "-m", name, *arguments]


def run_module(name: str, *arguments: str, env: Mapping[str, str] | None = None) -> int:
    """Run a command of one of our packages to its end; returns its exit status. Ctrl-C ends it, and whoever called says so."""
    told = environment(data_folder()) if env is None else env
    ours = signal.signal(signal.SIGINT, signal.SIG_IGN)  # inherited: of one Ctrl-C only one process speaks
    try:
        child = subprocess.Popen(module(name, *arguments), cwd=ROOT, env=told)  # noqa: S603  # our own
    finally:
        signal.signal(signal.SIGINT, ours)
    with child:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.terminate()
            raise
