"""Choices that a few words part from each other: what was written for the patterns, what was kept aside, and what chooses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel, ConfigDict

from backend.language.choice_meanings import choice_meanings, read_choice_meant
from backend.language.choice_words import choice_words
from backend.language.choices import read_choice
from backend.one_window.calculators.registry import RULES
from backend.one_window.catalogue.delivered import edition

_DATA = Path(__file__).parents[2] / "data"
RIGHT_ASIDE = 0.95
"""Share of what was kept aside (28 November 2026: 0.978, none of it wrong)."""


class Field(BaseModel):
    """One field of the data file."""

    model_config = ConfigDict(extra="forbid")

    field: str
    said: dict[str, list[str]]
    aside: dict[str, list[str]] = {}
    none: list[str]

    @property
    def labels(self) -> list[str]:
        """In their order."""
        return self.field.split("|")


FIELDS = [Field.model_validate(one) for one in yaml.safe_load((_DATA / "choice_words.yaml").read_text("utf-8"))]
NEAR: dict[str, list[str]] = yaml.safe_load((_DATA / "choice_meanings_near_misses.yaml").read_text("utf-8"))


def wrong_and_missing(field: Field, told: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """What is read as another choice, and what is asked again."""
    read = [(said, label, read_choice_meant(said, field.labels)) for label, words in told.items() for said in words]
    return (
        [said for said, label, at in read if at is not None and field.labels[at] != label],
        [said for said, _, at in read if at is None],
    )


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.labels[0])
def test_what_people_say_for_a_choice(field: Field) -> None:
    """Nothing is read as another choice; what was kept aside neither."""
    assert wrong_and_missing(field, field.said) == (
        [],
        [said for said in ("怎么都行",) if said in field.said.get("都可以", [])],
    )
    assert wrong_and_missing(field, field.aside)[0] == []


def test_most_of_what_was_kept_aside_is_understood() -> None:
    """The rest is asked again."""
    missing = sum(len(wrong_and_missing(field, field.aside)[1]) for field in FIELDS)
    told = sum(len(words) for field in FIELDS for words in field.aside.values())
    assert 1 - missing / told >= RIGHT_ASIDE


@pytest.mark.parametrize(("field", "said"), [(field, said) for field in FIELDS for said in field.none])
def test_denials_and_words_that_are_like_choose_nothing(field: Field, said: str) -> None:
    """They are asked again."""
    assert read_choice_meant(said, field.labels) is None


def test_every_choice_field_has_words_or_learnt_meanings() -> None:
    """A label that is reworded takes its words along; a new choice field is written for."""
    offered = {
        frozenset(field.choices)
        for held in edition().items.values()
        for form in held.item.forms
        for field in form.fields
        if field.choices
    } | {
        frozenset(choice.label for choice in question.choices)
        for rule in RULES.values()
        for question in rule.content.questions
        if question.choices
    }
    known = {frozenset(field) for field in choice_words()} | {frozenset(field) for field in choice_meanings().fields}
    assert known == offered
    assert {frozenset(field.labels) for field in FIELDS} == {frozenset(field) for field in choice_words()}


@pytest.mark.parametrize("field", choice_meanings().fields, ids=lambda field: next(iter(field)))
def test_a_reason_for_leaving_is_never_taken_for_another(field: dict[str, tuple[str, ...]]) -> None:
    """「合同到期我不想续」 is no 「单位不续签」, 「和同事闹矛盾走的」 no agreement: money hangs on it."""
    labels = list(field)
    label_of = {meaning: label for label, meanings in field.items() for meaning in meanings}
    for meaning, words in NEAR.items():
        for said in words:
            at = read_choice_meant(said, labels)
            assert at is None or labels[at] == label_of.get(meaning), said


@pytest.mark.parametrize(
    ("said", "labels", "at"),
    [
        ("不是买设备", ["买设备", "装修店面"], None),
        ("固定期限", ["没有期限的（无固定期限）", "写明到哪天为止的"], None),
        ("55岁", ["男职工", "女职工，原来55岁退休"], None),
        ("三十", ["满三十年", "一年"], None),
        ("装修", ["买设备", "装修店面"], 1),
        ("就是买设备", ["买设备", "装修店面"], 0),
        ("没有工会", ["单位", "工会"], None),
    ],
)
def test_a_part_of_a_label_chooses_it_undenied(said: str, labels: list[str], at: int | None) -> None:
    """A number with its unit answers something else."""
    assert read_choice(said, labels) == at
