"""Remarks at a question: what is no answer."""

from __future__ import annotations

import pytest

from backend.language.remarks import Remark, is_no_name, read_remark


@pytest.mark.parametrize(
    ("said", "remark"),
    [
        ("等一下", Remark.WAITING), ("稍等一下哈。", Remark.WAITING), ("等等！", Remark.WAITING), ("我找找啊", Remark.WAITING), ("不知道", Remark.HESITATING),
        ("嗯……", Remark.HESITATING), ("让我想想", Remark.HESITATING), ("忘了", Remark.HESITATING), ("什么意思？", Remark.META), ("写错了", Remark.META),
        ("跳过", Remark.COMMAND), ("转人工", Remark.COMMAND), ("和丽军", None), ("古城酒店", None), ("时间", None), ("平安", None), ("没有", None), ("", None),
    ],
)  # fmt: skip
def test_a_remark_is_read_as_a_whole(said: str, remark: Remark | None) -> None:
    """Particles and signs around it change nothing; what may be an answer is none."""
    assert read_remark(said) is remark


@pytest.mark.parametrize(("said", "none"), [("我要办", True), ("要多久", True), ("欧阳娜娜", False), ("岩温", False)])
def test_words_that_stand_in_no_name(said: str, none: bool) -> None:
    """Questions and wishes are no names."""
    assert is_no_name(said) is none
