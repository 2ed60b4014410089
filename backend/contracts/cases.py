"""JSON shapes of cases (办件)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.contracts.catalogue_content import FieldKind, ItemCode, TimeUnit
from backend.contracts.remedies import Remedies
from backend.contracts.typed import HIDDEN, IN_VAULT, LOOKUP
from backend.contracts.wire import Wire

Text = Annotated[str, IN_VAULT, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class CaseState(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_REVIEW = "awaiting_review"
    """A decision is proposed (经办); a second person has to confirm it (复核)."""
    REFUSED = "refused"
    APPROVED = "approved"
    REJECTED = "rejected"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


WITH_US = frozenset({CaseState.SUBMITTED, CaseState.ACCEPTED, CaseState.AWAITING_REVIEW})
"""States in which the next step is ours: only then can a case be urged."""
UNDECIDED = WITH_US | {CaseState.AWAITING_SUPPLEMENT}
"""Handed in, and nothing is decided yet: a slip in the form can still be told to its clerk."""


class CaseStep(StrEnum):
    """What can be done to a case."""

    SUBMIT = "submit"
    ACCEPT = "accept"
    REFUSE = "refuse"
    REQUEST_SUPPLEMENT = "request_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    APPROVE = "approve"
    REJECT = "reject"
    PROPOSE_APPROVAL = "propose_approval"
    PROPOSE_REJECTION = "propose_rejection"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    DELIVER = "deliver"
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"


class Contact(StrEnum):
    """Whose telephone an applicant is reached by; only a clerk at the counter tells anything but their own."""

    OWN = "own"
    RELATIVE = "relative"
    """Of somebody of the family, named as such: it proves nothing about the applicant."""
    NONE = "none"
    """No telephone at all: papers and the counter tell what becomes of the case."""


class NewCase(Wire):
    """Start a draft. ``notice``: number of the one-time notice it follows, if one was issued."""

    item: ItemCode
    notice: str | None = Field(default=None, max_length=12)
    situation: dict[str, bool] = Field(default={}, max_length=20)


class DraftAnswer(Wire):
    """An answer to one field. Personal identifiers come as placeholders ``⟦id:…⟧``; ``skip`` leaves an optional field empty."""

    field: str
    value: Annotated[str, IN_VAULT] = Field(default="", max_length=2000)
    skip: bool = False
    confirmed: bool = False
    """The same a second time: it is kept although a card's number could not be verified, or words look like no answer."""
    in_parts: bool = False
    """The number may come in several answers: what is too short is kept as its beginning, not refused."""
    document: str = Field(default="", max_length=40)
    """Of a field for the identity number: the kind of document that is used instead (language/data/documents.yaml)."""
    contact: Contact | Literal[""] = ""
    """Of a field for the telephone, filled at the counter: whose it is, or that there is none."""


class FieldView(Wire):
    """A field of the case's form as filled so far; personal identifiers are masked."""

    id: str
    label: str
    question: str
    kind: FieldKind
    required: bool
    choices: tuple[str, ...]
    help: str
    value: str | None
    """What people read (masked, dates in Chinese); None while not answered."""
    told: str = ""
    """Of words, what was told, without the mark of ``unverified``."""
    skipped: bool = False
    unverified: bool = False
    """Kept although it could not be verified, or looks like no answer: the clerk looks at the original, or asks."""
    document: str | None = None
    """The kind of document whose number this is, where it is no resident identity card."""
    figures: int = 0
    """How many figures of a number that comes in parts are told so far; 0 where it is whole, or not begun."""
    figures_left: int = 0
    """How many it lacks at the least."""
    contact: Contact | None = None
    """Whose telephone this is, where it is not the applicant's own."""


class DeadlineView(Wire):
    """One deadline of a case."""

    kind: str
    """``statutory`` or ``promised``."""
    value: int
    unit: TimeUnit
    started_on: date | None
    due_on: date | None
    """None while it is paused or has not started."""
    paused: bool
    days_used: int
    days_left: int | None
    provisional: bool
    """The due date lies beyond the published holiday calendar (暂定)."""
    overdue: bool
    sentence: str
    """Explains itself in one Chinese sentence."""


class SupplementLine(Wire):
    """One thing that is missing: what, why, how to mend it."""

    name: Text
    why: Text
    how: Text
    material: str | None = Field(default=None, max_length=60)
    """Id of the item's material, where it was picked from the checklist."""


class HistoryEntry(Wire):
    """One step that was done."""

    step: CaseStep
    label: str
    at: datetime
    by: str
    """Who, as people read it: a staff name and position, 「申请人」."""
    note: str
    lines: tuple[SupplementLine, ...] = ()
    why_again: str = ""
    """Why a supplement was asked for once more, for staff."""
    deputy_for: str = ""
    """Whom the clerk stood in for; empty if for nobody."""
    document: str | None = None
    """Address of the document that the step issues, for staff."""


class Statement(Wire):
    """What the applicant said of a supplement, or that something in the form is wrong. ``line``: what it is about; empty: all of the supplement."""

    at: datetime
    line: str
    text: str


