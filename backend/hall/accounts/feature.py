"""Accounts of staff: signing in, passwords, sessions, the second step."""

from __future__ import annotations

from backend.hall.accounts import api, demonstration, pages
from backend.hall.accounts.events import EVENTS
from backend.hall.accounts.models import StaffAccount, StaffSession
from backend.hall.accounts.service import STAFF, StaffService
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.identity import AUTHENTICATORS
from backend.platform.permissions import ALL_STAFF, ANYONE, OPERATIONS
from backend.platform.personal_records import staffs
from backend.platform.staff_directory import STAFF_DIRECTORY


def build(house: House) -> None:
    """Know who works here."""
    house[STAFF] = service = StaffService(house.clock, house.events, house.vault)
    house[STAFF_DIRECTORY] = service
    house[AUTHENTICATORS].append(service.authenticate)
    house.expiries["sessions"] = service.sessions.erase_expired


FEATURE = Feature(
    package=__package__,
    title="工作人员账号",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "staff:sign_in": frozenset({ANYONE}),
        "staff:self": ALL_STAFF,
        "staff:add": frozenset({OPERATIONS}),
    },
    tables=(
        staffs(StaffAccount, because="在岗期间要用；离岗后留名，审计记录才说得清是谁"),
        staffs(StaffSession, because="过期一天后清理"),
    ),
    navigation=(NavigationEntry("我的账号", "/account", "staff:self", rank=900),),
    demonstration=demonstration.fill,
    events=EVENTS,
)
