"""What is asked about the hall is heard, and nothing else is taken for it; days that are named are found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.dialogue.hall.questions import hall_question

TODAY = date(2026, 11, 28)
"""A Saturday."""
WRITTEN: dict[str, dict[str, str | None]] = yaml.safe_load(
    (Path(__file__).parent / "written" / "hall.yaml").read_text("utf-8")
)
RIGHT_ASIDE = 0.85
"""Share of the sentences set aside; when they were first read it was above."""


def heard(sentence: str) -> str | None:
    """What is asked."""
    found = hall_question(sentence, TODAY)
    return None if found is None else found.about


@pytest.mark.parametrize("sentence", WRITTEN["build"])
def test_what_is_asked_about_the_hall(sentence: str) -> None:
    """As written."""
    assert heard(sentence) == WRITTEN["build"][sentence]


def test_sentences_that_were_set_aside() -> None:
    """Most are heard; none about work or money is taken for the hall's hours."""
    wrong = {sentence: heard(sentence) for sentence, about in WRITTEN["aside"].items() if heard(sentence) != about}
    assert 1 - len(wrong) / len(WRITTEN["aside"]) >= RIGHT_ASIDE, wrong
    assert not [sentence for sentence in wrong if WRITTEN["aside"][sentence] is None and len(sentence) > 8], wrong


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("周六能办吗", "2026-11-28"),
        ("下周六能办吗", "2026-12-05"),
        ("星期一上班吗", "2026-11-30"),
        ("明天开门吗", "2026-11-29"),
        ("周末能办吗", "2026-11-28"),
        ("元旦上班吗", "2027-01-01"),
        ("国庆上班吗", "2027-10-01"),
        ("春节上班吗", "2027-02-06"),
        ("12月31号上班吗", "2026-12-31"),
        ("1月4日上班吗", "2027-01-04"),
    ],
)
def test_the_next_such_day_is_meant(sentence: str, day: str) -> None:
    """Opening hours are asked of days to come."""
    found = hall_question(sentence, TODAY)
    assert found is not None
    assert found.day is not None
    assert str(found.day.day) == day


@pytest.mark.parametrize("sentence", ["失业补助金现在还能不能领", "失业金现在能领吗", "这个补贴现在还能领不"])
def test_money_is_not_drawn_at_the_hall(sentence: str) -> None:
    """Whether there is such money is no question of the hall's days; a day that is named is."""
    assert heard(sentence) is None
    assert heard("失业金周六能不能领") == "day"
