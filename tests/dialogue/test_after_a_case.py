"""What is asked and said after a case was started is heard; what only sounds like it is not taken for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.dialogue.case_path import (
    appeal_said,
    asks_pay_date,
    asks_withdrawal,
    case_path_words,
    day_told,
    status_asked,
    supplement_said,
    withdrawal_confirmed,
)
from backend.one_window.catalogue.delivered import edition

TODAY = date(2026, 11, 28)
RIGHT_ASIDE = 0.9
WRITTEN: dict[str, dict[str, str | None]] = yaml.safe_load(
    (Path(__file__).parent / "written" / "after_a_case.yaml").read_text("utf-8")
)


def heard(sentence: str) -> str | None:
    """Which of the five paths."""
    asked = {
        "supplement": supplement_said(sentence),
        "withdraw": asks_withdrawal(sentence),
        "appeal": appeal_said(sentence, TODAY),
        "pay_date": asks_pay_date(sentence),
        "case_status": status_asked(sentence),
    }
    return next((name for name, found in asked.items() if found), None)


@pytest.mark.parametrize("sentence", WRITTEN["build"])
def test_which_path_it_is(sentence: str) -> None:
    """As written."""
    assert heard(sentence) == WRITTEN["build"][sentence]


def test_sentences_set_aside() -> None:
    """Nearly all are heard, and no other matter is taken for it."""
    wrong = {said: heard(said) for said, right in WRITTEN["aside"].items() if heard(said) != right}
    assert 1 - len(wrong) / len(WRITTEN["aside"]) >= RIGHT_ASIDE, wrong
    assert not [said for said in wrong if WRITTEN["aside"][said] is None], wrong


@pytest.mark.parametrize(
    ("sentence", "kind", "refused", "day"),
    [
        ("我不服", None, False, None),
        ("不予受理我不服", "administrative", True, None),
        ("仲裁裁决昨天收到的，我不服", "award", False, "2026-11-27"),
        ("仲裁不受理，我不服", "arbitration_refusal", True, None),
        ("伤残鉴定结论11月20号收到，我不认可", "appraisal", False, "2026-11-20"),
        ("再次鉴定的结论我不服", "reappraisal", False, None),
        ("社保局的核定结果我有异议", "administrative", False, None),
    ],
)
def test_which_decision_and_when(sentence: str, kind: str | None, refused: bool, day: str | None) -> None:
    """The kind that was said, and the day it came."""
    found = appeal_said(sentence, TODAY)
    assert found is not None
    told = None if found.received_on is None else found.received_on.isoformat()
    assert (found.kind, found.refused, told) == (kind, refused, day)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("11月20号", "2026-11-20"),
        ("昨天收到的", "2026-11-27"),
        ("上个月15号", "2026-10-15"),
        ("上周五到手的", "2026-11-20"),
        ("三天前", "2026-11-25"),
        ("上个月", None),
        ("忘了", None),
    ],
)
def test_the_day_that_is_told(sentence: str, day: str | None) -> None:
    """One day, not a month."""
    found = day_told(sentence, TODAY)
    assert (None if found is None else found.isoformat()) == day


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("确定撤回", True),
        ("撤吧", True),
        ("是的，撤", None),
        ("不撤", False),
        ("先不撤了", False),
        ("再想想", None),
        ("撤回要几天", None),
    ],
)
def test_yes_and_no_to_the_read_back(sentence: str, answer: bool | None) -> None:
    """In words of its own; anything else is neither."""
    assert withdrawal_confirmed(sentence) is answer


def test_policy_answers_that_give_way_exist() -> None:
    """An id that is gone would let the weaker answer come back."""
    known = edition().policy_answers.keys()
    assert case_path_words().appeal.instead_of <= known
