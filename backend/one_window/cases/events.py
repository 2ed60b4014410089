"""Events of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from backend.contracts.cases import CaseState, CaseStep
from backend.contracts.event_kinds import EventKind, OfUnit
from backend.contracts.wire import Wire

QUEUE = "cases:queue"
"""The permission of those who are told."""


class Drafted(Wire):
    """Of which item."""

    item: str
    unit: str


class Stepped(OfUnit):
    """A step was done: from one state to another."""

    item: str
    before: CaseState = Field(alias="from")
    after: CaseState = Field(alias="to")


class Moved(OfUnit):
    """The due date is another one."""

    before: date | None = Field(alias="from")
    after: date | None = Field(alias="to")


CASE_DRAFTED = EventKind("case.drafted", Drafted)
SUPPLEMENT_REQUESTED_AGAIN = EventKind("case.supplement_requested_again", OfUnit, QUEUE)
DUE_DATE_CHANGED = EventKind("case.due_date_changed", Moved, QUEUE)
STEPS: dict[CaseStep, EventKind[Stepped]] = {
    step: EventKind(f"case.{done}", Stepped, QUEUE)
    for step, done in {
        CaseStep.SUBMIT: "submitted",
        CaseStep.ACCEPT: "accepted",
        CaseStep.REFUSE: "refused",
        CaseStep.REQUEST_SUPPLEMENT: "supplement_requested",
        CaseStep.RECEIVE_SUPPLEMENT: "supplement_received",
        CaseStep.APPROVE: "approved",
        CaseStep.REJECT: "rejected",
        CaseStep.DELIVER: "delivered",
        CaseStep.WITHDRAW: "withdrawn",
    }.items()
}
"""What is published of each step."""
EVENTS: tuple[EventKind[Any], ...] = (CASE_DRAFTED, *STEPS.values(), SUPPLEMENT_REQUESTED_AGAIN, DUE_DATE_CHANGED)
