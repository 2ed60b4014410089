"""The check command: what every feature checks of its content, and whether the declarations hold together."""

from __future__ import annotations

from backend.contracts.promises import unknown_features
from backend.features import FEATURES
from backend.migrations import heads
from backend.operate.promise_check import promised
from backend.platform.feature_check import declaration_problems


def run() -> tuple[list[str], list[str]]:
    """(problems, things to know)."""
    problems = declaration_problems(FEATURES)
    problems += unknown_features({feature.name for feature in FEATURES})
    problems += promised(FEATURES)
    if len(heads()) != 1:
        problems.append(f"migrations：有{len(heads())}个头，应当只有一个")
    reports = [feature.check() for feature in FEATURES]
    problems += [problem for report in reports for problem in report.problems]
    return problems, [remark for report in reports for remark in report.remarks]
