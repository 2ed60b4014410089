"""Lengths told by what they lack, or as not reached: nobody is told that a threshold is reached which is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.facts.periods import lengths
from backend.language.durations import Span, read_span
from backend.language.numerals import measured

LACKING = (
    "差{lacking}满{whole}",
    "还差{lacking}就{whole}",
    "我还差{lacking}到{whole}呢",
    "差{lacking}不到{whole}",
    "{whole}还差{lacking}",
    "{whole}少{lacking}",
    "再交{lacking}就满{whole}了",
    "还缺{lacking}才够{whole}",
)
NOT_REACHED = ("不到{}", "{}不到", "不满{}", "还没满{}", "{}都不到", "不够{}", "快{}了", "差一点{}", "将近{}")


@given(
    whole=st.integers(1, 40),
    lacking=st.integers(1, 11),
    template=st.sampled_from(LACKING),
    chinese=st.booleans(),
)
def test_what_lacks_something_is_what_there_is(whole: int, lacking: int, template: str, chinese: bool) -> None:
    """In an answer and in a sentence alike."""
    number = measured if chinese else str
    said = template.format(whole=f"{number(whole)}年", lacking=f"{number(lacking)}个月")
    months = whole * 12 - lacking
    assert read_span(said) == Span(months)
    assert [(length.least, length.most) for length in lengths(said)] == [(months, months)]


@given(years=st.integers(1, 40), template=st.sampled_from(NOT_REACHED))
def test_what_is_not_reached_counts_as_less(years: int, template: str) -> None:
    """The most that it can be is a month less."""
    said = template.format(f"{years}年")
    assert read_span(said) == Span(years * 12 - 1)
    assert [length.most for length in lengths(said)] == [years * 12 - 1]


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("我才交了13年，还差2年满15年", 156),
        ("差不多5年", 60),
        ("少交了2年", 24),
        ("不到半年", 5),
        ("不够12个月", 11),
        ("差半年满10年", 114),
        ("三年或者五年", None),
        ("满1年不足10年", None),
        ("2019年到现在7年", None),
    ],
)
def test_near_misses(said: str, months: int | None) -> None:
    """Two lengths that do not belong together are asked again; 差不多 lacks nothing."""
    assert read_span(said) == (None if months is None else Span(months))
