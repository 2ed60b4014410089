"""The shape of a rule's file ``data/<id>.yaml``: what it asks, what it stands on, its table and its sentences.

Unknown keys are refused. The computing is the module of the same name in ``one_window/calculators/rules/``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from backend.contracts.catalogue_content import Basis, Content, FactId, ItemCode, LegalBasis, Name, Sentence
from backend.contracts.date_limits import TODAY, LimitText, parse_limit

YES, NO = "yes", "no"


class QuestionKind(StrEnum):
    """What an answer is. A duration is years and months; a number has no unit."""

    DATE = "date"
    MONTH = "month"
    DURATION = "duration"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    YES_NO = "yes_no"


_MEASURED = {QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.DURATION}
_DATED = {QuestionKind.DATE, QuestionKind.MONTH}


class QuestionChoice(Content):
    """One of several answers. ``facts``: it is this one where each of them has one of its values; the last such choice counts."""

    id: FactId
    label: Name
    facts: dict[FactId, tuple[FactId, ...]] = Field(default={})


class RuleQuestion(Content):
    """One input: its printed label and the question a person is asked.

    ``when``: asked only if earlier choices or yes/no questions were answered so (question id -> answers, ``yes``/``no``).
    ``least``/``most``: of a number, of yuan, or of months. ``past``: not after today. ``fact``: what it asks is this fact
    of the person (``contracts/data/facts.yaml``), known from whatever they said before.
    """

    id: FactId
    fact: FactId | None = None
    label: Name
    question: Sentence
    kind: QuestionKind
    choices: tuple[QuestionChoice, ...] = ()
    required: bool = True
    when: dict[FactId, tuple[FactId, ...]] = Field(default={})
    least: Decimal | None = None
    most: Decimal | None = None
    whole: bool = False
    before_deductions: bool = False
    """Of money: a wage as the law reckons with it, not what is paid out of it."""
    past: bool = False
    earliest: date | None = None
    not_before: tuple[LimitText, ...] = ()
    not_after: tuple[LimitText, ...] = ()
    """Of a date, the day itself allowed: against today and dates asked before (date_limits.py)."""
    help: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> RuleQuestion:
        if (self.kind is QuestionKind.CHOICE) != bool(self.choices):
            raise ValueError("kind 为 choice 时要写 choices，其他时候不写")
        if (self.kind in _MEASURED) != (self.least is not None and self.most is not None):
            raise ValueError("kind 为 number、money、duration 时要写 least 和 most，其他时候不写")
        if self.before_deductions and self.kind is not QuestionKind.MONEY:
            raise ValueError("before_deductions 只用于 money")
        if self.kind not in _DATED and (self.past or self.earliest is not None):
            raise ValueError("past 和 earliest 只用于 date 和 month")
        if (self.not_before or self.not_after) and self.kind is not QuestionKind.DATE:
            raise ValueError("not_before 和 not_after 只用于 date")
        return self

    @property
    def options(self) -> tuple[str, ...]:
        """The ids it can be answered with; empty unless it is a choice or yes/no."""
        if self.kind is QuestionKind.YES_NO:
            return (YES, NO)
        return tuple(choice.id for choice in self.choices)


class RuleContent(Content):
    """One rule. ``basis`` says how sure its result is; what depends on the place is told in its unsure sentences."""

    id: FactId
    title: Name
    summary: Sentence
    topic: FactId
    items: tuple[ItemCode, ...]
    policy_answers: tuple[Annotated[str, StringConstraints(pattern=r"^Q\d{3}$")], ...] = ()
    basis: Literal[Basis.LAW, Basis.NATIONAL_PRACTICE]
    sources: tuple[LegalBasis, ...] = Field(min_length=1)
    checked_on: date
    """When its text was last read against the sources."""
    questions: tuple[RuleQuestion, ...] = Field(min_length=1)
    table: dict[str, Any] = Field(default={})
    """The figures of the rule: every rule has a table of its own, whose shape its module declares and checks."""
    sentences: dict[FactId, Sentence]

    @model_validator(mode="after")
    def _questions_follow(self) -> RuleContent:
        known: dict[str, tuple[str, ...]] = {}
        dates = {TODAY}
        for question in self.questions:
            if question.id in known:
                raise ValueError(f"questions 里 {question.id} 重复了")
            for other, answers in question.when.items():
                if not set(answers) <= set(known.get(other, ())):
                    raise ValueError(f"{question.id}.when：「{other}」要是前面的选择题，答案要是它的选项")
            for limit in map(parse_limit, (*question.not_before, *question.not_after)):
                if limit.anchor not in dates and not limit.anchor[0].isdigit():
                    raise ValueError(f"{question.id} 的界限「{limit.anchor}」不是 today，也不是前面问过的日期")
            known[question.id] = question.options
            if question.kind is QuestionKind.DATE:
                dates.add(question.id)
        return self

    def question(self, name: str) -> RuleQuestion:
        """A question by id."""
        return next(question for question in self.questions if question.id == name)
