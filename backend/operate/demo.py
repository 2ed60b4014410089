"""Demonstration data: an empty database is filled by every feature that has something to show."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.hall.accounts.service import STAFF
from backend.one_window.conversations.models import ConversationRow
from backend.platform.features import FEATURES_IN_USE
from backend.process.refusals import refused


async def fill(app: web.Application, session: AsyncSession) -> list[str]:
    """Fill an empty database; returns lines with the accounts and their passwords. Raises StartRefusedError."""
    used = await app[STAFF].anyone(session) or await session.scalar(select(ConversationRow.id).limit(1))
    if used:
        raise refused("demo_in_use")
    demonstrations = [found for feature in app[FEATURES_IN_USE] if (found := feature.demonstration) is not None]
    lines: list[str] = []
    for fill_feature in demonstrations:
        lines += await fill_feature(app, session)
        await session.flush()
    return lines
