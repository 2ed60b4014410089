"""``evaluate``: measure the assistant on a file of questions, on scratch data."""

from __future__ import annotations

import argparse
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.operate.parts import PARTS, ROOT, data_folder, environment, free_port, module, run_module

HANDS_ON = False
PATIENCE = 60.0
"""Seconds for the backend to answer."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Questions in, a report out, perhaps compared with an earlier one."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--before", type=Path, help="以前的一份报告：看哪些变对、哪些变错")


def run(options: argparse.Namespace) -> int:
    """Train if needed, start a backend of its own and let the assistant measure itself."""
    if status := run_module("assistant", "train", "--if-changed"):
        return status
    with TemporaryDirectory() as scratch:
        data = Path(scratch)
        (data / "models").symlink_to(data_folder() / "models")
        env = environment(data, ports={name: free_port() for name in PARTS})
        if status := run_module("backend", "migrate", env=env):
            return status
        backend = subprocess.Popen(module("backend", "serve"), cwd=ROOT, env=env, stderr=subprocess.DEVNULL)  # noqa: S603  # our own
        try:
            _until_it_answers(env["DAOBAN_BACKEND_URL"] + "/health")
            compared = ["--before", str(options.before.resolve())] if options.before else []
            files = (str(options.file.resolve()), "--out", str(options.out.resolve()))
            return run_module("assistant", "evaluate", *files, *compared, env=env)
        finally:
            backend.terminate()
            backend.wait()


def _until_it_answers(url: str) -> None:
    """Wait for the backend. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  # our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(url)
