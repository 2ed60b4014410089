"""Protecting personal information: the vault's keys, the audit trail, retention, export and erasure of one person."""

from __future__ import annotations

from aiohttp import web

from backend.client.privacy import PrivacyClient
from backend.hall.accounts.service import STAFF
from backend.hall.privacy import api, pages
from backend.hall.privacy.audit_reading import AuditReading
from backend.hall.privacy.erasure import Erasure
from backend.hall.privacy.nightly import keep_tidy
from backend.hall.privacy.persons import Persons
from backend.hall.privacy.service import PRIVACY, PrivacyService
from backend.hall.privacy.vault_records import VaultRecords
from backend.one_window.cases.service import CASES
from backend.one_window.conversations.service import CONVERSATIONS
from backend.platform.features import Feature, House, NavigationEntry, retention_of
from backend.platform.permissions import ASSISTANT, OPERATIONS, Role, role
from backend.platform.personal_records import citizens
from backend.platform.vault.models import VaultEntry


def build(house: House) -> None:
    """Erase and hand out through the records of all features."""
    house.records.append(VaultRecords())
    erasure = Erasure(
        house[CONVERSATIONS],
        house.records,
        house.expiries,
        retention_of(house.features),
        house.vault,
        house.audit,
        house.clock,
        house.events,
    )
    anchors = house.settings.audit_anchors
    persons = Persons(house.records, erasure, house.vault, house.audit, house.clock)
    trail = AuditReading(house.audit, house[STAFF], house[CASES], anchors, house.clock)
    house[PRIVACY] = PrivacyService(house.vault, house.audit, trail, erasure, persons, anchors)


async def every_night(app: web.Application) -> None:
    """Carry out the retention table and note the audit trail's newest entry."""
    await keep_tidy(app)


FEATURE = Feature(
    package=__package__,
    title="个人信息保护",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "vault:rotate": frozenset({OPERATIONS}),
        "audit:read": role(Role.AUDITOR),
        "retention:read": frozenset({ASSISTANT, OPERATIONS}) | role(Role.AUDITOR, Role.HALL_MANAGER),
        "retention:run": frozenset({OPERATIONS}),
        "persons:handle": frozenset({OPERATIONS}),
    },
    tables=(citizens(VaultEntry),),
    navigation=(NavigationEntry("审计记录", "/auditor", "audit:read", rank=200),),
    background=(every_night,),
    client=PrivacyClient,
)
