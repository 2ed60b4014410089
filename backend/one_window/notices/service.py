"""One-time notices: computed from the item and the situation, numbered, kept as issued."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue_content import Item
from backend.contracts.conditions import evaluate
from backend.contracts.notices import Notice, NoticeLine, NoticePreview, NoticeRequest, SituationQuestion
from backend.language.serial_numbers import group, ungroup
from backend.one_window.catalogue.promising import true_materials
from backend.one_window.catalogue.service import CatalogueService, PublishedItem
from backend.one_window.catalogue.wording import channel_text, handled_at_text, time_limits_text
from backend.one_window.notices import computing
from backend.one_window.notices.events import NOTICE_ISSUED, Issued
from backend.one_window.notices.models import IssuedNotice
from backend.platform.clock import Clock, local_date
from backend.platform.errors import InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.numbering import NumberKind, next_number


class NoticesService:
    """Tells once, completely, what to bring."""

    def __init__(self, catalogue: CatalogueService, clock: Clock, events: Events) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._events = events

    async def preview(self, session: AsyncSession, request: NoticeRequest) -> NoticePreview:
        """The list as it stands and the questions still worth asking."""
        self._check(request)
        found = await self._catalogue.item(session, request.item)
        facts = self._catalogue.facts
        return NoticePreview(
            item=found.item.code,
            item_name=found.item.name,
            plain_name=found.item.plain_name,
            version=found.version,
            questions=tuple(computing.questions(found.item, facts, request.situation)),
            lines=tuple(computing.lines(found.item, facts, request.situation)),
        )

    async def issue(self, session: AsyncSession, request: NoticeRequest, by: Principal) -> Notice:
        """Issue a numbered notice. What is not on it cannot later be demanded."""
        self._check(request)
        found = await self._catalogue.item(session, request.item)
        now = self._clock.now()
        number = await next_number(session, NumberKind.NOTICE, local_date(now))
        notice = self._compose(found, request, number)
        session.add(
            IssuedNotice(
                number=number,
                item=found.item.code,
                item_version=found.version,
                issued_at=now,
                conversation=by.conversation,
                content=notice.model_dump(mode="json"),
            )
        )
        self._events.publish(session, NOTICE_ISSUED, f"notice:{number}", by, Issued(item=found.item.code))
        return notice

    async def notice(self, session: AsyncSession, number: str) -> Notice:
        """A notice by its number, blanks and hyphens allowed. Raises NotFoundError."""
        row = await session.get(IssuedNotice, ungroup(number))
        if row is None:
            raise NotFoundError("notice.unknown", number=number)
        return Notice.model_validate(row.content)

    def lines(self, item: Item, situation: Mapping[str, bool]) -> list[NoticeLine]:
        """What a notice of this version of the item would list in the situation."""
        return computing.lines(_told(item), self._catalogue.facts, dict(situation))

    def open_questions(self, item: Item, situation: Mapping[str, bool]) -> list[SituationQuestion]:
        """What has to be asked yet before the list is this person's and nobody else's."""
        return computing.questions(item, self._catalogue.facts, dict(situation))

    def required(self, item: Item, situation: Mapping[str, bool]) -> frozenset[str]:
        """Ids of the materials that the situation surely needs; what hangs on something unknown is listed, not required."""
        known = computing.known_situation(self._catalogue.facts, situation)
        return frozenset(one.id for one in item.materials if evaluate(one.condition, known) is True)

    async def numbers(self, session: AsyncSession, conversation: str) -> list[str]:
        """Numbers of the notices issued in a conversation."""
        found = await session.scalars(
            select(IssuedNotice.number).where(IssuedNotice.conversation == conversation).order_by(IssuedNotice.number)
        )
        return list(found)

    async def unlink(self, session: AsyncSession, conversation: str) -> None:
        """A notice holds no personal data; without its conversation it is nobody's."""
        await session.execute(
            update(IssuedNotice).where(IssuedNotice.conversation == conversation).values(conversation=None)
        )

    def _check(self, request: NoticeRequest) -> None:
        unknown = request.situation.keys() - self._catalogue.facts.keys()
        if unknown:
            raise InvalidError("situation.unknown", field="situation", facts="、".join(sorted(unknown)))

    def _compose(self, found: PublishedItem, request: NoticeRequest, number: str) -> Notice:
        item, facts = found.item, self._catalogue.facts
        return Notice(
            number=number,
            number_text=group(number),
            item=item.code,
            item_name=item.name,
            plain_name=item.plain_name,
            item_version=found.version,
            issued_at=self._clock.now(),
            situation=request.situation,
            situation_text=tuple(computing.situation_text(facts, request.situation)),
            lines=tuple(computing.lines(_told(item), facts, request.situation)),
            time_limits_text=time_limits_text(item.time_limits),
            fee_text=item.fee.text,
            handled_at_text=handled_at_text(item.handled_at),
            hall=item.hall,
            channels=tuple(channel_text(item, channel) for channel in item.channels),
            legal_basis=self._catalogue.citations(item, local_date(self._clock.now())),
            to_confirm=item.to_confirm,
            page=f"/notice/{number}",
        )


def _told(item: Item) -> Item:
    """The item with its materials as people read them."""
    return item.model_copy(update={"materials": true_materials(item)})


NOTICES = web.AppKey("notices", NoticesService)
