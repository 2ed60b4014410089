"""JSON shapes of the protection of personal information."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from backend.contracts.typed import HIDDEN, LOOKUP
from backend.contracts.wire import Wire


class RetentionKind(Wire):
    """A row of the retention table."""

    name: str
    days: int | None = Field(ge=1)
    """None: the product does not delete it by itself."""
    what: str
    why: str
    by: Literal["feature", "erasure", "assistant"] = "feature"
    """Who deletes it: the feature's expiry, the erasure of whole conversations, or the assistant (a cache of its own)."""


class RetentionTable(Wire):
    """How long each kind of data is kept."""

    kinds: dict[str, RetentionKind]


class ErasedByRetention(Wire):
    """What a run of the retention table deleted, by kind; ``more``: call again."""

    counts: dict[str, int]
    more: bool


Purpose = Annotated[str, HIDDEN, StringConstraints(strip_whitespace=True, min_length=4, max_length=200)]


class PersonRequest(Wire):
    """Whose data: an identity, phone or bank card number. The purpose (who asked, on what paper) is recorded."""

    identifier: Annotated[str, LOOKUP] = Field(min_length=1, max_length=60)
    purpose: Purpose


class ExportedPerson(Wire):
    """Everything kept of a person, conversation by conversation; their identifiers in plain, those of others masked."""

    made_at: datetime
    identifier: str
    """Masked."""
    conversations: tuple[dict[str, Any], ...]
    """Rows of the tables as they are kept, table by table: an export leaves nothing out and gives nothing another shape."""
    found: tuple[str, ...]
    """Ids of the conversations."""


class ErasedPerson(Wire):
    """What was deleted, and the numbers of submitted cases that have to be kept."""

    identifier: str
    counts: dict[str, int]
    found: tuple[str, ...]
    kept_cases: tuple[str, ...]


class Rotation(Wire):
    """Go on with a rotation of the vault's key; ``begin`` makes a new key unless one is unfinished.

    ``retire``: drop keys that seal nothing any more.
    """

    begin: bool = False
    retire: bool = False


class RotationState(Wire):
    """How far the rotation is."""

    key_id: str
    begun: bool
    """A new key was made by this call."""
    resealed: int
    left: int
    retired: tuple[str, ...] = ()


def _empty_is_none(given: object) -> object:
    """A form sends an empty field where nothing was chosen."""
    return None if given == "" else given


_Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2200, 1, 1))]


class AuditQuery(Wire):
    """Which entries: about a subject, by somebody, of an action or a kind, of a day; before a number, newest first."""

    subject: str = Field(default="", max_length=80)
    number: str = Field(default="", max_length=20)
    """Of a case: what was done about it."""
    by: str = Field(default="", max_length=40)
    action: str = Field(default="", max_length=60)
    kind: str = Field(default="", max_length=20)
    """A kind of data/audit_words.yaml."""
    day: Annotated[_Day | None, BeforeValidator(_empty_is_none)] = None
    before: int = Field(default=0, ge=0, le=2**31 - 1)
    limit: int = Field(default=100, ge=1, le=500)


class AuditEntry(Wire):
    """One entry of the audit trail."""

    seq: int
    at: datetime
    action: str
    action_name: str
    subject: str
    subject_name: str
    """A case with its number; otherwise what kind of thing it is, and its id."""
    by: str
    """``staff:…``, ``service:…``, ``citizen:…``."""
    by_name: str
    on_behalf_of: str
    purpose: str
    details: dict[str, Any]
    """What was recorded, as it was: every action has members of its own, and a chained entry is never reshaped."""


class AuditList(Wire):
    """Entries, newest first."""

    entries: tuple[AuditEntry, ...]


class AuditVerification(Wire):
    """Whether the chain holds from the first entry to the last."""

    holds: bool
    entries: int
    head: str
    """Check value of the last entry."""
    problems: tuple[str, ...]
    """The first of them."""
    sentence: str
