"""Reading a message into the state, whichever rule then answers it."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from assistant.dialogue.computing import branch_paid, spoken_of
from assistant.dialogue.danger_mode import after
from assistant.dialogue.eligibility.answered import answer_to
from assistant.dialogue.facts.clauses import last_named
from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.facts.told import Told
from assistant.dialogue.facts.whose import given_to, meant_instead
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.state import DialogueState
from backend.contracts.facts import ME, Certainty
from backend.contracts.turns import Turn
from backend.language.corrections import read_correction, without_taken_back

_CHINA = ZoneInfo("Asia/Shanghai")
BIRTH = "birth"
_BARE_YEAR = re.compile(r"(?<!\d)((?:19)?[3-9]\d)年(?!\d)(?!前|多|以|了|零|工|级)")
"""A year of birth of the last century without its month."""


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
        told = _in_the_month_told_before(told, meant, state) if said_wrong(text) else told
        store.tell(told if answered is None else [*told, answered], turn.message_id, paid_as=branch_paid(state))
        instead = meant_instead(text)
        if instead is not None:
            store = FactStore.holding(given_to(store.facts, instead, _stood_on(state)))
        whom = instead or last_named(text) or whom
    return state.model_copy(
        update={"message_id": turn.message_id, "seq": turn.seq, "facts": store.facts, "spoken_of": whom}
    )


def said_wrong(text: str) -> bool:
    """Whether a message says of what was told before that it was wrong."""
    found = read_correction(text)
    return found is not None and found.said_wrong


def _stood_on(state: DialogueState) -> frozenset[str]:
    """The facts that the last result and the last verdict stand on."""
    facts = (*(state.computed.facts if state.computed else ()), *(state.judged.facts if state.judged else ()))
    return frozenset(fact.fact for fact in facts)


def _in_the_month_told_before(told: list[Told], text: str, state: DialogueState) -> list[Told]:
    """「说错了，是79年的」 after 「77年8月」: only the year was wrong; the person is the one of the last result."""
    holder = ME if state.computed is None else state.computed.holder
    before = next((fact for fact in state.facts if fact.fact == BIRTH and fact.holder == holder), None)
    year = _BARE_YEAR.search(text)
    if before is None or before.exact is None or year is None:
        return told
    written = int(year[1]) if len(year[1]) == len("1979") else 1900 + int(year[1])
    month = f"{written}-{before.exact.split('-')[1]}"
    right = Told(BIRTH, month, month, holder, Certainty.STATED, year.start(), year.end())
    return [*(one for one in told if one.fact != BIRTH), right]


def watched(state: DialogueState, message: DialogueMessage) -> DialogueState:
    """The state with what is heard of danger in it: pure, and the same however often a message is heard."""
    return state.model_copy(update={"danger": after(state.danger, message)})
