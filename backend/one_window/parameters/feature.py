"""Parameters: dated local figures (minimum wage, average wage, bases) that the centre fills in, two people each."""

from __future__ import annotations

from pydantic import ValidationError

from backend.one_window.parameters import api, pages
from backend.one_window.parameters.content import content
from backend.one_window.parameters.events import EVENTS
from backend.one_window.parameters.models import ParameterValue
from backend.one_window.parameters.service import PARAMETERS, ParametersService
from backend.platform.features import ContentReport, Feature, House, NavigationEntry
from backend.platform.permissions import Role, role
from backend.platform.personal_records import nobodys


def build(house: House) -> None:
    """Keep the figures."""
    house[PARAMETERS] = ParametersService(house.clock, house.events)


def check() -> ContentReport:
    """The file holds; what it names of the catalogue is looked at by the catalogue's check."""
    try:
        found = content()
    except ValidationError as error:
        return ContentReport(tuple(f"parameters.yaml：{one['loc']}：{one['msg']}" for one in error.errors()))
    return ContentReport(remarks=(f"本地标准{len(found.parameters)}项，数目由中心在 /content/parameters 填。",))


FEATURE = Feature(
    package=__package__,
    title="本地标准",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "parameters:review": role(Role.CONTENT_EDITOR, Role.CONTENT_REVIEWER, Role.HALL_MANAGER, Role.AUDITOR),
        "parameters:edit": role(Role.CONTENT_EDITOR, Role.HALL_MANAGER),
        "parameters:confirm": role(Role.CONTENT_EDITOR, Role.CONTENT_REVIEWER, Role.HALL_MANAGER),
    },
    tables=(nobodys(ParameterValue, because="公布的标准和定它的文件"),),
    events=EVENTS,
    navigation=(NavigationEntry("本地标准", "/content/parameters", "parameters:review", rank=320),),
    check=check,
)
