"""What ``./daoban test`` counts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from backend.operate.checks import Check, checks, outcomes
from backend.operate.suite import Counts, side_by_side

REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


@pytest.mark.parametrize(
    ("numbers", "status", "line"),
    [
        ((10, 0, 0, 2), 0, "8 passed, 0 failed, 2 skipped"),
        ((10, 1, 2, 0), 1, "7 passed, 3 failed, 0 skipped"),
        ((10, 0, 0, 0), 3, "10 passed, 1 failed, 0 skipped"),  # pytest itself broke down at the end
        ((0, 0, 0, 0), 5, "0 passed, 0 failed, 0 skipped"),
    ],
)
def test_the_last_line_says_how_many(numbers: tuple[int, ...], status: int, line: str, tmp_path: Path) -> None:
    """As pytest's own report has it."""
    report = tmp_path / "report.xml"
    report.write_text(REPORT.format(*numbers))
    counts = Counts()
    counts.add_report(report, status)
    assert str(counts) == line


def test_a_run_without_a_report_has_failed(tmp_path: Path) -> None:
    """A crash is no success."""
    counts = Counts(passed=3)
    counts.add_report(tmp_path / "none.xml", 0)
    assert (counts.failed, counts.status) == (1, 1)


def test_nothing_passed_is_a_failure() -> None:
    """Whoever mistypes a path must not read success."""
    assert Counts(skipped=4).status == 1
    assert Counts(passed=1).status == 0


def test_each_check_is_told_with_its_seconds_and_its_words_when_it_fails() -> None:
    """Several at once; none is lost."""
    programs = [
        Check("好的", (sys.executable, "-c", "print('不用说')")),
        Check("坏的", (sys.executable, "-c", "import sys; print('第3行不对'); sys.exit(1)")),
    ]
    told = {outcome.name: outcome for outcome in outcomes(programs, os.environ)}
    assert told["好的"].line.startswith("好的：通过（")
    assert "不用说" not in told["好的"].line
    assert told["坏的"].line.startswith("坏的：没有通过（")
    assert "第3行不对" in told["坏的"].line
    assert [outcome.good for outcome in (told["好的"], told["坏的"])] == [True, False]


def test_the_quick_checks_are_a_part_of_all() -> None:
    """Lint, format and types are always among them."""
    quick = {check.name for check in checks() if check.quick}
    assert {"代码规范", "代码格式", "类型"} <= quick < {check.name for check in checks()}


@pytest.mark.parametrize(("cores", "workers"), [(1, "1"), (2, "2"), (64, "4")])
def test_workers_follow_the_cores_up_to_what_memory_allows(cores: int, workers: str) -> None:
    """Each of them may hold a whole product."""
    assert side_by_side(cores)[:2] == ("-n", workers)
