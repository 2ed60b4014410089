"""JSON shapes of the rules' API."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.catalogue_content import Basis, FactId, LegalBasis
from backend.contracts.wire import Wire

MAX_ANSWER = 100


class RuleView(Wire):
    """A rule as a guide offers it: what it tells and what it has to ask."""

    id: str
    title: str
    summary: str
    topic: str
    items: tuple[str, ...]
    policy_answers: tuple[str, ...]
    basis: Basis
    sources: tuple[LegalBasis, ...]
    checked_on: date
    questions: tuple[RuleQuestion, ...]


class RuleList(Wire):
    """Rules in the order people look for them."""

    rules: tuple[RuleView, ...]


class RuleQuery(Wire):
    """Filters of the list: an item's code, a topic, a policy answer's id."""

    item: str = Field(default="", max_length=20)
    topic: str = Field(default="", max_length=40)
    policy_answer: str = Field(default="", max_length=10)


class RuleAnswers(Wire):
    """Answers by question id, as people say them: 「1965年3月」「4年11个月」「三千五」「是」, or a choice's id or words."""

    answers: dict[FactId, Annotated[str, StringConstraints(max_length=MAX_ANSWER)]] = Field(max_length=20)


class RuleProgress(RuleAnswers):
    """A calculation under way: the answers so far, and the questions left out."""

    skipped: tuple[FactId, ...] = Field(default=(), max_length=20)


class NextQuestion(Wire):
    """What is asked next; None: it can be computed."""

    question: RuleQuestion | None


class CalculationResult(Wire):
    """What a rule came to. ``verdict`` can be read out as it is.

    ``basis``: law, or national-practice where the law leaves the last step to practice; ``unsure`` tells what this does
    not settle. ``figures``: the results for programs (ISO dates and months, plain decimals; ``*_months`` in months,
    ``*_days`` in days, ``*_yuan`` in yuan).
    """

    rule: str
    title: str
    verdict: str
    explanation: tuple[str, ...]
    unsure: tuple[str, ...]
    figures: dict[str, str]
    basis: Basis
    sources: tuple[LegalBasis, ...]
    items: tuple[str, ...]
    policy_answers: tuple[str, ...]
    computed_on: date
