"""Cases (办件): drafted, submitted, accepted, supplemented, decided, delivered; the clerk's page."""

from __future__ import annotations

from pydantic import ValidationError
from yaml import YAMLError

from backend.client.cases import CasesClient
from backend.one_window.cases import api, demonstration, pages, workload_pages
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.checklist import Checklist
from backend.one_window.cases.composing import DOCUMENTS, Documents
from backend.one_window.cases.contacts import contact_words
from backend.one_window.cases.counter_work import COUNTER_WORK, CounterWork
from backend.one_window.cases.covers import COVERS, Covers
from backend.one_window.cases.documents import document_texts
from backend.one_window.cases.drafts import Drafts
from backend.one_window.cases.due_dates import DueDates
from backend.one_window.cases.events import EVENTS
from backend.one_window.cases.models import CaseCover, CaseMark, CaseNote, CaseRow, CaseStatement, CaseStepRow
from backend.one_window.cases.personal_records import CaseRecords
from backend.one_window.cases.queue import Queue
from backend.one_window.cases.remedies import remedy_texts
from backend.one_window.cases.rules import rules
from backend.one_window.cases.same_material import material_words
from backend.one_window.cases.service import CASES, CasesService
from backend.one_window.cases.statements import STATEMENTS, Statements
from backend.one_window.cases.stepping import Stepping
from backend.one_window.cases.views import CaseViews
from backend.one_window.cases.workload import WORKLOAD, WorkloadService
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.conversations.service import CONVERSATIONS
from backend.one_window.notices.service import NOTICES
from backend.one_window.understanding.service import UNDERSTANDING
from backend.platform.features import ContentReport, Feature, House, NavigationEntry
from backend.platform.permissions import ASSISTANT, CASE_STAFF, Role, role
from backend.platform.personal_records import citizens, staffs
from backend.platform.staff_directory import STAFF_DIRECTORY


def build(house: House) -> None:
    """Carry cases from draft to result."""
    staff, catalogue, conversations = house[STAFF_DIRECTORY], house[CATALOGUE], house[CONVERSATIONS]
    house[COVERS] = covers = Covers(staff, house.clock, house.events)
    access = CaseAccess(covers)
    checklist = Checklist(house[NOTICES], staff, house.clock, house.events)
    views = CaseViews(catalogue, staff, house.vault, house.calendar, house.clock, access)
    drafts = Drafts(
        catalogue,
        house[UNDERSTANDING],
        conversations,
        house[NOTICES],
        house.vault,
        views,
        access,
        house.clock,
        house.events,
    )
    steps = Stepping(
        catalogue, conversations, staff, views, access, covers, checklist, house.clock, house.events, house.audit
    )
    queue = Queue(views, access, house.calendar)
    house[CASES] = service = CasesService(
        drafts, steps, queue, conversations, house.vault, views, access, house.clock, house.audit
    )
    house[COUNTER_WORK] = CounterWork(
        catalogue, access, checklist, staff, views.texts, house.calendar, house.clock, house.events
    )
    house[STATEMENTS] = Statements(access, views, house.clock, house.events)
    house[DOCUMENTS] = Documents(catalogue, staff, views, access, checklist, house.audit)
    house[WORKLOAD] = WorkloadService(catalogue, staff, house.clock)
    house.records.append(CaseRecords(service))
    due_dates = DueDates(house.database, catalogue, conversations, views, house.events)
    house.recomputations.append(due_dates.recompute)
    house.expiries["drafts"] = service.erase_old_drafts


def check() -> ContentReport:
    """Read the counter's numbers and the wording of documents."""
    try:
        rules()
        document_texts()
        contact_words()
        material_words()
        remedy_texts()
    except (ValidationError, YAMLError) as error:
        return ContentReport(problems=(f"backend/one_window/cases/data: {error}",))
    return ContentReport()


FEATURE = Feature(
    package=__package__,
    title="办件",
    build=build,
    routes=(api.routes, pages.routes, workload_pages.routes),
    permissions={
        "cases:start": frozenset({ASSISTANT}),
        "cases:read": frozenset({ASSISTANT}) | CASE_STAFF,
        "cases:draft": frozenset({ASSISTANT}) | CASE_STAFF,
        "cases:tell": frozenset({ASSISTANT}),
        "cases:remedies": frozenset({ASSISTANT}),
        "cases:step": frozenset({ASSISTANT}) | CASE_STAFF,
        "cases:queue": CASE_STAFF,
        "cases:unmask": CASE_STAFF,
        "cases:counter": CASE_STAFF,
        "cases:work": CASE_STAFF,
        "cases:cover": CASE_STAFF | role(Role.HALL_MANAGER),
        "cases:oversee": role(Role.UNIT_LEAD, Role.HALL_MANAGER, Role.DUTY_LEADER),
        "conversations:cases": frozenset({ASSISTANT}),
    },
    tables=(
        citizens(CaseRow),
        citizens(CaseStepRow),
        citizens(CaseMark),
        citizens(CaseNote),
        citizens(CaseStatement),
        staffs(CaseCover, because="谁在哪几天替谁办，和办件的经过一起保存"),
    ),
    check=check,
    navigation=(
        NavigationEntry("办件情况", "/hall/workload", "cases:oversee", rank=90),
        NavigationEntry("办件", "/counter", "cases:queue", rank=100),
    ),
    demonstration=demonstration.fill,
    client=CasesClient,
    events=EVENTS,
)
