"""Looking after accounts: new ones, resets, moves, leaving; two people where one alone would give too much."""

from __future__ import annotations

from backend.hall.accounts.administration import STAFF_ADMINISTRATION, StaffAdministration
from backend.hall.accounts.service import STAFF
from backend.hall.personnel import api, pages
from backend.hall.personnel.events import EVENTS
from backend.hall.personnel.models import AccountProposal
from backend.hall.personnel.service import PERSONNEL, PersonnelService
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.permissions import Role, role
from backend.platform.personal_records import staffs


def build(house: House) -> None:
    """Change accounts through their own service."""
    house[STAFF_ADMINISTRATION] = administration = StaffAdministration(house[STAFF].sessions)
    house[PERSONNEL] = PersonnelService(house[STAFF], administration, house.clock, house.events)


FEATURE = Feature(
    package=__package__,
    title="账号管理",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "personnel:manage": role(Role.HALL_MANAGER, Role.OPERATOR),
        "personnel:decide": role(Role.HALL_MANAGER, Role.DUTY_LEADER, Role.OPERATOR),
        "personnel:page": role(Role.HALL_MANAGER, Role.DUTY_LEADER, Role.OPERATOR, Role.UNIT_LEAD),
    },
    tables=(staffs(AccountProposal, because="谁提的、谁同意的，和账号一起留着，审计记录才说得清"),),
    navigation=(NavigationEntry("账号管理", "/hall/accounts", "personnel:page", rank=120),),
    events=EVENTS,
)
