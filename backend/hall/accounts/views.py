"""An account as pages show it, and as the platform knows it."""

from __future__ import annotations

from backend.hall.accounts.models import StaffAccount
from backend.hall.accounts.schemas import StaffView
from backend.platform.identity import Principal
from backend.platform.permissions import ROLE_NAMES, Role


def principal_of(account: StaffAccount) -> Principal:
    """Who acts when this account is signed in."""
    return Principal(
        "staff",
        id=account.id,
        name=account.name,
        position=account.position,
        roles=frozenset(account.roles),
        units=frozenset(account.units),
        must_change_password=account.must_change_password,
    )


def view_of(account: StaffAccount) -> StaffView:
    """The account for people."""
    return StaffView(
        id=account.id,
        username=account.username,
        name=account.name,
        position=account.position,
        roles=tuple(account.roles),
        role_names=tuple(ROLE_NAMES[Role(name)] for name in account.roles),
        units=tuple(account.units),
        must_change_password=account.must_change_password,
        demo=account.demo,
        second_step=account.totp is not None,
    )
