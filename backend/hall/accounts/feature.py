"""Accounts of staff: signing in, passwords, sessions, the second step."""

from __future__ import annotations

from pydantic import ValidationError
from yaml import YAMLError

from backend.hall.accounts import api, demonstration, pages
from backend.hall.accounts.attempts import Attempts
from backend.hall.accounts.events import EVENTS
from backend.hall.accounts.guessing import guessable
from backend.hall.accounts.models import SignInAttempts, StaffAccount, StaffSession
from backend.hall.accounts.passwords import Passwords
from backend.hall.accounts.second_step import SecondStep
from backend.hall.accounts.service import STAFF, StaffService
from backend.hall.accounts.sessions import StaffSessions
from backend.hall.accounts.signing_in import SIGNING_IN, SigningIn
from backend.platform.features import ContentReport, Feature, House, NavigationEntry
from backend.platform.identity import AUTHENTICATORS
from backend.platform.permissions import ALL_STAFF, ANYONE, OPERATIONS, Role, role
from backend.platform.personal_records import staffs
from backend.platform.places import PLACES, Places
from backend.platform.staff_directory import STAFF_DIRECTORY


def build(house: House) -> None:
    """Know who works here."""
    passwords, attempts = Passwords(), Attempts(house.keys.derived("sign_in"), house.clock)
    second_step, sessions = SecondStep(house.vault), StaffSessions(house.clock)
    house[PLACES] = places = Places()
    house[STAFF] = service = StaffService(passwords, attempts, second_step, sessions, places, house.clock, house.events)
    house[SIGNING_IN] = SigningIn(house.database, passwords, attempts, second_step, sessions, house.clock, house.events)
    house[STAFF_DIRECTORY] = service
    house[AUTHENTICATORS].append(service.authenticate)
    house.expiries["sessions"] = sessions.erase_expired
    house.expiries["sign_in_attempts"] = attempts.erase_old


def check() -> ContentReport:
    """Read what is near at hand for a password."""
    try:
        guessable()
    except (ValidationError, YAMLError) as error:
        return ContentReport(problems=(f"backend/hall/accounts/data: {error}",))
    return ContentReport()


FEATURE = Feature(
    package=__package__,
    title="工作人员账号",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "staff:sign_in": frozenset({ANYONE}),
        "staff:self": ALL_STAFF,
        "staff:add": frozenset({OPERATIONS}),
        "staff:unlock": frozenset({OPERATIONS}) | role(Role.UNIT_LEAD, Role.HALL_MANAGER, Role.OPERATOR),
    },
    tables=(
        staffs(StaffAccount, because="在岗期间要用；离岗后留名，审计记录才说得清是谁"),
        staffs(StaffSession, because="过期一天后清理"),
        staffs(SignInAttempts, because="防止猜密码；最后一次试过三个月后清理"),
    ),
    check=check,
    navigation=(NavigationEntry("我的账号", "/account", "staff:self", rank=900),),
    demonstration=demonstration.fill,
    events=EVENTS,
)
