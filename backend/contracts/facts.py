"""The facts about a person that a conversation keeps: the closed list (``data/facts.yaml``) and one fact as it is known."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints, model_validator

from backend.contracts.catalogue_content import Content, FactId, Name
from backend.contracts.wire import Wire

ME = "me"
"""The holder who is speaking."""
YES, NO = "yes", "no"
MAX_FACTS = 60
"""Of one conversation."""
_FILE = Path(__file__).parent / "data" / "facts.yaml"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
FactValue = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_.-]{1,20}$")]
"""As it is kept: 2024-03-05, 2024-03, months of a duration, yuan, a number, the id of a choice, yes or no."""


class FactKind(StrEnum):
    """What a fact's value is."""

    DAY = "day"
    MONTH = "month"
    DURATION = "duration"
    MONEY = "money"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"


MEASURED = frozenset({FactKind.DURATION, FactKind.MONEY, FactKind.NUMBER})
ORDERED = frozenset({FactKind.DAY, FactKind.MONTH}) | MEASURED
"""Kinds of which two values can enclose others."""


class FactDeclaration(Content):
    """One fact of the list. ``past``: not after today.

    ``echo``: how a result names what it was computed with; ``echo_no``: the same where a yes/no fact is no.
    """

    id: FactId
    name: Name
    kind: FactKind
    choices: dict[FactId, Name] = Field(default={})
    least: Decimal | None = None
    most: Decimal | None = None
    earliest: date | None = None
    past: bool = False
    echo: Name
    echo_no: Name | None = None

    @model_validator(mode="after")
    def _consistent(self) -> FactDeclaration:
        if (self.kind is FactKind.CHOICE) != bool(self.choices):
            raise ValueError("kind 为 choice 时要写 choices，其他时候不写")
        if (self.kind in MEASURED) != (self.least is not None and self.most is not None):
            raise ValueError("kind 为 duration、money、number 时要写 least 和 most，其他时候不写")
        return self

    def holds(self, value: str, today: date) -> bool:
        """Whether it can be a value of this fact."""
        match self.kind:
            case FactKind.CHOICE:
                return value in self.choices
            case FactKind.YES_NO:
                return value in {YES, NO}
            case FactKind.DAY | FactKind.MONTH:
                return self._in_time(value, today)
        try:
            number = Decimal(value)
        except InvalidOperation:
            return False
        return (self.least or 0) <= number <= (self.most or 0)

    def _in_time(self, value: str, today: date) -> bool:
        if self.kind is FactKind.MONTH and not _MONTH.fullmatch(value):
            return False
        try:
            day = date.fromisoformat(value if self.kind is FactKind.DAY else f"{value}-01")
        except ValueError:
            return False
        latest = today if self.past else date(today.year + 10, 12, 31)
        return (self.earliest or date.min) <= day <= latest


class FactHolder(Content):
    """Whose a fact is: the speaker, or somebody of theirs. ``sex``: follows from who it is."""

    id: FactId
    name: Name
    sex: FactId | None = None

    @property
    def pronoun(self) -> str:
        """As a sentence names them."""
        return {"man": "他", "woman": "她"}.get(self.sex or "", "对方")


class FactList(Content):
    """The file."""

    facts: tuple[FactDeclaration, ...]
    holders: tuple[FactHolder, ...]


class Certainty(StrEnum):
    """How sure a fact is. A hedged one never replaces a stated one."""

    INFERRED = "inferred"
    HEDGED = "hedged"
    STATED = "stated"
    CONFIRMED = "confirmed"


class KnownFact(Wire):
    """A fact of somebody as the conversation keeps it; ``most`` closes an interval, the value itself where it is exact."""

    holder: FactId
    fact: FactId
    least: FactValue
    most: FactValue
    certainty: Certainty
    said_in: Annotated[str, StringConstraints(max_length=64)] = ""
    """Id of the message in which it was told."""

    @property
    def exact(self) -> str | None:
        """The value, None where only an interval is known."""
        return self.least if self.least == self.most else None


class KnownFacts(Wire):
    """All facts of a conversation."""

    facts: tuple[KnownFact, ...] = Field(default=(), max_length=MAX_FACTS)


@lru_cache(maxsize=1)
def fact_list() -> dict[str, FactDeclaration]:
    """The facts by id."""
    return {fact.id: fact for fact in _file().facts}


@lru_cache(maxsize=1)
def holder_list() -> dict[str, FactHolder]:
    """The holders by id."""
    return {holder.id: holder for holder in _file().holders}


def unknown_facts(used: dict[str, tuple[str, ...]]) -> list[str]:
    """What is wrong with facts and their values as content names them (fact -> values; none for any)."""
    known = fact_list()
    problems = []
    for fact, values in used.items():
        if fact not in known:
            problems.append(f"没有「{fact}」这个事实，请用 backend/contracts/data/facts.yaml 里的")
            continue
        options = known[fact].choices or ({YES: "", NO: ""} if known[fact].kind is FactKind.YES_NO else {})
        problems += [f"事实 {fact} 没有「{value}」这个值" for value in values if value not in options]
    return problems


def shown_value(fact: FactDeclaration, value: str) -> str:
    """A value as people read it."""
    match fact.kind:
        case FactKind.CHOICE:
            return fact.choices[value]
        case FactKind.YES_NO:
            return "是" if value == YES else "不是"
        case FactKind.DAY:
            day = date.fromisoformat(value)
            return f"{day.year}年{day.month}月{day.day}日"
        case FactKind.MONTH:
            year, month = value.split("-")
            return f"{int(year)}年{int(month)}月"
        case FactKind.DURATION:
            years, months = divmod(int(value), 12)
            return (f"{years}年" if years else "") + (f"{months}个月" if months or not years else "")
        case FactKind.MONEY:
            return f"{Decimal(value):f}元"
    return value


def shown_fact(known: KnownFact) -> str:
    """What is known, as people read it: the value, or what it lies between."""
    declaration = fact_list()[known.fact]
    if known.exact is not None:
        return shown_value(declaration, known.exact)
    whole = _whole_period(declaration.kind, known.least, known.most)
    return whole or f"{shown_value(declaration, known.least)}到{shown_value(declaration, known.most)}"


def _whole_period(kind: FactKind, least: str, most: str) -> str:
    """「2026年10月」, 「1965年」, where what is known is just that."""
    if kind is FactKind.MONTH and (least, most) == (f"{least[:4]}-01", f"{least[:4]}-12"):
        return f"{int(least[:4])}年"
    if kind is not FactKind.DAY:
        return ""
    first, last = date.fromisoformat(least), date.fromisoformat(most)
    if (least, most) == (f"{first.year}-01-01", f"{first.year}-12-31"):
        return f"{first.year}年"
    ends = (last + timedelta(days=1)).day == 1
    same = first.replace(day=1) == last.replace(day=1)
    return f"{first.year}年{first.month}月" if first.day == 1 and ends and same else ""


@lru_cache(maxsize=1)
def _file() -> FactList:
    return FactList.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
