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
from backend.language.numerals import (
    chinese_number,
    counted,
    decimal_said,
    has_number,
    measured,
    read_number,
    whole_number,
)
from backend.language.quantities import Unclear, is_hedged, read_amount, read_money, unclear_problem

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
        ("10万5", "105000"), ("12万3千", "123000"), ("三块五", "3.5"), ("三块五毛", "3.5"), ("3元5角2分", "3.52"), ("三元零五分", "3.05"),
        ("3500块钱", "3500"),
        ("一个月3500", "3500"), ("每月大概3500元左右", "3500"), ("一万零五百", "10500"), ("一亿零一万", "100010000"), ("二〇二六", "2026"),
        ("三千半", "3500"),
        ("３５００", "3500"), ("0.5", "0.5"), ("三点五", "3.5"), ("3500.", "3500"), ("35个", "35"), ("零", "0"), ("3 500", "3500"),
        ("1,234,567元", "1234567"),
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


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元"), ("0.01", "一分"), ("0.05", "五分"), ("0.2", "两角"), ("0.5", "五角"), ("0.25", "两角五分"), ("1", "一元"), ("1.05", "一元零五分"),
        ("1.2", "一元二角"), ("1.25", "一元二角五分"), ("2", "两元"), ("10.5", "十元五角"), ("12", "十二元"), ("20.02", "二十元零二分"),
        ("100.1", "一百元一角"),
        ("1234.56", "一千二百三十四元五角六分"), ("20000", "两万元"),
    ],
)  # fmt: skip
def test_money_is_said_as_at_a_counter(amount: str, said: str) -> None:
    """零 where 角 is left out between 元 and 分, and nowhere else."""
    assert money_said(Decimal(amount)) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (22, "二十二"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
        (111, "一百一十一"),
        (200, "二百"), (202, "二百零二"), (1000, "一千"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"), (2000, "两千"), (2002, "两千零二"),
        (2200, "两千二百"), (10_000, "一万"), (10_001, "一万零一"), (12_000, "一万二千"), (20_000, "两万"), (20_002, "两万零二"), (100_000, "十万"),
        (120_000, "十二万"), (200_000, "二十万"), (1_000_000, "一百万"), (10_000_999, "一千万零九百九十九"), (10_001_000, "一千万一千"),
        (20_020_002, "两千零二万零二"), (100_000_000, "一亿"), (100_000_001, "一亿零一"), (200_000_000, "两亿"), (10**12, "一万亿"),
        (10**16, "一" + "零" * 16),
        (10**16 - 1, "九千九百九十九万亿九千九百九十九亿九千九百九十九万九千九百九十九"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_people_say_them(number: int, said: str) -> None:
    """两 before 千, 万 and 亿 at the head; 十 without 一 at the head; one 零 for any gap."""
    assert counted(number) == said
    assert measured(number) == ("两" if number == 2 else said)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("一亿二", 120_000_000), ("三千零五十", 3050), ("一百零五", 105), ("十五", 15), ("五百二", 520), ("一万三", 13_000), ("一万零三", 10_003),
        ("二十五", 25),
        ("两千零一十", 2010), ("三十万", 300_000), ("一千万零五", 10_000_005), ("三亿五千万", 350_000_000), ("一亿零一万", 100_010_000), ("一万亿", 10**12),
        ("幺三八", 138), ("万", 10_000), ("百二", 120), ("一百一十", 110),
    ],
)  # fmt: skip
def test_numerals_are_read_as_people_say_them(said: str, number: int) -> None:
    """A figure behind 百 or more counts tens of it less, behind 十 and behind 零 it is what it is."""
    assert chinese_number(said) == whole_number(said) == number
    assert read_number(said) == number


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("3千", 3000),
        ("2.5百", 250),
        ("1亿", 100_000_000),
        ("共12,345,678元", 12_345_678),
        ("1,2", 1),
        ("0.50", Decimal("0.5")),
        ("7 万", 70_000),
    ],
)
def test_figures_with_a_unit(said: str, value: Decimal | int) -> None:
    """百, 千, 万 and 亿; thousands are three digits."""
    assert read_number(said) == value
    assert whole_number("0123") == 123


