"""Names of people: told, recognised, masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.names import hide_names, is_also_a_word, is_full_name, is_introduced, mask_name, read_name

CHARACTERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("和丽军", "和丽军"), ("我叫和丽军。", "和丽军"), ("姓名：木 秀英", "木秀英"), ("我的名字是阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("叫张三", "张三"), ("名字叫张三", "张三"), ("姓名是张三！", "张三"), ("王", None), ("Zhang San", "ZHANG SAN"), ("Zhang", None),
        ("张三13800000001", None), ("", None),
        ("我叫", None), ("王𬱖", "王𬱖"), ("王〇", "王〇"), ("欧阳娜娜", "欧阳娜娜"), ("扎西顿珠", "扎西顿珠"),
        ("Conan O’Brien", "CONAN O'BRIEN"), ("sean o`neil", "SEAN O'NEIL"), ("O'Brien", None), ("和秀英女士", "和秀英"), ("我是和丽军先生", "和丽军"),
        ("王先生", None), ("李老师", None), ("先生", None), ("阿依古丽·买买提女士", "阿依古丽·买买提"), ("阿卜杜拉·买买提·艾力", "阿卜杜拉·买买提·艾力"),
        ("GARCÍA LÓPEZ, Anna-Maria", "GARCÍA LÓPEZ, ANNA-MARIA"),
    ],
)  # fmt: skip
def test_a_name_is_read_as_it_is_told(told: str, name: str | None) -> None:
    """The words around it are not part of it; two characters at least, Chinese ones."""
    assert read_name(told) == name


@pytest.mark.parametrize(
    ("said", "is_name"), [("和丽军", True), ("木秀", True), ("马上", False), ("要带什么", False), ("和", False)]
)
def test_a_known_surname_makes_a_name(said: str, is_name: bool) -> None:
    """And words that begin like one do not."""
    assert is_full_name(said) is is_name


def test_a_told_name_is_hidden() -> None:
    """Editors read questions, not people."""
    assert hide_names("我叫和丽军，社保卡丢了") == "（姓名），社保卡丢了"
    assert hide_names("社保卡叫什么名字") == "社保卡叫什么名字"


@given(CHARACTERS)
def test_the_masked_form_shows_the_surname_only(name: str) -> None:
    """「和**」."""
    assert mask_name(name) == name[0] + "*" * (len(name) - 1)


@given(st.lists(st.sampled_from("·•‧∙⋅・･●․．.᛫"), min_size=1, max_size=3), st.sampled_from(["", " "]))
def test_dots_typed_twice_are_one(dots: list[str], blank: str) -> None:
    """A slip of the finger, in a name of three parts."""
    dot = blank.join(dots)
    assert read_name(f"阿卜杜拉{dot}买买提{dot}艾力") == "阿卜杜拉·买买提·艾力"


@given(st.sampled_from("·•‧∙⋅・･●․．.᛫"), st.sampled_from(["", " "]))
def test_every_keyboards_middle_dot_is_the_dot_of_names(dot: str, blank: str) -> None:
    """It is kept as U+00B7, neither refused nor dropped."""
    assert read_name(f"阿卜杜拉{blank}{dot}{blank}买买提") == "阿卜杜拉·买买提"


@given(st.text(st.sampled_from("王𠀀𬱖〇㐀龥𰀀吉卯"), min_size=2, max_size=20))
def test_characters_of_all_planes_are_names(name: str) -> None:
    """Rare characters are on identity cards too."""
    assert read_name(name) == name


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("甲" * 20, "甲" * 20), ("甲" * 21, None), ("甲乙", "甲乙"), ("甲", None), ("阿·不", "阿·不"), ("·阿", None), ("阿·", None), ("阿··不", "阿·不"),
        ("张 三", "张三"),
        ("A" * 29 + " " + "B" * 30, "A" * 29 + " " + "B" * 30), ("A" * 30 + " " + "B" * 30, None), ("a b c d e f", "A B C D E F"), ("a b c d e f g", None),
        ("A B", "A B"), ("AB", None), ("Li,  Si", "LI, SI"), ("O’Neil Anna", "O'NEIL ANNA"), ("LI-SI J. WANG", "LI-SI J. WANG"), ("-A B", None),
        ("本人李四", "李四"),
        ("姓名:张三～", "张三"), ("阿" * 10 + "·" + "不" * 9, "阿" * 10 + "·" + "不" * 9), ("1张三", None), ("张三1", None),
    ],
)  # fmt: skip
def test_names_at_their_edges(told: str, name: str | None) -> None:
    """Two signs to twenty; of Latin ones two words to six, sixty signs in all."""
    assert read_name(told) == name


@pytest.mark.parametrize(
    ("said", "introduced"), [("我叫和丽军", True), ("姓名：王五", True), ("叫张三", True), ("本人", True), (" 我是", True), ("和丽军", False),
    ("不叫张三", False), ("", False)]
)  # fmt: skip
def test_whether_a_name_is_announced(said: str, introduced: bool) -> None:
    """At the head of the message only."""
    assert is_introduced(said) is introduced


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("我叫和丽军，我是办社保的", "（姓名），（姓名）"), ("姓名：张三 电话", "（姓名） 电话"), ("我的名字是张三。", "（姓名）。"),
        ("我叫和", "我叫和"), ("我叫一二三四五", "我叫一二三四五"),
        ("我叫和丽", "（姓名）"), ("我叫阿卜·买", "（姓名）"),
    ],
)  # fmt: skip
def test_names_of_two_to_four_signs_are_hidden(text: str, hidden: str) -> None:
    """Up to a stop, a blank or the end."""
    assert hide_names(text) == hidden


def test_a_word_that_begins_like_a_surname_is_no_full_name() -> None:
    """Three signs at most, and the whole text."""
    assert is_also_a_word("马上")
    assert not is_also_a_word("马尚")
    assert [is_full_name(text) for text in ("马尚", "马上", "马尚文", "马尚文文", "去马尚", "")] == [
        True, False, True, False, False, False,
    ]  # fmt: skip
    assert mask_name("") == ""
