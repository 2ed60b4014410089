"""JSON shapes of staff accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from backend.contracts.typed import SECRET, Password
from backend.contracts.wire import Wire
from backend.platform.permissions import Role


class SignIn(Wire):
    """User name and password."""

    username: str = Field(min_length=1, max_length=40)
    password: Password
    code: Annotated[str, SECRET] = Field(default="", max_length=10)
    """Of the authenticator app, where the account has a second step."""


class NewPassword(Wire):
    """Change one's own password."""

    current: Password
    new: Password


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
    second_step: bool
    """Signing in also asks for a code of the authenticator app."""


class AddedStaff(Wire):
    """A new account with its first password, told once."""

    account: StaffView
    first_password: str


class SessionView(Wire):
    """A signed-in browser of one's own."""

    id: str
    begun_at: datetime
    expires_at: datetime
    browser: str
    address: str
    current: bool
    """The browser that asks."""


class SessionList(Wire):
    """One's own sessions, newest first."""

    sessions: tuple[SessionView, ...]


class Confirmation(Wire):
    """The password once more, before the account's protection is changed."""

    password: Password


class NewSecondStep(Wire):
    """To scan with an authenticator app; told once. ``qr``: an SVG drawing of ``address``."""

    secret: str
    address: str
    qr: str


class FirstCode(Wire):
    """The first code of the app switches the second step on."""

    code: Annotated[str, SECRET] = Field(pattern=r"^[0-9]{6}$")


class ResetStaff(Wire):
    """Give an account a new first password, without second step and lock."""

    username: str = Field(min_length=1, max_length=40)


class UnlockStaff(Wire):
    """Let an account try again at once."""

    username: str = Field(min_length=1, max_length=40)


class LockedAccount(Wire):
    """An account that is refused for too many wrong passwords, and until when at the latest."""

    account: StaffView
    until: datetime


class LockedList(Wire):
    """Accounts that are locked now."""

    accounts: tuple[LockedAccount, ...]
