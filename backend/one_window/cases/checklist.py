"""The checklist of a case: what the notice told the applicant to bring, and what was done with each of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import ChecklistLine, Mark, MarkView
from backend.contracts.cases import CaseState
from backend.contracts.catalogue_content import Item
from backend.contracts.notices import LineKind, NoticeLine
from backend.one_window.cases.awaited import AskedAgain, asked_again
from backend.one_window.cases.events import MATERIAL_MARKED, Marked
from backend.one_window.cases.history import steps_of
from backend.one_window.cases.models import CaseMark, CaseRow, CaseStepRow
from backend.one_window.cases.steps import FINISHED
from backend.one_window.cases.wording import say
from backend.one_window.catalogue.wording import basis_text
from backend.one_window.notices.service import NoticesService
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.staff_directory import StaffDirectory

BROUGHT = frozenset({LineKind.BRING, LineKind.SHOW, LineKind.FILL_IN})
"""What the applicant has to bring: while it is not received, it lacks."""
_NEEDS_RECEIVED = frozenset({Mark.COPIED, Mark.RETURNED})


class Checklist:
    """Reads and marks the materials of cases. What is not on the notice is not on the list either."""

    def __init__(self, notices: NoticesService, staff: StaffDirectory, clock: Clock, events: Events) -> None:
        self._notices = notices
        self._staff = staff
        self._clock = clock
        self._events = events

    async def lines(self, session: AsyncSession, row: CaseRow, item: Item) -> tuple[ChecklistLine, ...]:
        """The materials of the notice, or of the item in the situation where none was handed out, with their marks."""
        told, situation = await self._told(session, row, item)
        required = self._notices.required(item, situation)
        asked = asked_again(row, await steps_of(session, row.id))
        marks = [mark for mark in await _marks(session, row.id) if asked.answers(mark)]
        names = await self._staff.names(session, {mark.by_id for mark in marks})
        return tuple(
            _line(
                one,
                [mark for mark in marks if mark.material == one.material],
                names,
                required=one.material in required or one.material in asked.materials,
            )
            for one in told
        )

    @staticmethod
    def standing(row: CaseRow, lines: Sequence[ChecklistLine], steps: Sequence[CaseStepRow]) -> str:
        """How the list stands, in a few words that agree with the state of the case: 「还缺2样」, 「齐了」."""
        lacking = {line.material for line in lines if line.lacking}
        asked = asked_again(row, steps)
        if not asked.lines:
            return say("listed", "lacking", count=len(lacking)) if lacking else say("listed", "complete")
        others = sum(line.material is None for line in asked.lines)
        if lacking or others:
            return say("listed", "asked", count=len(lacking) + others)
        return say("listed", "received")

    async def supplement_received(
        self, session: AsyncSession, row: CaseRow, item: Item, asked: AskedAgain, who: Principal
    ) -> None:
        """Mark as received what a supplement asked for: whoever confirms that it is complete need not press each of them."""
        listed = {one.material for one in (await self._told(session, row, item))[0]}
        marks = {mark.material: mark for mark in await _marks(session, row.id) if mark.mark == Mark.RECEIVED}
        for material in sorted(asked.materials & listed):
            kept = marks.get(material)
            if kept is None or not asked.answers(kept):
                await self._set(session, row, material, Mark.RECEIVED, kept, who)

    async def mark(
        self, session: AsyncSession, row: CaseRow, item: Item, place: tuple[str, Mark], who: Principal, *, done: bool
    ) -> None:
        """Set or lift a mark; the same once more changes nothing. ``place``: material and mark.

        Raises NotFoundError for a material that is not on the list, ConflictError for an order that cannot be.
        """
        material, mark = place
        name = next((one.name for one in (await self._told(session, row, item))[0] if one.material == material), None)
        if name is None:
            raise NotFoundError("case.material_unknown")
        asked = asked_again(row, await steps_of(session, row.id))
        marks = {Mark(one.mark): one for one in await _marks(session, row.id) if one.material == material}
        present = {one for one, kept in marks.items() if asked.answers(kept)}
        if done is (mark in present):
            return
        self._check(CaseState(row.state), present, mark, name, done=done)
        if done:
            await self._set(session, row, material, mark, marks.get(mark), who)
        else:
            await session.execute(
                delete(CaseMark).where(CaseMark.case_id == row.id, CaseMark.material == material, CaseMark.mark == mark)
            )
            await session.flush()
            self._told_of(session, row, material, mark, who, done=False)

    async def _set(
        self, session: AsyncSession, row: CaseRow, material: str, mark: Mark, kept: CaseMark | None, who: Principal
    ) -> None:
        """Set a mark; one of before the material was asked for again (``kept``) is renewed."""
        if kept is None:
            kept = CaseMark(case_id=row.id, material=material, mark=mark)
            session.add(kept)
        kept.at, kept.by_id = self._clock.now(), who.id
        await session.flush()
        self._told_of(session, row, material, mark, who, done=True)

    def _told_of(
        self, session: AsyncSession, row: CaseRow, material: str, mark: Mark, who: Principal, *, done: bool
    ) -> None:
        told = Marked(unit=row.unit, owner=row.owner, material=material, mark=mark, done=done)
        self._events.publish(session, MATERIAL_MARKED, f"case:{row.id}", who, told)

    @staticmethod
    def _check(state: CaseState, present: Collection[Mark], mark: Mark, name: str, *, done: bool) -> None:
        if state in FINISHED and mark is not Mark.RETURNED:
            raise ConflictError("case.material_closed")
        if done and mark in _NEEDS_RECEIVED and Mark.RECEIVED not in present:
            raise ConflictError("case.material_not_received", material=name)
        if not done and mark is Mark.RECEIVED and _NEEDS_RECEIVED & set(present):
            raise ConflictError("case.material_handled", material=name)

    async def _told(
        self, session: AsyncSession, row: CaseRow, item: Item
    ) -> tuple[Sequence[NoticeLine], Mapping[str, bool]]:
        """What the applicant was told to bring, and for which situation."""
        if row.notice is not None:
            try:
                notice = await self._notices.notice(session, row.notice)
            except NotFoundError:
                pass  # a number that the applicant mistyped in the conversation is no reason to lose the list
            else:
                if notice.item == row.item:
                    return notice.lines, {**row.situation, **notice.situation}
        return self._notices.lines(item, row.situation), row.situation


async def _marks(session: AsyncSession, case_id: str) -> list[CaseMark]:
    rows = select(CaseMark).where(CaseMark.case_id == case_id).order_by(CaseMark.at, CaseMark.mark)
    return list(await session.scalars(rows))


def _line(told: NoticeLine, marks: Sequence[CaseMark], names: Mapping[str, str], *, required: bool) -> ChecklistLine:
    received = any(mark.mark == Mark.RECEIVED for mark in marks)
    return ChecklistLine(
        material=told.material,
        name=told.name,
        kind=told.kind,
        received_label=say("received", told.kind),
        form=told.form,
        count=told.count,
        because=told.because,
        source=told.cite or basis_text(told.basis),
        how=told.if_not_found or told.form or say("received", "how"),
        required=required,
        lacking=required and told.kind in BROUGHT and not received,
        marks=tuple(MarkView(mark=Mark(mark.mark), at=mark.at, by=names.get(mark.by_id, "")) for mark in marks),
    )
