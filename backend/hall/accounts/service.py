"""Staff accounts: sign-in with back-off, sessions, passwords (argon2)."""

from __future__ import annotations

import asyncio
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import uuid4

from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.event_kinds import NoData
from backend.hall.accounts.events import (
    ACCOUNT_RESET,
    PASSWORD_CHANGED,
    SECOND_STEP_DISABLED,
    SECOND_STEP_ENABLED,
    SIGN_IN_FAILED,
    SIGNED_IN,
    STAFF_ADDED,
    Added,
)
from backend.hall.accounts.models import StaffAccount
from backend.hall.accounts.schemas import NewSecondStep, NewStaff, SignIn, StaffView
from backend.hall.accounts.second_step import SecondStep
from backend.hall.accounts.sessions import StaffSessions
from backend.platform.clock import Clock
from backend.platform.cookies import cookie
from backend.platform.errors import ConflictError, DaobanError, InvalidError, NotAllowedError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.permissions import ROLE_NAMES, Role
from backend.platform.staff_directory import EVERY_UNIT, CaseWorker, StaffDirectory
from backend.platform.vault import Vault

COOKIE = "daoban_staff"
FREE_FAILURES = 4
"""Wrong passwords before the back-off begins."""
MIN_PASSWORD = 12
CASE_ROLES = frozenset({Role.COUNTER_CLERK, Role.UNIT_LEAD})


