"""Sentences of cases, from data/wording.yaml."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from backend.contracts.cases import CaseState, CaseStep

_FILE = Path(__file__).parent / "data" / "wording.yaml"


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    wording: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return wording


def say(group: str, name: str, **values: Any) -> str:
    """One sentence, filled in."""
    return str(_wording()[group][name]).format(**values)


def day_text(day: date) -> str:
    """「2026年12月7日」."""
    return str(_wording()["day"]).format(day=day)


def unverified(*, is_number: bool) -> str:
    """What stands beside a number that could not be confirmed, or beside words that do not look like an answer."""
    return str(_wording()["unverified" if is_number else "as_told"])


def at_counter() -> str:
    """What stands for the number of a document that is only shown."""
    return str(_wording()["at_counter"])


def wrong_field(label: str) -> str:
    """What stands over the applicant's word that a field of the form is wrong."""
    return str(_wording()["wrong_field"]).format(label=label)


def document_question(label: str, hint: str) -> str:
    """Asks for the number of the document that was chosen."""
    return str(_wording()["document_question"]).format(label=label, hint=hint)


def rest_question(figures: int, left: int) -> str:
    """Asks for the rest of a number that comes in parts."""
    return str(_wording()["rest_question"]).format(figures=figures, left=left)


def yes_no(*, yes: bool) -> str:
    """「是」 or 「不是」."""
    return str(_wording()["yes" if yes else "no"])


def state_text(state: CaseState) -> str:
    """「已受理，办理中」."""
    return str(_wording()["states"][state])


def step_label(step: CaseStep) -> str:
    """「受理」."""
    return str(_wording()["steps"][step])
