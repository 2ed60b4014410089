"""How many: people in words, numerals with their measure word, none-words, lengths where months are counted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.counts import read_count, says_none
from backend.language.numerals import counted
from backend.language.quantities import Unclear, is_length, read_money

CHILDREN = "这一次生了几个孩子？"
MONTHS = "以前领失业金，还有几个月没领完？"
DAYS = "还有几天年休假没休？"
GRADE = "鉴定是几级伤残？"


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("双胞胎", 2), ("三胞胎", 3), ("一对", 2), ("俩", 2), ("仨", 3), ("龙凤胎", 2), ("生了一对双胞胎", 2), ("俩娃", 2), ("俩姑娘", 2), ("一儿一女", 2),
        ("就一个", 1), ("独苗", 1), ("四胞胎", 4), ("两个小子", 2), ("是对双胞胎", 2), ("生了仨小子", 3), ("两男一女", 3), ("2", 2), ("两个", 2), ("没有", 0),
        ("三胎", None), ("二胎", None), ("老二", None), ("六年", None), ("两三个", None),
    ],
)  # fmt: skip
def test_people_are_counted_in_words(said: str, count: int | None) -> None:
    """Which child it is says not how many were born."""
    found = read_count(CHILDREN, said)
    assert (None if isinstance(found, Unclear) else found) == count


@pytest.mark.parametrize(
    ("question", "said", "found"),
    [
        (MONTHS, "俩月", 2), (MONTHS, "半年", 6), (MONTHS, "一年三个月", 15), (MONTHS, "三个月", 3), (MONTHS, "两三个月", Unclear.SEVERAL),
        (MONTHS, "双胞胎", Unclear.NONE), (MONTHS, "领完了", 0), (GRADE, "六年", Unclear.LENGTH), (GRADE, "三个月", Unclear.LENGTH), (GRADE, "六级", 6),
        ("您哪一年退休？", "2030年", 2030), ("一共要代理几个人？", "俩人", 2), ("一共为多少名学员申领？", "35名", 35),
        (DAYS, "3天", 3), (DAYS, "五天", 5), (DAYS, "没有", 0), (DAYS, "一个月", Unclear.LENGTH), (DAYS, "两周", Unclear.LENGTH),
    ],
)  # fmt: skip
def test_a_question_takes_what_it_counts(question: str, said: str, found: int | Unclear) -> None:
    """People where people are counted, a length of time where months or days are; elsewhere a length is another question's answer."""
    assert read_count(question, said) == found


@given(st.integers(1, 60), st.sampled_from(["年", "个月", "天", "周年", "年半", "个星期"]), st.booleans())
def test_a_length_is_no_sum_of_money(number: int, unit: str, in_characters: bool) -> None:
    """Whatever its numeral."""
    said = f"{counted(number) if in_characters else number}{unit}"
    assert is_length(said)
    assert not isinstance(read_money(said), Decimal)


@pytest.mark.parametrize("said", ["一个月3500", "3500", "三千五", "月薪四千", "每月三千二", "5毛", "一万二", "2026年"])
def test_a_sum_is_no_length(said: str) -> None:
    """Nor is a year's own number."""
    assert not is_length(said)


@pytest.mark.parametrize(
    ("said", "none"),
    [
        ("没有", True), ("莫得", True), ("冇", True), ("领完了", True), ("没交过", True), ("一个月都没有", True), ("一分没交", True), ("从来没交过", True),
        ("没有了", True), ("一个都没有", True), ("没剩", True), ("一个月没剩", True), ("没缴过", True), ("没领过", True), ("从没领过", True),
        ("没买过", True), ("零个月", True),
        ("没领完", False), ("没有三年", False), ("不是没有", False), ("没剩多少", False), ("没有工资条", False), ("三个月", False), ("没有吗", False),
        ("", False),
    ],
)  # fmt: skip
def test_none_words(said: str, none: bool) -> None:
    """Of a whole message; what is not used up is something."""
    assert says_none(said) is none
