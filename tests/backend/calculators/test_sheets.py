"""Whole sheets to the word: what people read is what the rule says, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from backend.one_window.calculators.registry import RULES
from tests.backend.calculators.asking import ask


class Sheet(BaseModel):
    """One of ``sheets.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    answers: dict[str, str]
    verdict: str
    explanation: tuple[str, ...]
    unsure: tuple[str, ...]
    figures: dict[str, str]


SHEETS = tuple(
    Sheet.model_validate(one) for one in yaml.safe_load(Path(__file__).with_name("sheets.yaml").read_text("utf-8"))
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet.rule}: {' '.join(sheet.answers.values())}")
def test_the_sheet_is_what_was_written_down(sheet: Sheet) -> None:
    """Every sentence, in its order, and every figure."""
    outcome = ask(sheet.rule, **sheet.answers)
    found = Sheet(
        rule=sheet.rule, answers=sheet.answers, verdict=outcome.verdict, explanation=outcome.explanation,
        unsure=outcome.unsure, figures=outcome.figures,
    )  # fmt: skip
    assert found == sheet


def test_every_rule_has_its_sheets() -> None:
    """A new calculator is written down too."""
    assert {sheet.rule for sheet in SHEETS} == set(RULES)
