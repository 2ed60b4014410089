"""JSON shapes of looking after accounts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from backend.contracts.wire import Wire
from backend.hall.accounts.administration import StaffMember
from backend.platform.permissions import Role


class ChangeKind(StrEnum):
    """What is done to an account."""

    ADD = "add"
    RESET = "reset"
    CHANGE = "change"
    LEAVE = "leave"
    REOPEN = "reopen"


class AccountChange(Wire):
    """One change. ``name``: of a new account; ``position``, ``roles``, ``units``: of a new one or as they become."""

    kind: ChangeKind
    username: str = Field(pattern=r"^[a-z][a-z0-9_.-]{1,39}$")
    name: str = Field(default="", max_length=40)
    position: str = Field(default="", max_length=40)
    roles: tuple[Role, ...] = ()
    units: tuple[str, ...] = Field(default=(), max_length=40)


class ProposalView(Wire):
    """A change that waits for a second person."""

    id: int
    change: AccountChange
    proposed_by: str
    """Name and position."""
    proposed_at: datetime
    mine: bool
    """Whoever asks proposed it: they may take it back, somebody else decides."""
    about_me: bool
    """It is about the account of whoever asks: they have no say."""


class Personnel(Wire):
    """All accounts, and what waits for a second person."""

    members: tuple[StaffMember, ...]
    proposals: tuple[ProposalView, ...]


class ChangeOutcome(Wire):
    """What became of a change. ``first_password``: told once, to hand over to the account's owner."""

    waits: bool
    """For a second person."""
    username: str
    first_password: str | None = None
    closed: str | None = None
    """Why a proposal could no longer be done: nothing was changed, it waits no more."""
