"""Reading a message into the state, whichever rule then answers it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.dialogue.state import DialogueState
from backend.contracts.turns import Turn

_CHINA = ZoneInfo("Asia/Shanghai")


def today_in_china() -> date:
    """Today's date where the hall is."""
    return datetime.now(_CHINA).date()


def observed(state: DialogueState, turn: Turn, text: str, today: date) -> DialogueState:  # noqa: ARG001  # readers come in here
    """The state with this message in it: pure, and the same however often a message is read."""
    if state.message_id == turn.message_id:
        return state
    return state.model_copy(update={"message_id": turn.message_id, "seq": turn.seq})
