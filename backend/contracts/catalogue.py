"""JSON shapes of the catalogue's API."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from backend.contracts.catalogue_content import (
    Ask,
    Basis,
    Centre,
    Hotline,
    Item,
    LegalBasis,
    PolicyAnswer,
    TimeUnit,
    Topic,
    Unit,
)
from backend.contracts.wire import Wire, formerly


class IndexEntry(Wire):
    """What the assistant's item linker needs to recognise an item."""

    code: str
    name: str
    plain_name: str
    aliases: tuple[str, ...]
    examples: tuple[str, ...]
    topic: str
    unit: str
    taught: tuple[str, ...] = ()
    """Sentences that editors attached."""


class AnswerEntry(Wire):
    """What the assistant needs to recognise a policy question."""

    id: str
    title: str
    topic: str
    item: str | None
    questions: tuple[str, ...]
    taught: tuple[str, ...] = ()


class SwitchView(Wire):
    """Something that is not answered for now (``channel``, ``topic``, ``item``), or the emergency ``notice``."""

    kind: str
    target: str
    sentence: str
    """What people are told meanwhile."""


class CatalogueIndex(Wire):
    """The whole index at one version of the catalogue. ``version`` grows with every published change."""

    version: int
    items: tuple[IndexEntry, ...]
    answers: tuple[AnswerEntry, ...] = ()
    switches: tuple[SwitchView, ...] = ()
    topics: tuple[Topic, ...]


class Guide(Wire):
    """The guide (办事指南) of one item: its published content with the version and the readable forms of its limits."""

    _names = model_validator(mode="before")(formerly(clock_text="time_limits_text"))

    item: Item
    version: int
    published_on: str
    """Date of this version, ISO."""
    unit_name: str
    topic_name: str
    time_limits_text: str
    """Time limit in plain words; 「时限待中心公布」 where there is none."""
    handled_at_text: str
    uses_general_form: bool
    coming_basis: tuple[LegalBasis, ...] = ()
    """Rules that the item will stand on from a day to come; ``item.legal_basis`` holds those in force."""


class ItemSummary(Wire):
    """One line of an item list or of search results."""

    code: str
    name: str
    plain_name: str
    summary: str
    topic: str
    unit: str
    unit_name: str


class ItemList(Wire):
    """Items, best match first when searched."""

    version: int
    items: tuple[ItemSummary, ...]


class ItemQuery(Wire):
    """Filters of the item list; ``q`` searches in everyday words."""

    q: str = Field(default="", max_length=100)
    unit: str = ""
    topic: str = ""
    event: str = ""
    """A life event of life_events.yaml."""
    audience: str = ""
    """An audience of audiences.yaml."""
    near: bool = False
    """Of a search only what comes near the best."""
    limit: int = Field(default=200, ge=1, le=500)


class CentreInfo(Wire):
    """The hall, its units and the telephone lines that exist. Nulls are shown as 「待中心确认」."""

    centre: Centre
    units: tuple[Unit, ...]
    hotlines: tuple[Hotline, ...]


class PolicyAnswerView(Wire):
    """One policy answer as it is told, with its basis and the date it was checked."""

    answer: PolicyAnswer
    topic_name: str
    item_name: str | None
    plain_name: str | None
    basis_text: str


class CentreChange(Wire):
    """Fields of the centre to fill in; a field left out stays, an empty text takes its confirmation back."""

    address: str | None = None
    phone: str | None = None
    office_hours: str | None = None
    how_to_get_there: str | None = None


class CitationDecision(StrEnum):
    """What becomes of a material without citation."""

    KEEP = "keep"
    ABOLISH = "abolish"
    PENDING = "pending"


class NewDecision(Wire):
    """A decision of the hall's lawyers; ``cite`` is required to keep a material."""

    decision: CitationDecision
    cite: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=400)
    decided_on: date | None = None
    """Today where left out."""


