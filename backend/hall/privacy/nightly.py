"""What the backend does once a night: the retention table, and an anchor of the audit trail."""

from __future__ import annotations

import asyncio

import structlog
from aiohttp import web

from backend.hall.privacy.service import PRIVACY
from backend.platform.audit import AUDIT, note_anchor
from backend.platform.http import CLOCK, DATABASE
from backend.platform.identity import SYSTEM

log = structlog.get_logger(__name__)
CHECK_INTERVAL_SECONDS = 1800.0
"""Seconds between looks at whether it is time; a machine that was off at night does it in the morning."""


async def keep_tidy(app: web.Application) -> None:
    """Run until cancelled. A night that fails is tried again half an hour later: whoever runs this begins again."""
    while True:
        await asyncio.sleep(CHECK_INTERVAL_SECONDS)
        await tidy_if_due(app)


async def tidy_if_due(app: web.Application) -> bool:
    """Today's run, unless it has been; returns whether it was done."""
    erasure = app[PRIVACY].erasure
    async with app[DATABASE].read() as session:
        if not await erasure.is_due(session):
            return False
    more = True
    while more:
        async with app[DATABASE].write() as session:
            done = await erasure.run(session, SYSTEM)
        more = done.more
        log.info("retention.done", **done.counts)
    async with app[DATABASE].read() as session:
        note_anchor(app[PRIVACY].anchors, await app[AUDIT].head(session), app[CLOCK].now())
    return True
