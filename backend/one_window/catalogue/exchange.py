"""The catalogue as files: everything in force as YAML or as a table of materials, and files brought in as drafts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue import Import, Imported
from backend.contracts.catalogue_content import Item
from backend.one_window.catalogue.editing import SPACE, EditingService
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.catalogue.writing import (
    content_of,
    documents_in,
    materials_csv,
    materials_from_csv,
    read_item,
    to_yaml,
)
from backend.platform.errors import InvalidError, NotFoundError
from backend.platform.identity import Principal

_NOTE = "从文件导入"


class ExchangeService:
    """Takes items out and brings them in; what is brought in goes the way of every draft."""

    def __init__(self, catalogue: CatalogueService, editing: EditingService) -> None:
        self._catalogue = catalogue
        self._editing = editing

    async def items_yaml(self, session: AsyncSession) -> str:
        """All items in force, one YAML document each."""
        return to_yaml(await self._in_force(session))

    async def item_yaml(self, session: AsyncSession, code: str) -> str:
        """One item in force. Raises NotFoundError."""
        return to_yaml([(await self._catalogue.item(session, code)).item])

    async def materials_csv(self, session: AsyncSession) -> str:
        """Materials of all items in force, one line each."""
        return materials_csv(await self._in_force(session))

    async def bring_in(self, session: AsyncSession, told: Import, who: Principal) -> Imported:
        """Make drafts of what differs from what is in force; with anything to mend nothing is kept.

        Raises InvalidError naming what to mend, NotFoundError for materials of an unknown item, ConflictError where a
        draft is open.
        """
        contents = await self._contents(session, told)
        if not contents:
            raise InvalidError("import.nothing", field="text")
        items, faults = _read(contents)
        faults += [
            f"{code}：{one.field}：{one.text}" for code, one in await self._editing.complaints_of(session, items)
        ]
        if faults:
            raise InvalidError("item.invalid", field="text", complaints=SPACE.join(faults))
        published = (await self._catalogue.published(session)).items
        different = [item for item in items if item.code not in published or published[item.code].item != item]
        drafts = [await self._editing.begin_with(session, item, _NOTE, who) for item in different]
        changed = {item.code for item in different}
        return Imported(drafts=tuple(drafts), unchanged=tuple(item.code for item in items if item.code not in changed))

    async def _contents(self, session: AsyncSession, told: Import) -> list[Any]:
        """Contents of items as they were written; of a table of materials, the items in force with those materials."""
        if told.kind == "yaml":
            return documents_in(told.text)
        published = (await self._catalogue.published(session)).items
        materials = materials_from_csv(told.text)
        for code in materials:
            if code not in published:
                raise NotFoundError("item.unknown", code=code)
        return [content_of(published[code].item) | {"materials": rows} for code, rows in materials.items()]

    async def _in_force(self, session: AsyncSession) -> list[Item]:
        return [found.item for found in (await self._catalogue.published(session)).items.values()]


def _read(contents: Sequence[Any]) -> tuple[list[Item], list[str]]:
    """(items, what is wrong with the others)."""
    items: list[Item] = []
    faults: list[str] = []
    for place, content in enumerate(contents, 1):
        item = read_item(content)
        if isinstance(item, Item):
            items.append(item)
        else:
            named = content.get("code", f"第{place}份") if isinstance(content, dict) else f"第{place}份"
            faults += [f"{named}：{one.field}：{one.text}" for one in item]
    return items, faults


EXCHANGE = web.AppKey("exchange", ExchangeService)
