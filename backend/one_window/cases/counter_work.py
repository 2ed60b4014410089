"""A clerk's work on a case beside its steps: the checklist, internal notes, who can take it over."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import CaseWork, Colleague, Mark, NewNote, NoteView
from backend.contracts.event_kinds import OfUnit
from backend.language.placeholders import find_placeholders
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.checklist import Checklist
from backend.one_window.cases.deciding import held_elsewhere, review_words, under_review, waits_for
from backend.one_window.cases.events import NOTE_ADDED
from backend.one_window.cases.history import steps_of
from backend.one_window.cases.models import CaseNote, CaseRow
from backend.one_window.cases.rules import rules
from backend.one_window.cases.steps import PROPOSALS
from backend.one_window.cases.typed_texts import TypedTexts
from backend.one_window.catalogue.service import CatalogueService
from backend.platform.clock import Clock, local_date
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.staff_directory import StaffDirectory
from backend.platform.working_days import WorkingCalendar


class CounterWork:
    """What colleagues do and write on a case; nothing of it is shown to the applicant."""

    def __init__(
        self,
        catalogue: CatalogueService,
        access: CaseAccess,
        checklist: Checklist,
        staff: StaffDirectory,
        texts: TypedTexts,
        calendar: WorkingCalendar,
        clock: Clock,
        events: Events,
    ) -> None:
        self._catalogue = catalogue
        self._access = access
        self._checklist = checklist
        self._staff = staff
        self._texts = texts
        self._calendar = calendar
        self._clock = clock
        self._events = events

    async def work(self, session: AsyncSession, case_id: str, who: Principal) -> CaseWork:
        """All of it. Raises NotFoundError."""
        return await self._view(session, await self._access.row(session, case_id, who), who)

    async def mark(
        self, session: AsyncSession, case_id: str, place: tuple[str, Mark], who: Principal, *, done: bool
    ) -> CaseWork:
        """Set or lift a mark on a material. Raises NotFoundError, ConflictError."""
        row = await self._access.row(session, case_id, who, hold=True)
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        await self._checklist.mark(session, row, item, place, who, done=done)
        return await self._view(session, row, who)

    async def note(self, session: AsyncSession, case_id: str, new: NewNote, who: Principal) -> CaseWork:
        """Write an internal note; it is never changed. Raises NotFoundError."""
        row = await self._access.row(session, case_id, who, hold=True)
        text = await self._texts.kept(session, row, new.text, "text")
        session.add(CaseNote(case_id=row.id, at=self._clock.now(), by_id=who.id, text=text))
        await session.flush()
        self._events.publish(session, NOTE_ADDED, f"case:{row.id}", who, OfUnit(unit=row.unit, owner=row.owner))
        return await self._view(session, row, who)

    async def _view(self, session: AsyncSession, row: CaseRow, who: Principal) -> CaseWork:
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        notes = list(
            await session.scalars(select(CaseNote).where(CaseNote.case_id == row.id).order_by(CaseNote.id.desc()))
        )
        standing = await self._access.standing(session, row, who)
        absent, steps = standing.deputy_for, await steps_of(session, row.id)
        review = under_review(row, steps)
        read = [note.text for note in notes] + ([] if review is None else [review.note])
        masked = await self._texts.masking(session, row, read)
        holder = await held_elsewhere(session, self._staff, row, steps, standing, who)
        ids = {note.by_id for note in notes} | ({absent} if absent else set()) | ({review.by_id} if review else set())
        names = await self._staff.names(session, ids)
        able = await self._staff.case_workers(session, row.unit)
        today = local_date(self._clock.now())
        listed = await self._checklist.lines(session, row, item)
        return CaseWork(
            checklist=listed,
            listed=self._checklist.standing(row, listed, steps),
            notes=tuple(NoteView(at=note.at, by=names.get(note.by_id, ""), text=masked(note.text)) for note in notes),
            colleagues=tuple(Colleague(id=one.id, name=one.name) for one in able if one.id != row.owner),
            deputy_for=names.get(absent, "") if absent else "",
            waits_for=waits_for(row, steps, holder, who),
            review=masked(
                review_words(review, names.get(review.by_id, "") if review else "", review.note if review else "")
            ),
            proposal=review.id if review is not None and review.step in PROPOSALS else None,
            numbers_in_texts=len(set(find_placeholders("\n".join(await self._texts.all_of(session, row))))),
            until=self._calendar.last_of(today, rules().supplement_working_days),
        )


COUNTER_WORK = web.AppKey("counter_work", CounterWork)
