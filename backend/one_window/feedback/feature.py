"""Feedback: complaints, suggestions and praise with a number and a term; ratings; urging of cases."""

from __future__ import annotations

from pydantic import ValidationError
from yaml import YAMLError

from backend.client.feedback import FeedbackClient
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.covers import COVERS
from backend.one_window.cases.service import CASES
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.conversations.service import CONVERSATIONS
from backend.one_window.feedback import api, pages
from backend.one_window.feedback.events import EVENTS
from backend.one_window.feedback.models import FeedbackRow, RatingRow, UrgingRow
from backend.one_window.feedback.personal_records import FeedbackRecords
from backend.one_window.feedback.ratings import RATINGS, Ratings
from backend.one_window.feedback.rules import rules, words
from backend.one_window.feedback.service import FEEDBACK, FeedbackService
from backend.one_window.feedback.urging import URGING, Urging
from backend.platform.features import ContentReport, Feature, House, NavigationEntry
from backend.platform.permissions import ASSISTANT, Role, role
from backend.platform.personal_records import citizens
from backend.platform.staff_directory import STAFF_DIRECTORY


def build(house: House) -> None:
    """Listen, answer in term, and let owners know who waits."""
    staff, conversations = house[STAFF_DIRECTORY], house[CONVERSATIONS]
    access = CaseAccess(house[COVERS])
    house[RATINGS] = ratings = Ratings(conversations, house[CATALOGUE], access, house.vault, house.clock, house.events)
    house[FEEDBACK] = FeedbackService(
        conversations, staff, house.vault, house.calendar, ratings, house.clock, house.events
    )
    house[URGING] = Urging(house[CASES], access, staff, house.clock, house.events)
    house.records.append(FeedbackRecords())


def check() -> ContentReport:
    """Read the rules and words."""
    try:
        rules()
        words()
    except (ValidationError, YAMLError) as error:
        return ContentReport(problems=(f"backend/one_window/feedback/data: {error}",))
    return ContentReport()


FEATURE = Feature(
    package=__package__,
    title="投诉评价",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={
        "feedback:give": frozenset({ASSISTANT}),
        "feedback:handle": role(Role.HALL_MANAGER, Role.DUTY_LEADER),
    },
    tables=(citizens(FeedbackRow), citizens(RatingRow), citizens(UrgingRow)),
    check=check,
    client=FeedbackClient,
    navigation=(NavigationEntry("投诉评价", "/hall/feedback", "feedback:handle", rank=92),),
    events=EVENTS,
)
