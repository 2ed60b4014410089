"""Digits, numbers, sums, lengths of time: what is written is read back the same."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.amounts import money_said
from backend.language.digits import DIGIT_CHARACTERS, DIGIT_VALUES, by_figure, to_arabic
from backend.language.durations import Span, read_span
from backend.language.numerals import chinese_number, counted, decimal_said, has_number, measured, read_number

FIGURES = st.text("0123456789", min_size=1, max_size=20)


@given(FIGURES, st.sampled_from("一幺"))
def test_figures_come_back_as_they_were(figures: str, one: str) -> None:
    """One table both ways, dictated or not."""
    assert to_arabic(by_figure(figures, one=one)) == figures


@given(st.text(DIGIT_CHARACTERS, min_size=1, max_size=15))
def test_every_digit_character_has_its_figure(said: str) -> None:
    """零 and 〇, 一 and 幺, 二 and 两."""
    assert to_arabic(said) == "".join(str(DIGIT_VALUES[character]) for character in said)


def test_what_is_no_digit_stays() -> None:
    """Units are no digits: a number with them is read by read_number."""
    assert to_arabic("电话１３８二十号") == "电话1382十号"


@given(st.integers(0, 10**9))
def test_a_number_said_is_the_same_number_when_read_back(number: int) -> None:
    """Also before a measure word, where two is 两."""
    assert chinese_number(counted(number)) == number
    assert chinese_number(measured(number)) == number
    assert read_number(counted(number)) == number


@given(st.integers(0, 10**7))
def test_money_keeps_every_cent(cents: int) -> None:
    """Yuan, jiao and fen are all said."""
    said = money_said(Decimal(cents) / 100)
    yuan, _, rest = said.partition("元") if "元" in said else ("零", "", said)
    jiao = re.search(r"(.)角", rest)
    fen = re.search(r"(.)分", rest)
    found = chinese_number(yuan) * 100
    found += chinese_number(jiao[1]) * 10 if jiao else 0
    found += chinese_number(fen[1]) if fen else 0
    assert found == cents


def test_fractions_of_a_cent_are_refused() -> None:
    """No money is rounded in silence."""
    with pytest.raises(ValueError, match=r"1\.234"):
        money_said(Decimal("1.234"))


@pytest.mark.parametrize(
    ("written", "said"), [("3.14", "三点一四"), ("0.5", "零点五"), ("20", "二十"), ("2000", "两千")]
)
def test_decimals_are_said_figure_by_figure(written: str, said: str) -> None:
    """Behind the point."""
    assert decimal_said(written) == said


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("3500元", "3500"), ("三千五", "3500"), ("1.2万", "12000"), ("一万零五百", "10500"), ("二十", "20"), ("没有", None),
        ("1,234.5元", "1234.5"), ("一亿零一万", "100010000"), ("两百", "200"), ("二〇二六", "2026"),
    ],
)  # fmt: skip
def test_numbers_as_people_write_them(said: str, value: str | None) -> None:
    """Arabic or Chinese, with 万 and 千."""
    assert read_number(said) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("said", "there"), [("三个月", True), ("半年", True), ("零", True), ("12", True), ("很久", False)]
)
def test_whether_a_number_is_there(said: str, there: bool) -> None:
    """An answer with a number is no question."""
    assert has_number(said) is there


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("4年11个月", 59), ("59个月", 59), ("四年半", 54), ("4.5年", 54), ("两年", 24), ("5", 60), ("半年", 6),
        ("一年零三个月", 15), ("十二年半", 150), ("0", 0), ("三个半月", 3), ("很久", None), ("", None),
    ],
)  # fmt: skip
def test_lengths_of_time_as_people_say_them(said: str, months: int | None) -> None:
    """A bare number means years; part of a month is dropped."""
    assert read_span(said) == (None if months is None else Span(months))
