"""The catalogue: what is published now, the guide of an item, search."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Literal

import structlog
from aiohttp import web
from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue import (
    AnswerEntry,
    CatalogueIndex,
    CentreInfo,
    Guide,
    IndexEntry,
    ItemList,
    ItemQuery,
    ItemSummary,
    PolicyAnswerView,
)
from backend.contracts.catalogue_content import Form, Item, Occasion, PolicyAnswer, SituationFact, Topic, Unit
from backend.contracts.conditions import parse
from backend.contracts.event_kinds import NoData
from backend.one_window.catalogue.delivered import DeliveredItem, Edition
from backend.one_window.catalogue.events import ITEM_PUBLISHED, ITEM_UPGRADE_RECEIVED, ItemPublished
from backend.one_window.catalogue.laws import in_force, law_of, to_come
from backend.one_window.catalogue.models import CatalogueRevision, CentreField, ItemVersion
from backend.one_window.catalogue.promising import true_answer, true_form, true_item
from backend.one_window.catalogue.search import SearchIndex, SearchText, near, text_of
from backend.one_window.catalogue.wording import (
    basis_text,
    citation,
    condition_text,
    handled_at_text,
    outdated_text,
    time_limits_text,
)
from backend.one_window.parameters.service import ParametersService
from backend.platform.clock import Clock, local_date
from backend.platform.errors import NotFoundError
from backend.platform.events import Events
from backend.platform.identity import SYSTEM

log = structlog.get_logger(__name__)
NEVER = datetime.max.replace(tzinfo=UTC)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class PublishedItem:
    """An item in force."""

    item: Item
    version: int
    published_on: date


@dataclass(frozen=True)
class Published:
    """Everything in force at one version of the catalogue."""

    version: int
    items: dict[str, PublishedItem]

    texts: dict[tuple[str, int], SearchText]
    """What is searched of a version of an item; kept from one version of the catalogue to the next."""

    @cached_property
    def search_index(self) -> SearchIndex:
        """Built at the first search of this version."""
        return SearchIndex(self._text(published) for published in self.items.values())

    def _text(self, published: PublishedItem) -> SearchText:
        key = (published.item.code, published.version)
        if key not in self.texts:
            self.texts[key] = text_of(published.item)
        return self.texts[key]


class CatalogueService:
    """Content files are the delivered edition; from the first load on the database is the truth."""

    def __init__(self, edition: Edition, clock: Clock, events: Events, parameters: ParametersService) -> None:
        self._edition = edition
        self._parameters = parameters
        self._clock = clock
        self._events = events
        self._texts: dict[tuple[str, int], SearchText] = {}
        self._published = Published(0, {}, self._texts)
        self._revision = -1
        self._next_change = NEVER
        self._at_version: dict[tuple[str, int], Item] = {}  # a version never changes

    @property
    def facts(self) -> dict[str, SituationFact]:
        """The vocabulary of situation facts, in the order to ask them."""
        return self._edition.facts

    async def load_delivered(self, session: AsyncSession) -> None:
        """Bring the delivered edition in: new items as version 1, changed ones as a new version.

        An item edited here is never overwritten: the delivered change becomes a draft for the editor.
        """
        rows = await session.execute(select(ItemVersion.code, ItemVersion.delivered_digest))
        known = {(code, digest) for code, digest in rows}
        changed = False
        for code, delivered in self._edition.items.items():
            if (code, delivered.digest) not in known:
                changed |= await self._load_item(session, code, delivered)
        if changed:
            await self.raise_version(session)

    async def _load_item(self, session: AsyncSession, code: str, delivered: DeliveredItem) -> bool:
        """Bring in a delivered item that is new or has changed; whether it is in force at once."""
        versions = list(
            await session.scalars(select(ItemVersion).where(ItemVersion.code == code).order_by(ItemVersion.version))
        )
        kept = [version for version in versions if version.status != "discarded"]
        edited = bool(kept) and kept[-1].origin == "edited"
        now = self._clock.now()
        session.add(
            ItemVersion(
                code=code,
                version=(versions[-1].version if versions else 0) + 1,
                status="draft" if edited else "published",
                origin="delivered",
                delivered_digest=delivered.digest,
                content=delivered.item.model_dump(mode="json", by_alias=True),
                published_at=now,
                in_force_from=now,
                based_on=kept[-1].version if kept else None,
                edits=0,
                authors=[],
                note="随产品升级带来的新内容" if kept else "",
                answer="",
            )
        )
        if edited:
            self._events.publish(session, ITEM_UPGRADE_RECEIVED, f"item:{code}", SYSTEM, NoData())
        else:
            self._events.publish(session, ITEM_PUBLISHED, f"item:{code}", SYSTEM, ItemPublished())
        return not edited

    async def raise_version(self, session: AsyncSession) -> None:
        """The catalogue, or what travels with its index, has changed."""
        revision = await session.get(CatalogueRevision, 1)
        if revision is None:
            session.add(CatalogueRevision(id=1, version=1))
        else:
            revision.version += 1
        await session.flush()

    async def published(self, session: AsyncSession) -> Published:
        """What is in force now; read again only after a change or when a version's date has come."""
        revision = await session.scalar(select(CatalogueRevision.version)) or 0
        now = self._clock.now()
        if revision != self._revision or now >= self._next_change:
            self._published = await self._read_published(session, revision, now)
            self._revision = revision
            log.info("catalogue.loaded", version=self._published.version, items=len(self._published.items))
        return self._published

    async def _read_published(self, session: AsyncSession, revision: int, now: datetime) -> Published:
        """The catalogue's version grows with every change at once, and with every version whose date has come."""
        rows = await session.execute(
            select(ItemVersion.code, ItemVersion.version, ItemVersion.published_at, ItemVersion.in_force_from)
            .where(ItemVersion.status == "published")
            .order_by(ItemVersion.code, ItemVersion.in_force_from, ItemVersion.version)
        )
        known = rows.all()
        in_force = {code: (version, local_date(since)) for code, version, _, since in known if since <= now}
        came = sum(approved < since <= now for _, _, approved, since in known)
        self._next_change = min((since for _, _, _, since in known if since > now), default=NEVER)
        await self._read_items(session, [(code, version) for code, (version, _) in in_force.items()])
        items = {
            code: PublishedItem(self._at_version[code, version], version, since)
            for code, (version, since) in in_force.items()
        }
        return Published(revision + came, items, self._texts)

    async def _read_items(self, session: AsyncSession, keys: list[tuple[str, int]]) -> None:
        """Versions not read before; a published version never changes."""
        missing = [key for key in keys if key not in self._at_version]
        for start in range(0, len(missing), _BATCH):
            wanted = tuple_(ItemVersion.code, ItemVersion.version).in_(missing[start : start + _BATCH])
            for row in await session.scalars(select(ItemVersion).where(wanted)):
                self._at_version[row.code, row.version] = Item.model_validate(row.content)

    async def item(self, session: AsyncSession, code: str) -> PublishedItem:
        """The item in force. Raises NotFoundError."""
        found = (await self.published(session)).items.get(code)
        if found is None:
            raise NotFoundError("item.unknown", code=code)
        return found

    async def item_at(self, session: AsyncSession, code: str, version: int) -> Item:
        """The item as it stood at a version: cases and notices keep theirs."""
        return (await self.items_at(session, {(code, version)}))[code, version]

    async def items_at(self, session: AsyncSession, keys: Collection[tuple[str, int]]) -> dict[tuple[str, int], Item]:
        """The same for many, by code and version."""
        await self._read_items(session, list(keys))
        lacking = next((code for code, version in keys if (code, version) not in self._at_version), None)
        if lacking is not None:
            raise NotFoundError("item.unknown", code=lacking)
        return {key: self._at_version[key] for key in keys}

    def form_of(self, item: Item) -> Form:
        """The item's own form, or the general one."""
        return true_form(item.forms[0] if item.forms else self._edition.general_form)

    def unit_name(self, code: str) -> str:
        """Name of a unit."""
        return self._edition.units[code].name

    async def guide(self, session: AsyncSession, code: str) -> Guide:
        """The guide of one item."""
        found = await self.item(session, code)
        return self.guide_of(found.item, found.version, found.published_on)

    def guide_of(self, item: Item, version: int, published_on: date) -> Guide:
        """The guide as it would read today with this content (a preview, where it is not published)."""
        today, laws = local_date(self._clock.now()), self._edition.dated_laws
        return Guide(
            item=true_item(item).model_copy(update={"legal_basis": in_force(item.legal_basis, laws, today)}),
            coming_basis=to_come(item.legal_basis, laws, today),
            version=version,
            published_on=published_on.isoformat(),
            unit_name=self.unit_name(item.unit),
            topic_name=self._edition.topics[item.topic].name,
            time_limits_text=time_limits_text(item.time_limits),
            handled_at_text=handled_at_text(item.handled_at),
            uses_general_form=not item.forms,
        )

    def citations(self, item: Item, day: date, *, checked: bool = False) -> tuple[str, ...]:
        """The bases of an item that are in force on a day; ``checked``: only those whose text was read."""
        rules = in_force(item.legal_basis, self._edition.dated_laws, day)
        return tuple(citation(rule) for rule in rules if rule.checked or not checked)

    async def plain_names(self, session: AsyncSession) -> dict[str, str]:
        """What people call each published item."""
        return {code: found.item.plain_name for code, found in (await self.published(session)).items.items()}

    async def index(self, session: AsyncSession) -> CatalogueIndex:
        """What the item linker follows."""
        published = await self.published(session)
        return CatalogueIndex(
            version=published.version,
            items=tuple(_index_entry(found.item) for found in published.items.values()),
            answers=tuple(_answer_entry(answer) for answer in self._edition.policy_answers.values()),
            topics=tuple(self._edition.topics.values()),
        )

    async def policy_answer(self, session: AsyncSession, answer_id: str) -> PolicyAnswerView:
        """One policy answer, with the local figures that are published. Raises NotFoundError."""
        answer = self._edition.policy_answers.get(answer_id)
        if answer is None:
            raise NotFoundError("policy_answer.unknown", id=answer_id)
        today = local_date(self._clock.now())
        answer = true_answer((await self._parameters.figures(session)).told_in(answer, today))
        law = law_of(answer.cite, self._edition.dated_laws)
        if law is not None and law.until is not None and law.until < today:
            answer = answer.model_copy(update={"to_confirm": outdated_text(law.title)})
        found = (await self.published(session)).items.get(answer.item or "")
        return PolicyAnswerView(
            answer=answer,
            topic_name=self._edition.topics[answer.topic].name,
            item_name=None if found is None else found.item.name,
            plain_name=None if found is None else found.item.plain_name,
            basis_text=answer.cite or basis_text(answer.basis),
        )

    async def list_items(self, session: AsyncSession, query: ItemQuery) -> ItemList:
        """Items by unit, topic, life event, audience and everyday words; of an occasion in its order."""
        published = await self.published(session)
        items = [found.item for found in published.items.values()]
        if query.q:
            index = await asyncio.to_thread(lambda: published.search_index)  # built once a version; nobody waits for it
            hits = index.search(query.q, limit=len(items))
            items = [published.items[hit.code].item for hit in (near(hits) if query.near else hits)]
        for occasion in (self._occasion("life_events", query.event), self._occasion("audiences", query.audience)):
            if occasion is not None:
                inside = {item.code: item for item in items}
                items = [inside[code] for code in occasion.items if code in inside]
        chosen = [item for item in items if query.unit in ("", item.unit) and query.topic in ("", item.topic)]
        return ItemList(version=published.version, items=tuple(self._summary(item) for item in chosen[: query.limit]))

    @property
    def most_asked(self) -> tuple[str, ...]:
        """Codes of what people ask for most, the first first."""
        return self._edition.most_asked

    def _occasion(self, kind: Literal["life_events", "audiences"], name: str) -> Occasion | None:
        if not name:
            return None
        occasions = self._edition.life_events if kind == "life_events" else self._edition.audiences
        if name not in occasions:
            raise NotFoundError("occasion.unknown")
        return occasions[name]

    @property
    def life_events(self) -> tuple[Occasion, ...]:
        """Life events, in the order to show them."""
        return tuple(self._edition.life_events.values())

    @property
    def audiences(self) -> tuple[Occasion, ...]:
        """Audiences, in the order to show them."""
        return tuple(self._edition.audiences.values())

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Topics, in the order to show them."""
        return tuple(self._edition.topics.values())

    @property
    def units(self) -> tuple[Unit, ...]:
        """Units, in the order to show them."""
        return tuple(self._edition.units.values())

    def when_text(self, when: str) -> str:
        """When a material or field is needed, in words; empty for always."""
        return condition_text(parse(when), self._edition.facts)

    async def centre(self, session: AsyncSession) -> CentreInfo:
        """The hall, its units, the hotlines; what the centre has confirmed here stands before what was delivered."""
        confirmed = {row.name: row.value for row in await session.scalars(select(CentreField))}
        return CentreInfo(
            centre=self._edition.centre.model_copy(update=confirmed),
            units=tuple(self._edition.units.values()),
            hotlines=self._edition.hotlines,
        )

    def _summary(self, item: Item) -> ItemSummary:
        return ItemSummary(
            code=item.code,
            name=item.name,
            plain_name=item.plain_name,
            summary=item.summary,
            topic=item.topic,
            unit=item.unit,
            unit_name=self.unit_name(item.unit),
        )


CATALOGUE = web.AppKey("catalogue", CatalogueService)


def _index_entry(item: Item) -> IndexEntry:
    return IndexEntry(
        code=item.code,
        name=item.name,
        plain_name=item.plain_name,
        aliases=item.aliases,
        examples=item.examples,
        topic=item.topic,
        unit=item.unit,
    )


def _answer_entry(answer: PolicyAnswer) -> AnswerEntry:
    return AnswerEntry(
        id=answer.id, title=answer.title, topic=answer.topic, item=answer.item, questions=answer.questions
    )
