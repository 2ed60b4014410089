"""The command that makes small changes: what it changes, that the working tree stays as it is, and what it counts."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.changes import changed_tree, changes_in
from tests.mutation.found import Found, Kept, chosen, digest
from tests.mutation.patterns import changed_patterns
from tests.mutation.running import ChangedFinder
from tests.mutation.table import document, lines
from tests.mutation.tables import ROOT, EquivalentChange, RulesModule, read_equivalent, read_modules

RULE = '''
"""A rule."""
import re
DAYS = {"a": 3, "b": 200}
_SIGN = re.compile(r"\\d{2,3}x?")

@dataclass(frozen=True)
def late(day: int = 0, last: bool = False) -> bool | None:
    """Whether."""
    log.info("looked", day=1)
    if not day:
        raise ValueError(f"{day} + 1")
    note(day)
    return day > DAYS["a"] and (last or min(day, 2) in {4, 5})
'''
CHANGES = [
    "`'a'` → `left out`", "`'b'` → `left out`", "`3` → `4`", "`3` → `2`", "`200` → `201`",
    r"`'\\d{2,3}x?'` → `'\\d{2,3}x'`", r"`'\\d{2,3}x?'` → `'\\d{2,4}x?'`", r"`'\\d{2,3}x?'` → `'\\d{1,3}x?'`",
    "`note(day)` → `left out`", "`0` → `1`", "`False` → `True`", "`raise ValueError(f'{day} + 1')` → `left out`", "`not day` → `day`",
    "`return day > DAYS['a'] and (last or min(day, 2) in {4, 5})` → `return None`",
    "`day > DAYS['a'] and (last or min(day, 2) in {4, 5})` → `day > DAYS['a'] or (last or min(day, 2) in {4, 5})`",
    "`day > DAYS['a']` → `day >= DAYS['a']`", "`day > DAYS['a']` → `day <= DAYS['a']`",
    "`last or min(day, 2) in {4, 5}` → `last and min(day, 2) in {4, 5}`", "`min(day, 2) in {4, 5}` → `min(day, 2) not in {4, 5}`",
    "`min(day, 2)` → `max(day, 2)`", "`2` → `3`", "`2` → `1`", "`4` → `left out`", "`5` → `left out`", "`4` → `5`", "`4` → `3`", "`5` → `6`", "`5` → `4`",
]  # fmt: skip


def test_what_is_changed() -> None:
    """Tables, patterns, conditions, bounds, results, refusals; no annotation, decorator, docstring, log or text of an error."""
    assert [change.told for change in changes_in(ast.parse(RULE))] == CHANGES


@pytest.mark.parametrize("module", read_modules()[::4], ids=lambda module: module.path)
def test_each_change_makes_another_program(module: RulesModule) -> None:
    """One that compiles, and is not the one there was."""
    for number, _ in chosen(module, 25, seed=1):
        tree, change = changed_tree(module.source, number)
        compile(tree, module.path, "exec")
        assert ast.unparse(tree) != ast.unparse(ast.parse(module.source)), change.told


def test_patterns_change_by_one_sign() -> None:
    """A quantifier, a bound, a look-around, the ends of a class."""
    assert list(changed_patterns(r"(?<!\d)[1-9]\d{2}a+(?:b)?(?!c)")) == [
        r"(?<!\d)[1-9]\d{2}a+(?:b)(?!c)",
        r"(?<!\d)[1-9]\d{2}a*(?:b)?(?!c)",
        r"(?<!\d)[1-9]\d{2}a+(?:b)?(?=c)",
        r"(?<=\d)[1-9]\d{2}a+(?:b)?(?!c)",
        r"(?<!\d)[1-9]\d{1}a+(?:b)?(?!c)",
        r"(?<!\d)[2-9]\d{2}a+(?:b)?(?!c)",
        r"(?<!\d)[1-8]\d{2}a+(?:b)?(?!c)",
    ]
    assert list(changed_patterns(r"x{1,3}y*(?=z)")) == [
        r"x{1,3}y+(?=z)",
        r"x{1,3}y*(?!z)",
        r"x{1,4}y*(?=z)",
        r"x{0,3}y*(?=z)",
    ]


def test_a_changed_module_is_imported_and_its_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything else is found as always."""
    file = tmp_path / "rule_of_a_test.py"
    file.write_text("LIMIT = 5\n", "utf-8")
    tree, _ = changed_tree(file.read_text("utf-8"), 0)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [ChangedFinder("rule_of_a_test", tree), *sys.meta_path])
    try:
        assert importlib.import_module("rule_of_a_test").LIMIT == 6
    finally:
        sys.modules.pop("rule_of_a_test", None)
    assert file.read_text("utf-8") == "LIMIT = 5\n"
    assert list(tmp_path.iterdir()) == [file]


