"""Ratings (好差评): five levels, once a case and once a conversation; two and one need a reason (国办发〔2019〕51号)."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.feedback import LEVELS, LowRating, NewRating, Rating
from backend.language.identifiers_in_text import NUMBER_MARK
from backend.language.placeholders import replace_placeholders
from backend.language.text import tidy
from backend.one_window.cases.access import CaseAccess
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.one_window.feedback.events import RATING_GIVEN, Rated
from backend.one_window.feedback.models import RatingRow
from backend.one_window.feedback.rules import rules
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, InvalidError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.vault import Vault

SHOWN = timedelta(days=30)
MAX_LOW = 100


class Ratings:
    """Keeps ratings; whoever gave one is never named to those it is about."""

    def __init__(
        self,
        conversations: ConversationsService,
        catalogue: CatalogueService,
        access: CaseAccess,
        vault: Vault,
        clock: Clock,
        events: Events,
    ) -> None:
        self._conversations = conversations
        self._catalogue = catalogue
        self._access = access
        self._vault = vault
        self._clock = clock
        self._events = events

    async def rate(self, session: AsyncSession, conversation: str, new: NewRating, who: Principal) -> Rating:
        """Keep a rating. Raises InvalidError (reasons), NotFoundError (case), ConflictError (rated before)."""
        if unknown := next((reason for reason in new.reasons if reason not in rules().reasons), None):
            raise InvalidError("rating.reason_unknown", field="reasons", reason=unknown)
        if new.level in rules().low and not new.reasons:
            raise InvalidError("rating.reason_needed", field="reasons")
        await self._conversations.hold(session, conversation)
        case = await self._access.row(session, new.case, who) if new.case else None
        given = await session.scalar(
            select(RatingRow).where(RatingRow.conversation == conversation, RatingRow.case_id == new.case)
        )
        if given is not None:
            raise ConflictError("rating.given")
        text, _ = await self._vault.keep_passed_on(session, tidy(new.text), vault_owner(conversation))
        row = RatingRow(
            conversation=conversation,
            case_id=new.case,
            item=None if case is None else case.item,
            unit=None if case is None else case.unit,
            at=self._clock.now(),
            level=new.level,
            reasons=list(new.reasons),
            text=text,
        )
        session.add(row)
        await session.flush()
        self._events.publish(session, RATING_GIVEN, f"rating:{row.id}", who, Rated(level=row.level, unit=row.unit))
        return Rating(
            level=row.level,
            level_name=rules().levels[row.level],
            reasons=tuple(rules().reasons[reason] for reason in row.reasons),
        )

    async def levels(self, session: AsyncSession) -> dict[int, int]:
        """How often each level was given in the last 30 days, the best first."""
        found = await session.execute(
            select(RatingRow.level, func.count())
            .where(RatingRow.at >= self._clock.now() - SHOWN)
            .group_by(RatingRow.level)
        )
        counted = {int(level): int(count) for level, count in found}
        return {level: counted.get(level, 0) for level in reversed(LEVELS)}

    async def low(self, session: AsyncSession) -> tuple[LowRating, ...]:
        """The ratings of two and one of the last 30 days, newest first."""
        rows = await session.scalars(
            select(RatingRow)
            .where(RatingRow.at >= self._clock.now() - SHOWN, RatingRow.level.in_(rules().low))
            .order_by(RatingRow.at.desc())
            .limit(MAX_LOW)
        )
        items = (await self._catalogue.published(session)).items

        def about(row: RatingRow) -> str:
            found = items.get(row.item or "")
            return "" if found is None else found.item.plain_name

        return tuple(
            LowRating(
                at=row.at,
                level=row.level,
                level_name=rules().levels[row.level],
                reasons=tuple(rules().reasons.get(reason, reason) for reason in row.reasons),
                text=replace_placeholders(row.text, NUMBER_MARK),
                about=about(row),
            )
            for row in rows
        )


RATINGS = web.AppKey("ratings", Ratings)
