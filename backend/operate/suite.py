"""The test suite: how pytest is started on all cores, and what its report counts."""

from __future__ import annotations

import os
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.operate.checks import CheckStatus
from backend.operate.parts import ROOT, module

MAX_WORKERS = 4
"""Each may hold a Rasa, a Chromium and a PostgreSQL: about 1.5 GB."""
NOTHING_COLLECTED = 5
"""pytest's exit status when no test was chosen."""


@dataclass(slots=True)
class Counts:
    """How many checks and tests ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        """The last line of ``./daoban test``."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"

    @property
    def status(self) -> int:
        """Exit status: nothing passed is a failure too."""
        return 1 if self.failed or not self.passed else 0

    def add_check(self, verdict: CheckStatus) -> None:
        """Count one check."""
        if verdict == "passed":
            self.passed += 1
        elif verdict == "skipped":
            self.skipped += 1
        else:
            self.failed += 1

    def add_report(self, report: Path, status: int) -> None:
        """Add pytest's counts (JUnit XML); a run that ended without a report has failed."""
        if not report.exists():
            self.failed += 1
            return
        suite = next(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314  # written by our own run
        tests, failures, errors, skipped = (
            int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        self.failed += failed or (1 if status not in (0, NOTHING_COLLECTED) else 0)
        self.skipped += skipped
        self.passed += tests - failed - skipped


def side_by_side(cores: int | None = None) -> tuple[str, ...]:
    """Options of pytest for several workers; a file stays with one worker, which starts what the file needs once."""
    workers = min(max(cores or os.cpu_count() or 1, 1), MAX_WORKERS)
    return ("-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder")


def run_pytest(arguments: Sequence[str], report: Path) -> int:
    """Run pytest to its end; returns its exit status, ``report`` is what it counted."""
    command = [*module("pytest"), f"--junitxml={report}", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ, check=False).returncode  # noqa: S603  # our own
