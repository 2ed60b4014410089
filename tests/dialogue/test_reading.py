"""Facts are read from sentences as people write them; nobody's fact is taken for another's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.facts.reading import read_awaited, read_facts
from assistant.dialogue.facts.told import Told
from backend.contracts.facts import ME, Certainty, fact_list, unknown_facts

TODAY = date(2026, 11, 28)
SENTENCES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))


def written(told: Told) -> str:
    """A fact as the table has it."""
    whose = "" if told.holder == ME else f"{told.holder}."
    most = "" if told.most == told.least else f"..{told.most}"
    marks = "~" * (told.certainty is Certainty.HEDGED) + "?" * told.hypothetical
    return f"{whose}{told.fact}={told.least}{most}{marks}"


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_facts_of_a_sentence(sentence: str) -> None:
    """Everything that is told is read, and nothing else."""
    assert sorted(map(written, read_facts(sentence, TODAY))) == sorted(SENTENCES[sentence])


@given(
    year=st.integers(1950, 2005),
    month=st.integers(1, 12),
    short=st.booleans(),
    lead=st.sampled_from(["我", "我是", "", "本人"]),
)
def test_a_birth_is_read_however_it_is_written(year: int, month: int, short: bool, lead: str) -> None:
    """With two figures of the year or four, with 出生 or 的."""
    said = f"{year % 100:02d}" if short else str(year)
    for tail in ("出生", "的", "生的", "生人"):
        found = {written(told) for told in read_facts(f"{lead}{said}年{month}月{tail}", TODAY)}
        assert f"birth={year}-{month:02d}" in found


@pytest.mark.parametrize(
    ("said", "birth"),
    [
        ("农历1968年三月初七出生的", "1968-04"),
        ("我是阴历一九六八年冬月廿出生", "1969-01"),
        ("1868年3月", None),
        ("我1868年3月出生", None),
        ("农历68年三月出生", None),
    ],
)
def test_a_lunar_birth_is_in_our_month_and_no_other_century_is_guessed(said: str, birth: str | None) -> None:
    """A lunar month without its day lies in two of ours: then it is asked."""
    found = [told.least for told in read_facts(said, TODAY) if told.fact == "birth"]
    assert found == ([] if birth is None else [birth])


@given(years=st.integers(1, 40), months=st.integers(0, 11), branch=st.sampled_from(["失业保险", "养老保险", "医保"]))
def test_years_paid_belong_to_their_branch(years: int, months: int, branch: str) -> None:
    """The named branch, whatever the order of the words."""
    fact = {"失业保险": "paid_unemployment", "养老保险": "paid_pension", "医保": "paid_medical"}[branch]
    length = f"{years}年" + (f"{months}个月" if months else "")
    for sentence in (f"{branch}交了{length}", f"我交了{length}{branch}", f"{branch}一共缴了{length}了"):
        assert f"{fact}={years * 12 + months}" in {written(told) for told in read_facts(sentence, TODAY)}


@pytest.mark.parametrize(
    ("fact", "answer", "value"),
    [
        ("birth", "72年5月", "1972-05"),
        ("paid_unemployment", "七年四个月", "88"),
        ("paid_unemployment", "7", "84"),
        ("grade", "九级", "9"),
        ("wage", "4500", "4500"),
        ("in_trial", "是的", "yes"),
    ],
)
def test_a_bare_answer_is_the_fact_that_was_asked(fact: str, answer: str, value: str) -> None:
    """A value alone means what our question was about."""
    assert f"{fact}={value}" in map(written, read_awaited(answer, TODAY, fact))


def test_content_that_names_a_fact_or_a_value_wrongly_is_told() -> None:
    """The check says which."""
    assert unknown_facts({"sex": ("man", "woman"), "in_trial": ("yes",)}) == []
    assert len(unknown_facts({"sx": (), "sex": ("boy",)})) == 2
    assert len(fact_list()) > 30


def test_sentences_that_nothing_was_written_from() -> None:
    """Facts of the sentences set aside: 26 of 31 when they were written."""
    unseen: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "unseen.yaml").read_text("utf-8"))
    wanted = {(sentence, fact) for sentence, facts in unseen.items() for fact in facts}
    read = {(sentence, written(told)) for sentence in unseen for told in read_facts(sentence, TODAY)}
    assert len(wanted & read) >= 26
    assert len(read - wanted) <= 4
