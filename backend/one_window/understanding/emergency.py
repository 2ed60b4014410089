"""The emergency notice as every page shows it: held in each backend, read again whenever a switch changes."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.understanding.events import SWITCH_LIFTED, SWITCH_SET
from backend.one_window.understanding.models import Switch
from backend.platform.database import Database
from backend.platform.errors import DaobanError
from backend.platform.events import Events
from backend.platform.subscriptions import Subscription

log = structlog.get_logger(__name__)
NOTICE = ("notice", "all")
"""Kind and target of the switch that is the notice."""
RETRY_INTERVAL_SECONDS = 10.0


class EmergencyBoard:
    """The sentence in force; empty when there is none."""

    def __init__(self, database: Database, events: Events) -> None:
        self.sentence = ""
        self._database = database
        self._events = events

    async def read(self, session: AsyncSession) -> str:
        """Read the sentence from the database."""
        row = await session.get(Switch, NOTICE)
        self.sentence = "" if row is None else row.sentence
        return self.sentence

    async def run(self) -> None:
        """Follow the switches until cancelled, whichever backend sets them. What fails is logged and tried again."""
        changes = Subscription(frozenset({SWITCH_SET.name, SWITCH_LIFTED.name}))
        while True:
            try:
                async with self._database.read() as session:
                    after = await self._events.last_id(session)
                    await self.read(session)
                async for _ in self._events.follow(after, changes):
                    async with self._database.read() as session:
                        await self.read(session)
            except (SQLAlchemyError, DaobanError, OSError):
                log.exception("emergency.failed")
            await asyncio.sleep(RETRY_INTERVAL_SECONDS)


EMERGENCY = web.AppKey("emergency", EmergencyBoard)
