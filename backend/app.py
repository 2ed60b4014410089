"""The backend as an aiohttp application: services made, routes mounted, catalogue loaded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import structlog
from aiohttp import web
from sqlalchemy import select

from backend.core import routes as core_routes
from backend.core.audit import AUDIT, Audit, AuditRow
from backend.core.clock import Clock, SystemClock
from backend.core.cookies import SECURE_COOKIES
from backend.core.database import Database, one_at_a_time
from backend.core.events import Events
from backend.core.http import CLOCK, DATABASE, LONGEST_BODY, ROUTES, mount
from backend.core.identity import AUTHENTICATORS, Authenticator
from backend.core.middleware import ERROR_PAGE, SOCKETS, add_security_headers, limit_addresses, observe
from backend.core.rate_limits import LIMITER, RateLimiter
from backend.core.routes import EVENTS
from backend.core.service_tokens import ServiceTokens, ensure_tokens
from backend.core.sms import provider
from backend.core.vault import KeyRing, Vault
from backend.core.vault.models import VaultEntry
from backend.core.working_days import WorkingCalendar
from backend.hall.privacy import routes as privacy_routes
from backend.hall.privacy.audit_reading import AuditReading
from backend.hall.privacy.forgetting import Forgetting
from backend.hall.privacy.nightly import keep_tidy
from backend.hall.privacy.persons import Persons
from backend.hall.privacy.service import PRIVACY, PrivacyService
from backend.hall.staff import routes as staff_routes
from backend.hall.staff.service import STAFF, StaffService
from backend.hall.voice import routes as voice_routes
from backend.hall.voice.service import VOICE, VoiceService
from backend.metrics import METRICS, Metrics, measure
from backend.one_window.cases import routes as cases_routes
from backend.one_window.cases.service import CASES, CasesService
from backend.one_window.cases.views import CaseViews
from backend.one_window.catalogue import confirming_routes, editing_routes, exchange_routes
from backend.one_window.catalogue import routes as catalogue_routes
from backend.one_window.catalogue.confirming import CONFIRMING, ConfirmingService
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.editing import EDITING, EditingService
from backend.one_window.catalogue.exchange import EXCHANGE, ExchangeService
from backend.one_window.catalogue.service import CATALOGUE, CatalogueService
from backend.one_window.conversations import routes as conversations_routes
from backend.one_window.conversations.service import CONVERSATIONS, ConversationsService
from backend.one_window.conversations.visitors import VISITORS, Visitors
from backend.one_window.notices import routes as notices_routes
from backend.one_window.notices.service import NOTICES, NoticesService
from backend.one_window.rules import routes as rules_routes
from backend.one_window.rules.service import RULES_SERVICE, RulesService
from backend.one_window.understanding import routes as understanding_routes
from backend.one_window.understanding.reports import REPORTS, ReportsService
from backend.one_window.understanding.service import UNDERSTANDING, UnderstandingService
from backend.one_window.verification import routes as verification_routes
from backend.one_window.verification.service import VERIFICATION, VerificationService
from backend.pages import auditor as auditor_pages
from backend.pages import calculators as calculators_pages
from backend.pages import content as content_pages
from backend.pages import items as items_pages
from backend.pages import routes as pages_routes
from backend.pages import understanding as understanding_pages
from backend.pages import understanding_report as understanding_report_pages
from backend.pages.rendering import PAGES, STATIC, Pages
from backend.settings import Settings

log = structlog.get_logger(__name__)
VAULT_KEYS = "vault.keys"

SERVICES = (
    core_routes.routes,
    staff_routes.routes,
    privacy_routes.routes,
    voice_routes.routes,
    verification_routes.routes,
    catalogue_routes.routes,
    confirming_routes.routes,
    editing_routes.routes,
    exchange_routes.routes,
    notices_routes.routes,
    cases_routes.routes,
    conversations_routes.routes,
    rules_routes.routes,
    understanding_routes.routes,
    pages_routes.routes,
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
    app[LIMITER] = RateLimiter(settings.limits, settings.proxies)
    app[METRICS] = Metrics()
    app[SOCKETS] = conversations_routes.socket_base
    app[CLOCK] = clock or SystemClock()
    app[DATABASE] = Database(settings.database_url)
    app[ROUTES] = []
    app[conversations_routes.SOCKET_BASE] = settings.public_socket_url
    app[conversations_routes.SOCKET_PORT] = settings.connectors_port
    app[SECURE_COOKIES] = settings.secure_cookies
    app[VOICE] = voice = VoiceService()
    app[PAGES] = Pages(edition().centre.name, lambda: voice.state.sentence)
    app[ERROR_PAGE] = app[PAGES].error
    mount(app, SERVICES)
    app.router.add_static("/static", STATIC)
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
