"""Events of the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from backend.contracts.catalogue import VersionStep
from backend.contracts.event_kinds import EVERYBODY, EventKind, NoData
from backend.contracts.wire import Wire

REVIEWERS = "catalogue:review"
"""The permission of those who are told of drafts."""


class OfVersion(Wire):
    """Which version of the item."""

    version: int


class ItemPublished(Wire):
    """Which version, from which day on; nothing where it came with the product."""

    version: int | None = None
    from_date: date | None = Field(default=None, alias="from")


class FieldsChanged(Wire):
    """Which fields of the centre."""

    fields: tuple[str, ...]


class MaterialDecided(Wire):
    """What was decided of a material that lacks a citation."""

    material: str
    decision: str
    decided_on: date


class AnswerRead(Wire):
    """On which day."""

    read_on: date


ITEM_PUBLISHED = EventKind("item.published", ItemPublished, EVERYBODY)
ITEM_UPGRADE_RECEIVED = EventKind("item.upgrade_received", NoData, REVIEWERS)
DRAFT_BEGUN = EventKind("item.draft_begun", OfVersion, REVIEWERS)
DRAFT_SAVED = EventKind("item.draft_saved", OfVersion, REVIEWERS)
STEPS: dict[VersionStep, EventKind[OfVersion]] = {
    step: EventKind(f"item.{done}", OfVersion, REVIEWERS)
    for step, done in {
        VersionStep.SUBMIT: "submitted",
        VersionStep.RETURN: "returned",
        VersionStep.WITHDRAW: "withdrawn",
        VersionStep.DISCARD: "discarded",
    }.items()
}
"""What is published of each step of a draft but its approval, which publishes the item."""
CENTRE_CHANGED = EventKind("centre.changed", FieldsChanged, EVERYBODY)
MATERIAL_DECIDED = EventKind("material.decided", MaterialDecided, REVIEWERS)
ANSWER_READ = EventKind("answer.read", AnswerRead, REVIEWERS)
EVENTS: tuple[EventKind[Any], ...] = (
    ITEM_PUBLISHED,
    ITEM_UPGRADE_RECEIVED,
    DRAFT_BEGUN,
    DRAFT_SAVED,
    *STEPS.values(),
    CENTRE_CHANGED,
    MATERIAL_DECIDED,
    ANSWER_READ,
)
