"""Reading a message into the state, whichever rule then answers it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.dialogue.computing import spoken_of
from assistant.dialogue.danger_mode import after
from assistant.dialogue.eligibility.answered import answer_to
from assistant.dialogue.facts.clauses import last_named
from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.state import DialogueState
from backend.contracts.turns import Turn
from backend.language.corrections import without_taken_back

_CHINA = ZoneInfo("Asia/Shanghai")


def today_in_china() -> date:
    """Today's date where the hall is."""
    return datetime.now(_CHINA).date()


def observed(state: DialogueState, turn: Turn, text: str, today: date) -> DialogueState:
    """The state with this message in it: pure, and the same however often a message is read."""
    if state.message_id == turn.message_id:
        return state
    store, whom = FactStore.holding(state.facts), state.spoken_of
    if turn.choice is None:
        meant = without_taken_back(text)
        told = read_facts(meant, today, spoken_of(meant, state))
        answered = answer_to(meant, today, state.judged, state.model_copy(update={"seq": turn.seq}))
        store.tell(told if answered is None else [*told, answered], turn.message_id)
        whom = last_named(text) or whom
    return state.model_copy(
        update={"message_id": turn.message_id, "seq": turn.seq, "facts": store.facts, "spoken_of": whom}
    )


def watched(state: DialogueState, message: DialogueMessage) -> DialogueState:
    """The state with what is heard of danger in it: pure, and the same however often a message is heard."""
    return state.model_copy(update={"danger": after(state.danger, message)})
