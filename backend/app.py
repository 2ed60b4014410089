"""The backend as an aiohttp application: services made, routes mounted, catalogue loaded."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import structlog
from aiohttp import web
from sqlalchemy import select

from backend.core import routes as core_routes
from backend.core.clock import Clock, SystemClock
from backend.core.database import Database
from backend.core.events import Events
from backend.core.http import CLOCK, DATABASE, LONGEST_BODY, ROUTES, mount
from backend.core.identity import AUTHENTICATORS, Authenticator
from backend.core.middleware import ERROR_PAGE, add_security_headers, observe
from backend.core.routes import EVENTS
from backend.core.service_tokens import ServiceTokens, ensure_tokens
from backend.core.vault import KeyRing, Vault
from backend.core.vault.models import VaultEntry
from backend.core.working_days import WorkingCalendar
from backend.hall.staff import routes as staff_routes
from backend.hall.staff.service import STAFF, StaffService
from backend.one_window.cases import routes as cases_routes
from backend.one_window.cases.service import CASES, CasesService
from backend.one_window.cases.views import CaseViews
from backend.one_window.catalogue import confirming_routes, editing_routes
from backend.one_window.catalogue import routes as catalogue_routes
from backend.one_window.catalogue.confirming import CONFIRMING, ConfirmingService
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.editing import EDITING, EditingService
from backend.one_window.catalogue.service import CATALOGUE, CatalogueService
from backend.one_window.conversations import routes as conversations_routes
from backend.one_window.conversations.service import CONVERSATIONS, ConversationsService
from backend.one_window.conversations.visitors import VISITORS, Visitors
from backend.one_window.notices import routes as notices_routes
from backend.one_window.notices.service import NOTICES, NoticesService
from backend.pages import content as content_pages
from backend.pages import items as items_pages
from backend.pages import routes as pages_routes
from backend.pages.rendering import PAGES, STATIC, Pages
from backend.settings import Settings

log = structlog.get_logger(__name__)
VAULT_KEYS = "vault.keys"

SERVICES = (
    core_routes.routes,
    staff_routes.routes,
    catalogue_routes.routes,
    confirming_routes.routes,
    editing_routes.routes,
    notices_routes.routes,
    cases_routes.routes,
    conversations_routes.routes,
    pages_routes.routes,
    items_pages.routes,
    content_pages.routes,
)


def create_app(settings: Settings, clock: Clock | None = None) -> web.Application:
    """An app on a migrated database. Services exist once the app has started."""
    app = web.Application(middlewares=[observe], client_max_size=LONGEST_BODY)
    app[CLOCK] = clock or SystemClock()
    app[DATABASE] = Database(settings.database_url)
    app[ROUTES] = []
    app[conversations_routes.SOCKET_BASE] = settings.public_socket_url
    app[conversations_routes.SOCKET_PORT] = settings.connectors_port
    app[staff_routes.SECURE_COOKIES] = settings.secure_cookies
    app[PAGES] = Pages(edition().centre.name)
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
            yield
        finally:
            await app[DATABASE].stop()

    return running


async def _make_services(app: web.Application, settings: Settings) -> None:
    database, clock = app[DATABASE], app[CLOCK]
    tokens = ServiceTokens(ensure_tokens(settings.secrets))
    async with database.read() as session:
        sealed = await session.scalar(select(VaultEntry).limit(1))
        keys = KeyRing.open(settings.secrets / VAULT_KEYS, ciphertext_exists=sealed is not None)
        if sealed is not None:
            keys.decrypt(sealed.key_id, sealed.sealed, context=sealed.token)  # a wrong key stops the start
        calendar = WorkingCalendar()
        await calendar.load(session)
    vault, events = Vault(keys, clock), Events(database, clock)
    staff = StaffService(clock, events)
    catalogue = CatalogueService(edition(), clock, events)
    conversations = ConversationsService(vault, clock, events)
    views = CaseViews(catalogue, staff, vault, calendar, clock)
    visitors = Visitors(conversations, clock)
    app[EVENTS], app[STAFF], app[CATALOGUE] = events, staff, catalogue
    app[CONVERSATIONS], app[VISITORS] = conversations, visitors
    app[CONFIRMING] = ConfirmingService(catalogue, clock, events)
    app[EDITING] = EditingService(catalogue, edition(), clock, events)
    app[NOTICES] = NoticesService(catalogue, clock, events)
    app[CASES] = CasesService(catalogue, conversations, staff, vault, views, clock, events)
    authenticators: list[Authenticator] = [tokens, staff.authenticate, visitors.authenticate]
    app[AUTHENTICATORS] = authenticators
    async with database.write() as session:
        await catalogue.load_delivered(session)
    async with database.read() as session:
        await catalogue.published(session)
