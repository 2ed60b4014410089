"""The static checks of ``./daoban test``: programs that find faults without running ours; two at a time."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from backend.operate.parts import ROOT, module

AT_ONCE = 2
SKIPPED = 77
"""Exit status of a check that could not be done on this machine (automake's)."""
CheckStatus = Literal["passed", "failed", "skipped"]
_STATUS_NAMES: dict[CheckStatus, str] = {"passed": "通过", "failed": "没有通过", "skipped": "没有检查"}


@dataclass(frozen=True, slots=True)
class Check:
    """A program whose exit status says whether all is well."""

    name: str
    command: tuple[str, ...]
    quick: bool = True
    """Whether it is one of ``./daoban test --fast``: seconds, not minutes."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check ended."""

    name: str
    status: int
    seconds: float
    said: str

    @property
    def verdict(self) -> CheckStatus:
        """What its exit status means."""
        return "passed" if self.status == 0 else "skipped" if self.status == SKIPPED else "failed"

    @property
    def line(self) -> str:
        """One line for people; what the program said follows unless all is well."""
        told = f"{self.name}：{_STATUS_NAMES[self.verdict]}（{self.seconds:.0f}秒）"
        return told if self.verdict == "passed" else f"{told}\n{self.said}"


def checks() -> tuple[Check, ...]:
    """All of them, the long ones first so that none of them runs alone at the end."""
    rasa = (
        "data",
        "validate",
        "--domain",
        "assistant/domain",
        "--data",
        "nlu_data",
        "--config",
        "assistant/config.yml",
    )
    return (
        Check("类型", _program("mypy")),
        Check("训练数据", (*_program("rasa"), *rasa, "--fail-on-warnings"), quick=False),
        Check("助手", tuple(module("assistant", "check")), quick=False),
        Check("内容", tuple(module("backend", "check"))),
        Check("网页脚本", tuple(module("backend.operate.javascript"))),
        Check("语音", tuple(module("connectors.speech", "check")), quick=False),
        Check("导入约定", _program("lint-imports")),
        Check("代码规范", (*_program("ruff"), "check", ".")),
        Check("代码格式", (*_program("ruff"), "format", "--check", ".")),
    )


def _program(name: str) -> tuple[str, ...]:
    """A program of our environment."""
    return (str(Path(sys.executable).parent / name),)


def results(chosen: Iterable[Check], env: Mapping[str, str], at_once: int = AT_ONCE) -> Iterator[CheckResult]:
    """Run them, some at once; each as soon as it has ended."""
    with ThreadPoolExecutor(at_once) as pool:
        run: Callable[[Check], CheckResult] = lambda check: _run(check, env)  # noqa: E731
        for done in as_completed([pool.submit(run, check) for check in chosen]):
            yield done.result()


def _run(check: Check, env: Mapping[str, str]) -> CheckResult:
    began = time.monotonic()
    done = subprocess.run(check.command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603  # our own
    return CheckResult(check.name, done.returncode, time.monotonic() - began, done.stdout + done.stderr)
