"""``test``: lint, types, content, training data, and the whole suite; ends with one line of counts."""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.operate.checks import checks, results
from backend.operate.parts import environment, tell
from backend.operate.suite import Counts, run_pytest, side_by_side

HANDS_ON = True
QUICK_TESTS = ("tests/backend", "tests/connectors", "-m", "not heavy and not running")
"""Unit tests: what needs no trained model, browser, database server, speech model or running backend: tests/conftest.py marks the others. The other
folders are left out whole: importing Rasa alone takes each worker ten seconds."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Ours; everything else is pytest's."""
    parser.add_argument(
        "--fast", action="store_true", help="只做一分钟以内的：不用模型、浏览器、语音模型，也不用启动后台的"
    )


def run(options: argparse.Namespace) -> int:
    """Check, then test; with arguments for pytest, only pytest with these."""
    counts = Counts()
    with TemporaryDirectory() as scratch:
        env = environment(Path(scratch) / "data")
        chosen = [] if options.rest else [check for check in checks() if check.quick or not options.fast]
        for outcome in results(chosen, env):
            counts.add_check(outcome.verdict)
            tell(outcome.line)
        arguments = options.rest or side_by_side()
        if options.fast:
            arguments = [*QUICK_TESTS, *arguments]
        report = Path(scratch) / "pytest.xml"
        counts.add_report(report, run_pytest(arguments, report))
    tell(str(counts))
    return counts.status
