"""Cases (办件): drafted, submitted, accepted, supplemented, decided, delivered; the clerk's page."""

from __future__ import annotations

from backend.client.cases import CasesClient
from backend.one_window.cases import api, demonstration, pages, workload_pages
from backend.one_window.cases.due_dates import DueDates
from backend.one_window.cases.events import EVENTS
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.personal_records import CaseRecords
from backend.one_window.cases.service import CASES, CasesService
from backend.one_window.cases.views import CaseViews
from backend.one_window.cases.workload import WORKLOAD, WorkloadService
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.conversations.service import CONVERSATIONS
from backend.one_window.understanding.service import UNDERSTANDING
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.permissions import ASSISTANT, CASE_STAFF, Role, role
from backend.platform.personal_records import citizens
from backend.platform.staff_directory import STAFF_DIRECTORY


def build(house: House) -> None:
    """Carry cases from draft to result."""
    staff = house[STAFF_DIRECTORY]
    views = CaseViews(house[CATALOGUE], staff, house.vault, house.calendar, house.clock)
    house[CASES] = service = CasesService(
        house[CATALOGUE],
        house[UNDERSTANDING],
        house[CONVERSATIONS],
        staff,
        house.vault,
        views,
        house.clock,
        house.events,
        house.audit,
    )
    house[WORKLOAD] = WorkloadService(house[CATALOGUE], staff, house.clock)
    house.records.append(CaseRecords(service))
    due_dates = DueDates(house.database, house[CATALOGUE], house[CONVERSATIONS], views, house.events)
    house.recomputations.append(due_dates.recompute)
    house.expiries["drafts"] = service.erase_old_drafts


FEATURE = Feature(
    package=__package__,
    title="办件",
    build=build,
    routes=(api.routes, pages.routes, workload_pages.routes),
    permissions={
        "cases:start": frozenset({ASSISTANT}),
        "cases:read": frozenset({ASSISTANT}) | CASE_STAFF,
        "cases:draft": frozenset({ASSISTANT}),
        "cases:step": frozenset({ASSISTANT}) | CASE_STAFF,
        "cases:queue": CASE_STAFF,
        "cases:unmask": CASE_STAFF,
        "cases:oversee": role(Role.UNIT_LEAD, Role.HALL_MANAGER, Role.DUTY_LEADER),
        "conversations:cases": frozenset({ASSISTANT}),
    },
    tables=(citizens(CaseRow), citizens(CaseStepRow)),
    navigation=(
        NavigationEntry("办件情况", "/hall/workload", "cases:oversee", rank=90),
        NavigationEntry("办件", "/counter", "cases:queue", rank=100),
    ),
    demonstration=demonstration.fill,
    client=CasesClient,
    events=EVENTS,
)
