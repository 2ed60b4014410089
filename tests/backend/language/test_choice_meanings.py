"""Choices told in people's own words: what was kept aside when the paraphrases were written, and what is left to be asked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from backend.language.choice_meanings import choice_meanings, read_choice_meant
from backend.one_window.calculators.registry import RULES
from backend.one_window.catalogue.delivered import edition

ASIDE: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "choice_meanings_kept_aside.yaml").read_text("utf-8")
)
LEAVING = [
    "单位辞退或裁员",
    "合同到期单位不续签",
    "单位提出协商解除",
    "单位关闭或破产",
    "因单位欠薪等我提出解除",
    "其他原因",
]
RIGHT, WRONG = 0.93, 0.02
"""Shares of what was kept aside (28 November 2026: 0.954 and 0)."""


@pytest.mark.parametrize("field", choice_meanings().fields, ids=lambda field: next(iter(field)))
def test_what_was_kept_aside_is_understood(field: dict[str, tuple[str, ...]]) -> None:
    """Nine of ten, and hardly one wrong: what is not sure is asked again."""
    labels = list(field)
    label_of = {meaning: label for label, meanings in field.items() for meaning in meanings}
    told = [(said, label_of[meaning]) for meaning, words in ASIDE.items() for said in words]
    found = [
        (label, None if at is None else labels[at]) for said, label in told for at in [read_choice_meant(said, labels)]
    ]
    assert sum(meant == label for label, meant in found) / len(found) >= RIGHT
    assert sum(meant not in {label, None} for label, meant in found) / len(found) <= WRONG


def test_nothing_kept_aside_is_learnt() -> None:
    """The figure would say nothing."""
    learnt = {said for words in choice_meanings().meanings.values() for said in words}
    assert learnt.isdisjoint(said for words in ASIDE.values() for said in words)
    assert set(ASIDE) == set(choice_meanings().meanings)


def test_every_entry_belongs_to_a_field() -> None:
    """A label that is reworded takes its paraphrases along: the labels are those of a form or a calculator, all of them."""
    offered = [
        set(field.choices) for held in edition().items.values() for form in held.item.forms for field in form.fields
    ]
    offered += [
        {choice.label for choice in question.choices} for rule in RULES.values() for question in rule.content.questions
    ]
    assert [list(field) for field in choice_meanings().fields if set(field) not in offered] == []


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("老板跑路了", "单位关闭或破产"), ("厂子倒了", "单位关闭或破产"), ("不干了自己走的", "其他原因"), ("合同到期没续", "合同到期单位不续签"),
        ("被开了", "单位辞退或裁员"),
        ("签字离的，双方同意", "单位提出协商解除"), ("老板欠我工资，我才走的", "因单位欠薪等我提出解除"), ("欠薪才辞的", "因单位欠薪等我提出解除"),
        ("第四个", "单位关闭或破产"),
        ("裁员", "单位辞退或裁员"), ("被老闆炒了", "单位辞退或裁员"),
    ],
)  # fmt: skip
def test_a_reason_in_own_words(said: str, label: str) -> None:
    """The words of the choice, its place, or what people say for it."""
    at = read_choice_meant(said, LEAVING)
    assert at is not None
    assert LEAVING[at] == label


@pytest.mark.parametrize(
    "said",
    [
        "古城酒店",
        "等一下",
        "不知道",
        "要多久",
        "2026年10月",
        "和秀英",
        "跳过",
        "我也说不清",
        "为什么要填",
        "被辞退算哪个？",
        "",
        "天气不错",
        "不是辞退",
        "我不想说",
    ],
)
def test_what_says_none_of_them_is_asked_again(said: str) -> None:
    """Nothing is guessed, and a question chooses nothing."""
    assert read_choice_meant(said, LEAVING) is None


def test_a_field_without_paraphrases_knows_its_words_only() -> None:
    """Its labels and places."""
    assert read_choice_meant("老板跑路了", ["甲级", "乙级"]) is None
    assert read_choice_meant("第二个", ["甲级", "乙级"]) == 1
