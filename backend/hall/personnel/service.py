"""Changes of accounts: done at once, or proposed and decided by a second person (two_people.py says when)."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.event_kinds import EventKind, NoData
from backend.hall.accounts.administration import StaffAdministration, StaffMember
from backend.hall.accounts.passwords import FirstPassword
from backend.hall.accounts.schemas import NewStaff
from backend.hall.accounts.service import StaffService
from backend.hall.personnel.events import (
    ACCOUNT_CHANGED,
    ACCOUNT_CLOSED,
    ACCOUNT_REOPENED,
    CHANGE_APPROVED,
    CHANGE_OVERTAKEN,
    CHANGE_PROPOSED,
    CHANGE_REFUSED,
    OfChange,
    OfClosed,
)
from backend.hall.personnel.models import AccountProposal
from backend.hall.personnel.schemas import AccountChange, ChangeKind, ChangeOutcome, Personnel, ProposalView
from backend.hall.personnel.two_people import Reach, reset_takes_two, takes_two
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, DaobanError, InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.permissions import ROLE_NAMES


class PersonnelService:
    """Who may change which account, and when it takes two."""

    def __init__(
        self,
        staff: StaffService,
        administration: StaffAdministration,
        clock: Clock,
        events: Events,
    ) -> None:
        self._staff = staff
        self._administration = administration
        self._clock = clock
        self._events = events

    async def read(self, session: AsyncSession, who: Principal) -> Personnel:
        """All accounts, and what waits for a second person."""
        members = await self._administration.everyone(session)
        own = next((member.username for member in members if member.id == who.id), "")
        rows = list(await session.scalars(_waiting().order_by(AccountProposal.id)))
        names = await self._staff.names(session, {row.proposed_by for row in rows})
        return Personnel(
            members=tuple(members),
            proposals=tuple(
                ProposalView(
                    id=row.id,
                    change=(change := AccountChange.model_validate(row.change)),
                    proposed_by=names.get(row.proposed_by, ""),
                    proposed_at=row.proposed_at,
                    mine=row.proposed_by == who.id,
                    about_me=change.username == own,
                )
                for row in rows
            ),
        )

    async def request(
        self, session: AsyncSession, change: AccountChange, who: Principal, first: FirstPassword
    ) -> ChangeOutcome:
        """Do it, or propose it where it takes two. Raises InvalidError, ConflictError, NotFoundError."""
        member = await self._possible(session, change)
        if member is not None and member.id == who.id:
            raise ConflictError("personnel.own")
        await self._check_nothing_waits(session, change, who)
        if not _takes_two(who, change, member):
            return await self._done(session, change, who, first)
        row = AccountProposal(
            change=change.model_dump(mode="json"),
            proposed_by=who.id,
            proposed_at=self._clock.now(),
            outcome="waiting",
        )
        session.add(row)
        await session.flush()
        self._publish(session, CHANGE_PROPOSED, row, change, who)
        return ChangeOutcome(waits=True, username=change.username)

    async def approve(
        self, session: AsyncSession, proposal_id: int, who: Principal, first: FirstPassword
    ) -> ChangeOutcome:
        """Do what somebody else proposed, or close it where it can no longer be done. Raises ConflictError, NotFoundError."""
        row, change = await self._waiting_one(session, proposal_id)
        if row.proposed_by == who.id or await self._is_about(session, change, who):
            raise ConflictError("personnel.own_proposal")
        if closed := await self._closed(session, row, change, who):
            return ChangeOutcome(waits=False, username=change.username, closed=closed)
        self._decide(row, who, "approved")
        outcome = await self._done(session, change, who, first)
        self._publish(session, CHANGE_APPROVED, row, change, who)
        return outcome

    async def refuse(self, session: AsyncSession, proposal_id: int, who: Principal) -> ChangeOutcome:
        """Leave it undone; whoever proposed it takes it back so, whom it is about has no say. Raises ConflictError."""
        row, change = await self._waiting_one(session, proposal_id)
        if row.proposed_by != who.id and await self._is_about(session, change, who):
            raise ConflictError("personnel.about_oneself")
        self._decide(row, who, "refused")
        self._publish(session, CHANGE_REFUSED, row, change, who)
        return ChangeOutcome(waits=False, username=change.username)

    async def _possible(self, session: AsyncSession, change: AccountChange) -> StaffMember | None:
        """The account as it is, None for a new one. Raises where the change cannot be done."""
        member: StaffMember | None = None
        if change.kind is not ChangeKind.ADD:
            member = await self._administration.member(session, change.username)
            if member.active is (change.kind is ChangeKind.REOPEN):
                raise ConflictError("personnel.here" if member.active else "personnel.left")
        elif not change.name.strip():
            raise InvalidError("personnel.name", field="name")
        else:
            await self._staff.require_free(session, change.username)
        if change.kind in {ChangeKind.ADD, ChangeKind.CHANGE}:
            self._staff.places.check(change.roles, change.units)
        return member

    async def _check_nothing_waits(self, session: AsyncSession, change: AccountChange, who: Principal) -> None:
        for row in list(await session.scalars(_waiting().with_for_update())):
            waiting = AccountChange.model_validate(row.change)
            if waiting.username == change.username and not await self._closed(session, row, waiting, who):
                raise ConflictError("personnel.waits")

    async def _closed(
        self, session: AsyncSession, row: AccountProposal, change: AccountChange, who: Principal
    ) -> str | None:
        """Why a proposal can no longer be done: then it waits no more."""
        try:
            await self._possible(session, change)
        except DaobanError as impossible:
            self._decide(row, who, "closed")
            closed = OfClosed(change=change.kind, reason=impossible.name)
            self._events.publish(session, CHANGE_OVERTAKEN, f"proposal:{row.id}", who, closed)
            return impossible.detail
        return None

    async def _done(
        self, session: AsyncSession, change: AccountChange, who: Principal, first: FirstPassword
    ) -> ChangeOutcome:
        password: str | None = None
        position = change.position or (ROLE_NAMES[change.roles[0]] if change.roles else "")
        if change.kind is ChangeKind.ADD:
            new = NewStaff(
                username=change.username,
                name=change.name.strip(),
                position=position,
                roles=change.roles,
                units=change.units,
            )
            _, password = await self._staff.add(session, new, who, first=first)
        elif change.kind is ChangeKind.RESET:
            await self._staff.reset(session, change.username, who, first)
            password = first.plain
        else:
            await self._altered(session, change, position, who)
        return ChangeOutcome(waits=False, username=change.username, first_password=password)

    async def _altered(self, session: AsyncSession, change: AccountChange, position: str, who: Principal) -> None:
        member = await self._administration.member(session, change.username)
        if change.kind is ChangeKind.CHANGE:
            await self._administration.change(session, change.username, position, change.roles, change.units)
            kind = ACCOUNT_CHANGED
        elif change.kind is ChangeKind.LEAVE:
            await self._administration.close(session, change.username)
            kind = ACCOUNT_CLOSED
        else:
            await self._administration.reopen(session, change.username)
            kind = ACCOUNT_REOPENED
        self._events.publish(session, kind, f"staff:{member.id}", who, NoData())

    async def _waiting_one(self, session: AsyncSession, proposal_id: int) -> tuple[AccountProposal, AccountChange]:
        row = await session.get(AccountProposal, proposal_id, with_for_update=True)
        if row is None:
            raise NotFoundError("personnel.unknown")
        if row.outcome != "waiting":
            raise ConflictError("personnel.decided")
        return row, AccountChange.model_validate(row.change)

    async def _is_about(self, session: AsyncSession, change: AccountChange, who: Principal) -> bool:
        return (await self._staff.view(session, who.id)).username == change.username

    def _decide(self, row: AccountProposal, who: Principal, outcome: str) -> None:
        row.decided_by, row.decided_at, row.outcome = who.id, self._clock.now(), outcome

    def _publish(
        self,
        session: AsyncSession,
        kind: EventKind[OfChange],
        row: AccountProposal,
        change: AccountChange,
        who: Principal,
    ) -> None:
        self._events.publish(session, kind, f"proposal:{row.id}", who, OfChange(change=change.kind))


PERSONNEL = web.AppKey("personnel", PersonnelService)


def _waiting() -> Select[tuple[AccountProposal]]:
    return select(AccountProposal).where(AccountProposal.outcome == "waiting")


def _takes_two(who: Principal, change: AccountChange, member: StaffMember | None) -> bool:
    if change.kind is ChangeKind.RESET and member is not None:
        return reset_takes_two(member.roles)
    return takes_two(who, *_reaches(change, member))


def _reaches(change: AccountChange, member: StaffMember | None) -> tuple[Reach, Reach]:
    """Before and after. Whoever hands over a password gives all that its account can do; leaving gives nothing."""
    held = Reach() if member is None else Reach(frozenset(member.roles), frozenset(member.units))
    if change.kind is ChangeKind.ADD or change.kind is ChangeKind.CHANGE:
        return held, Reach(frozenset(change.roles), frozenset(change.units))
    return (held, Reach()) if change.kind is ChangeKind.LEAVE else (Reach(), held)
