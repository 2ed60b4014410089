"""JSON shapes of remedies: what can be done about a decision, until when, where, with what."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from backend.contracts.wire import Wire


class DecisionKind(StrEnum):
    """Kinds of decisions, told apart by what the law offers against them."""

    ADMINISTRATIVE = "administrative"
    """不予受理、不予办理、核定、认定: of an authority."""
    APPRAISAL = "appraisal"
    """初次劳动能力鉴定结论."""
    REAPPRAISAL = "reappraisal"
    """再次鉴定结论: final."""
    AWARD = "award"
    """仲裁裁决."""
    ARBITRATION_REFUSAL = "arbitration_refusal"
    """仲裁不予受理."""
    MEDIATION = "mediation"
    """调解, 调解协议审查: nothing is decided."""
    PROCEDURAL = "procedural"
    """A decision on the way to an award."""


class Remedy(Wire):
    """One thing that can be done. ``last_day``: None where the law sets no term, or nobody knows when the decision came."""

    name: str
    term: str
    """「60日」; empty where the law sets none."""
    last_day: date | None
    where: str
    bring: tuple[str, ...]
    basis: str


class Remedies(Wire):
    """What can be done about a decision."""

    decision: DecisionKind
    title: str
    """What such a decision is called."""
    counted_from: date | None
    sentence: str
    """What can be done until when; one or two Chinese sentences."""
    basis: str
    """Laws with their articles, and how the days are counted."""
    note: str
    remedies: tuple[Remedy, ...]
    help: str
    """Who helps, whatever is done."""


class RemediesQuery(Wire):
    """Of which decision: a kind, or that of an item (``refused``: it was not accepted); and the day on which it came."""

    decision: DecisionKind | None = None
    item: str = Field(default="", max_length=12)
    refused: bool = False
    received_on: date | None = None
