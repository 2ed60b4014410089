"""What the assistant knows of a conversation beside its messages: small, without personal data, kept in the tracker."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.dialogue.danger_mode import DangerMode
from backend.contracts.facts import KnownFact

SLOT = "dialogue"
"""Rasa's slot that holds the state."""
OBSERVED = "dialogue"
"""Key, in the metadata of a message, of the state with that message in it."""
MAX_RULES = 12


class Computed(BaseModel):
    """A calculation that a message may go on from: which rule, for whom, at which message."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    rule: str
    holder: str
    seq: int
    facts: tuple[KnownFact, ...] = ()
    """What it was begun with, suppositions too."""


class DialogueState(BaseModel):
    """The state after a message; a value that is never changed, only replaced (``model_copy``)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    message_id: str = ""
    """The message that was read last: reading it again changes nothing."""
    seq: int = 0
    """Messages of the citizen so far."""
    rules: tuple[str, ...] = ()
    """Names of the rules that answered, newest first, at most ``MAX_RULES``."""

    facts: tuple[KnownFact, ...] = ()
    """What people told of themselves and of others, the newest last."""
    computed: Computed | None = None
    """What was computed last."""

    danger: DangerMode = DangerMode()
    """Whether danger was heard, which and whose; it stays for the messages that follow."""

    def answered_by(self, rule: str) -> DialogueState:
        """Note that a rule answers this message."""
        return self.model_copy(update={"rules": (rule, *self.rules)[:MAX_RULES]})


def read_state(stored: Any) -> DialogueState:
    """Read a stored state; what cannot be read is a new conversation's: the tracker is a cache."""
    try:
        return DialogueState.model_validate(stored or {})
    except ValidationError:
        return DialogueState()
