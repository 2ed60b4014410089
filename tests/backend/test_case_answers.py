"""Answers to a form's fields: what people say becomes the form that is kept."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from backend.contracts.catalogue_content import FieldKind, FormField
from backend.one_window.cases.answers import AnswerChecker
from backend.platform.errors import InvalidError

CHECKER = AnswerChecker(cast("Any", None), cast("Any", None), "conversation:1", date(2026, 11, 23))
"""Without a vault: none of these fields holds an identifier."""


def field(kind: FieldKind, *choices: str) -> FormField:
    """A field of a kind."""
    return FormField(id="answer", label="回答", question="请回答。", kind=kind, choices=choices)


@pytest.mark.parametrize(
    "said",
    [
        "可以",
        "行",
        "没问题",
        "好啊",
        "行吧",
        "成",
        "中",
        "可以的",
        "没错",
        "对头",
        "嗯呢",
        "对对对",
        "要得",
        "好的，谢谢",
    ],
)
async def test_yes_is_yes_in_a_form(said: str) -> None:
    """However people say it."""
    assert await CHECKER.check(field(FieldKind.YES_NO), said) == "true"


@pytest.mark.parametrize(
    "said", ["不对", "不行", "不可以", "不是", "不要", "没有", "不用", "不用了谢谢", "不得行", "没得"]
)
async def test_no_is_no_in_a_form(said: str) -> None:
    """Although 可以 stands in 不可以."""
    assert await CHECKER.check(field(FieldKind.YES_NO), said) == "false"


@pytest.mark.parametrize("said", ["不知道", "不清楚", "可以吗", "看情况"])
async def test_neither_is_asked_again(said: str) -> None:
    """Nothing is guessed; the field is named."""
    with pytest.raises(InvalidError) as refused:
        await CHECKER.check(field(FieldKind.YES_NO), said)
    assert refused.value.field == "value"


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (FieldKind.NAME, "我叫和丽军。", "和丽军"),
        (FieldKind.DATE, "二〇二六年十月三十一日", "2026-10-31"),
        (FieldKind.MONEY, "三千五", "3500.00"),
        (FieldKind.NUMBER, "35个", "35"),
        (FieldKind.CREDIT_CODE, "9135 0100 M000 100Y 43", "91350100M000100Y43"),
    ],
)
async def test_words_become_the_kept_form(kind: FieldKind, said: str, kept: str) -> None:
    """Names, days, sums, codes."""
    assert await CHECKER.check(field(kind), said) == kept


@pytest.mark.parametrize(
    ("said", "kept"), [("第二个", "职工"), ("居民的", "居民"), ("2", "职工"), ("最后一个", "职工")]
)
async def test_one_of_the_choices_is_kept(said: str, kept: str) -> None:
    """By its words or its place."""
    assert await CHECKER.check(field(FieldKind.CHOICE, "居民", "职工"), said) == kept


@pytest.mark.parametrize("kind", [FieldKind.NAME, FieldKind.TEXT, FieldKind.LONG_TEXT])
@pytest.mark.parametrize("said", ["等一下", "稍等哈", "我找找", "取消", "跳过", "上一步"])
async def test_a_remark_fills_no_field(kind: FieldKind, said: str) -> None:
    """A case once went to a clerk with the name 「等一下」."""
    with pytest.raises(InvalidError, match=r"field\.remark"):
        await CHECKER.check(field(kind), said)


@pytest.mark.parametrize(
    ("said", "kept"), [("王𬱖", "王𬱖"), ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"), ("Zhang San", "ZHANG SAN")]
)
async def test_names_of_all_writings_are_kept(said: str, kept: str) -> None:
    """As on the document."""
    assert await CHECKER.check(field(FieldKind.NAME), said) == kept
