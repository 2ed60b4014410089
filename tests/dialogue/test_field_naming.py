"""Which field is named, and what a calculator's form remembers of its order."""

from __future__ import annotations

import pytest

from assistant.dialogue.field_naming import NamedField, field_named
from assistant.dialogue.rule_progress import RuleForm, read_rule_form

FIELDS = [
    NamedField("name", "姓名", "name"),
    NamedField("id_number", "身份证号码", "id_number"),
    NamedField("phone", "手机号码", "phone"),
    NamedField("last_employer", "原工作单位", "text"),
    NamedField("left_on", "离职日期", "date"),
    NamedField("leaving_reason", "离职原因", "choice"),
]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ("单位", "last_employer"), ("公司", "last_employer"), ("第三个", "phone"), ("电话", "phone"), ("我的手机号", "phone"),
        ("刚才的日期", "left_on"), ("离职时间", "left_on"),
        ("身份证", "id_number"), ("原因", "leaving_reason"), ("名字", "name"), ("最后一项", "leaving_reason"), ("日期那一项", "left_on"), ("把姓名", "name"),
    ],
)  # fmt: skip
def test_a_field_is_named(said: str, field: str) -> None:
    """By its label, its sort, or its place."""
    assert field_named(said, FIELDS) == field


def test_an_end_of_the_label_names_it_with_one_sign_beside() -> None:
    """Of two that are named so, whose word is the longer; a word said twice is no name."""
    place = [NamedField("place", "就医地点", "text")]
    for said, field in (("地点x", "place"), ("就医x", "place"), ("地点地点", None), ("地点xy", None)):
        assert field_named(said, place) == field
    days = [NamedField("day", "日期", "date"), NamedField("entry", "入日期", "date")]
    assert field_named("入日期", days, ["day"]) == "entry"


@pytest.mark.parametrize("said", ["云杉石材公司", "古城酒店", "3年", "和秀英", "合同到期", "第九个", ""])
def test_a_value_names_no_field(said: str) -> None:
    """Though it may have a field's word in it."""
    assert field_named(said, FIELDS) is None


def test_of_two_that_are_called_so_the_one_asked_last_is_meant() -> None:
    """入职那天 and 离开那天."""
    days = [NamedField("began_on", "入职那天", "date"), NamedField("ended_on", "离开那天", "date")]
    assert field_named("日期", days, ["ended_on", "began_on"]) == "ended_on"
    assert field_named("日期", days, ["began_on"]) == "began_on"
    assert field_named("入职那天", days, ["ended_on", "began_on"]) == "began_on"
    assert field_named("单位入职那天", days, ["ended_on", "began_on"]) == "began_on"
    assert field_named("云杉单位入职那天", days) is None


def test_going_back_follows_the_order_and_a_correction_the_last_word() -> None:
    """A correction of an earlier answer moves nothing, and is itself what 「不对」 is said of next."""
    form = RuleForm(id="rule", answers={"sex": "man"}).with_answer("paid", "3年").with_answer("left", "0")
    assert form.before == "left"
    corrected = form.with_answer("paid", "9年")
    assert (corrected.before, corrected.recent) == ("left", ["paid", "left", "sex"])
    assert corrected.without("left").before == "paid"
    assert corrected.without("left").answers == {"sex": "man", "paid": "9年"}
    assert RuleForm(id="rule", answers={"sex": "man"}).before is None


def test_what_is_left_out_is_remembered_as_such() -> None:
    """And answered later it is left out no more."""
    form = RuleForm(id="rule").with_answer("left", "")
    assert (form.skipped, form.answers) == (("left",), {})
    assert form.with_answer("left", "2").skipped == ()
    assert form.progress.skipped == ("left",)


@pytest.mark.parametrize("stored", [None, {}, "x", {"answers": 3}])
def test_a_slot_that_cannot_be_read_is_no_calculation(stored: object) -> None:
    """The tracker is a cache."""
    assert read_rule_form(stored) is None
    assert read_rule_form({"id": "rule", "answers": {"paid": "3年"}, "skipped": []}) == RuleForm(
        id="rule", answers={"paid": "3年"}
    )
