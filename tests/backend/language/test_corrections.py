"""What is taken back within a message, and what is said to have been wrong before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.corrections import read_contrast, read_correction, without_taken_back
from backend.language.digits import CHINESE_DIGITS

PHONE, OTHER = "⟦phone:0123456789⟧", "⟦phone:1123456789⟧"
MARKS = (
    "，不对，是",
    "，写错了，",
    "，说错了，是",
    "，打错了，应该是",
    " 不对 ",
    "，不是不是，",
    "，记错了 ",
    "，哦不，",
    "写错了，是",
    "，不，",
    "，口误，是",
)


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(MARKS), st.sampled_from(["年", "个月", "元", ""]))
def test_of_two_values_the_last_one_counts(wrong: int, right: int, mark: str, unit: str) -> None:
    """Whatever was said between them, and with what went before them kept."""
    assert without_taken_back(f"{wrong}{unit}{mark}{right}{unit}") == f"{right}{unit}"
    assert without_taken_back(f"我交了{wrong}{unit}{mark}{right}{unit}") == f"我交了{right}{unit}"


@given(st.text(CHINESE_DIGITS[1:], min_size=1, max_size=1), st.sampled_from(MARKS))
def test_numerals_in_characters_are_values_too(figure: str, mark: str) -> None:
    """「三年，不对，是五年半」."""
    assert without_taken_back(f"{figure}年{mark}五年半") == "五年半"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("3年，不对，是5年半", "5年半"), (f"电话{PHONE}，打错了，{OTHER}", OTHER), ("和秀英，写错了，和秀芳", "和秀芳"), (f"不要打{PHONE}，打{OTHER}", OTHER),
        ("不是3年，是5年", "5年"), ("不是和秀英，是和秀芳", "和秀芳"), ("是和秀芳，不是和秀英", "和秀芳"), ("把3年改成5年", "5年"),
        ("古城酒店 不对 云杉酒店", "云杉酒店"),
        ("2026年10月3日，不对，是10月5日", "2026年10月5日"), ("2025年10月3号，说错了，5号", "2025年10月5号"), ("合同到期，不对，是被辞退的", "被辞退的"),
        ("3年，不对，4年，不对，是5年", "5年"), ("去年10月3日，写错了，11月3日", "去年11月3日"),
    ],
)  # fmt: skip
def test_only_what_is_meant_stays(said: str, meant: str) -> None:
    """In every kind of field; a day keeps the year and the month that were told before."""
    assert without_taken_back(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "不是退休，是转移", "不是养老，是医保", "不是失业金，是转养老保险", "没错", "没写错", "没有错", "我没写错，就是和秀英", "3年", "古城酒店",
        "单位对，工资不对吗", "不错", "换成都市",
        "为什么写错了要重填", "不是", "不对", "不对 是9年", "刚才说错了，是9年", f"手机号错了，是{PHONE}", "",
    ],
)  # fmt: skip
def test_what_takes_nothing_back_stays_as_it_is(said: str) -> None:
    """Two matters, a denial, a question; a correction of what was said before has nothing in it to leave out."""
    assert without_taken_back(said) == said


@pytest.mark.parametrize(
    ("said", "of", "value", "is_of_the_last"),
    [
        ("不对 是9年", "", "9年", True), ("刚才说错了，是9年", "", "9年", True), ("年限错了，是9年", "年限", "9年", False),
        ("上一个填错了", "上一个", "", True),
        ("单位写错了，是云杉石材", "单位", "云杉石材", False), (f"电话改成{PHONE}", "电话", PHONE, False), ("错了错了，是9年", "", "9年", True),
        ("等等，不对，是9年", "等等", "9年", True), ("不是，是4年", "", "4年", True), ("不对，成都市", "", "成都市", True),
        ("日期不对，是10月30日", "日期", "10月30日", False),
        ("把日期改为10月30日", "日期", "10月30日", False), ("第三个写错了，是云杉", "第三个", "云杉", False), ("写错了", "", "", True),
        ("不对，我叫和秀芳", "", "叫和秀芳", True),
    ],
)  # fmt: skip
def test_a_correction_names_what_was_wrong_and_the_right_value(
    said: str, of: str, value: str, is_of_the_last: bool
) -> None:
    """Where nothing is named, what was said last is meant."""
    correction = read_correction(said)
    assert correction is not None
    assert (correction.of, correction.value, correction.is_of_the_last) == (of, value, is_of_the_last)


@pytest.mark.parametrize(
    "said",
    ["不对，我重新打", "不对，重来", "写错了，我再打一遍", "打错了重新输", "不是，我重新来", "错了错了，我重新填", "不对，我改一下", "不对，让我想想"],
)  # fmt: skip
def test_that_it_is_told_anew_is_no_value(said: str) -> None:
    """What was said is wrong; what is right is still to come."""
    correction = read_correction(said)
    assert correction is not None
    assert (correction.value, correction.said_wrong, correction.is_of_the_last) == ("", True, True)


def test_a_name_may_begin_with_a_word_of_doing_again() -> None:
    """「重来酒店」 is one."""
    correction = read_correction("不对，是重来酒店")
    assert correction is not None
    assert correction.value == "重来酒店"


@pytest.mark.parametrize(
    ("said", "wrong"), [("写错了", True), ("上一个填错了", True), ("不对", False), ("不是，是4年", False)]
)
def test_who_says_that_they_wrote_it_wrong_denies_nothing(said: str, wrong: bool) -> None:
    """「不对」 may answer a question with no; 「写错了」 answers none."""
    correction = read_correction(said)
    assert correction is not None
    assert correction.said_wrong is wrong


CONTRASTS = {
    "雪山饭店，不是雪岭饭店": ("雪山饭店", "雪岭饭店"),
    "不是金茂酒店，是金府酒店": ("金府酒店", "金茂酒店"),
    "是古道客栈不是古城客栈": ("古道客栈", "古城客栈"),
    "单位不是古城酒店，是云杉石材": ("单位是云杉石材", "古城酒店"),
    "名字是和丽芬，不是和丽芳": ("名字是和丽芬", "和丽芳"),
    "是10月30号，不是31号": ("10月30号", "31号"),
    "保安，不是保洁啊": ("保安", "保洁"),
    "不是": None,
    "是不是古城酒店": None,
    "不是吗": None,
    "云杉石材": None,
    "名字不对，是和秀莹": None,
}


def test_what_is_so_and_not_otherwise() -> None:
    """Which of the two is meant, whichever is said first; a question is none."""
    read = {said: read_contrast(said) for said in CONTRASTS}
    assert {said: one and (one.right, one.wrong) for said, one in read.items()} == CONTRASTS
