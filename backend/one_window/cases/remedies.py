"""Remedies against decisions: what the law offers, to a date. Texts, terms and their basis: data/remedies.yaml.

Days: the first counts from the day after; a period that ends on a public day off ends on the next day that is none
(《民事诉讼法》第八十五条, 《民法典》第二百零一条 to 第二百零三条). Months end on the day of the same number. Where that year's
holidays are not published yet, nobody is told a later day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, model_validator

from backend.contracts.cases import CaseState, CaseStep
from backend.contracts.catalogue_content import Content, ItemCode
from backend.contracts.remedies import DecisionKind, Remedies, Remedy
from backend.language.months import add_months
from backend.one_window.cases.models import CaseStepRow
from backend.one_window.cases.wording import day_text
from backend.platform.clock import local_date
from backend.platform.working_days import WorkingCalendar, notice_years

DECIDED = frozenset({CaseState.REFUSED, CaseState.APPROVED, CaseState.REJECTED, CaseState.DELIVERED})
_DECIDING = frozenset({CaseStep.REFUSE, CaseStep.APPROVE, CaseStep.REJECT, CaseStep.CONFIRM})
_FILE = Path(__file__).parent / "data" / "remedies.yaml"


class Term(Content):
    """How long a remedy is open."""

    value: int = Field(ge=1, le=365)
    unit: Literal["days", "months"]


class RemedyText(Content):
    """One remedy. ``term`` None: the law sets none there."""

    name: str
    term: Term | None = None
    where: str
    bring: tuple[str, ...] = Field(min_length=1)
    basis: str = Field(min_length=1)


class DecisionText(Content):
    """A kind of decision: its remedies, and what its document says of them. Something must be told of every kind."""

    title: str
    printed: str
    note: str = ""
    remedies: tuple[RemedyText, ...]

    @model_validator(mode="after")
    def _tells(self) -> DecisionText:
        if not self.remedies and not self.note:
            raise ValueError("没有 remedies 的决定要写 note")
        return self


class DecidedItem(Content):
    """Which kinds of decisions an item ends with."""

    decided: DecisionKind
    refused: DecisionKind


class RemedyTexts(Content):
    """The content of remedies.yaml."""

    terms: dict[Literal["days", "months"], str]
    dated: str
    within: str
    without_term: str
    sentence: str
    basis: str
    told: str
    """The day was told in words."""
    counted: str
    """The day is that of the decision."""
    printed_days: str
    printed_day: str
    help: str
    kinds: dict[DecisionKind, DecisionText]
    items: dict[ItemCode, DecidedItem]

    @model_validator(mode="after")
    def _every_kind(self) -> RemedyTexts:
        if set(self.kinds) != set(DecisionKind):
            raise ValueError("kinds 要把每种决定都写上")
        return self


@lru_cache(maxsize=1)
def remedy_texts() -> RemedyTexts:
    """Read once; the check of the feature reads it too."""
    return RemedyTexts.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def decision_of(item: str, *, refused: bool) -> DecisionKind:
    """What kind of decision an item ends with."""
    known = remedy_texts().items.get(item)
    if known is None:
        return DecisionKind.ADMINISTRATIVE
    return known.refused if refused else known.decided


def remedies_of(kind: DecisionKind, received_on: date | None, *, told: bool = True) -> Remedies:
    """What can be done about a decision of this kind; by date where it is known when it came, or (not ``told``) was made."""
    texts, text = remedy_texts(), remedy_texts().kinds[kind]
    found = tuple(_remedy(one, received_on) for one in text.remedies)
    offered = "，".join(map(_offered, found))
    basis = "、".join(dict.fromkeys(one.basis for one in found))
    dated = received_on is not None and any(one.last_day is not None for one in found)
    counted = texts.told.format(day=day_text(received_on)) if received_on is not None and told else texts.counted
    return Remedies(
        decision=kind,
        title=text.title,
        counted_from=received_on,
        sentence=texts.sentence.format(remedies=offered) if offered else text.note,
        basis=(texts.basis.format(basis=basis) if basis else "") + (counted if dated else ""),
        note=text.note if offered else "",
        remedies=found,
        help=texts.help,
    )


def remedies_of_case(item: str, state: CaseState, steps: Sequence[CaseStepRow]) -> Remedies | None:
    """What can be done about the decision of a case, counted from the day it was made; None where nothing is decided."""
    decided = next((step for step in reversed(steps) if step.step in _DECIDING), None)
    if state not in DECIDED or decided is None:
        return None
    kind = decision_of(item, refused=decided.step == CaseStep.REFUSE)
    return remedies_of(kind, local_date(decided.at), told=False)


def printed_remedy(kind: DecisionKind, title: str, body: str, on: date) -> str:
    """What a document says of the remedies: the terms with their basis, and the last days for who gets it at once."""
    texts, text = remedy_texts(), remedy_texts().kinds[kind]
    days = [
        texts.printed_day.format(name=one.name, day=day_text(one.last_day))
        for one in remedies_of(kind, on).remedies
        if one.last_day is not None
    ]
    told = text.printed.format(title=title, body=body)
    return told + (texts.printed_days.format(days="，".join(days)) if days else "")


def last_day(received_on: date, term: Term) -> date:
    """The last day of a term that begins the day after."""
    end = received_on + timedelta(days=term.value) if term.unit == "days" else add_months(received_on, term.value)
    moved = end
    while moved.year in notice_years() and not WorkingCalendar.published(moved):
        moved += timedelta(days=1)  # the centre's own days do not count here
    return moved if moved.year in notice_years() else end


def _remedy(text: RemedyText, received_on: date | None) -> Remedy:
    term = text.term
    return Remedy(
        name=text.name,
        term="" if term is None else remedy_texts().terms[term.unit].format(value=term.value),
        last_day=None if term is None or received_on is None else last_day(received_on, term),
        where=text.where,
        bring=text.bring,
        basis=text.basis,
    )


def _offered(remedy: Remedy) -> str:
    texts = remedy_texts()
    if remedy.last_day is not None:
        return texts.dated.format(day=day_text(remedy.last_day), name=remedy.name)
    if remedy.term:
        return texts.within.format(term=remedy.term, name=remedy.name)
    return texts.without_term.format(name=remedy.name)
