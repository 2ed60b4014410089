"""Events of verification; that a conversation was verified is the conversation's own."""

from __future__ import annotations

from backend.contracts.event_kinds import EventKind, NoData

CODE_SENT = EventKind("verification.code_sent", NoData)
CODE_NOT_SENT = EventKind("verification.code_not_sent", NoData)
CODE_REJECTED = EventKind("verification.code_rejected", NoData)
EVENTS = (CODE_SENT, CODE_NOT_SENT, CODE_REJECTED)
