"""JSON shapes of staff accounts."""

from __future__ import annotations

from pydantic import Field

from backend.core.permissions import Role
from backend.core.wire import Wire


class SignIn(Wire):
    """User name and password."""

    username: str = Field(min_length=1, max_length=40)
    password: str = Field(min_length=1, max_length=200)


class NewPassword(Wire):
    """Change one's own password."""

    current: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


class NewStaff(Wire):
    """A new account."""

    username: str = Field(pattern=r"^[a-z][a-z0-9_.-]{1,39}$")
    name: str = Field(min_length=1, max_length=40)
    position: str = Field(default="", max_length=40)
    roles: tuple[Role, ...] = Field(min_length=1)
    units: tuple[str, ...] = ()


class StaffView(Wire):
    """An account as pages show it."""

    id: str
    username: str
    name: str
    position: str
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    units: tuple[str, ...]
    must_change_password: bool
    demo: bool


class AddedStaff(Wire):
    """A new account with its first password, told once."""

    account: StaffView
    first_password: str
