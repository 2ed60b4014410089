"""Signing in, and the password once more before an account's protection is changed.

A password is compared outside of any transaction (hashing is slow on purpose, and SQLite has one writer); what follows from
it is written in one that first looks whether the account is still as it was.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.event_kinds import NoData
from backend.hall.accounts.attempts import Attempts, Source
from backend.hall.accounts.events import (
    PASSWORD_CHANGED,
    PASSWORD_REJECTED,
    SECOND_STEP_DISABLED,
    SECOND_STEP_ENABLED,
    SIGN_IN_FAILED,
    SIGNED_IN,
)
from backend.hall.accounts.models import StaffAccount
from backend.hall.accounts.passwords import Passwords
from backend.hall.accounts.schemas import NewPassword, NewSecondStep, SignIn, StaffView
from backend.hall.accounts.second_step import SecondStep
from backend.hall.accounts.sessions import StaffSessions
from backend.hall.accounts.views import principal_of, view_of
from backend.platform.clock import Clock
from backend.platform.database import Database
from backend.platform.errors import DaobanError, InvalidError, NotAllowedError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import NOBODY, Principal

MIN_PASSWORD = 12
UNKNOWN = "staff:"
"""Subject of a failed sign-in with a name that nobody has."""


@dataclass(frozen=True, slots=True)
class AskingBrowser:
    """The browser that asks, and its network address."""

    address: str
    browser: str = ""


class SigningIn:
    """Everything that takes a password or a code. Opens its own transactions; refusals are raised once they are counted.

    Every method raises TooOftenError while the name is locked from the address, before anything is hashed.
    """

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        attempts: Attempts,
        second_step: SecondStep,
        sessions: StaffSessions,
        clock: Clock,
        events: Events,
    ) -> None:
        self._database = database
        self._passwords = passwords
        self._attempts = attempts
        self._second_step = second_step
        self._sessions = sessions
        self._clock = clock
        self._events = events

    async def sign_in(self, given: SignIn, place: AskingBrowser) -> tuple[StaffView, str]:
        """The account and a new session token. Raises NotAllowedError, the same for a wrong password as for no account."""
        source = self._attempts.source(given.username, place.address)
        async with self._database.read() as session:
            await self._attempts.require_open(session, source)
            known = await session.scalar(_active(given.username))
        seen = None if known is None else known.password_hash
        right = await self._passwords.matches(seen, given.password)
        async with self._database.write() as session:
            await self._attempts.hold(session, source)
            account = await session.scalar(_active(given.username).with_for_update())
            if account is None or not right or account.password_hash != seen:
                refusal: DaobanError | None = NotAllowedError("identity.wrong_password", field="password")
            else:
                refusal = await self._wrong_code(session, account, given.code)
            if refusal is None and account is not None:
                await self._attempts.succeeded(session, source)
                token = self._sessions.begin(session, account.id, place.browser, place.address)
                self._events.publish(session, SIGNED_IN, f"staff:{account.id}", principal_of(account), NoData())
                return view_of(account), token
            if refusal is not None and refusal.name != "identity.code_required":
                await self._attempts.failed(session, source)
                subject = UNKNOWN if account is None else f"staff:{account.id}"
                by = NOBODY if account is None else principal_of(account)
                self._events.publish(session, SIGN_IN_FAILED, subject, by, NoData())
        raise refusal or NotAllowedError("identity.wrong_password", field="password")

    async def change_password(self, who: Principal, told: NewPassword, token: str, place: AskingBrowser) -> StaffView:
        """Set a new password; every session of the account ends but that of the cookie ``token``. Raises InvalidError."""
        async with self._database.read() as session:
            account = await self._require_open(session, who, place)
        own = (account.username, account.name, account.position, told.current)
        why = await self._passwords.why_guessable(told.new, *own)
        fresh = await self._passwords.hash(told.new)
        async with self._confirmed(who, told.current, place, "current") as (session, account):
            if len(told.new) < MIN_PASSWORD or told.new in {told.current, account.username}:
                raise InvalidError("identity.weak_password", field="new")
            if why is not None:
                raise InvalidError("identity.guessable_password", field="new", why=why)
            account.password_hash, account.must_change_password = fresh, False
            await self._sessions.end_all(session, account.id, but=token)
            self._events.publish(session, PASSWORD_CHANGED, f"staff:{account.id}", who, NoData())
            return view_of(account)

    async def set_up_second_step(self, who: Principal, password: str, place: AskingBrowser) -> NewSecondStep:
        """A secret for the authenticator app. Raises InvalidError, ConflictError."""
        async with self._confirmed(who, password, place) as (session, account):
            return await self._second_step.set_up(session, account)

    async def confirm_second_step(self, who: Principal, code: str, place: AskingBrowser) -> StaffView:
        """Switch it on with the app's first code. Raises InvalidError, ConflictError."""
        async with self._database.write() as session:
            account, source = await self._own(session, who, place)
            if await self._second_step.confirm(session, account, code, self._clock.now()):
                self._events.publish(session, SECOND_STEP_ENABLED, f"staff:{account.id}", who, NoData())
                return view_of(account)
            await self._attempts.failed(session, source)
        raise InvalidError("identity.wrong_code", field="code")

    async def switch_off_second_step(self, who: Principal, password: str, place: AskingBrowser) -> StaffView:
        """Sign in with the password alone. Raises InvalidError."""
        async with self._confirmed(who, password, place) as (session, account):
            await self._second_step.switch_off(session, account)
            self._events.publish(session, SECOND_STEP_DISABLED, f"staff:{account.id}", who, NoData())
            return view_of(account)

    @asynccontextmanager
    async def _confirmed(
        self, who: Principal, password: str, place: AskingBrowser, field: str = "password"
    ) -> AsyncIterator[tuple[AsyncSession, StaffAccount]]:
        """One's own account in a transaction, once its password was right. Raises InvalidError, counted."""
        async with self._database.read() as session:
            account = await self._require_open(session, who, place)
        seen = account.password_hash
        right = await self._passwords.matches(seen, password)
        async with self._database.write() as session:
            account, source = await self._own(session, who, place)
            if right and account.password_hash == seen:
                await self._attempts.succeeded(session, source)
                yield session, account
                return
            await self._attempts.failed(session, source)
            self._events.publish(session, PASSWORD_REJECTED, f"staff:{account.id}", who, NoData())
        raise InvalidError("identity.wrong_current", field=field)

    async def _require_open(self, session: AsyncSession, who: Principal, place: AskingBrowser) -> StaffAccount:
        account = await _account(session, who.id)
        await self._attempts.require_open(session, self._attempts.source(account.username, place.address))
        return account

    async def _own(self, session: AsyncSession, who: Principal, place: AskingBrowser) -> tuple[StaffAccount, Source]:
        account = await _account(session, who.id, hold=True)
        source = self._attempts.source(account.username, place.address)
        await self._attempts.hold(session, source)
        return account, source

    async def _wrong_code(self, session: AsyncSession, account: StaffAccount, code: str) -> DaobanError | None:
        if account.totp is not None and not code:
            return NotAllowedError("identity.code_required", field="code")
        if await self._second_step.holds(session, account, code, self._clock.now()):
            return None
        return NotAllowedError("identity.wrong_code", field="code")


SIGNING_IN = web.AppKey("signing_in", SigningIn)


def _active(username: str) -> Select[tuple[StaffAccount]]:
    return select(StaffAccount).where(StaffAccount.username == username, StaffAccount.active)


async def _account(session: AsyncSession, staff_id: str, *, hold: bool = False) -> StaffAccount:
    account = await session.get(StaffAccount, staff_id, with_for_update=True if hold else None)
    if account is None:
        raise NotFoundError("staff.unknown")
    return account
