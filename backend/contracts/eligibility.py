"""When somebody is entitled to an item: its conditions as comparisons of facts (``data/eligibility/*.yaml``).

A condition stands here with the item's own sentence, so that one that was rewritten is never judged by its old meaning; what it
rests on is told by the item. One that hangs on local lists or on judgement says who decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from re import Pattern
from typing import Annotated, Literal

import yaml
from pydantic import Field, TypeAdapter, model_validator

from backend.contracts.catalogue_content import Content, FactId, ItemCode, Name, Sentence
from backend.contracts.facts import FactKind, fact_list, unknown_facts

_FOLDER = Path(__file__).parent / "data" / "eligibility"
_QUESTIONS = Path(__file__).parent / "data" / "eligibility_questions.yaml"
Computed = Literal["months_to_retirement", "pension_minimum"]
"""What a calculator makes of facts: months until the statutory retirement month (0 and less: reached); months to have paid."""
NEEDED: dict[str, tuple[FactId, ...]] = {
    "months_to_retirement": ("birth", "sex", "post"),
    "pension_minimum": ("birth", "sex", "post"),
}
"""The facts from which each is computed."""


class Measure(StrEnum):
    """What is compared: the value itself, whole years of age, or the time since a day."""

    VALUE = "value"
    AGE = "age"
    MONTHS_SINCE = "months_since"
    DAYS_SINCE = "days_since"


class FactComparison(Content):
    """One comparison: a fact, or something computed, is one of some values or lies within bounds.

    ``else_fact``: counts where the fact itself was not told.
    """

    fact: FactId | None = None
    else_fact: FactId | None = None
    computed: Computed | None = None
    measure: Measure = Measure.VALUE
    one_of: tuple[FactId, ...] = ()
    at_least: int | None = None
    at_most: int | None = None
    at_least_computed: Computed | None = None

    @model_validator(mode="after")
    def _consistent(self) -> FactComparison:
        if (self.fact is None) == (self.computed is None):
            raise ValueError("fact 和 computed 要写一个，只写一个")
        bounded = any(bound is not None for bound in (self.at_least, self.at_most, self.at_least_computed))
        if bool(self.one_of) == bounded:
            raise ValueError("要么写 one_of，要么写 at_least、at_most 或 at_least_computed")
        if self.fact is None:
            if self.one_of or self.measure is not Measure.VALUE:
                raise ValueError("computed 只和界限比，不写 one_of 和 measure")
            return self
        used = [self.fact, *([] if self.else_fact is None else [self.else_fact])]
        problems = unknown_facts(dict.fromkeys(used, self.one_of))
        if problems:
            raise ValueError("；".join(problems))
        if any(fact_list()[fact].kind not in _KINDS[self.measure if bounded else None] for fact in used):
            raise ValueError(f"事实 {self.fact} 不能这样比")
        return self

    @property
    def facts(self) -> tuple[FactId, ...]:
        """The facts that it hangs on."""
        own = NEEDED[str(self.computed)] if self.fact is None else (self.fact,)
        own = own if self.else_fact is None else (*own, self.else_fact)
        return (*own, *NEEDED.get(self.at_least_computed or "", ()))


_MEASURED = {FactKind.DURATION, FactKind.MONEY, FactKind.NUMBER}
_KINDS: dict[Measure | None, set[FactKind]] = {
    None: {FactKind.CHOICE, FactKind.YES_NO},
    Measure.VALUE: _MEASURED,
    Measure.AGE: {FactKind.MONTH},
    Measure.MONTHS_SINCE: {FactKind.DAY, FactKind.MONTH},
    Measure.DAYS_SINCE: {FactKind.DAY},
}


class EligibilityCondition(Content):
    """One condition. It holds where all comparisons of one of the groups of ``holds_if`` do.

    ``condition``: the item's sentence, letter by letter. ``assumed``: taken for granted and said to be. ``decided_by``: not for facts
    to settle, says who does. ``otherwise``: said where it does not hold, what would change it. ``prior``: how likely it holds before anything is known.
    ``step``: something that people do on the spot before, a registration: it stands in nobody's way.
    """

    condition: Sentence
    short: Name
    holds_if: tuple[tuple[FactComparison, ...], ...] = ()
    assumed: bool = False
    decided_by: Name | None = None
    otherwise: str = Field(default="", max_length=200)
    prior: Annotated[float, Field(gt=0, lt=1)] = 0.5
    step: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> EligibilityCondition:
        if sum((bool(self.holds_if), self.assumed, self.decided_by is not None)) != 1:
            raise ValueError("holds_if、assumed、decided_by 要写一个，只写一个")
        if bool(self.holds_if) != bool(self.otherwise):
            raise ValueError("写了 holds_if 的要写 otherwise：不够的话怎么办；其他的不写")
        return self

    @property
    def comparisons(self) -> Iterator[FactComparison]:
        """All of them."""
        return (one for group in self.holds_if for one in group)


class ItemEligibility(Content):
    """An item's conditions. ``called``: how it is spoken of; ``not_conditions``: sentences among its conditions that are none."""

    item: ItemCode
    called: tuple[Pattern[str], ...] = Field(min_length=1)
    conditions: tuple[EligibilityCondition, ...] = Field(min_length=1)
    not_conditions: tuple[Sentence, ...] = ()

    @property
    def facts(self) -> frozenset[FactId]:
        """The facts that it hangs on."""
        return frozenset(fact for condition in self.conditions for one in condition.comparisons for fact in one.facts)

    def sentences(self) -> tuple[str, ...]:
        """The item's sentences that are spoken for here."""
        return (*dict.fromkeys(one.condition for one in self.conditions), *self.not_conditions)


class FactQuestion(Content):
    """How a fact is asked for, and what it costs a person to answer (1 at once, 2 to remember, 3 to look up)."""

    question: Sentence
    cost: Annotated[int, Field(ge=1, le=5)]


@lru_cache(maxsize=1)
def eligibility() -> dict[ItemCode, ItemEligibility]:
    """The judged items by code. Raises ValueError for one that stands twice, or a fact that is not asked for in any words."""
    shape = TypeAdapter(tuple[ItemEligibility, ...])
    found = [
        one
        for path in sorted(_FOLDER.glob("*.yaml"))
        for one in shape.validate_python(yaml.safe_load(path.read_text("utf-8")))
    ]
    by_item = {one.item: one for one in found}
    if len(by_item) < len(found):
        raise ValueError("data/eligibility：有事项写了两次")
    unasked = {fact for one in found for fact in one.facts} - fact_questions().keys()
    if unasked:
        raise ValueError(f"data/eligibility_questions.yaml：{sorted(unasked)} 没有问法")
    return by_item


@lru_cache(maxsize=1)
def fact_questions() -> dict[FactId, FactQuestion]:
    """The questions by fact. Raises ValueError for a fact that is not listed."""
    found = TypeAdapter(dict[FactId, FactQuestion]).validate_python(yaml.safe_load(_QUESTIONS.read_text("utf-8")))
    problems = unknown_facts(dict.fromkeys(found, ()))
    if problems:
        raise ValueError("；".join(problems))
    return found