class DecisionRecord(Wire):
    """A decision as recorded."""

    decision: CitationDecision
    cite: str
    note: str
    decided_on: date
    decided_by: str
    """Id of the member of staff."""


class MaterialToConfirm(Wire):
    """One required material without citation."""

    item: str
    item_name: str
    unit_name: str
    material: str
    name: str
    ask: Ask
    when: str
    basis: Basis
    decided: DecisionRecord | None


class ToConfirm(Wire):
    """What waits for the centre: empty local fields, materials to confirm or abolish, unconfirmed statements."""

    empty_fields: tuple[str, ...]
    materials: tuple[MaterialToConfirm, ...]
    statements: int


class VersionStatus(StrEnum):
    """Where a version of an item stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WAITING = "waiting"
    """Published, to begin on a date that has not come."""
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    DISCARDED = "discarded"


class VersionStep(StrEnum):
    """What an editor can do with a version."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    WITHDRAW = "withdraw"
    DISCARD = "discard"


class VersionView(Wire):
    """One version of an item, without its content."""

    code: str
    version: int
    status: VersionStatus
    origin: str
    based_on: int | None
    edits: int
    authors: tuple[str, ...]
    """Ids of staff."""
    approved_by: str | None
    note: str
    answer: str
    changed_at: datetime
    in_force_from: datetime
    steps: tuple[VersionStep, ...]
    """What whoever asks may do with it now."""


class EditorItem(Wire):
    """One line of the editor's list."""

    code: str
    name: str
    plain_name: str
    unit: str
    unit_name: str
    version: int | None
    """The version in force; none for an item that was never published."""
    waiting: tuple[VersionView, ...]
    """Drafts, versions to be looked at, versions that wait for their date."""


class EditorList(Wire):
    """All items with what is under way."""

    items: tuple[EditorItem, ...]


class ItemHistory(Wire):
    """Versions of one item, newest first."""

    code: str
    versions: tuple[VersionView, ...]


class NewDraft(Wire):
    """Begin a draft from a version (the one in force where left out): a change, or a return to what was."""

    based_on: int | None = None
    note: str = Field(default="", max_length=400)


class PromisedLimit(Wire):
    """The centre's own time limit and where it was announced."""

    value: int
    unit: TimeUnit
    cite: str


class FrequentFields(Wire):
    """Fields that change often; each replaces the item's."""

    plain_name: str
    summary: str
    serves: str
    hall: str
    aliases: tuple[str, ...]
    examples: tuple[str, ...]
    fee_text: str
    promised: PromisedLimit | None
    result: str
    common_mistakes: tuple[str, ...]
    notes: tuple[str, ...]
    to_confirm: tuple[str, ...]


class DraftChange(Wire):
    """A save of a draft: the frequent fields, or the whole as YAML. ``edits``: the save it was read after."""

    edits: int
    fields: FrequentFields | None = None
    yaml: str | None = None
    note: str | None = Field(default=None, max_length=400)


class ComplaintView(Wire):
    """One thing to mend."""

    field: str
    text: str


class CheckedText(Wire):
    """What the check says of a YAML text; nothing to mend when empty."""

    complaints: tuple[ComplaintView, ...]


class TextToCheck(Wire):
    """An item as YAML."""

    yaml: str


class StepOnVersion(Wire):
    """What goes with a step: a word to the other editor; from when it is in force (at once where left out)."""

    note: str = Field(default="", max_length=400)
    from_date: date | None = None


class DiffLine(Wire):
    """One line of a comparison."""

    kind: Literal["same", "added", "removed", "gap"]
    text: str


class Import(Wire):
    """Items as YAML (one document an item) or materials as CSV."""

    kind: Literal["yaml", "csv"]
    text: str


class Imported(Wire):
    """Drafts that were made, and what did not differ from what is in force."""

    drafts: tuple[VersionView, ...]
    unchanged: tuple[str, ...]
