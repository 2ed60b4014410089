"""What was not understood is kept for editors, who attach it to an item or an answer; what must not be answered now is switched off.

Everything here travels to the assistant in the catalogue's index, whose version grows with each change: it is understood
within seconds, without training.
"""

from __future__ import annotations

import re
from typing import get_args

from aiohttp import web
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue import CatalogueIndex, SwitchView
from backend.contracts.event_kinds import EventKind, NoData
from backend.contracts.turns import Channel
from backend.contracts.understanding import (
    NewSwitch,
    SwitchList,
    Taught,
    TaughtList,
    Teach,
    UnclearList,
    UnclearQuery,
    UnclearView,
)
from backend.language.identifiers_in_text import NUMBER_MARK, find_identifiers, hide_identifiers
from backend.language.names import hide_names
from backend.language.placeholders import has_placeholder
from backend.language.text import tidy
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.understanding.events import SENTENCE_TAUGHT, SENTENCE_UNTAUGHT, SWITCH_LIFTED, SWITCH_SET
from backend.one_window.understanding.models import Switch, TaughtExample, UnclearQuestion
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal

UNCLEAR_OUTCOMES = frozenset({"not_understood", "clarify", "not_ours"})
MAX_KEPT = 200
MIN_KEPT = 3
_LETTER = re.compile(r"[^\W\d_]")


