"""Which calculator a message wants, from its words and from what is known; ``data/computing.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue.facts.clauses import clauses
from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.facts.whose import meant_instead
from assistant.dialogue.facts.words import PAID
from assistant.dialogue.state import DialogueState, Frame
from backend.contracts.facts import ME, KnownFact

MOST_MISSING = 2
"""Facts that may be asked for after a question that told some; with more open the topic's overview serves better."""
MAX_RERUN = 24
"""Characters: a longer message is more than another case of the same question."""
RERUN_MESSAGES = 9
"""Messages of either side (about three turns) after which a result is no longer what is talked about."""
_FILE = Path(__file__).parent / "data" / "computing.yaml"
_OTHER_QUESTION = re.compile(
    r"材料|证件|手续|流程|带什么|怎么办|咋办|咋个办|哪里|哪点|在哪|电话|地址|几点|上班时间|多少钱|费用"
)
_PRONOUN = re.compile(r"(?<!其)[他她]")


class CalculatorCue(BaseModel):
    """When a calculator is wanted: by words, or by the policy answers of which it gives the figure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    asks: tuple[re.Pattern[str], ...]
    answers: tuple[str, ...] = ()
    needs: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    paid: str | None = None


@dataclass(frozen=True, slots=True)
class WantedCalculation:
    """A calculation to make: for whom, with what is known and supposed of them."""

    rule: str
    holder: str
    facts: dict[str, KnownFact]


@lru_cache(maxsize=1)
def calculator_cues() -> tuple[CalculatorCue, ...]:
    """The calculators that are found by words, in the order in which they are tried."""
    return tuple(CalculatorCue.model_validate(entry) for entry in yaml.safe_load(_FILE.read_text("utf-8")))


def spoken_of(text: str, state: DialogueState) -> str:
    """Whose facts are told where nobody is named: 「她是65年的」 goes on about the one spoken of."""
    before = state.computed
    return before.holder if before is not None and _PRONOUN.search(text) and before.holder != ME else ME


def wants_figure(text: str) -> bool:
    """Whether the words ask for what a calculator gives."""
    return any(asks.search(text) for cue in calculator_cues() for asks in cue.asks)


def branch_paid(state: DialogueState) -> str | None:
    """The branch that is meant by 「只交了4年」 after a result that stands on years paid; None without one."""
    before = state.computed
    if before is None or state.seq - before.seq > RERUN_MESSAGES:
        return None
    paid = next((cue.paid for cue in calculator_cues() if cue.rule == before.rule), None)
    return paid if any(fact.fact == paid for fact in before.facts) else None


def wanted(
    text: str,
    message_id: str,
    today: date,
    state: DialogueState,
    holder: str | None = None,
    *,
    answer: str | None = None,
) -> WantedCalculation | None:
    """The calculation that a question asks for, in so many words or as the policy ``answer``, if enough is known for it.

    ``holder``: whose it is.
    """
    told = _told(text, today, state)
    holder = _holder(text, state) if holder is None else holder
    for cue in calculator_cues():
        if answer not in cue.answers and not any(asks.search(text) for asks in cue.asks):
            continue
        facts = _facts(cue, text, message_id, today, state, holder)
        open_needs = [need for need in cue.needs if need not in facts]
        tells = any(fact in told or (fact == cue.paid and PAID in told) for fact in (*cue.needs, *cue.also))
        if not open_needs or (tells and len(open_needs) <= MOST_MISSING and len(open_needs) < len(cue.needs)):
            return WantedCalculation(cue.rule, holder, facts)
    return None


def wanted_again(text: str, message_id: str, today: date, state: DialogueState) -> WantedCalculation | None:
    """The last calculation anew, for a message that only changes a fact of it, or whose it is."""
    before = state.computed
    if (
        before is None
        or state.seq - before.seq > RERUN_MESSAGES
        or len(text) > MAX_RERUN
        or _OTHER_QUESTION.search(text)
    ):
        return None
    instead = meant_instead(text)
    if instead is not None:
        return WantedCalculation(before.rule, instead, FactStore.holding(state.facts).of(instead))
    cue = next((cue for cue in calculator_cues() if cue.rule == before.rule), None)
    if cue is None or any(
        one.rule != cue.rule and any(asks.search(text) for asks in one.asks) for one in calculator_cues()
    ):
        return None
    used = {*cue.needs, *cue.also}
    told = _told(text, today, state)
    if not any(fact in used or (fact == PAID and cue.paid) for fact in told):
        return None
    named = _holder(text, state)
    holder = before.holder if named == ME and "我" not in text else named
    facts = _facts(cue, text, message_id, today, state, holder)
    return WantedCalculation(cue.rule, holder, facts) if any(need in facts for need in cue.needs) else None


def wanted_of_frame(text: str, message_id: str, today: date, state: DialogueState) -> WantedCalculation | None:
    """The calculation that an answer stood for, now that a fact of it is told: 「失业金能领多久」, then 「我交了8年」."""
    frame = state.frame
    if frame is None or not is_recent(frame, state) or len(text) > MAX_RERUN:
        return None
    computes = computed_together(state)
    if not computes or _OTHER_QUESTION.search(text):
        return None
    holder, told = _holder(text, state), _told(text, today, state)
    for cue in calculator_cues():
        if cue.rule not in computes or not (told & set(cue.needs) or (PAID in told and cue.paid)):
            continue
        facts = _facts(cue, text, message_id, today, state, holder)
        if sum(need not in facts for need in cue.needs) <= MOST_MISSING:
            return WantedCalculation(cue.rule, holder, facts)
    return None


def computed_together(state: DialogueState) -> frozenset[str]:
    """The calculators of what was answered last; of all parts, where several things were."""
    newest = state.frame
    return frozenset(
        rule for one in state.frames if newest is not None and one.seq == newest.seq for rule in one.computes
    )


def is_recent(frame: Frame, state: DialogueState) -> bool:
    """Whether what is talked about was answered so lately that a fact alone goes on from it."""
    return 0 < state.seq - frame.seq <= RERUN_MESSAGES


def _holder(text: str, state: DialogueState) -> str:
    """Whom the message is about: the last one named in it."""
    parts = clauses(text, spoken_of(text, state))
    return parts[-1].holder if parts else ME


def _told(text: str, today: date, state: DialogueState) -> set[str]:
    return {told.fact for told in read_facts(text, today, spoken_of(text, state))}


def _facts(
    cue: CalculatorCue, text: str, message_id: str, today: date, state: DialogueState, holder: str
) -> dict[str, KnownFact]:
    store = FactStore.holding(state.facts)
    store.tell(read_facts(text, today, holder), message_id, supposed=True, paid_as=cue.paid)
    return store.of(holder, cue.paid)
