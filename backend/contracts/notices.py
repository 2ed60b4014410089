"""JSON shapes of the one-time notice (一次性告知书)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field, model_validator

from backend.contracts.catalogue_content import Basis, ItemCode
from backend.contracts.wire import Wire, formerly


class LineKind(StrEnum):
    """What the applicant has to do about a line of the notice."""

    BRING = "bring"
    SHOW = "show"
    FILL_IN = "fill_in"
    CONFIRM = "confirm"
    NOT_ASKED = "not_asked"
    """The centre gets it itself; nothing to bring."""


class NoticeLine(Wire):
    """One material of the notice."""

    material: str
    """Id of the material within the item."""
    name: str
    kind: LineKind
    form: str
    count: int
    obtained_from: str
    """Who the centre gets it from; empty unless shared."""
    if_not_found: str
    because: str
    """The applicant's situation that makes it necessary (「请别人代办的」); empty if always needed."""
    basis: Basis
    cite: str


class SituationQuestion(Wire):
    """A question whose answer changes the list."""

    fact: str
    question: str
    spoken: str
    yes: str
    no: str
    yes_words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    yes_if: dict[str, tuple[str, ...]] = Field(default={})
    """Facts of the person by which the answer is yes without asking (fact -> values)."""
    no_if: dict[str, tuple[str, ...]] = Field(default={})


class NoticeRequest(Wire):
    """An item and what is known of the applicant's situation (fact id -> yes or no)."""

    item: ItemCode
    situation: dict[str, bool] = Field(default={}, max_length=20)


class NoticePreview(Wire):
    """What would be on the notice now, and the questions still worth asking, in the order to ask them."""

    item: ItemCode
    item_name: str
    plain_name: str
    version: int
    questions: tuple[SituationQuestion, ...]
    lines: tuple[NoticeLine, ...]


class Notice(Wire):
    """A notice as issued. It never changes; what is not on it cannot later be demanded."""

    _names = model_validator(mode="before")(formerly(clock_text="time_limits_text"))

    number: str
    """12 digits, the last a check digit."""
    number_text: str
    """The same in groups of four, as printed and read out."""
    item: ItemCode
    item_name: str
    plain_name: str
    item_version: int
    issued_at: datetime
    situation: dict[str, bool]
    situation_text: tuple[str, ...]
    lines: tuple[NoticeLine, ...]
    time_limits_text: str
    fee_text: str
    handled_at_text: str
    hall: str
    channels: tuple[str, ...]
    legal_basis: tuple[str, ...]
    to_confirm: tuple[str, ...]
    page: str
    """Path of the print sheet on the backend."""
