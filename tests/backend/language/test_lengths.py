"""Lengths told by what they lack, or as not reached: nobody is told that a threshold is reached which is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.facts.periods import lengths
from backend.language.durations import Span, is_range, read_span
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


FIGURES = "一二三四五六七八九"
JOINED = (
    "{}到{}",
    "{}至{}",
    "{}、{}",
    "{}或{}",
    "{}或者{}",
    "{}-{}",
    "{}～{}",
    "{unit}到{}",
    "{unit}或者{}",
    "{unit}还是{}",
)


@given(low=st.integers(1, 8), tens=st.sampled_from(["", "十", "二十", "三十"]), in_years=st.booleans())
def test_two_neighbouring_figures_are_one_or_the_other(low: int, tens: str, in_years: bool) -> None:
    """「七八个月」 is neither 78 months nor eight; in a sentence it is from the one to the other."""
    unit = "年" if in_years else "个月"
    told = f"{tens}{FIGURES[low - 1]}{FIGURES[low]}{unit}"
    assert (read_span(told), is_range(told)) == (None, True)
    before = (FIGURES.find(tens[0]) + 1 if len(tens) > 1 else 1) * 10 if tens else 0
    first, factor = before + low, 12 if in_years else 1
    most = (first + 1) * factor + (11 if in_years else 0)
    assert [(one.least, one.most, one.hedged) for one in lengths(f"我交了{told}")] == [(first * factor, most, True)]


@given(
    low=st.integers(1, 20),
    more=st.integers(1, 10),
    joined=st.sampled_from(JOINED),
    in_years=st.booleans(),
    chinese=st.booleans(),
)
def test_a_range_is_no_length(low: int, more: int, joined: str, in_years: bool, chinese: bool) -> None:
    """Neither its end nor its beginning is taken."""
    number, unit = measured if chinese else str, "年" if in_years else "个月"
    first = number(low)
    told = joined.replace("{unit}", "{}" + unit).format(first, number(low + more)) + unit
    assert (read_span(told), is_range(told)) == (None, True)
    factor = 12 if in_years else 1
    assert [(one.least, one.hedged) for one in lengths(told)] == [(low * factor, True)]


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("五年差一天", 59), ("差一天满5年", 59), ("差十来天就六年", 71), ("五年差几天", 59), ("差两天都三年了", 35),
        ("15年3月到现在", None), ("2018年开始交的", None), ("从2018年3月到2024年5月", None), ("2015年至今", None),
        ("到现在5年", 60), ("廿年", 240), ("卅个月", 30), ("廿五年", 300), ("七八月份", None), ("四五", None), ("大概四五年吧", None),
        ("四年五个月", 53), ("五年五个月", 65), ("二年三个月", 27), ("十二三年", None), ("三五年", None), ("一百二三十个月", None),
    ],
)  # fmt: skip
def test_no_threshold_is_reached_by_a_length_that_was_not_told(said: str, months: int | None) -> None:
    """A day that lacks takes the month; since when is no length; old figures are figures."""
    assert read_span(said) == (None if months is None else Span(months))
