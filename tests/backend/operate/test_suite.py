"""What ``./daoban test`` counts."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.operate import suite
from backend.operate.checks import Check, checks, results
from backend.operate.command_line import main
from backend.operate.commands import test as command
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
        Check("没法做的", (sys.executable, "-c", "import sys; print('这里没有 Node'); sys.exit(77)")),
    ]
    told = {outcome.name: outcome for outcome in results(programs, os.environ)}
    assert told["好的"].line.startswith("好的：通过（")
    assert "不用说" not in told["好的"].line
    assert told["坏的"].line.startswith("坏的：没有通过（")
    assert "第3行不对" in told["坏的"].line
    assert told["没法做的"].line.startswith("没法做的：没有检查（")
    assert "这里没有 Node" in told["没法做的"].line
    counts = Counts()
    for outcome in told.values():
        counts.add_check(outcome.verdict)
    assert str(counts) == "1 passed, 1 failed, 1 skipped"


def test_the_quick_checks_are_a_part_of_all() -> None:
    """Lint, format and types are always among them."""
    quick = {check.name for check in checks() if check.quick}
    assert {"代码规范", "代码格式", "类型", "导入约定", "网页脚本"} <= quick < {check.name for check in checks()}


@pytest.mark.parametrize(("cores", "workers"), [(1, "1"), (2, "2"), (64, "4")])
def test_workers_follow_the_cores_up_to_what_memory_allows(cores: int, workers: str) -> None:
    """Each of them may hold a whole product."""
    assert side_by_side(cores)[:2] == ("-n", workers)


@pytest.mark.parametrize(
    ("given", "checked", "asked"),
    [
        ([], ["快的", "慢的"], side_by_side()),
        (["--fast"], ["快的"], (*command.QUICK_TESTS, *side_by_side())),
        (["tests/backend/test_cases.py", "-k", "supplement"], [], ("tests/backend/test_cases.py", "-k", "supplement")),
        (["-x", "tests/backend"], [], ("-x", "tests/backend")),
    ],
)
def test_what_is_checked_and_tested(
    given: list[str],
    checked: list[str],
    asked: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """All of it, the quick part, or only what pytest is asked for; the last line counts."""
    nothing = (sys.executable, "-c", "")
    monkeypatch.setattr(command, "checks", lambda: (Check("快的", nothing), Check("慢的", nothing, quick=False)))
    ran: list[tuple[str, ...]] = []

    def run(arguments: Sequence[str], report: Path) -> int:
        ran.append(tuple(arguments))
        report.write_text(REPORT.format(3, 0, 0, 1))
        return 0

    monkeypatch.setattr(command, "run_pytest", run)
    assert main(["test", *given]) == 0
    said = capsys.readouterr().out.splitlines()
    assert ran == [asked]
    assert sorted(line.partition("：")[0] for line in said[:-1]) == sorted(checked)
    assert said[-1] == f"{2 + len(checked)} passed, 0 failed, 1 skipped"


@pytest.mark.running
def test_pytest_is_run_with_its_arguments_and_reports(tmp_path: Path) -> None:
    """The report has what ran."""
    (tmp_path / "test_one.py").write_text("def test_good(): pass\ndef test_bad(): assert 1 == 2\n")
    report = tmp_path / "report.xml"
    assert suite.run_pytest([str(tmp_path), "--rootdir", str(tmp_path), "-c", os.devnull], report) == 1
    counts = Counts()
    counts.add_report(report, 1)
    assert (counts.passed, counts.failed) == (1, 1)
