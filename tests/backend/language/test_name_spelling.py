"""Names told with how they are written, and what is no name on a card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.names import is_introduced, is_spelt, nickname, read_name, surnames

SURNAMES = st.sampled_from(surnames())
GIVEN = st.text(st.sampled_from("丽军秀英强芳伟志"), min_size=1, max_size=2)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("弓长张，张伟", "张伟"), ("姓和，叫丽", "和丽"), ("木子李的李，李强", "李强"), ("和平的和，叫和丽", "和丽"), ("我姓王名芳", "王芳"),
        ("免贵姓和，和丽军", "和丽军"),
        ("立早章 章明华", "章明华"), ("和丽，和平的和，美丽的丽", "和丽"), ("弓长张，伟大的伟", "张伟"), ("我姓木，单名一个青字", "木青"),
        ("姓和名丽军", "和丽军"),
        ("名字叫丽军，姓和", "和丽军"), ("口天吴吴刚", "吴刚"), ("双人徐，徐静", "徐静"), ("姓杨，杨树的杨，名叫志强", "杨志强"),
        ("姓和，叫和丽", "和丽"), ("姓和，叫和", "和和"), ("弓长张，张伟。", "张伟"), ("姓和，张伟123", None),
        ("姓赵", None), ("弓长张", None), ("木子李，张强", None), ("和平的张，张伟", None), ("大写的大", None), ("姓和，叫什么", None),
    ],
)  # fmt: skip
def test_a_name_told_with_how_it_is_written(said: str, name: str | None) -> None:
    """What was spelt has to stand in it; a surname alone is no name."""
    assert (read_name(said) if name else is_spelt(said) or None) == name
    assert is_introduced(said) is (name is not None) or name is None


@given(SURNAMES, GIVEN)
def test_surname_and_given_name_in_two_parts(surname: str, given_name: str) -> None:
    """In either order, however they are introduced."""
    for said in (
        f"姓{surname}，叫{given_name}",
        f"我姓{surname}，名{given_name}",
        f"名叫{given_name}，姓{surname}",
        f"姓{surname}名{given_name}",
    ):
        assert read_name(said) == surname + given_name


@pytest.mark.parametrize(
    "name", ["木子", "文刀", "和丽军", "阿木", "张百年", "万千", "司马光", "扎西顿珠", "姓名：木秀英"]
)
def test_a_name_alone_is_not_spelt(name: str) -> None:
    """Whatever characters it has, and however it is introduced."""
    assert not is_spelt(name)
    assert not is_spelt(f"我叫{name}")
    assert read_name(name) == name.removeprefix("姓名：")


@pytest.mark.parametrize("said", ["六年", "三个月", "半年", "二十天", "十年"])
def test_a_length_of_time_is_no_name(said: str) -> None:
    """It answers another question."""
    assert read_name(said) is None


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("老王", "老王"), ("小李", "小李"), ("大刘", "大刘"), ("我叫小和", "小和"), ("叫我老杨", "老杨"), ("大家都叫我小杨", "小杨"), ("小敏", "小敏"),
        ("老宋头", "老宋头"), ("叫老木就行", "老木"), ("大理", "大理"),
        ("阿强", None), ("王小明", None), ("老舍先", None), ("和丽军", None), ("我叫和丽军", None), ("", None),
    ],
)  # fmt: skip
def test_what_somebody_is_called(said: str, called: str | None) -> None:
    """老 小 大 and one sign; the Yi surname 阿 is one."""
    assert nickname(said) == called
