"""Assistance (求助): what a member of staff has to take up, alarms first."""

from __future__ import annotations

from backend.one_window.assistance import api, pages
from backend.one_window.assistance.events import EVENTS
from backend.one_window.assistance.models import AssistanceRow
from backend.one_window.assistance.personal_records import AssistanceRecords
from backend.one_window.assistance.service import ASSISTANCE, AssistanceService
from backend.one_window.catalogue.service import CATALOGUE
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.permissions import Role, role
from backend.platform.personal_records import citizens
from backend.platform.staff_directory import STAFF_DIRECTORY


def build(house: House) -> None:
    """Keep the list."""
    house[ASSISTANCE] = service = AssistanceService(
        house[CATALOGUE], house[STAFF_DIRECTORY], house.vault, house.clock, house.events
    )
    house.records.append(AssistanceRecords(service))


FEATURE = Feature(
    package=__package__,
    title="求助",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={"assistance:take": role(Role.DESK_GUIDE, Role.DUTY_LEADER)},
    tables=(citizens(AssistanceRow),),
    navigation=(NavigationEntry("求助", "/desk", "assistance:take", rank=50),),
    events=EVENTS,
)
