"""The backend as an aiohttp application: services made, routes mounted, catalogue loaded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import structlog
from aiohttp import web
from sqlalchemy import select

from backend.hall.accounts import api as staff_routes
from backend.hall.accounts import pages as accounts_pages
from backend.hall.accounts.service import STAFF, StaffService
from backend.hall.privacy import api as privacy_routes
from backend.hall.privacy import pages as auditor_pages
from backend.hall.privacy.audit_reading import AuditReading
from backend.hall.privacy.forgetting import Forgetting
from backend.hall.privacy.nightly import keep_tidy
from backend.hall.privacy.persons import Persons
from backend.hall.privacy.service import PRIVACY, PrivacyService
from backend.hall.voice import api as voice_routes
from backend.hall.voice.service import VOICE, VoiceService
from backend.limiting.counting import RateLimiter
from backend.one_window.calculators import api as rules_routes
from backend.one_window.calculators import pages as calculators_pages
from backend.one_window.calculators.service import RULES_SERVICE, RulesService
from backend.one_window.cases import api as cases_routes
from backend.one_window.cases import pages as cases_pages
from backend.one_window.cases.service import CASES, CasesService
from backend.one_window.cases.views import CaseViews
from backend.one_window.catalogue import api as catalogue_routes
from backend.one_window.catalogue import confirming_api, editing_api, exchange_api
from backend.one_window.catalogue import editing_pages as content_pages
from backend.one_window.catalogue import pages as items_pages
from backend.one_window.catalogue.confirming import CONFIRMING, ConfirmingService
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.editing import EDITING, EditingService
from backend.one_window.catalogue.exchange import EXCHANGE, ExchangeService
from backend.one_window.catalogue.service import CATALOGUE, CatalogueService
from backend.one_window.conversations import api as conversations_routes
from backend.one_window.conversations import pages as conversations_pages
from backend.one_window.conversations.service import CONVERSATIONS, ConversationsService
from backend.one_window.conversations.visitors import VISITORS, Visitors
from backend.one_window.notices import api as notices_routes
from backend.one_window.notices import pages as notices_pages
from backend.one_window.notices.service import NOTICES, NoticesService
from backend.one_window.understanding import api as understanding_routes
from backend.one_window.understanding import pages as understanding_pages
from backend.one_window.understanding import report_pages as understanding_report_pages
from backend.one_window.understanding.reports import REPORTS, ReportsService
from backend.one_window.understanding.service import UNDERSTANDING, UnderstandingService
from backend.one_window.verification import api as verification_routes
from backend.one_window.verification.service import VERIFICATION, VerificationService
from backend.platform import api as core_routes
from backend.platform.api import EVENTS
from backend.platform.audit import AUDIT, Audit, AuditRow
from backend.platform.clock import Clock, SystemClock
from backend.platform.cookies import SECURE_COOKIES
from backend.platform.database import Database, one_at_a_time
from backend.platform.events import Events
from backend.platform.http import CLOCK, DATABASE, LONGEST_BODY, ROUTES, mount
from backend.platform.identity import AUTHENTICATORS, Authenticator
from backend.platform.middleware import ERROR_PAGE, SOCKETS, add_security_headers, limit_addresses, observe
from backend.platform.rate_limits import LIMITER, RequestLimits
from backend.platform.service_tokens import ServiceTokens, ensure_tokens
from backend.platform.sms import provider
from backend.platform.vault import KeyRing, Vault
from backend.platform.vault.models import VaultEntry
from backend.platform.working_days import WorkingCalendar
from backend.settings import Settings
from backend.shell.rendering import PAGES, Pages
from backend.telemetry.metrics import METRICS, Metrics, measure

log = structlog.get_logger(__name__)
VAULT_KEYS = "vault.keys"
ROOT = Path(__file__).parent
FOLDERS = {
    "shell": ROOT / "shell",
    "accounts": ROOT / "hall/accounts",
    "privacy": ROOT / "hall/privacy",
    **{
        name: ROOT / "one_window" / name
        for name in ("catalogue", "calculators", "cases", "conversations", "notices", "understanding")
    },
}

SERVICES = (
    core_routes.routes,
    staff_routes.routes,
    privacy_routes.routes,
    voice_routes.routes,
    verification_routes.routes,
    catalogue_routes.routes,
    confirming_api.routes,
    editing_api.routes,
    exchange_api.routes,
    notices_routes.routes,
    cases_routes.routes,
    conversations_routes.routes,
    rules_routes.routes,
    understanding_routes.routes,
    accounts_pages.routes,
    cases_pages.routes,
    conversations_pages.routes,
    notices_pages.routes,
    items_pages.routes,
    calculators_pages.routes,
    content_pages.routes,
    understanding_pages.routes,
    understanding_report_pages.routes,
    auditor_pages.routes,
)


def create_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """An app on a migrated database. Services exist once the app has started."""
    app = web.Application(middlewares=[measure, observe, limit_addresses], client_max_size=LONGEST_BODY)
    app[LIMITER] = RequestLimits(RateLimiter(settings.limits, settings.redis_url), settings.proxies)
    app[METRICS] = Metrics()
    app[SOCKETS] = conversations_routes.socket_base
    app[CLOCK] = clock or SystemClock()
    app[DATABASE] = Database(settings.database_url)
    app[ROUTES] = []
    app[conversations_routes.SOCKET_BASE] = settings.public_socket_url
    app[conversations_routes.SOCKET_PORT] = settings.connectors_port
    app[SECURE_COOKIES] = settings.secure_cookies
    app[VOICE] = voice = VoiceService()
    app[PAGES] = Pages(edition().centre.name, FOLDERS, lambda: voice.state.sentence)
    app[ERROR_PAGE] = app[PAGES].error
    mount(app, SERVICES)
    for name, folder in FOLDERS.items():
        app.router.add_static(f"/static/{name}", folder / "static")
    app.on_response_prepare.append(add_security_headers)
    app.cleanup_ctx.append(_running(settings))
    return app


def _running(settings: Settings) -> Callable[[web.Application], AsyncIterator[None]]:
    async def running(app: web.Application) -> AsyncIterator[None]:
        app[DATABASE].start()
        try:
            await _make_services(app, settings)
            beside = [asyncio.create_task(keep_tidy(app, settings.audit_anchors))]
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


async def _make_services(app: web.Application, settings: Settings) -> None:
    database, clock = app[DATABASE], app[CLOCK]
    tokens = ServiceTokens(ensure_tokens(settings.secrets))
    async with database.read() as session:
        needed = await session.scalar(select(VaultEntry.token).limit(1)) or await session.scalar(
            select(AuditRow.seq).limit(1)
        )
        keys = KeyRing.open(settings.secrets / VAULT_KEYS, ciphertext_exists=needed is not None)
        vault = Vault(keys, clock)
        await vault.check_keys(session)  # a wrong key stops the start
        calendar = WorkingCalendar()
        await calendar.load(session)
    audit = Audit(keys.derived("audit"), clock)
    events = Events(database, clock, audit)
    staff = StaffService(clock, events, vault)
    catalogue = CatalogueService(edition(), clock, events)
    understanding = UnderstandingService(catalogue, clock, events)
    conversations = ConversationsService(vault, understanding, clock, events)
    views = CaseViews(catalogue, staff, vault, calendar, clock)
    visitors = Visitors(conversations, clock)
    app[AUDIT], app[EVENTS], app[STAFF], app[CATALOGUE] = audit, events, staff, catalogue
    app[CONVERSATIONS], app[VISITORS], app[UNDERSTANDING] = conversations, visitors, understanding
    app[REPORTS] = ReportsService(settings.data / "reports", clock, events)
    app[RULES_SERVICE] = RulesService(calendar, clock)
    app[CONFIRMING] = ConfirmingService(catalogue, clock, events)
    app[EDITING] = EditingService(catalogue, edition(), clock, events)
    app[EXCHANGE] = ExchangeService(catalogue, app[EDITING])
    app[core_routes.WAITING] = conversations.waiting
    app[VERIFICATION] = VerificationService(
        database,
        conversations,
        vault,
        provider(settings.sms, settings.data),
        keys.derived("phone codes"),
        clock,
        events,
    )
    app[NOTICES] = NoticesService(catalogue, clock, events)
    app[CASES] = CasesService(catalogue, understanding, conversations, staff, vault, views, clock, events, audit)
    forgetting = Forgetting(
        conversations, visitors, app[CASES], app[NOTICES], app[VERIFICATION], staff, vault, audit, clock, events
    )
    persons = Persons(conversations, app[CASES], app[NOTICES], forgetting, vault, audit, clock)
    trail = AuditReading(audit, staff, app[CASES], settings.audit_anchors, clock)
    app[PRIVACY] = PrivacyService(vault, audit, trail, forgetting, persons)
    authenticators: list[Authenticator] = [tokens, staff.authenticate, visitors.authenticate]
    app[AUTHENTICATORS] = authenticators
    async with database.write() as session:
        await one_at_a_time(session, "catalogue")  # of backends that start together one loads it
        await catalogue.load_delivered(session)
    async with database.read() as session:
        await catalogue.published(session)
