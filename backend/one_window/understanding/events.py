"""Events of understanding: what editors taught and decided, what is switched off."""

from __future__ import annotations

from backend.contracts.event_kinds import EVERYBODY, EventKind, NoData
from backend.contracts.wire import Wire

TEACH = "understanding:teach"
"""The permission of those who are told."""


class Decided(Wire):
    """What an editor decided of a question."""

    decision: str


SENTENCE_TAUGHT = EventKind("understanding.taught", NoData, TEACH)
SENTENCE_UNTAUGHT = EventKind("understanding.untaught", NoData, TEACH)
REPORT_UPLOADED = EventKind("understanding.report_uploaded", NoData, TEACH)
REPORT_REMOVED = EventKind("understanding.report_removed", NoData, TEACH)
QUESTION_DECIDED = EventKind("understanding.question_decided", Decided, TEACH)
SWITCH_SET = EventKind("switch.set", NoData, EVERYBODY)
SWITCH_LIFTED = EventKind("switch.lifted", NoData, EVERYBODY)
EVENTS = (
    SENTENCE_TAUGHT,
    SENTENCE_UNTAUGHT,
    REPORT_UPLOADED,
    REPORT_REMOVED,
    QUESTION_DECIDED,
    SWITCH_SET,
    SWITCH_LIFTED,
)
