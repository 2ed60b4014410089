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
from backend.language.quantities import Unclear, is_hedged, read_amount, read_money

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


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("3千5", "3500"), ("1万2", "12000"), ("3，500", "3500"), ("3，500.50元", "3500.5"), ("￥3,500.00元", "3500"), ("5k", "5000"), ("1.5W", "15000"),
        ("1w2", "12000"), ("三百五", "350"), ("三百零五", "305"), ("一千零五十", "1050"), ("1千零5", "1005"), ("3千500", "3500"), ("1万2000", "12000"),
        ("10万5", "105000"), ("12万3千", "123000"), ("三块五", "3.5"), ("三块五毛", "3.5"), ("3元5角2分", "3.52"), ("三元零五分", "3.05"), ("3500块钱", "3500"),
        ("一个月3500", "3500"), ("每月大概3500元左右", "3500"), ("一万零五百", "10500"), ("一亿零一万", "100010000"), ("二〇二六", "2026"), ("三千半", "3500"),
        ("３５００", "3500"), ("0.5", "0.5"), ("三点五", "3.5"), ("3500.", "3500"), ("35个", "35"), ("零", "0"), ("3 500", "3500"), ("1,234,567元", "1234567"),
        ("廿五", "25"), ("叁仟伍佰元整", "3500"), ("壹万贰仟", "12000"),
    ],
)  # fmt: skip
def test_the_whole_amount_is_read(said: str, amount: str) -> None:
    """A severance was once reckoned from 3 yuan, because somebody wrote 3，500."""
    assert read_amount(said) == Decimal(amount)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("3000-4000", Unclear.SEVERAL), ("3000到4000", Unclear.SEVERAL), ("三千到四千", Unclear.SEVERAL), ("三到五千", Unclear.SEVERAL),
        ("三四千", Unclear.SEVERAL), ("3，5000", Unclear.SEVERAL), ("3500，4000", Unclear.SEVERAL), ("3500 4000", Unclear.SEVERAL),
        ("3500 400", Unclear.SEVERAL),
        ("1.2.3", Unclear.SEVERAL), ("年薪6万", Unclear.YEARLY), ("一年6万", Unclear.YEARLY), ("6万/年", Unclear.YEARLY), ("3500多", Unclear.ABOUT),
        ("几千", Unclear.ABOUT), ("千把块", Unclear.ABOUT), ("-3500", Unclear.NONE), ("负三千", Unclear.NONE), ("没有", Unclear.NONE), ("", Unclear.NONE),
    ],
)  # fmt: skip
def test_what_is_not_one_amount_is_asked_about(said: str, why: Unclear) -> None:
    """Nothing is cut short: it says why."""
    assert read_amount(said) is why


@given(st.integers(0, 10**8), st.sampled_from(["{}", "{:,}", "{}元", "￥{:,}", "每月{}块", "{:,}.00元"]))
def test_an_amount_is_read_in_every_writing(amount: int, written: str) -> None:
    """With thousands or none, signs in front or behind, full-width or not, in characters."""
    text = written.format(amount)
    assert read_amount(text) == amount
    assert read_amount(text.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789,."})) == amount
    assert read_amount(counted(amount)) == amount
    assert read_amount(measured(amount) + "元") == amount


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([("百", 100), ("千", 1000), ("万", 10000)]), st.booleans())
def test_a_figure_after_a_unit_is_the_next_lower_unit(
    head: int, tail: int, unit: tuple[str, int], arabic: bool
) -> None:
    """「3千5」 and 「三百五」 alike."""
    figures = (str(head), str(tail)) if arabic else (counted(head), counted(tail))
    assert read_amount(f"{figures[0]}{unit[0]}{figures[1]}") == head * unit[1] + tail * unit[1] // 10


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["-", "~", "到", "至", "—", "，或者", "、"]))
def test_two_amounts_are_never_one(one: int, other: int, between: str) -> None:
    """Whatever stands between them."""
    assert read_amount(f"{one}元{between}{other}元") is Unclear.SEVERAL


@given(
    st.integers(100, 10**5),
    st.sampled_from(["时薪{}", "日薪{}元", "周薪{}", "{}元一天", "每小时{}", "一个星期{}", "{}块/天", "每天{}块钱"]),
)
def test_a_wage_of_a_day_is_asked_about(amount: int, written: str) -> None:
    """As a wage of a year is: what is asked for is a month's."""
    assert read_money(written.format(amount)) is Unclear.SHORTER


@given(st.integers(100, 10**5), st.sampled_from(["每月{}", "月薪{}元", "{}一个月", "{}", "工资{}块"]))
def test_a_wage_of_a_month_is_read(amount: int, written: str) -> None:
    """Nothing is asked."""
    assert read_money(written.format(amount)) == amount


@given(
    st.integers(100, 10**5),
    st.sampled_from(["大概{}", "不到{}", "差不多{}", "{}以上", "{}左右", "约{}元", "接近{}", "至少{}", "{}元上下"]),
)
def test_a_near_amount_is_read_and_known_as_one(amount: int, written: str) -> None:
    """Calculators then say what they reckoned with."""
    assert read_money(written.format(amount)) == amount
    assert is_hedged(written.format(amount))
    assert not is_hedged(f"每月{amount}元")