class NewStatement(Wire):
    """Say something of the supplement that is asked for, or that a field of the form is wrong.

    ``line``: place of the line in ``supplement``; None: of all of it. ``field``: id of the field that is wrong, of a case that is
    handed in and not decided.
    """

    line: int | None = Field(default=None, ge=0, le=19)
    field: str | None = Field(default=None, max_length=60)
    text: Annotated[str, IN_VAULT, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class StepChoice(Wire):
    """A next lawful step, offered as a button. ``needs``: what its body must carry (``note``, ``lines``, ``until``, ``to``, ``why_again``)."""

    step: CaseStep
    label: str
    needs: tuple[str, ...]
    danger: bool = False


class Case(Wire):
    """A case as its applicant and its clerk see it."""

    id: str
    number: str | None
    number_text: str | None
    item: ItemCode
    item_name: str
    plain_name: str
    item_version: int
    unit: str
    unit_name: str
    state: CaseState
    state_text: str
    sentence: str
    """Where it stands and what happens next, in one or two Chinese sentences."""
    channel: str
    created_at: datetime
    submitted_at: datetime | None
    due_on: date | None
    due_text: str
    deadlines: tuple[DeadlineView, ...]
    owner: str | None
    """Name of the responsible clerk."""
    contact_text: str = ""
    """For staff: how the applicant is told, where they have no telephone of their own."""
    notice: str | None
    supplement: tuple[SupplementLine, ...]
    """What the applicant still has to bring: as a supplement, or because it lacked at acceptance (容缺受理); else empty."""
    supplement_until: date | None
    """By when."""
    fields: tuple[FieldView, ...]
    next_field: FieldView | None
    """The field to ask for next; None when nothing is missing or the case is no draft."""
    complete: bool
    steps: tuple[StepChoice, ...]
    """Next lawful steps of whoever asks."""
    history: tuple[HistoryEntry, ...]
    statements: tuple[Statement, ...] = ()
    """What the applicant said of the supplement, oldest first."""
    remedies: Remedies | None = None
    """What can be done about the decision; None while nothing is decided."""


class CaseSummary(Wire):
    """A row of a queue of cases."""

    id: str
    number: str | None
    number_text: str | None
    item_name: str
    state: CaseState
    state_text: str
    applicant: str
    """Masked name: 「和**」."""
    id_end: str = ""
    """The end of the document's number as its masked form shows it, for telling two people of one name apart."""
    phone_end: str = ""
    """The same of the telephone; empty where there is none."""
    begun_at: datetime | None = None
    submitted_at: datetime | None
    due_on: date | None
    due_text: str
    overdue: bool
    owner: str | None
    mine: bool
    deputy: bool = False
    """Whoever asks stands in for the owner today."""


class DueCounts(Wire):
    """Open cases of a list by urgency; each is counted once."""

    overdue: int = 0
    today: int = 0
    soon: int = 0
    """Due within the next working days (cases/data/counter.yaml says how many)."""


class CaseList(Wire):
    """A page of a queue, most urgent first; how many there are of each state, and in the whole list."""

    cases: tuple[CaseSummary, ...]
    counts: dict[str, int]
    due: DueCounts
    total: int
    next: str | None
    """``page`` of what follows; None at the end."""


class CaseQuery(Wire):
    """Which cases: ``mine`` or the whole unit's; open only unless asked."""

    scope: Literal["mine", "unit"] = "mine"
    state: CaseState | Literal[""] = ""
    due: Literal["overdue", "today", "soon", ""] = ""
    """Only open cases this urgent."""
    q: Annotated[str, LOOKUP] = Field(default="", max_length=40)
    """A case number or part of it, an applicant's name, a whole identity or telephone number, or a telephone's last four digits."""
    page: str = Field(default="", max_length=200)
    """Where the page before ended: its ``next``."""
    size: int = Field(default=50, ge=1, le=200)
    """Cases a page."""


class CaseOpening(Wire):
    """Which opening of a case a reading belongs to.

    A page that stays open sends the same one when it reads again; without one every reading is an opening of its own.
    """

    opening: str = Field(default="", max_length=40)


class StepRequest(Wire):
    """Do one step. Refusing, rejecting and withdrawing need a ``note`` (the reasons).

    A supplement request needs ``lines`` and ``until``. ``to``: the colleague who takes a case over.
    """

    note: Annotated[str, IN_VAULT] = Field(default="", max_length=1000)
    lines: tuple[SupplementLine, ...] = Field(default=(), max_length=20)
    until: date | None = None
    to: str = Field(default="", max_length=40)
    why_again: Annotated[str, IN_VAULT, StringConstraints(strip_whitespace=True)] = Field(default="", max_length=200)
    """Why something is asked for once more that one request could have told; staff read it, the applicant does not."""
    proposal: int | None = Field(default=None, ge=1, le=2**31 - 1)
    """Which proposed decision is confirmed, as it was read; another one in the meantime is refused. None: the newest."""


class UnmaskRequest(Wire):
    """Which fields to show in plain, and what for; the purpose is recorded. ``texts``: the numbers in notes and steps too."""

    fields: tuple[str, ...] = Field(default=(), max_length=20)
    texts: bool = False
    purpose: Annotated[str, HIDDEN, StringConstraints(strip_whitespace=True, min_length=4, max_length=200)]


class TypedNumber(Wire):
    """A number that somebody wrote into a note or with a step: as it is shown, and in plain."""

    masked: str
    value: str


class Unmasked(Wire):
    """Field id -> the value in plain; and the numbers that were written into notes and with steps."""

    values: dict[str, str]
    texts: tuple[TypedNumber, ...] = ()


class ConversationCases(Wire):
    """Cases of one conversation, newest first."""

    cases: tuple[Case, ...]
