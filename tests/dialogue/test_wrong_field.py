"""What is said to be wrong in a form that is handed in."""

from __future__ import annotations

import pytest

from assistant.dialogue.case_path import WrongField, wrong_field_said


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("电话写错了", WrongField("电话", told=False)), ("名字打错了，是和秀芳", WrongField("名字", told=True)),
        ("刚才电话打错了", WrongField("刚才电话", told=False)),
        ("电话最后两位是56", WrongField("电话", told=True)), ("尾号错了是0056", WrongField("", told=True)),
        ("电话应该是⟦phone:0123456789⟧", WrongField("电话", told=True)),
        ("名字搞错了一个字", WrongField("名字", told=False)), ("手机号填错了怎么办", WrongField("手机号", told=False)),
        ("我填错了", WrongField("", told=False)),
        ("表填错了", WrongField("", told=False)), ("提交了还能改吗", WrongField("", told=False)), ("想改电话", WrongField("电话", told=False)),
        ("手机号能改吗？", WrongField("手机号", told=False)), ("离职日期改成10月30日", WrongField("离职日期", told=True)),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_form(said: str, found: WrongField | None) -> None:
    """The words for the field, and whether what is right was told."""
    assert wrong_field_said(said) == found


@pytest.mark.parametrize(
    "said",
    [
        "说错了", "不对", "单位给我写错了名字", "老板把合同日期写错了", "户口本名字错了", "电话打不通", "手机号换了", "失业金能领多久",
        "怎么填", "错了", "窗口把我名字打错了"
    ],
)  # fmt: skip
def test_what_others_wrote_wrong_is_no_slip_of_the_form(said: str) -> None:
    """Nor what we said, nor a word that takes back the last answer."""
    assert wrong_field_said(said) is None
