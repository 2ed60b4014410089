"""Editing: drafts, a second pair of eyes, publication now or from a date, history, return by a new version.

Rules: nobody publishes what they wrote; at most one draft of an item is open; a draft keeps the catalogue's rules from its
first save; a published version never changes; while a version waits for its date no other of the item is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue import (
    DiffLine,
    DraftChange,
    EditorItem,
    EditorList,
    FrequentFields,
    ItemHistory,
    NewDraft,
    StepOnVersion,
    VersionStatus,
    VersionStep,
    VersionView,
)
from backend.contracts.catalogue_content import Item
from backend.language.text import tidy
from backend.one_window.catalogue.checking import ContentFault, check_item
from backend.one_window.catalogue.delivered import Edition
from backend.one_window.catalogue.events import (
    DRAFT_BEGUN,
    DRAFT_SAVED,
    ITEM_PUBLISHED,
    STEPS,
    ItemPublished,
    OfVersion,
)
from backend.one_window.catalogue.models import ItemVersion
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.catalogue.writing import compare, content_of, documents_in, read_item
from backend.platform.clock import SHANGHAI, Clock, local_date
from backend.platform.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal

STATUS_NAMES = {
    VersionStatus.DRAFT: "草稿",
    VersionStatus.SUBMITTED: "等另一位编辑看",
    VersionStatus.WAITING: "已定日期，还没生效",
    VersionStatus.IN_FORCE: "正在用",
    VersionStatus.REPLACED: "以前用过",
    VersionStatus.DISCARDED: "作废",
}
STEP_NAMES = {
    VersionStep.SUBMIT: "交给另一位编辑看",
    VersionStep.RETURN: "退回修改",
    VersionStep.APPROVE: "看过，发布",
    VersionStep.WITHDRAW: "撤回",
    VersionStep.DISCARD: "作废",
}
_LAWFUL = {
    VersionStatus.DRAFT: (VersionStep.SUBMIT, VersionStep.DISCARD),
    VersionStatus.SUBMITTED: (VersionStep.APPROVE, VersionStep.RETURN, VersionStep.WITHDRAW),
    VersionStatus.WAITING: (VersionStep.WITHDRAW,),
}
EDIT = "catalogue:edit"
"""The permission of those who write; others who see versions approve or return them."""
REVIEWERS_STEPS = frozenset({VersionStep.APPROVE, VersionStep.RETURN})
_OPEN = (VersionStatus.DRAFT, VersionStatus.SUBMITTED, VersionStatus.WAITING)
SPACE = "；"
"""Between complaints in one sentence."""


class EditingService:
    """What editors do with versions of items."""

    def __init__(self, catalogue: CatalogueService, edition: Edition, clock: Clock, events: Events) -> None:
        self._catalogue = catalogue
        self._edition = edition
        self._clock = clock
        self._events = events

    # --- looking

    async def items(self, session: AsyncSession, who: Principal) -> EditorList:
        """Every item with what is under way; what waits for somebody comes first."""
        published = (await self._catalogue.published(session)).items
        now = self._clock.now()
        waiting: dict[str, list[ItemVersion]] = {}
        rows = await session.scalars(
            select(ItemVersion).where(
                ItemVersion.status.in_(("draft", "submitted"))
                | ((ItemVersion.status == "published") & (ItemVersion.in_force_from > now))
            )
        )
        for row in rows:
            waiting.setdefault(row.code, []).append(row)
        new = [Item.model_validate(rows[-1].content) for code, rows in waiting.items() if code not in published]
        items = [*(found.item for found in published.values()), *new]
        lines = [
            EditorItem(
                code=item.code,
                name=item.name,
                plain_name=item.plain_name,
                unit=item.unit,
                unit_name=self._edition.units[item.unit].name,
                version=published[item.code].version if item.code in published else None,
                waiting=tuple(self._view(row, None, who) for row in waiting.get(item.code, ())),
            )
            for item in items
        ]
        return EditorList(items=tuple(sorted(lines, key=lambda line: (not line.waiting, line.code))))

    async def history(self, session: AsyncSession, code: str, who: Principal) -> ItemHistory:
        """Versions of an item, newest first. Raises NotFoundError."""
        rows = await self._versions(session, code)
        if not rows:
            raise NotFoundError("item.unknown", code=code)
        in_force = await self._in_force(session, code)
        return ItemHistory(code=code, versions=tuple(self._view(row, in_force, who) for row in reversed(rows)))

    async def content(self, session: AsyncSession, code: str, version: int) -> Item:
        """The content of a version. Raises NotFoundError."""
        return Item.model_validate((await self._row(session, code, version)).content)

    async def compared(self, session: AsyncSession, code: str, version: int) -> tuple[DiffLine, ...]:
        """What would change for the public: the version against the one in force (against nothing for a new item)."""
        found = (await self._catalogue.published(session)).items.get(code)
        return compare(None if found is None else found.item, await self.content(session, code, version))

    async def complaints(self, session: AsyncSession, content: Any, code: str | None = None) -> list[ContentFault]:
        """What has to be mended before the content can be kept."""
        item = read_item(content)
        if not isinstance(item, Item):
            return item
        if code is not None and item.code != code:
            raise InvalidError("item.code_fixed", field="code", code=code)
        return check_item(item, await self._surroundings(session, [item]))

    async def check_text(self, session: AsyncSession, text: str) -> list[ContentFault]:
        """The same for a YAML text of one item. Raises InvalidError if it is no YAML."""
        documents = documents_in(text)
        return await self.complaints(session, documents[0] if len(documents) == 1 else None)

    async def complaints_of(self, session: AsyncSession, items: Sequence[Item]) -> list[tuple[str, ContentFault]]:
        """What has to be mended of several items before they can be kept together: (code, complaint)."""
        around = await self._surroundings(session, items)
        return [(item.code, one) for item in items for one in check_item(item, around)]

    # --- writing

    async def begin(self, session: AsyncSession, code: str, new: NewDraft, who: Principal) -> VersionView:
        """Begin a draft from the version in force, or from an earlier one to return to it."""
        rows = await self._versions(session, code)
        self._refuse_second_draft(rows)
        in_force = await self._in_force(session, code)
        if not rows:
            raise NotFoundError("item.unknown", code=code)
        base = await self._row(session, code, new.based_on or in_force or rows[-1].version)
        note = tidy(new.note) or (f"恢复第{base.version}版" if base.version != in_force else "")
        row = self._add(session, rows, base.content, who, note, base)
        await session.flush()
        return self._view(row, in_force, who)

    async def save(
        self, session: AsyncSession, code: str, version: int, change: DraftChange, who: Principal
    ) -> VersionView:
        """Save a draft. Raises InvalidError naming the fields to mend, ConflictError if another saved meanwhile."""
        row = await self._row(session, code, version)
        in_force = await self._in_force(session, code)
        self._require(row, in_force, {VersionStatus.DRAFT}, "保存")
        if row.edits != change.edits:
            raise ConflictError("item.changed_meanwhile")
        content = self._changed(row.content, change)
        await self._refuse_faulty(session, content, code)
        row.content = content_of(Item.model_validate(content))
        row.edits += 1
        row.note = row.note if change.note is None else tidy(change.note)
        row.authors = _with(row.authors, who)
        row.origin = "edited"
        row.published_at = self._clock.now()
        self._events.publish(session, DRAFT_SAVED, f"item:{code}", who, OfVersion(version=version))
        return self._view(row, in_force, who)

    @staticmethod
    def _changed(content: dict[str, Any], change: DraftChange) -> Any:
        if change.yaml is not None:
            documents = documents_in(change.yaml)
            return documents[0] if len(documents) == 1 else None
        return content if change.fields is None else {**content, **_frequent(content, change.fields)}

    async def step(
        self, session: AsyncSession, code: str, version: int, step: VersionStep, told: StepOnVersion, who: Principal
    ) -> VersionView:
        """One step on the way of a version. Raises ConflictError, NotAllowedError, InvalidError."""
        row = await self._row(session, code, version)
        in_force = await self._in_force(session, code)
        status = self._status(row, in_force)
        if not who.may(EDIT) and step not in REVIEWERS_STEPS:
            raise NotAllowedError("identity.forbidden")
        if step not in _LAWFUL.get(status, ()):
            raise ConflictError("item.step_not_lawful", status=STATUS_NAMES[status], step=STEP_NAMES[step])
        note = tidy(told.note)
        if step is VersionStep.APPROVE:
            await self._approve(session, row, told.from_date, who)
        elif step is VersionStep.SUBMIT:
            row.note = note or row.note
            if not row.note:
                raise InvalidError("item.note_required", field="note")
            await self._refuse_faulty(session, row.content, code)
            row.status, row.authors, row.answer = "submitted", _with(row.authors, who), ""
        elif step is VersionStep.RETURN:
            if not note:
                raise InvalidError("item.note_required", field="note")
            row.status, row.answer = "draft", note
        elif step is VersionStep.WITHDRAW:
            row.status, row.approved_by = "draft", None
        else:
            row.status = "discarded"
        row.published_at = self._clock.now()
        if step is not VersionStep.APPROVE:
            self._events.publish(session, STEPS[step], f"item:{code}", who, OfVersion(version=version))
        await session.flush()
        return self._view(row, await self._in_force(session, code), who)

    async def _approve(self, session: AsyncSession, row: ItemVersion, from_date: date | None, who: Principal) -> None:
        """Publish: at once, or from midnight (Asia/Shanghai) of a day to come."""
        if who.id in row.authors:
            raise NotAllowedError("item.own_change")
        now = self._clock.now()
        if from_date is not None and from_date <= local_date(now):
            raise InvalidError("item.from_past", field="from_date")
        for other in await self._versions(session, row.code):
            if other.status == "published" and other.in_force_from > now:
                day = local_date(other.in_force_from).isoformat()
                raise ConflictError("item.waiting_version", version=other.version, day=day)
        await self._refuse_faulty(session, row.content, row.code)
        row.status, row.approved_by = "published", who.id
        row.in_force_from = now if from_date is None else datetime.combine(from_date, time(), SHANGHAI)
        published = ItemPublished(version=row.version, from_date=from_date)
        self._events.publish(session, ITEM_PUBLISHED, f"item:{row.code}", who, published)
        await self._catalogue.raise_version(session)

    async def begin_with(self, session: AsyncSession, item: Item, note: str, who: Principal) -> VersionView:
        """Begin a draft with a content that keeps the catalogue's rules. Raises ConflictError where a draft is open."""
        rows = await self._versions(session, item.code)
        self._refuse_second_draft(rows)
        row = self._add(session, rows, content_of(item), who, note, rows[-1] if rows else None)
        await session.flush()
        return self._view(row, await self._in_force(session, item.code), who)

    # --- rules

    def _refuse_second_draft(self, rows: Iterable[ItemVersion]) -> None:
        for row in rows:
            if row.status in ("draft", "submitted"):
                raise ConflictError("item.draft_exists", version=row.version)

    def _require(self, row: ItemVersion, in_force: int | None, statuses: set[VersionStatus], step: str) -> None:
        status = self._status(row, in_force)
        if status not in statuses:
            raise ConflictError("item.step_not_lawful", status=STATUS_NAMES[status], step=step)

    async def _refuse_faulty(self, session: AsyncSession, content: Any, code: str) -> None:
        faults = await self.complaints(session, content, code)
        if faults:
            said = SPACE.join(f"{one.field}：{one.text}" for one in faults)
            raise InvalidError("item.invalid", field=faults[0].field, complaints=said)

    async def _surroundings(self, session: AsyncSession, items: Sequence[Item]) -> Any:
        """What is in force, with these items in place of their published versions."""
        own = {item.code for item in items}
        published = (await self._catalogue.published(session)).items
        others = [found.item for code, found in published.items() if code not in own]
        return self._edition.surroundings([*others, *items])

    def _add(
        self,
        session: AsyncSession,
        rows: Sequence[ItemVersion],
        content: dict[str, Any],
        who: Principal,
        note: str,
        base: ItemVersion | None,
    ) -> ItemVersion:
        now = self._clock.now()
        row = ItemVersion(
            code=content["code"],
            version=(rows[-1].version if rows else 0) + 1,
            status="draft",
            origin="edited",
            delivered_digest=base.delivered_digest if base else "",
            content=content,
            published_at=now,
            in_force_from=now,
            based_on=base.version if base else None,
            edits=0,
            authors=[who.id],
            approved_by=None,
            note=note,
            answer="",
        )
        session.add(row)
        self._events.publish(session, DRAFT_BEGUN, f"item:{row.code}", who, OfVersion(version=row.version))
        return row

    async def _versions(self, session: AsyncSession, code: str) -> list[ItemVersion]:
        return list(
            await session.scalars(select(ItemVersion).where(ItemVersion.code == code).order_by(ItemVersion.version))
        )

    async def _row(self, session: AsyncSession, code: str, version: int) -> ItemVersion:
        row = await session.get(ItemVersion, (code, version))
        if row is None:
            raise NotFoundError("item.version_unknown", code=code, version=version)
        return row

    async def _in_force(self, session: AsyncSession, code: str) -> int | None:
        found: int | None = await session.scalar(
            select(ItemVersion.version)
            .where(
                ItemVersion.code == code,
                ItemVersion.status == "published",
                ItemVersion.in_force_from <= self._clock.now(),
            )
            .order_by(ItemVersion.in_force_from.desc(), ItemVersion.version.desc())
            .limit(1)
        )
        return found

    async def waiting_count(self, session: AsyncSession) -> int:
        """How many versions wait for a second pair of eyes."""
        return await session.scalar(select(func.count()).where(ItemVersion.status == "submitted")) or 0

    def _status(self, row: ItemVersion, in_force: int | None) -> VersionStatus:
        if row.status != "published":
            return VersionStatus(row.status)
        if row.in_force_from > self._clock.now():
            return VersionStatus.WAITING
        return VersionStatus.IN_FORCE if row.version == in_force else VersionStatus.REPLACED

    def _view(self, row: ItemVersion, in_force: int | None, who: Principal) -> VersionView:
        status = self._status(row, in_force)
        steps = [
            step
            for step in _LAWFUL.get(status, ())
            if (step is not VersionStep.APPROVE or who.id not in row.authors)
            and (step in REVIEWERS_STEPS or who.may(EDIT))
        ]
        return VersionView(
            code=row.code,
            version=row.version,
            status=status,
            origin=row.origin,
            based_on=row.based_on,
            edits=row.edits,
            authors=tuple(row.authors),
            approved_by=row.approved_by,
            note=row.note,
            answer=row.answer,
            changed_at=row.published_at,
            in_force_from=row.in_force_from,
            steps=tuple(steps),
        )


EDITING = web.AppKey("editing", EditingService)


def is_open(view: VersionView) -> bool:
    """Whether the version is still on its way."""
    return view.status in _OPEN


def _with(authors: Sequence[str], who: Principal) -> list[str]:
    return [*authors, *([] if who.id in authors else [who.id])]


def _frequent(content: dict[str, Any], fields: FrequentFields) -> dict[str, Any]:
    """The frequent fields in the shape of the item."""
    plain = fields.model_dump(mode="json", exclude={"fee_text", "promised"})
    promised = None if fields.promised is None else fields.promised.model_dump(mode="json")
    limits = {**content["time_limits"], "promised": promised and {**promised, "basis": "national-practice"}}
    return {**plain, "fee": {**content["fee"], "text": fields.fee_text}, "time_limits": limits}
