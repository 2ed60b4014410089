"""Changes of accounts: done at once, or proposed and decided by a second person where a role is high."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.event_kinds import EventKind, NoData
from backend.hall.accounts.administration import StaffAdministration
from backend.hall.accounts.schemas import NewStaff
from backend.hall.accounts.service import StaffService
from backend.hall.personnel.events import (
    ACCOUNT_CHANGED,
    ACCOUNT_CLOSED,
    ACCOUNT_REOPENED,
    CHANGE_APPROVED,
    CHANGE_PROPOSED,
    CHANGE_REFUSED,
    OfChange,
)
from backend.hall.personnel.models import AccountProposal
from backend.hall.personnel.schemas import AccountChange, ChangeKind, ChangeOutcome, Personnel, ProposalView
from backend.one_window.catalogue.service import CatalogueService
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.permissions import ROLE_NAMES, Role
from backend.platform.staff_directory import EVERY_UNIT

HIGH_ROLES = frozenset({Role.HALL_MANAGER, Role.DUTY_LEADER, Role.AUDITOR, Role.OPERATOR})
"""Whoever holds one can change what others see or look into everything: two people decide about such an account."""
UNIT_ROLES = frozenset({Role.COUNTER_CLERK, Role.UNIT_LEAD})


class PersonnelService:
    """Who may change which account, and when it takes two."""

    def __init__(
        self,
        staff: StaffService,
        administration: StaffAdministration,
        catalogue: CatalogueService,
        clock: Clock,
        events: Events,
    ) -> None:
        self._staff = staff
        self._administration = administration
        self._catalogue = catalogue
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
                    mine=row.proposed_by == who.id or change.username == own,
                )
                for row in rows
            ),
        )

    async def request(self, session: AsyncSession, change: AccountChange, who: Principal) -> ChangeOutcome:
        """Do it, or propose it where the role before or after is high. Raises InvalidError, ConflictError, NotFoundError."""
        roles = await self._checked(session, change, who)
        if not HIGH_ROLES & roles:
            return await self._done(session, change, who)
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

    async def approve(self, session: AsyncSession, proposal_id: int, who: Principal) -> ChangeOutcome:
        """Do what somebody else proposed. Raises ConflictError where it is one's own, or no longer possible."""
        row, change = await self._decided(session, proposal_id, who, "approved")
        outcome = await self._done(session, change, who)
        self._publish(session, CHANGE_APPROVED, row, change, who)
        return outcome

    async def refuse(self, session: AsyncSession, proposal_id: int, who: Principal) -> ChangeOutcome:
        """Leave it undone; whoever proposed it may take it back so. Raises ConflictError, NotFoundError."""
        row, change = await self._decided(session, proposal_id, who, "refused")
        self._publish(session, CHANGE_REFUSED, row, change, who)
        return ChangeOutcome(waits=False, username=change.username)

    async def _checked(self, session: AsyncSession, change: AccountChange, who: Principal) -> frozenset[Role]:
        """The roles before and after, once the change is found possible."""
        roles: frozenset[Role] = frozenset()
        if change.kind is not ChangeKind.ADD:
            member = await self._administration.member(session, change.username)
            if member.id == who.id:
                raise ConflictError("personnel.own")
            if member.active is (change.kind is ChangeKind.REOPEN):
                raise ConflictError("personnel.here" if member.active else "personnel.left")
            roles |= frozenset(member.roles)
        elif not change.name.strip():
            raise InvalidError("personnel.name", field="name")
        if change.kind in {ChangeKind.ADD, ChangeKind.CHANGE}:
            self._check_roles_and_units(change)
            roles |= frozenset(change.roles)
        waiting = await session.scalars(_waiting())
        if any(row.change["username"] == change.username for row in waiting):
            raise ConflictError("personnel.waits")
        return roles

    def _check_roles_and_units(self, change: AccountChange) -> None:
        if not change.roles:
            raise InvalidError("personnel.roles", field="roles")
        if UNIT_ROLES & frozenset(change.roles) and not change.units:
            raise InvalidError("personnel.units", field="units")
        known = {EVERY_UNIT, *(unit.code for unit in self._catalogue.units)}
        for unit in change.units:
            if unit not in known:
                raise InvalidError("personnel.unit_unknown", field="units", unit=unit)

    async def _done(self, session: AsyncSession, change: AccountChange, who: Principal) -> ChangeOutcome:
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
            _, password = await self._staff.add(session, new, who)
        elif change.kind is ChangeKind.RESET:
            _, password = await self._staff.reset(session, change.username, who)
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

    async def _decided(
        self, session: AsyncSession, proposal_id: int, who: Principal, outcome: str
    ) -> tuple[AccountProposal, AccountChange]:
        row = await session.get(AccountProposal, proposal_id, with_for_update=True)
        if row is None:
            raise NotFoundError("personnel.unknown")
        if row.outcome != "waiting":
            raise ConflictError("personnel.decided")
        change = AccountChange.model_validate(row.change)
        if outcome == "approved":
            own = await self._staff.view(session, who.id)
            if row.proposed_by == who.id or own.username == change.username:
                raise ConflictError("personnel.own_proposal")
        row.decided_by, row.decided_at, row.outcome = who.id, self._clock.now(), outcome
        return row, change

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
