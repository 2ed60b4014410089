"""Staff accounts: made, found, reset, unlocked. Signing in is in signing_in.py."""

from __future__ import annotations

from uuid import uuid4

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.event_kinds import NoData
from backend.hall.accounts.attempts import Attempts
from backend.hall.accounts.events import ACCOUNT_RESET, SIGNED_OUT, STAFF_ADDED, STAFF_UNLOCKED, Added
from backend.hall.accounts.models import StaffAccount
from backend.hall.accounts.passwords import FirstPassword, Passwords
from backend.hall.accounts.schemas import LockedAccount, LockedList, NewStaff, StaffView
from backend.hall.accounts.second_step import SecondStep
from backend.hall.accounts.sessions import StaffSessions
from backend.hall.accounts.views import principal_of, view_of
from backend.platform.clock import Clock
from backend.platform.cookies import cookie
from backend.platform.errors import ConflictError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import UNATTENDED, Principal
from backend.platform.permissions import ROLE_NAMES, Role
from backend.platform.places import UNIT_ROLES, Places
from backend.platform.staff_directory import EVERY_UNIT, CaseWorker, StaffDirectory

COOKIE = "daoban_staff"
_FOR_ALL = frozenset({Role.HALL_MANAGER, Role.OPERATOR})


class StaffService(StaffDirectory):
    """Who works here and who is signed in."""

    def __init__(
        self,
        passwords: Passwords,
        attempts: Attempts,
        second_step: SecondStep,
        sessions: StaffSessions,
        places: Places,
        clock: Clock,
        events: Events,
    ) -> None:
        self.passwords = passwords
        self.places = places
        self.sessions = sessions
        self._attempts = attempts
        self._second_step = second_step
        self._clock = clock
        self._events = events

    async def add(
        self,
        session: AsyncSession,
        new: NewStaff,
        by: Principal,
        *,
        first: FirstPassword | None = None,
        demo: bool = False,
    ) -> tuple[StaffView, str]:
        """Make an account; returns it with its first password, which must be changed at first sign-in.

        ``first``: made before the transaction began, where others wait for it. Raises ConflictError, InvalidError.
        """
        self.places.check(new.roles, new.units)
        await self.require_free(session, new.username)
        password = first or await self.passwords.made_up()
        account = StaffAccount(
            id=uuid4().hex,
            username=new.username,
            name=new.name,
            position=new.position or ROLE_NAMES[new.roles[0]],
            password_hash=password.hash,
            roles=[str(role) for role in new.roles],
            units=list(new.units),
            active=True,
            demo=demo,
            must_change_password=not demo,
            created_at=self._clock.now(),
        )
        session.add(account)
        self._events.publish(session, STAFF_ADDED, f"staff:{account.id}", by, Added(roles=tuple(account.roles)))
        return view_of(account), password.plain

    async def require_free(self, session: AsyncSession, username: str) -> None:
        """Refuse a user name that somebody has. Raises ConflictError."""
        if await session.scalar(select(StaffAccount.id).where(StaffAccount.username == username)):
            raise ConflictError("staff.exists", field="username", username=username)

    async def anyone(self, session: AsyncSession) -> bool:
        """Whether there is any account."""
        return await session.scalar(select(StaffAccount.id).limit(1)) is not None

    async def reset(self, session: AsyncSession, username: str, by: Principal, first: FirstPassword) -> StaffView:
        """Give a new first password: no second step, no lock, signed out everywhere. Raises NotFoundError."""
        account = await self._named(session, username)
        account.password_hash, account.must_change_password = first.hash, True
        await self._attempts.unlock(session, username)
        await self._second_step.switch_off(session, account)
        await self.sessions.end_all(session, account.id)
        self._events.publish(session, ACCOUNT_RESET, f"staff:{account.id}", by, NoData())
        return view_of(account)

    async def locked(self, session: AsyncSession, who: Principal) -> LockedList:
        """Accounts that are refused for wrong passwords, of the units of whoever asks."""
        accounts = await session.scalars(
            select(StaffAccount).where(StaffAccount.active).order_by(StaffAccount.username)
        )
        found = [
            (one, await self._attempts.locked(session, one.username)) for one in accounts if _looks_after(who, one)
        ]
        return LockedList(
            accounts=tuple(
                LockedAccount(account=view_of(one), until=until) for one, until in found if until is not None
            )
        )

    async def unlock(self, session: AsyncSession, username: str, who: Principal) -> StaffView:
        """Let somebody of one's own units try again at once. Raises NotFoundError."""
        account = await self._named(session, username)
        if not _looks_after(who, account):
            raise NotFoundError("staff.unknown", field="username")
        await self._attempts.unlock(session, username)
        self._events.publish(session, STAFF_UNLOCKED, f"staff:{account.id}", who, NoData())
        return view_of(account)

    async def sign_out(self, session: AsyncSession, who: Principal, token: str) -> None:
        """End the session of a cookie; whatever it still follows ends, too."""
        await self.sessions.end(session, token)
        self._events.publish(session, SIGNED_OUT, f"staff:{who.id}", who, NoData())

    async def sign_out_elsewhere(self, session: AsyncSession, who: Principal, session_id: str) -> None:
        """End one of one's own sessions. Raises NotFoundError."""
        await self.sessions.revoke(session, who, session_id)
        self._events.publish(session, SIGNED_OUT, f"staff:{who.id}", who, NoData())

    async def view(self, session: AsyncSession, staff_id: str) -> StaffView:
        """One account."""
        account = await session.get(StaffAccount, staff_id)
        if account is None:
            raise NotFoundError("staff.unknown")
        return view_of(account)

    async def names(self, session: AsyncSession, ids: set[str]) -> dict[str, str]:
        """Names by id, 「和秀英（窗口经办）」."""
        rows = await session.scalars(select(StaffAccount).where(StaffAccount.id.in_(ids))) if ids else ()
        return {row.id: _shown(row) for row in rows}

    async def case_workers(self, session: AsyncSession, unit: str | None = None) -> list[CaseWorker]:
        """Those who can be responsible for a unit's cases, its own before the comprehensive window; None: of all units."""
        accounts = await session.scalars(
            select(StaffAccount).where(StaffAccount.active).order_by(StaffAccount.username)
        )
        able = [account for account in accounts if UNIT_ROLES & set(account.roles)]
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
        if not request.get(UNATTENDED):
            self.sessions.note_at_work(account.id)
        return principal_of(account)

    @staticmethod
    async def _named(session: AsyncSession, username: str) -> StaffAccount:
        account = await session.scalar(select(StaffAccount).where(StaffAccount.username == username))
        if account is None:
            raise NotFoundError("staff.unknown", field="username")
        return account


STAFF = web.AppKey("staff", StaffService)


def _looks_after(who: Principal, account: StaffAccount) -> bool:
    """Whether a lead answers for this account: one of their units; the manager and the operator for everybody."""
    if who.kind == "service" or _FOR_ALL & who.roles or EVERY_UNIT in who.units:
        return True
    return bool(who.units & set(account.units))


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