class UnderstandingService:
    """Unclear questions, taught examples, switches."""

    def __init__(self, catalogue: CatalogueService, clock: Clock, events: Events) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._events = events

    async def note(self, session: AsyncSession, text: str, outcome: str, channel: str) -> None:
        """Keep a question that was not answered as it stood, without identifiers; the same one is counted."""
        text = hide_names(hide_identifiers(text)).strip()[:MAX_KEPT]
        if outcome not in UNCLEAR_OUTCOMES or len(text) < MIN_KEPT or not _LETTER.search(text.replace(NUMBER_MARK, "")):
            return  # a number, or nothing that an editor could teach
        known = await session.scalar(select(UnclearQuestion).where(UnclearQuestion.text == text))
        now = self._clock.now()
        if known is None:
            session.add(
                UnclearQuestion(
                    text=text, outcome=outcome, channel=channel, times=1, first_at=now, last_at=now, decision="open"
                )
            )
        else:
            known.times, known.last_at, known.outcome = known.times + 1, now, outcome

    async def unclear(self, session: AsyncSession, query: UnclearQuery) -> UnclearList:
        """Questions that wait for an editor, most frequent first."""
        wanted = select(UnclearQuestion).where(UnclearQuestion.decision == "open")
        if query.outcome:
            wanted = wanted.where(UnclearQuestion.outcome == query.outcome)
        ordered = wanted.order_by(UnclearQuestion.times.desc(), UnclearQuestion.last_at.desc()).limit(query.limit)
        return UnclearList(questions=tuple(_unclear(row) for row in await session.scalars(ordered)))

    async def ignore(self, session: AsyncSession, question_id: int, who: Principal) -> None:
        """A question needs no teaching. Raises NotFoundError."""
        row = await self._question(session, question_id)
        row.decision, row.decided_by = "ignored", who.id

    async def teach(self, session: AsyncSession, teach: Teach, who: Principal) -> Taught:
        """Attach a sentence; the assistant understands it within seconds. Raises InvalidError, ConflictError, NotFoundError."""
        text = tidy(teach.text)
        if find_identifiers(text) or has_placeholder(text):
            raise InvalidError("taught.personal", field="text")
        name = await self._name(session, teach.kind, teach.target)
        if await session.scalar(select(TaughtExample.id).where(TaughtExample.text == text)):
            raise ConflictError("taught.known", field="text")
        row = TaughtExample(kind=teach.kind, target=teach.target, text=text, by=who.id, at=self._clock.now())
        session.add(row)
        if teach.question is not None:
            question = await self._question(session, teach.question)
            question.decision, question.decided_by = "taught", who.id
        await self._changed(session, SENTENCE_TAUGHT, f"{teach.kind}:{teach.target}", who)
        return Taught(id=row.id, kind=row.kind, target=row.target, target_name=name, text=row.text, at=row.at)

    async def remove_example(self, session: AsyncSession, example_id: int, who: Principal) -> None:
        """Take a taught sentence back. Raises NotFoundError."""
        row = await session.get(TaughtExample, example_id)
        if row is None:
            raise NotFoundError("taught.unknown")
        await session.delete(row)
        await self._changed(session, SENTENCE_UNTAUGHT, f"{row.kind}:{row.target}", who)

    async def taught(self, session: AsyncSession) -> TaughtList:
        """Attached sentences, newest first."""
        rows = await session.scalars(select(TaughtExample).order_by(TaughtExample.id.desc()))
        return TaughtList(
            examples=tuple(
                [
                    Taught(
                        id=row.id,
                        kind=row.kind,
                        target=row.target,
                        target_name=await self._name(session, row.kind, row.target),
                        text=row.text,
                        at=row.at,
                    )
                    for row in rows
                ]
            )
        )

    async def switch_off(self, session: AsyncSession, new: NewSwitch, who: Principal) -> SwitchList:
        """Switch a channel, a topic or an item off, or set the emergency notice. Raises InvalidError (``target``)."""
        if new.target not in await self._targets(session, new.kind):
            raise InvalidError("switch.unknown", field="target", target=new.target)
        await session.execute(delete(Switch).where(Switch.kind == new.kind, Switch.target == new.target))
        session.add(Switch(kind=new.kind, target=new.target, sentence=new.sentence, by=who.id, at=self._clock.now()))
        await self._changed(session, SWITCH_SET, f"{new.kind}:{new.target}", who)
        return await self.switches(session)

    async def switch_on(self, session: AsyncSession, kind: str, target: str, who: Principal) -> SwitchList:
        """On again; nothing happens if it was on. Raises NotFoundError for what cannot be switched."""
        row = await session.get(Switch, (kind, target))
        if row is not None:  # also of an item that is gone meanwhile
            await session.delete(row)
            await self._changed(session, SWITCH_LIFTED, f"{kind}:{target}", who)
        elif target not in await self._targets(session, kind):
            raise NotFoundError("switch.gone", target=target)
        return await self.switches(session)

    async def _targets(self, session: AsyncSession, kind: str) -> frozenset[str]:
        """What there is of a kind to switch off."""
        if kind == "item":
            return frozenset((await self._catalogue.published(session)).items)
        if kind == "topic":
            return frozenset(topic.id for topic in self._catalogue.topics)
        return {"channel": frozenset(get_args(Channel)), "notice": frozenset({"all"})}.get(kind, frozenset())

    async def switches(self, session: AsyncSession) -> SwitchList:
        """What is switched off now."""
        rows = await session.scalars(select(Switch).order_by(Switch.kind, Switch.target))
        return SwitchList(switches=tuple(SwitchView(kind=r.kind, target=r.target, sentence=r.sentence) for r in rows))

    async def require_on(self, session: AsyncSession, item: str, topic: str) -> None:
        """Refuse what is switched off. Raises ConflictError with the sentence people are to be told."""
        for kind, target in (("item", item), ("topic", topic)):
            row = await session.get(Switch, (kind, target))
            if row is not None:
                raise ConflictError("switch.off", sentence=row.sentence)

    async def index(self, session: AsyncSession) -> CatalogueIndex:
        """The catalogue's index with what was taught and what is switched off."""
        index = await self._catalogue.index(session)
        taught: dict[tuple[str, str], list[str]] = {}
        for row in await session.scalars(select(TaughtExample).order_by(TaughtExample.id)):
            taught.setdefault((row.kind, row.target), []).append(row.text)
        return index.model_copy(
            update={
                "items": tuple(
                    entry.model_copy(update={"taught": tuple(taught.get(("item", entry.code), ()))})
                    for entry in index.items
                ),
                "answers": tuple(
                    entry.model_copy(update={"taught": tuple(taught.get(("answer", entry.id), ()))})
                    for entry in index.answers
                ),
                "switches": (await self.switches(session)).switches,
            }
        )

    async def _changed(self, session: AsyncSession, kind: EventKind[NoData], subject: str, who: Principal) -> None:
        await session.flush()
        await self._catalogue.raise_version(session)
        self._events.publish(session, kind, subject, who, NoData())

    async def _question(self, session: AsyncSession, question_id: int) -> UnclearQuestion:
        row = await session.get(UnclearQuestion, question_id)
        if row is None:
            raise NotFoundError("unclear.unknown")
        return row

    async def _name(self, session: AsyncSession, kind: str, target: str) -> str:
        if kind == "item":
            return (await self._catalogue.item(session, target)).item.plain_name
        return (await self._catalogue.policy_answer(session, target)).answer.title


UNDERSTANDING = web.AppKey("understanding", UnderstandingService)


def _unclear(row: UnclearQuestion) -> UnclearView:
    return UnclearView(
        id=row.id, text=row.text, outcome=row.outcome, channel=row.channel, times=row.times, last_at=row.last_at
    )
