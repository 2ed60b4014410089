"""The catalogue: items, guides, answers; its editors, exchange and what the centre has to confirm."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.client.catalogue import CatalogueClient
from backend.one_window.catalogue import (
    api,
    confirming_api,
    content_check,
    editing_api,
    editing_pages,
    exchange_api,
    pages,
    review_pages,
    reviewing_api,
)
from backend.one_window.catalogue.confirming import CONFIRMING, ConfirmingService
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.editing import EDITING, EditingService
from backend.one_window.catalogue.events import EVENTS
from backend.one_window.catalogue.exchange import EXCHANGE, ExchangeService
from backend.one_window.catalogue.guide_panels import GUIDE_PANELS
from backend.one_window.catalogue.models import (
    AnswerReading,
    CatalogueRevision,
    CentreField,
    ItemVersion,
    MaterialDecision,
)
from backend.one_window.catalogue.reviewed import REVIEWED
from backend.one_window.catalogue.reviewing import REVIEWING, ReviewingService
from backend.one_window.catalogue.service import CATALOGUE, CatalogueService
from backend.one_window.parameters.service import PARAMETERS
from backend.platform.database import one_at_a_time
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.permissions import ANYONE, OPERATIONS, Role, role
from backend.platform.personal_records import nobodys
from backend.platform.places import PLACES
from backend.shell.rendering import PAGES


def build(house: House) -> None:
    """Make the services on the delivered edition."""
    delivered = edition()
    house[CATALOGUE] = catalogue = CatalogueService(delivered, house.clock, house.events, house[PARAMETERS])
    house[CONFIRMING] = ConfirmingService(catalogue, house.clock, house.events)
    house[EDITING] = editing = EditingService(catalogue, delivered, house.clock, house.events)
    house[REVIEWED] = []
    house[REVIEWING] = ReviewingService(catalogue, delivered, house[REVIEWED], house.clock, house.events)
    house[EXCHANGE] = ExchangeService(catalogue, editing)
    house[GUIDE_PANELS] = []
    house[PLACES].open((unit.code, unit.name) for unit in catalogue.units)
    house[PAGES].centre_name = delivered.centre.name


async def load_delivered(app: web.Application, session: AsyncSession) -> None:
    """Bring the delivered edition in; of backends that start together one does."""
    await one_at_a_time(session, "catalogue")
    await app[CATALOGUE].load_delivered(session)
    await session.flush()
    await app[CATALOGUE].published(session)


FEATURE = Feature(
    package=__package__,
    title="事项和办事指南",
    build=build,
    routes=(
        api.routes,
        confirming_api.routes,
        editing_api.routes,
        exchange_api.routes,
        pages.routes,
        editing_pages.routes,
        reviewing_api.routes,
        review_pages.routes,
    ),
    permissions={
        "catalogue:read": frozenset({ANYONE}),
        "catalogue:edit": role(Role.CONTENT_EDITOR),
        "catalogue:versions": role(Role.CONTENT_EDITOR, Role.CONTENT_REVIEWER),
        "catalogue:review": role(
            Role.CONTENT_EDITOR, Role.CONTENT_REVIEWER, Role.HALL_MANAGER, Role.UNIT_LEAD, Role.AUDITOR
        ),
        "catalogue:decide": role(Role.CONTENT_EDITOR, Role.HALL_MANAGER),
        "catalogue:centre": frozenset({OPERATIONS}) | role(Role.CONTENT_EDITOR, Role.HALL_MANAGER),
    },
    tables=(
        nobodys(ItemVersion, because="公开的办事指南和编辑写的说明"),
        nobodys(CatalogueRevision),
        nobodys(CentreField, because="中心公开的地址、电话"),
        nobodys(AnswerReading, because="公开的问答，谁哪天读过"),
        nobodys(MaterialDecision, because="材料的依据，公开的规定"),
    ),
    navigation=(
        NavigationEntry("事项", "/content/items", "catalogue:versions", rank=300),
        NavigationEntry("待确认或取消", "/content/to-confirm", "catalogue:review", rank=310),
        NavigationEntry("该复核的", "/content/review", "catalogue:versions", rank=315),
        NavigationEntry("群众看到的指南", "/items", "staff:self", rank=890),
    ),
    prepare=(load_delivered,),
    check=content_check.check,
    client=CatalogueClient,
    events=EVENTS,
)
