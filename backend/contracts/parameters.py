"""JSON shapes of the parameters' API: dated local figures, written by one editor and confirmed by another."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from backend.contracts.catalogue_content import FactId
from backend.contracts.parameter_content import AreaCode
from backend.contracts.wire import Wire

LONGEST_BASIS = 200
LONGEST_NOTE = 400


class ValueStatus(StrEnum):
    """Where a value stands on a day."""

    WAITING = "waiting"
    """For a second person."""
    REFUSED = "refused"
    TO_COME = "to_come"
    IN_FORCE = "in_force"
    PAST = "past"
    """Its last day is over, or a later value has taken its place."""
    WITHDRAWN = "withdrawn"


class ValueStep(StrEnum):
    """What can be done with a value."""

    CONFIRM = "confirm"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class NewParameterValue(Wire):
    """A value as it is written: the amount as people write it (「1990」「1,990元」), its days, and the document that fixes it."""

    key: FactId
    area: AreaCode
    amount: Annotated[str, StringConstraints(max_length=40)]
    from_date: date = Field(alias="from")
    until: date | None = None
    basis: Annotated[str, StringConstraints(max_length=LONGEST_BASIS)]
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""


class ValueDecision(Wire):
    """A step of a value; refusing and withdrawing need a reason in ``note``."""

    step: ValueStep
    note: Annotated[str, StringConstraints(max_length=LONGEST_NOTE)] = ""


class ParameterValueView(Wire):
    """One value with its whole story. ``amount``: in yuan, as a plain decimal; ``text``: as people read it."""

    id: int
    area: AreaCode
    area_name: str
    amount: str
    text: str
    from_date: date = Field(alias="from")
    until: date | None
    basis: str
    note: str
    status: ValueStatus
    written_by: str
    written_on: date
    decided_by: str | None
    decided_on: date | None
    reason: str
    ends_soon: bool
    """In force, and over within 90 days with nothing to follow."""


class ParameterView(Wire):
    """One local figure with all its values, the newest first."""

    key: FactId
    name: str
    meaning: str
    set_by: str
    yearly: bool
    values: tuple[ParameterValueView, ...]
    text: str
    """What people read of it today: the figure, or 「待中心公布」."""
    is_known: bool


class ParameterList(Wire):
    """All local figures."""

    parameters: tuple[ParameterView, ...]
