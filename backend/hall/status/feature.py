"""The operator's page: processes, model, disk, versions."""

from __future__ import annotations

from backend.hall.status import api, pages
from backend.hall.status.service import STATUS, StatusService
from backend.hall.voice.service import VOICE
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.permissions import Role, role


def build(house: House) -> None:
    """Know where to ask."""
    house[STATUS] = StatusService(house.settings, house[VOICE], house.clock)


FEATURE = Feature(
    package=__package__,
    title="系统状态",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={"status:read": role(Role.OPERATOR)},
    navigation=(NavigationEntry("系统状态", "/operator", "status:read", rank=60),),
)
