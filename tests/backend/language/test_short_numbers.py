"""Numbers that are too short to be known by their shape: a local telephone, a mobile cut short, a QQ number; and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.identifiers_in_text import NUMBER_MARK, find_identifiers, hide_identifiers
from backend.language.personal_numbers import hide_personal, is_office_telephone
from backend.language.short_numbers import bare_telephone, ends_in_part

LOCAL = st.from_regex(r"[3-8][0-9]{6}", fullmatch=True)
SCRIPTS = ("0123456789", "零一二三四五六七八九", "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "٠١٢٣٤٥٦٧٨٩", "༠༡༢༣༤༥༦༧༨༩")


def written(number: str, separator: str, script: str) -> str:
    """In two groups, in another script."""
    return f"{number[:3]}{separator}{number[3:]}".translate(str.maketrans("0123456789", script))


@given(
    LOCAL,
    st.sampled_from(["", " ", "-", "\u00a0", "\u3000", "–", "."]),
    st.sampled_from(SCRIPTS),
    st.sampled_from(
        ["我家座机{}", "电话：{}", "打{}没人接", "号码是{}。", "{}是我家电话", "家里电话 {}，晚上打", "联系{}"]
    ),
)
def test_a_local_telephone_beside_a_word_is_found(number: str, separator: str, script: str, around: str) -> None:
    """However it is written, whatever stands around it; nothing of it is left."""
    text = around.format(written(number, separator, script))
    (found,) = find_identifiers(text)
    assert (found.verdict.kind, found.verdict.value, found.verdict.valid) == ("phone", number, False)
    assert hide_identifiers(text) == around.format(NUMBER_MARK)


@given(LOCAL, LOCAL, st.sampled_from(["、", "，", "和", " 或 "]))
def test_each_of_a_list_is_found(one: str, other: str, between: str) -> None:
    """Only the first has the word beside it."""
    assert hide_identifiers(f"电话{one}{between}{other}都打不通") == f"电话{NUMBER_MARK}{between}{NUMBER_MARK}都打不通"


@given(LOCAL, st.sampled_from(["{}", " {}。", "（{}）"]))
def test_a_message_that_is_nothing_else_is_a_telephone(number: str, around: str) -> None:
    """Whoever writes a bare number of seven figures gives their own."""
    verdict = bare_telephone(around.format(number))
    assert verdict is not None
    assert verdict.value == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("QQ 91234567", ["91234567"]), ("QQ号12345", ["12345"]), ("QQ 1234", []), ("电话 5 1 2 3456", ["5123456"]), ("电话 51 2 3 45 6", []),
    ],
)  # fmt: skip
def test_the_bounds_of_a_number_beside_a_word(text: str, numbers: list[str]) -> None:
    """A number of a chat has five figures or more, any but 0 first; a telephone comes in four groups at most."""
    assert [found.verdict.value for found in find_identifiers(text)] == numbers
    assert bare_telephone("1380000000") is not None
    assert bare_telephone("13800000001") is None, "a whole mobile number is found by its shape"


@pytest.mark.parametrize(
    "text",
    ["5123457元", "工资5123457", "20261031", "2026-10-31", "1234567", "12333", "123456", "4008123123", "400-812-3123", "五百一十二万", "报名号5123457",
     "3500 4000", "我5123457", "1990.3.7", "", "好的"],
)  # fmt: skip
def test_a_sum_a_day_and_a_hotline_are_no_telephone(text: str) -> None:
    """Nor a number with a word that says nothing of telephones."""
    assert bare_telephone(text) is None
    assert find_identifiers(text) == []


@pytest.mark.parametrize(
    "text",
    ["打12333没人接", "电话费5123457元", "打了3次电话", "联系20261031", "电话4008123123", "10月31日电话打不通", "电话里说要5000000块", "拨打12345",
     "联系我3次"],
)  # fmt: skip
def test_what_stands_beside_the_word_and_is_no_number_of_anybody_stays(text: str) -> None:
    """Hotlines, sums, days, counts."""
    assert find_identifiers(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("电话1398811223", "1398811223"), ("手机号：139 8811 223", "1398811223"), ("QQ123456789", "123456789"), ("我qq是 12345678", "12345678"),
     ("微信5123457", "5123457"), ("加我微信号：88812345678", "88812345678"), ("座机65123456", "65123456")],
)  # fmt: skip
def test_a_mobile_cut_short_and_numbers_of_chats(text: str, value: str) -> None:
    """As private as the whole."""
    assert [found.verdict.value for found in find_identifiers(text)] == [value]
    assert value not in hide_identifiers(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0888-5123457", "08885123457"), ("（0888）5123457", "08885123457"), ("(0888) 512 3457", "08885123457"), ("0871-65123456", "087165123456"),
     ("13988112233 0888-5123456", "08885123456"), ("010 6512 3456", "01065123456")],
)  # fmt: skip
def test_a_fixed_line_with_its_area_code(text: str, value: str) -> None:
    """Whoever tells it beside a mobile tells two numbers; staff may write an office's down."""
    last = find_identifiers(text)[-1].verdict
    assert (last.kind, last.value) == ("phone", value)
    assert is_office_telephone(last)


def test_staff_write_office_telephones_down() -> None:
    """With an area code or without; the mobile beside it is hidden."""
    assert hide_personal("请打5123457或0871-65123456，或13988112233") == f"请打5123457或0871-65123456，或{NUMBER_MARK}"


@pytest.mark.parametrize("text", ["+1 650 555 0123", "+1 (650) 555-0123", "＋44 20 7946 0958", "+852 9123 4567"])
def test_a_foreign_number_is_no_mobile_of_ours(text: str) -> None:
    """No message reaches it from here; it is as private as one of ours."""
    (found,) = find_identifiers(text)
    assert (found.verdict.kind, found.verdict.valid) == ("phone", False)
    assert "国外" in found.verdict.problem
    assert hide_personal(f"打{text}") == f"打{NUMBER_MARK}"


@pytest.mark.parametrize("text", ["139一8811一2233", "530702一19680307一1235"])
def test_a_character_typed_for_a_stroke_groups(text: str) -> None:
    """「一」 lies on the same key as the stroke."""
    (found,) = find_identifiers(text)
    assert found.verdict.valid


def test_a_number_told_in_parts_is_hidden_part_by_part() -> None:
    """By the words that say which part it is; sums, days and counts beside such words stay."""
    for said in (
        "前七位是1390000",
        "后四位是6127",
        "尾号6127",
        "1390000是前七位",
        "开头139",
        "最后两位是56",
        "剩下几位是0018",
        "身份证前六位530799，后面是19900307",
    ):
        assert not any(sign.isdigit() for sign in hide_identifiers(said)), said
    for said in (
        "前两年3500，后两年4500",
        "前3个月5000",
        "尾数500块",
        "中间断了3个月",
        "后面是2026年3月",
        "前面说的3500不对，是4000",
    ):
        assert hide_identifiers(said) == said
    assert ends_in_part("前七位是⟦number:0123456789⟧")
    assert not ends_in_part("我的电话⟦phone:0123456789⟧")