def found(path: str, number: int, how: str, *, code: str = "c", tests: str = "t") -> Found:
    """A change that was tried."""
    return Found(
        path=path, number=number, code=code, tests=tests, line=1, told=f"`{number}` → `x`", statement="s", how=how, at=0
    )


def test_what_was_found_holds_while_it_can(tmp_path: Path) -> None:
    """Noticed: while the module stays; not noticed: while its tests stay, too."""
    kept = Kept(tmp_path / "found.jsonl")
    kept.add(found("a", 1, "failed"))
    kept.add(found("a", 2, "passed"))
    again = Kept(tmp_path / "found.jsonl")
    noticed, missed = again.find("a", 1, "c", "other"), again.find("a", 2, "c", "t")
    assert noticed is not None
    assert missed is not None
    assert (noticed.noticed, missed.noticed) == (True, False)
    assert again.find("a", 1, "other", "t") is None
    assert again.find("a", 2, "c", "other") is None
    assert Kept(tmp_path / "found.jsonl", afresh=True).find("a", 1, "c", "t") is None
    assert digest("ab", "c") != digest("a", "bc")


def test_the_table_counts_what_has_an_effect() -> None:
    """An endless run is noticed; what changes nothing is told apart with its reason."""
    modules = [RulesModule(path="a.py", tests=("t",)), RulesModule(path="b.py", tests=("t",))]
    some = [
        found("a.py", 1, "failed"),
        found("a.py", 2, "endless"),
        found("a.py", 3, "passed"),
        found("a.py", 4, "passed"),
    ]
    idle = [EquivalentChange(path="a.py", statement="s", told="`4` → `x`", because="Nobody counts so far.")]
    told = lines(modules, some, idle)
    assert told[2:] == ["| `a.py` | 4 | 2 | 1 | 67 % |", "| `b.py` | 0 | 0 | 0 | – |", "| all | 4 | 2 | 1 | 67 % |"]
    page = document(told, some, idle, "the command")
    assert "- `a.py`, `s`: `3` → `x`\n" in page
    assert "- `a.py`, `s`: `4` → `x`. Nobody counts so far." in page


def test_the_data_names_what_is_there() -> None:
    """Modules, their tests, and changes that are still made."""
    modules = {module.path: module for module in read_modules()}
    assert all((ROOT / path).is_file() for path in modules)
    assert all((ROOT / test.partition("::")[0]).exists() for module in modules.values() for test in module.tests)
    for known in read_equivalent():
        made = {(one.statement, one.told) for one in changes_in(ast.parse(modules[known.path].source))}
        assert (known.statement, known.told) in made


@pytest.mark.running
def test_the_command_runs_the_nearest_tests(tmp_path: Path) -> None:
    """Two changes to the table of digits; both are noticed and the working tree is as it was."""
    file = ROOT / "backend/language/digits.py"
    before = file.read_bytes(), file.stat().st_mtime_ns
    kept = tmp_path / "found.jsonl"
    run = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "--sample", "2", "--kept", str(kept), "backend/language/digits.py"],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert "| all | 2 | 2 | 0 | 100 % |" in run.stdout
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert len(kept.read_text("utf-8").splitlines()) == 2
