"""The backend as an aiohttp application, made from the features that are listed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import structlog
from aiohttp import web
from sqlalchemy import select

from backend.features import FEATURES
from backend.limiting.counting import RateLimiter
from backend.platform.api import DATA_FOLDER, EVENTS
from backend.platform.audit import AUDIT, Audit, AuditRow
from backend.platform.background import keep_running
from backend.platform.bodies import MAX_BODY
from backend.platform.clock import Clock, SystemClock
from backend.platform.clock_check import clock_behind
from backend.platform.cookies import SECURE_COOKIES
from backend.platform.database import Database, SecondBackendError
from backend.platform.errors import StartRefusedError
from backend.platform.events import Events
from backend.platform.feature_check import built_problems, declaration_problems
from backend.platform.features import FEATURES_IN_USE, Feature, House
from backend.platform.http import CLOCK, DATABASE, ROUTES, mount
from backend.platform.identity import AUTHENTICATORS
from backend.platform.middleware import add_security_headers, limit_addresses, observe
from backend.platform.public_address import PUBLIC_ADDRESS, PublicAddress
from backend.platform.rate_limits import LIMITER, RequestLimits
from backend.platform.service_tokens import ServiceTokens, ensure_tokens
from backend.platform.static_files import add_static_files
from backend.platform.vault import KeyRing, Vault
from backend.platform.vault.keys import KEYS_FILE
from backend.platform.vault.models import VaultEntry
from backend.platform.working_days import WorkingCalendar
from backend.process.incoming import readable_headers
from backend.process.serving import close_sockets_at_shutdown
from backend.settings import Settings
from backend.telemetry.metrics import METRICS, Metrics, measure

log = structlog.get_logger(__name__)
COMMAND_SECONDS = 60.0
"""How long a backend that is started waits for a command that has the database."""
LOCK_POLL_SECONDS = 0.2


def create_app(
    settings: Settings, clock: Clock | None = None, features: tuple[Feature, ...] = FEATURES
) -> web.Application:
    """An app on a migrated database. Services exist once the app has started.

    Raises StartRefusedError when the declarations of the features do not hold together.
    """
    _refuse(declaration_problems(features))
    app = web.Application(middlewares=[readable_headers, measure, observe, limit_addresses], client_max_size=MAX_BODY)
    app[LIMITER] = RequestLimits(RateLimiter(settings.limits, settings.redis_url), settings.proxies)
    app[METRICS] = Metrics()
    app[CLOCK] = clock or SystemClock()
    app[DATABASE] = Database(settings.database_url)
    app[DATA_FOLDER] = settings.data
    app[ROUTES] = []
    app[FEATURES_IN_USE] = features
    app[SECURE_COOKIES] = settings.secure_cookies
    app[PUBLIC_ADDRESS] = PublicAddress(settings.public_address, settings.trusted_hosts | {settings.host})
    app[AUTHENTICATORS] = []
    mount(app, [routes for feature in features for routes in feature.routes])
    for feature in features:
        if (files := feature.folder / "static").is_dir():
            add_static_files(app, f"/static/{feature.name}", files)
    app.on_response_prepare.append(add_security_headers)
    close_sockets_at_shutdown(app)
    app.cleanup_ctx.append(_running(settings))
    return app


def _running(settings: Settings) -> Callable[[web.Application], AsyncIterator[None]]:
    async def running(app: web.Application) -> AsyncIterator[None]:
        await _open(app[DATABASE])
        try:
            await _build(app, settings)
            works = [work for feature in app[FEATURES_IN_USE] for work in feature.background]
            beside = [asyncio.create_task(keep_running(app, work)) for work in works]
            if not app[DATABASE].is_sqlite:
                beside.append(asyncio.create_task(app[EVENTS].watch()))
            yield
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
        finally:
            app[LIMITER].counts.close()
            await app[DATABASE].stop()

    return running


async def _open(database: Database) -> None:
    """Open the database; a backend that is to serve waits for a command of the operator's to end. Raises SecondBackendError."""
    end = time.monotonic() + COMMAND_SECONDS
    while True:
        try:
            database.start()
        except SecondBackendError as held:
            serving = held.holder is None or held.holder.address
            if serving or not database.served_at or time.monotonic() > end:
                raise
            await asyncio.sleep(LOCK_POLL_SECONDS)
        else:
            return


async def _build(app: web.Application, settings: Settings) -> None:
    """Make the platform, then every feature on those before it, then what they prepare."""
    app[AUTHENTICATORS].append(ServiceTokens(ensure_tokens(settings.secrets)))
    house = await _platform(app, settings)
    app[AUDIT], app[EVENTS] = house.audit, house.events
    for feature in house.features:
        feature.build(house)
    _refuse(built_problems(house))
    async with house.database.write() as session:
        for feature in house.features:
            for prepare in feature.prepare:
                await prepare(app, session)


async def _platform(app: web.Application, settings: Settings) -> House:
    database, clock = app[DATABASE], app[CLOCK]
    async with database.read() as session:
        needed = await session.scalar(select(VaultEntry.token).limit(1)) or await session.scalar(
            select(AuditRow.seq).limit(1)
        )
        keys = KeyRing.open(settings.secrets / KEYS_FILE, ciphertext_exists=needed is not None)
        vault = Vault(keys, clock)
        await vault.check_keys(session)  # a wrong key stops the start
        calendar = WorkingCalendar()
        await calendar.load(session)
        if behind := await clock_behind(session, clock):
            log.warning("clock.behind", seconds=int(behind.total_seconds()))
    audit = Audit(keys.derived("audit"), clock)
    kinds = frozenset(kind for feature in app[FEATURES_IN_USE] for kind in feature.events)
    events = Events(database, clock, audit, kinds)
    return House(app, settings, database, clock, keys, vault, calendar, audit, events, app[FEATURES_IN_USE])


def _refuse(problems: list[str]) -> None:
    if problems:
        raise StartRefusedError("\n".join(problems))