def test_full_width_digits_are_digits_and_their_neighbours_are_not() -> None:
    """／ stands before ０ and ： behind ９."""
    assert to_arabic("／０１２３４５６７８９：") == "／0123456789："
    assert to_arabic("零〇一幺二两三四五六七八九十") == "0011223456789十"


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("壹", 1), ("贰", 2), ("叁", 3), ("肆", 4), ("伍", 5), ("陆", 6), ("柒", 7), ("捌", 8), ("玖", 9), ("拾", 10), ("貳", 2), ("參", 3), ("陸", 6),
        ("壹佰", 100), ("贰仟", 2000), ("叁萬", 30_000), ("伍圆", 5), ("伍圆叁角", Decimal("5.3")), ("廿", 20), ("卅", 30), ("卅五", 35),
        ("两百", 200), ("幺百", 100),
    ],
)  # fmt: skip
def test_old_figures_and_capitals(said: str, amount: Decimal | int) -> None:
    """Of cheques and receipts, simplified and traditional."""
    assert read_amount(said) == amount


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("三百五", 350), ("三百零五", 305), ("三百五十", 350), ("三百五十五", 355), ("三十五", 35), ("三千五", 3500), ("三千五百五", 3550),
        ("三千零五", 3005), ("三万五", 35_000),
        ("三万零五", 30_005), ("三万五千五", 35_500), ("三亿五", 350_000_000), ("3百5", 350), ("3百05", 305), ("3百15", 315), ("1万05", 10_005),
        ("三百半", 350),
        ("三万半", 35_000), ("三块零五分", Decimal("3.05")), ("3.5万", 35_000), ("三点五万", 35_000), ("零点五", Decimal("0.5")),
        ("三十万五千", 305_000), ("一千万", 10_000_000),
        ("一亿三千万", 130_000_000), ("3000块5毛", Decimal("3000.5")), ("五毛", Decimal("0.5")), ("五毛二", Decimal("0.52")),
        ("3角5分", Decimal("0.35")), ("五分钱", Decimal("0.05")), ("5分", Decimal("0.05")), ("3块5角5", Decimal("3.55")), ("三元一分", Decimal("3.01")),
        ("1000", 1000),
        ("一共三千", 3000), ("第一笔三千", 3000), ("一般三千", 3000), ("每一个月三千", 3000), ("10000多少", 10_000), ("3500把", None), ("几千三百", None),
    ],
)  # fmt: skip
def test_spoken_sums(said: str, amount: Decimal | int | None) -> None:
    """「三百五」 is 350 and 「三百零五」 305; None: it is asked again."""
    read = read_amount(said)
    assert (None if isinstance(read, Unclear) else read) == amount


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("半", Unclear.NONE), ("一半", Unclear.SEVERAL), ("三千半五", Unclear.SEVERAL), ("一二千", Unclear.SEVERAL), ("三百四百", Unclear.SEVERAL),
        ("三万四万", Unclear.SEVERAL), ("一百一千", Unclear.SEVERAL), ("三千四千五", Unclear.SEVERAL), ("3w4w", Unclear.SEVERAL), ("半百", Unclear.SEVERAL),
        ("几百", Unclear.ABOUT),
        ("三千几", Unclear.ABOUT), ("几", Unclear.ABOUT), ("3000把", Unclear.ABOUT), ("−5", Unclear.NONE), ("每年三千", Unclear.YEARLY),
        ("年收入3万", Unclear.YEARLY),
        ("全年3万", Unclear.YEARLY), ("年总3万", Unclear.YEARLY), ("年工资3万", Unclear.YEARLY),
    ],
)  # fmt: skip
def test_why_no_sum_is_read(said: str, why: Unclear) -> None:
    """One reason each."""
    assert read_amount(said) is why


def test_the_question_that_comes_again_says_why() -> None:
    """What is no number names its field; anything else what was unclear."""
    assert unclear_problem(Unclear.NONE, "money") == "field.money"
    assert unclear_problem(Unclear.NONE, "number") == "field.number"
    assert unclear_problem(Unclear.SEVERAL, "money") == "amount.several"
    assert unclear_problem(Unclear.YEARLY, "money") == "amount.yearly"


@pytest.mark.parametrize(
    ("said", "months"),
    [
        ("1.25年", 15), ("4岁半", 54), ("三周年", 36), ("18个半月", 18), ("半年", 6), ("1年半2个月", 20), ("12.5", 150), ("两年零两个月", 26),
        ("0.4个月", 0), ("3年6月", 42),
        ("十", 120), ("一〇", 120), ("五 年", 60), ("个半月", None), ("年", None), ("5.", None), ("大概5", None),
    ],
)  # fmt: skip
def test_lengths_of_time_at_their_edges(said: str, months: int | None) -> None:
    """周年 and 岁 are years too."""
    assert read_span(said) == (None if months is None else Span(months))
    assert Span.of_years(2) == Span(24)
    assert Span(11) < Span.of_years(1)


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


@pytest.mark.parametrize(
    ("said", "hedged"),
    [
        ("快3000", True), ("快到3000", True), ("快有三千", True), ("快几千了", True), ("3000来块", True), ("3000来元", True), ("来3000", False),
        ("赶快3000", True), ("很快就3000", False),
        ("三千出头", True), ("顶多3000", True), ("3000", False), ("3000元整", False),
    ],
)  # fmt: skip
def test_what_is_told_as_near_an_amount(said: str, hedged: bool) -> None:
    """快 before the number, 来 before the unit."""
    assert is_hedged(said) is hedged