class StaffService(StaffDirectory):
    """Who works here and who is signed in."""

    def __init__(self, clock: Clock, events: Events, vault: Vault) -> None:
        self._clock = clock
        self._events = events
        self.sessions = StaffSessions(clock)
        self._second_step = SecondStep(vault)
        self._hasher = PasswordHasher()
        self._nobody_hash = _nobody_hash()

    async def add(
        self, session: AsyncSession, new: NewStaff, by: Principal, *, demo: bool = False
    ) -> tuple[StaffView, str]:
        """Make an account; returns it with its first password, which must be changed at first sign-in."""
        if await session.scalar(select(StaffAccount.id).where(StaffAccount.username == new.username)):
            raise ConflictError("staff.exists", field="username", username=new.username)
        password = secrets.token_urlsafe(12)
        account = StaffAccount(
            id=uuid4().hex,
            username=new.username,
            name=new.name,
            position=new.position or ROLE_NAMES[new.roles[0]],
            password_hash=await asyncio.to_thread(self._hasher.hash, password),
            roles=[str(role) for role in new.roles],
            units=list(new.units),
            active=True,
            demo=demo,
            must_change_password=not demo,
            failures=0,
            created_at=self._clock.now(),
        )
        session.add(account)
        self._events.publish(session, STAFF_ADDED, f"staff:{account.id}", by, Added(roles=tuple(account.roles)))
        return _view(account), password

    async def anyone(self, session: AsyncSession) -> bool:
        """Whether there is any account."""
        return await session.scalar(select(StaffAccount.id).limit(1)) is not None

    async def sign_in(
        self, session: AsyncSession, given: SignIn, browser: str = "", address: str = ""
    ) -> tuple[StaffView, str] | DaobanError:
        """The account and a new session token; or the refusal, returned so that the failure count is committed."""
        now, password = self._clock.now(), given.password
        account = await session.scalar(
            select(StaffAccount)
            .where(StaffAccount.username == given.username, StaffAccount.active)
            .with_for_update()  # tries at the same time are counted one by one
        )
        if account is not None and account.locked_until is not None and account.locked_until > now:
            return NotAllowedError("identity.locked", minutes=_minutes(account.locked_until - now))
        right = await self._matches(account.password_hash if account else self._nobody_hash, password)
        if account is None:
            return NotAllowedError("identity.wrong_password", field="password")
        if not right:
            self._count_failure(account, now)
            self._events.publish(session, SIGN_IN_FAILED, f"staff:{account.id}", _principal(account), NoData())
            return NotAllowedError("identity.wrong_password", field="password")
        if account.totp is not None and not given.code:
            return NotAllowedError("identity.code_required", field="code")
        if not await self._second_step.holds(session, account, given.code, now):
            self._count_failure(account, now)
            self._events.publish(session, SIGN_IN_FAILED, f"staff:{account.id}", _principal(account), NoData())
            return NotAllowedError("identity.wrong_code", field="code")
        account.failures, account.locked_until = 0, None
        token = self.sessions.begin(session, account.id, browser, address)
        self._events.publish(session, SIGNED_IN, f"staff:{account.id}", _principal(account), NoData())
        return _view(account), token

    async def change_password(
        self, session: AsyncSession, who: Principal, current: str, new: str, token: str
    ) -> StaffView:
        """Set a new password; every session of the account ends but that of the cookie ``token``. Raises InvalidError."""
        account = await self._confirmed(session, who, current, "current")
        if len(new) < MIN_PASSWORD or new in {current, account.username}:
            raise InvalidError("identity.weak_password", field="new")
        account.password_hash = await asyncio.to_thread(self._hasher.hash, new)
        account.must_change_password = False
        await self.sessions.end_all(session, account.id, but=token)
        self._events.publish(session, PASSWORD_CHANGED, f"staff:{account.id}", who, NoData())
        return _view(account)

    async def set_up_second_step(self, session: AsyncSession, who: Principal, password: str) -> NewSecondStep:
        """A secret for the authenticator app. Raises InvalidError, ConflictError."""
        return await self._second_step.set_up(session, await self._confirmed(session, who, password))

    async def confirm_second_step(self, session: AsyncSession, who: Principal, code: str) -> StaffView:
        """Switch it on with the app's first code. Raises InvalidError, ConflictError."""
        account = await self._account(session, who.id)
        await self._second_step.confirm(session, account, code, self._clock.now())
        self._events.publish(session, SECOND_STEP_ENABLED, f"staff:{account.id}", who, NoData())
        return _view(account)

    async def switch_off_second_step(self, session: AsyncSession, who: Principal, password: str) -> StaffView:
        """Sign in with the password alone. Raises InvalidError."""
        account = await self._confirmed(session, who, password)
        await self._second_step.switch_off(session, account)
        self._events.publish(session, SECOND_STEP_DISABLED, f"staff:{account.id}", who, NoData())
        return _view(account)

    async def reset(self, session: AsyncSession, username: str, by: Principal) -> tuple[StaffView, str]:
        """A new first password, no second step, no lock, signed out everywhere. Raises NotFoundError."""
        account = await session.scalar(select(StaffAccount).where(StaffAccount.username == username))
        if account is None:
            raise NotFoundError("staff.unknown")
        password = secrets.token_urlsafe(12)
        account.password_hash = await asyncio.to_thread(self._hasher.hash, password)
        account.must_change_password, account.failures, account.locked_until = True, 0, None
        await self._second_step.switch_off(session, account)
        await self.sessions.end_all(session, account.id)
        self._events.publish(session, ACCOUNT_RESET, f"staff:{account.id}", by, NoData())
        return _view(account), password

    async def view(self, session: AsyncSession, staff_id: str) -> StaffView:
        """One account."""
        return _view(await self._account(session, staff_id))

    async def names(self, session: AsyncSession, ids: set[str]) -> dict[str, str]:
        """Names by id, 「和秀英（窗口经办）」."""
        rows = await session.scalars(select(StaffAccount).where(StaffAccount.id.in_(ids))) if ids else ()
        return {row.id: _shown(row) for row in rows}

    async def case_workers(self, session: AsyncSession, unit: str | None = None) -> list[CaseWorker]:
        """Those who can be responsible for a unit's cases, its own before the comprehensive window; None: of all units."""
        accounts = await session.scalars(
            select(StaffAccount).where(StaffAccount.active).order_by(StaffAccount.username)
        )
        able = [account for account in accounts if CASE_ROLES & set(account.roles)]
        if unit is not None:
            own = [account for account in able if unit in account.units]
            able = own + [account for account in able if account not in own and EVERY_UNIT in account.units]
        here = await self.sessions.at_work(session)
        return [_worker(account, here=account.id in here) for account in able]

    async def authenticate(self, session: AsyncSession, request: web.Request) -> Principal | None:
        """The signed-in member of staff, by the session cookie."""
        token = cookie(request, COOKIE)
        if not token:
            return None
        account = await session.scalar(
            select(StaffAccount).where(StaffAccount.id.in_(self.sessions.holder(token)), StaffAccount.active)
        )
        if account is None:
            return None
        self.sessions.note_at_work(account.id)
        return _principal(account)

    async def _account(self, session: AsyncSession, staff_id: str) -> StaffAccount:
        account = await session.get(StaffAccount, staff_id)
        if account is None:
            raise NotFoundError("staff.unknown")
        return account

    async def _confirmed(
        self, session: AsyncSession, who: Principal, password: str, field: str = "password"
    ) -> StaffAccount:
        account = await self._account(session, who.id)
        if not await self._matches(account.password_hash, password):
            raise InvalidError("identity.wrong_current", field=field)
        return account

    async def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return await asyncio.to_thread(self._hasher.verify, password_hash, password)
        except VerifyMismatchError:
            return False

    @staticmethod
    def _count_failure(account: StaffAccount, now: datetime) -> None:
        account.failures += 1
        if account.failures > FREE_FAILURES:
            account.locked_until = now + timedelta(minutes=2 ** min(account.failures - FREE_FAILURES - 1, 6))


STAFF = web.AppKey("staff", StaffService)


def _minutes(left: timedelta) -> int:
    return max(1, -(-int(left.total_seconds()) // 60))


def _principal(account: StaffAccount) -> Principal:
    return Principal(
        "staff",
        id=account.id,
        name=account.name,
        position=account.position,
        roles=frozenset(account.roles),
        units=frozenset(account.units),
        must_change_password=account.must_change_password,
    )


def _worker(account: StaffAccount, *, here: bool) -> CaseWorker:
    return CaseWorker(
        id=account.id,
        name=_shown(account),
        lead=Role.UNIT_LEAD in account.roles,
        units=frozenset(account.units),
        here=here,
    )


def _shown(account: StaffAccount) -> str:
    """「和秀英（窗口经办）」."""
    return f"{account.name}（{account.position}）"


def _view(account: StaffAccount) -> StaffView:
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


@lru_cache(maxsize=1)
def _nobody_hash() -> str:
    """Hash of a password nobody has, to spend the same time on unknown names; made once a process (it takes 0.1 s)."""
    return PasswordHasher().hash(secrets.token_hex())
