"""One-time notices (一次性告知): computed, numbered, kept as issued."""

from __future__ import annotations

from backend.client.notices import NoticesClient
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.notices import api, pages
from backend.one_window.notices.events import NOTICE_ISSUED
from backend.one_window.notices.models import IssuedNotice
from backend.one_window.notices.personal_records import NoticeRecords
from backend.one_window.notices.service import NOTICES, NoticesService
from backend.platform.features import Feature, House
from backend.platform.permissions import ANYONE, ASSISTANT, CITIZEN, Role, role
from backend.platform.personal_records import citizens


def build(house: House) -> None:
    """Tell once, completely."""
    house[NOTICES] = service = NoticesService(house[CATALOGUE], house.clock, house.events)
    house.records.append(NoticeRecords(service))


FEATURE = Feature(
    package=__package__,
    title="一次性告知",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "notices:preview": frozenset({ANYONE}),
        "notices:issue": frozenset({CITIZEN, ASSISTANT}) | role(Role.DESK_GUIDE, Role.COUNTER_CLERK, Role.UNIT_LEAD),
        "notices:read": frozenset({ANYONE}),
    },
    tables=(citizens(IssuedNotice),),
    client=NoticesClient,
    events=(NOTICE_ISSUED,),
)
