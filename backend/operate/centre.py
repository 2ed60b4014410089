"""What the centre has confirmed of itself: read, filled in, and how much is still empty."""

from __future__ import annotations

import asyncio

from sqlalchemy import create_engine, inspect, select

from backend.contracts.catalogue import CentreChange, CentreInfo
from backend.contracts.catalogue_content import Centre
from backend.migrations import is_empty, sync_url
from backend.one_window.catalogue.confirming import FIELD_NAMES, empty_fields
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.models import CentreField
from backend.operate.operator import operator
from backend.settings import Settings


def read_centre(settings: Settings) -> Centre:
    """What is confirmed of the centre. Raises StartRefusedError."""

    async def read() -> CentreInfo:
        async with operator(settings) as backend:
            return await backend.get("/catalogue/centre", CentreInfo)

    return asyncio.run(read()).centre


def change_centre(settings: Settings, change: CentreChange) -> Centre:
    """Fill in what the centre has confirmed of itself. Raises StartRefusedError with a sentence."""

    async def fill_in() -> CentreInfo:
        async with operator(settings) as backend:
            return await backend.patch("/catalogue/centre", change, CentreInfo)

    return asyncio.run(fill_in()).centre


def unconfirmed_line(settings: Settings) -> str:
    """How many fields of the centre are empty, and what to do; reads the database without opening it for work."""
    confirmed: set[str] = set()
    if not is_empty(settings.database_url):
        engine = create_engine(sync_url(settings.database_url))
        with engine.connect() as connection:
            if inspect(connection).has_table(CentreField.__tablename__):
                confirmed = set(connection.scalars(select(CentreField.name)))
        engine.dispose()
    empty = [name for name in empty_fields(edition().centre) if name not in confirmed]
    if not empty:
        return "中心的地址、电话、上班时间、怎么去都填好了。"
    names = "、".join(FIELD_NAMES[name] for name in empty)
    return f"中心的信息有{len(empty)}项空着（{names}），群众看到「待中心确认」。填写：./daoban confirm，或网页 /content/to-confirm"
