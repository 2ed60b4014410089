"""JSON shapes of a clerk's work on a case: checklist, internal notes, who stands in for whom. No applicant is shown these."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from backend.contracts.cases import CaseSummary
from backend.contracts.catalogue_content import ItemCode
from backend.contracts.notices import LineKind
from backend.contracts.typed import IN_VAULT
from backend.contracts.wire import Wire

NoteText = Annotated[str, IN_VAULT, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class Mark(StrEnum):
    """What was done with a material."""

    RECEIVED = "received"
    """Handed in, or seen where seeing is enough."""
    COPIED = "copied"
    RETURNED = "returned"
    """The original was given back."""


class MarkView(Wire):
    """A mark that was set, when and by whom."""

    mark: Mark
    at: datetime
    by: str


class ChecklistLine(Wire):
    """One material of the item in the applicant's situation, and what was done with it."""

    material: str
    name: str
    kind: LineKind
    received_label: str
    """What receiving it is called: 「已收」, 「已看」, 「已填」, 「已核对」."""
    form: str
    count: int
    because: str
    source: str
    """What it is asked on; 「依据待中心确认」 where nothing is known."""
    how: str
    """How the applicant can supply it, for a supplement request."""
    required: bool
    """False: it hangs on something about the applicant that is not known."""
    lacking: bool
    """The applicant has to bring it and has not."""
    marks: tuple[MarkView, ...]


class MarkRequest(Wire):
    """Set or lift a mark."""

    done: bool


class NewNote(Wire):
    """An internal note."""

    text: NoteText


class NoteView(Wire):
    """An internal note; never shown to the applicant."""

    at: datetime
    by: str
    text: str


class Colleague(Wire):
    """Somebody who can take a case over."""

    id: str
    name: str


class CaseWork(Wire):
    """What the counter needs of a case beside the case itself."""

    checklist: tuple[ChecklistLine, ...]
    listed: str
    """How the list stands: 「还缺2样」, 「齐了」; never against the state of the case."""
    notes: tuple[NoteView, ...]
    colleagues: tuple[Colleague, ...]
    """Who can take it over, the unit's own first."""
    deputy_for: str = ""
    """Name of the absent owner whom whoever asks stands in for; empty otherwise."""
    waits_for: str = ""
    """Why whoever asks cannot decide it now, and what they can do; empty where they can."""
    review: str = ""
    """The proposed decision that waits for a second person, or why one was sent back; empty otherwise."""
    proposal: int | None = None
    """Which proposed decision waits: confirming it names it."""
    until: date
    """Proposed day of a supplement request."""
    numbers_in_texts: int = 0
    """Personal numbers in the notes and in what was written with steps; shown masked."""


class CounterCase(Wire):
    """A case begun at the counter for somebody who is there; ``notice``: number of the notice that was handed out."""

    item: ItemCode
    notice: str | None = Field(default=None, max_length=12)
    situation: dict[str, bool] = Field(default={}, max_length=20)


class CounterDrafts(Wire):
    """One's own drafts of the counter, newest first."""

    cases: tuple[CaseSummary, ...]


class NewCover(Wire):
    """Somebody stands in for an absent colleague, first and last day included. ``staff``: whom; empty for oneself."""

    staff: str = Field(default="", max_length=40)
    deputy: str = Field(min_length=1, max_length=40)
    starts_on: date
    ends_on: date


class CoverView(Wire):
    """Who stands in for whom, and when."""

    id: str
    staff: str
    deputy: str
    starts_on: date
    ends_on: date
    mine: bool
    """Whoever asks may end it."""


class CoverList(Wire):
    """Covers that run or are to come, and who can be asked."""

    covers: tuple[CoverView, ...]
    colleagues: tuple[Colleague, ...]
    """Deputies to choose from; nobody is their own."""
    nobody: str
    """What whoever finds no deputy can do."""
    absent: tuple[Colleague, ...]
    """For whom whoever asks may arrange it."""
