"""JSON shapes of the catalogue's API."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from backend.core.wire import Wire
from backend.one_window.catalogue.content import Ask, Basis, Centre, Hotline, Item, PolicyAnswer, Topic, Unit


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

    item: Item
    version: int
    published_on: str
    """Date of this version, ISO."""
    unit_name: str
    topic_name: str
    clock_text: str
    """Time limit in plain words; 「时限待中心公布」 where there is none."""
    handled_at_text: str
    uses_general_form: bool


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


class Decision(StrEnum):
    """What becomes of a material without citation."""

    KEEP = "keep"
    ABOLISH = "abolish"
    PENDING = "pending"


class NewDecision(Wire):
    """A decision of the hall's lawyers; ``cite`` is required to keep a material."""

    decision: Decision
    cite: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=400)
    decided_on: date | None = None
    """Today where left out."""


class DecisionRecord(Wire):
    """A decision as recorded."""

    decision: Decision
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
