"""What has to be read again by a person: content whose basis changes within 90 days, answers and calculators not read for a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue_content import LegalBasis, PolicyAnswer
from backend.contracts.content_review import (
    AnswerReadNote,
    AnswerReadRecord,
    AnswerToRead,
    BasisChange,
    BasisChangeKind,
    CitingContent,
    ContentReview,
    ReviewedKind,
)
from backend.language.months import MONTHS_A_YEAR, add_months
from backend.language.text import tidy
from backend.one_window.catalogue.delivered import Edition
from backend.one_window.catalogue.events import ANSWER_READ, AnswerRead
from backend.one_window.catalogue.laws import SOON, in_time, law_of
from backend.one_window.catalogue.models import AnswerReading
from backend.one_window.catalogue.reviewed import ReviewedContent
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.catalogue.wording import basis_text, citation
from backend.platform.clock import Clock, local_date
from backend.platform.errors import ConflictError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal

_Change = tuple[BasisChangeKind, str, date]


class ReviewingService:
    """Says what is due, and records that somebody has read an answer or a calculator. ``others``: what is read besides answers."""

    def __init__(
        self,
        catalogue: CatalogueService,
        edition: Edition,
        others: list[ReviewedContent],
        clock: Clock,
        events: Events,
    ) -> None:
        self._catalogue = catalogue
        self._edition = edition
        self._others = others
        self._clock = clock
        self._events = events

    async def review(self, session: AsyncSession) -> ContentReview:
        """Both lists as they stand today."""
        today = local_date(self._clock.now())
        read = await self._last_read(session)
        by_age = sorted(self._contents(), key=lambda one: (read[one.id], one.id))
        due = [one for one in by_age if due_on(read[one.id]) <= today]
        return ContentReview(
            changes=tuple(await self._changes(session, today)),
            unread=tuple(self._to_read(one, read[one.id]) for one in due),
            next_due=None if due or not by_age else due_on(read[by_age[0].id]),
        )

    def _contents(self) -> list[ReviewedContent]:
        return [*map(_answer, self._edition.policy_answers.values()), *self._others]

    async def mark_read(
        self, session: AsyncSession, answer: str, told: AnswerReadNote, who: Principal
    ) -> AnswerReadRecord:
        """Record that somebody read an answer or a calculator today and found it right. Raises NotFoundError, ConflictError."""
        if all(one.id != answer for one in self._contents()):
            raise NotFoundError("policy_answer.unknown", id=answer)
        today = local_date(self._clock.now())
        same = select(AnswerReading.id).where(AnswerReading.answer == answer, AnswerReading.read_on == today)
        if await session.scalar(same) is not None:
            raise ConflictError("answer.read_today")
        session.add(
            AnswerReading(answer=answer, read_on=today, read_by=who.id, note=tidy(told.note), at=self._clock.now())
        )
        await session.flush()
        self._events.publish(session, ANSWER_READ, f"answer:{answer}", who, AnswerRead(read_on=today))
        return AnswerReadRecord(id=answer, read_on=today, read_by=who.id)

    async def _last_read(self, session: AsyncSession) -> dict[str, date]:
        rows = await session.execute(
            select(AnswerReading.answer, func.max(AnswerReading.read_on)).group_by(AnswerReading.answer)
        )
        recorded = dict(rows.tuples().all())
        return {one.id: max(one.checked_on, recorded.get(one.id, one.checked_on)) for one in self._contents()}

    async def _changes(self, session: AsyncSession, today: date) -> list[BasisChange]:
        """Of published items, policy answers and calculators; the nearest day first."""
        found: defaultdict[_Change, list[CitingContent]] = defaultdict(list)
        for code, published in (await self._catalogue.published(session)).items.items():
            item = CitingContent(kind=ReviewedKind.ITEM, id=code, name=published.item.plain_name)
            self._note(found, item, published.item.legal_basis, today)
        for one in self._contents():
            citing = CitingContent(kind=one.kind, id=one.id, name=one.title)
            self._note(found, citing, one.sources, today)
        return [
            BasisChange(
                kind=kind,
                title=title,
                day=day,
                cited_by=tuple(citing),
            )
            for (kind, title, day), citing in sorted(found.items(), key=lambda one: (one[0][2], one[0][1]))
        ]

    def _note(
        self,
        found: defaultdict[_Change, list[CitingContent]],
        citing: CitingContent,
        sources: tuple[LegalBasis, ...],
        today: date,
    ) -> None:
        for rule in sources:
            one = in_time(rule, self._edition.dated_laws)
            law = law_of(rule.title, self._edition.dated_laws)
            title = citation(rule) if law is None else law.title
            for change in soon(title, one.since, one.until, today):
                if citing not in found[change]:
                    found[change].append(citing)

    def _to_read(self, content: ReviewedContent, last_read: date) -> AnswerToRead:
        return AnswerToRead(
            kind=content.kind,
            id=content.id,
            title=content.title,
            topic_name=self._edition.topics[content.topic].name,
            answer=content.text,
            basis=content.basis,
            last_read=last_read,
        )


def _answer(answer: PolicyAnswer) -> ReviewedContent:
    source = LegalBasis(title=answer.cite, basis=answer.basis, checked=False) if answer.cite else None
    return ReviewedContent(
        kind=ReviewedKind.ANSWER,
        id=answer.id,
        title=answer.title,
        topic=answer.topic,
        text=answer.answer,
        basis=answer.cite or basis_text(answer.basis),
        sources=() if source is None else (source,),
        checked_on=answer.checked_on,
    )


REVIEWING = web.AppKey("reviewing", ReviewingService)


def due_on(last_read: date) -> date:
    """When an answer has to be read again: a year later."""
    return add_months(last_read, MONTHS_A_YEAR)


def soon(title: str, since: date | None, until: date | None, today: date) -> Iterator[_Change]:
    """What changes within 90 days; what has ended stays on the list until it is cited no more."""
    if since is not None and today < since <= today + SOON:
        yield BasisChangeKind.BEGINS, title, since
    if until is not None and until <= today + SOON:
        yield BasisChangeKind.ENDS, title, until
