"""Events of cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from backend.contracts.case_work import Mark
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


class Marked(OfUnit):
    """Which material was marked or unmarked how."""

    material: str
    mark: Mark
    done: bool


class Covered(Wire):
    """Who stands in for whom, and when."""

    staff: str
    deputy: str
    starts_on: date
    ends_on: date


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
        CaseStep.PROPOSE_APPROVAL: "approval_proposed",
        CaseStep.PROPOSE_REJECTION: "rejection_proposed",
        CaseStep.CONFIRM: "confirmed",
        CaseStep.SEND_BACK: "sent_back",
        CaseStep.DELIVER: "delivered",
        CaseStep.TRANSFER: "transferred",
        CaseStep.WITHDRAW: "withdrawn",
    }.items()
}
"""What is published of each step."""
MATERIAL_MARKED = EventKind("case.material_marked", Marked, QUEUE)
NOTE_ADDED = EventKind("case.note_added", OfUnit, QUEUE)
STATEMENT_ADDED = EventKind("case.statement_added", OfUnit, QUEUE)
COVER_ARRANGED = EventKind("cover.arranged", Covered)
COVER_ENDED = EventKind("cover.ended", Covered)
EVENTS: tuple[EventKind[Any], ...] = (
    CASE_DRAFTED,
    *STEPS.values(),
    SUPPLEMENT_REQUESTED_AGAIN,
    DUE_DATE_CHANGED,
    MATERIAL_MARKED,
    NOTE_ADDED,
    STATEMENT_ADDED,
    COVER_ARRANGED,
    COVER_ENDED,
)
