"""Verification: a code to the phone, or a look at the identity card at a counter."""

from __future__ import annotations

from backend.client.verification import VerificationClient
from backend.one_window.conversations.service import CONVERSATIONS
from backend.one_window.verification import api
from backend.one_window.verification.events import EVENTS
from backend.one_window.verification.models import PhoneCode
from backend.one_window.verification.personal_records import VerificationRecords
from backend.one_window.verification.service import VERIFICATION, VerificationService
from backend.platform.features import Feature, House
from backend.platform.permissions import ASSISTANT, CASE_STAFF, CITIZEN, CONNECTORS, Role, role
from backend.platform.personal_records import citizens
from backend.platform.sms import provider


def build(house: House) -> None:
    """Send and check codes."""
    house[VERIFICATION] = service = VerificationService(
        house.database,
        house[CONVERSATIONS],
        house.vault,
        provider(house.settings.sms, house.settings.data),
        house.keys.derived("phone codes"),
        house.clock,
        house.events,
    )
    house.records.append(VerificationRecords(service))
    house.expiries["codes"] = service.erase_old


FEATURE = Feature(
    package=__package__,
    title="身份核验",
    build=build,
    routes=(api.routes,),
    permissions={
        "verification:phone": frozenset({CITIZEN, ASSISTANT, CONNECTORS}),
        "verification:counter": role(Role.DESK_GUIDE) | CASE_STAFF,
    },
    tables=(citizens(PhoneCode),),
    client=VerificationClient,
    events=EVENTS,
)
