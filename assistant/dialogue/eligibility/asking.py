"""Which item's conditions a message asks about, for whom, and with what facts; ``data/eligible.yaml`` has the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.computing import RERUN_MESSAGES, spoken_of
from assistant.dialogue.eligibility.answered import answer_to, is_asked
from assistant.dialogue.facts.clauses import clauses
from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.facts.told import Told
from assistant.dialogue.facts.whose import meant_instead
from assistant.dialogue.facts.words import PAID
from assistant.dialogue.message import OWN_SURE, DialogueMessage, topic_of
from assistant.dialogue.state import DialogueState, Judged
from assistant.understanding.decision import Kind, decide
from backend.contracts.eligibility import ItemEligibility, eligibility
from backend.contracts.facts import ME, KnownFact
from backend.language.script import simplified
from backend.language.text import tidy

_FILE = Path(__file__).parents[1] / "data" / "eligible.yaml"
OTHER_TOPIC = 0.6
"""Share from which on a sentence is of a topic of its own: 「病假期间能不能辞我」 is not asked of arbitration."""
_PAID_FACTS = ("paid_unemployment", "paid_resident", "paid_pension", "paid_medical")
_CLAUSES = re.compile(r"[，,。；;！!？?\s]+")
_OWN = re.compile(r"[我俺咱]")


class EligibleWords(BaseModel):
    """The data file. ``longest``: characters of a message that goes on from a verdict."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: tuple[re.Pattern[str], ...]
    missing: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    not_known: re.Pattern[str]
    longest: int


@dataclass(frozen=True, slots=True)
class WantedVerdict:
    """The item, whose case it is, and what is known and supposed of them. ``again``: goes on from the last verdict.

    ``given_up``: the fact that we asked for and they cannot tell.
    """

    item: str
    holder: str
    facts: dict[str, KnownFact]
    again: bool = False
    given_up: str | None = None


@lru_cache(maxsize=1)
def eligible_words() -> EligibleWords:
    """The words, checked."""
    return EligibleWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def asks_whether_entitled(text: str) -> bool:
    """Whether it is asked if somebody may have or do something, and nothing else."""
    said = simplified(tidy(text)).lower()
    words = eligible_words()
    return any(ask.search(said) for ask in words.asks) and not any(other.search(said) for other in words.unless)


def asks_what_is_missing(text: str) -> bool:
    """Whether it is asked how much is missing: 「还差几年」「还要再交多久」."""
    said = simplified(tidy(text)).lower()
    return any(ask.search(said) for ask in eligible_words().missing)


def wanted_verdict(message: DialogueMessage, state: DialogueState) -> WantedVerdict | None:
    """The verdict that is asked for; of an item whose conditions are declared, where something bears on them."""
    missing = _wanted_gap(message, state) if asks_what_is_missing(message.text) else None
    if missing is not None:
        return missing
    if not asks_whether_entitled(message.text):
        return None
    code = _item(message, state)
    if code is None:
        return None
    rules = eligibility()[code]
    holder = _holder(message.text, state, ME if state.judged is None else state.judged.holder)
    told = _told(message, state, holder)
    facts = _facts(rules, told, message, state, holder)
    personal = any(part.holder_at >= 0 or _OWN.search(part.text) for part in clauses(message.text, holder))
    own = decide(message.ranking, "ask_eligibility")
    if own.kind is Kind.ANSWER and not personal:
        return None  # a policy answer to this very question says more, where nobody's own case is told
    goes_on = own.kind is not Kind.ITEM and message.named_item is None
    meant = goes_on or _named(simplified(tidy(message.text)).lower()) is not None
    if not (personal and meant) and not any(fact in facts for fact in rules.facts):
        return None  # of an item that is only likely, without a fact, the question may be about something else of it
    return WantedVerdict(code, holder, facts)


def _wanted_gap(message: DialogueMessage, state: DialogueState) -> WantedVerdict | None:
    """The verdict of the item that wants so many years or months, of which is known how many there are."""
    holder = _holder(message.text, state, ME if state.judged is None else state.judged.holder)
    named = _named(simplified(tidy(message.text)).lower())
    framed = None if state.frame is None else state.frame.item
    told = _told(message, state, holder)
    known = {one.fact for one in told}
    by_fact = (code for code, fact in _wants_paid().items() if fact in known)
    for code in (named, framed, *by_fact):
        fact = None if code is None else _wants_paid().get(code)
        if code is None or fact is None:
            continue
        facts = _facts(eligibility()[code], told, message, state, holder)
        if fact in facts:
            return WantedVerdict(code, holder, facts)
    return None


@lru_cache(maxsize=1)
def _wants_paid() -> dict[str, str]:
    """The items that want so many years or months of contributions, and of which branch."""
    return {
        code: one.fact
        for code, rules in eligibility().items()
        for condition in rules.conditions
        for one in condition.comparisons
        if one.fact in _PAID_FACTS and (one.at_least_computed is not None or (one.at_least or 0) > 1)
    }


def wanted_verdict_again(message: DialogueMessage, state: DialogueState) -> WantedVerdict | None:
    """The last verdict anew, for a message that answers our question or tells another fact that it hangs on."""
    before = state.judged
    if not _is_newest(before, state) or before is None or before.item not in eligibility():
        return None
    rules = eligibility()[before.item]
    said = simplified(tidy(message.text)).lower()
    instead = meant_instead(message.text)
    if instead is not None:
        return WantedVerdict(before.item, instead, FactStore.holding(state.facts).of(instead, _paid(rules)), again=True)
    answered = answer_to(message.text, message.today, before, state)
    named = _named(said)
    if named is not None and named != before.item:
        return None
    if answered is None and not_known(message.text, state):
        return WantedVerdict(
            before.item, before.holder, _facts(rules, [], message, state, before.holder), True, before.asks
        )
    if answered is None and (
        len(said) > eligible_words().longest or any(other.search(said) for other in eligible_words().unless)
    ):
        return None
    holder = before.holder if answered is not None else _holder(message.text, state, before.holder)
    told = _told(message, state, holder)
    used = {one.fact for one in told if one.holder == holder and one.start != one.end}
    if answered is None and not used & (rules.facts | ({PAID} if _paid(rules) else set())):
        return None
    facts = _facts(rules, [*told, *([] if answered is None else [answered])], message, state, holder)
    return WantedVerdict(before.item, holder, facts, again=True)


def not_known(text: str, state: DialogueState) -> bool:
    """Whether they cannot tell what we asked for right before."""
    said = simplified(tidy(text)).strip("。，,.!！ ")
    return is_asked(state.judged, state) and eligible_words().not_known.fullmatch(said) is not None


def answers_us(message: DialogueMessage, state: DialogueState) -> bool:
    """Whether a message answers the question of the verdict right before, or says that it cannot be told."""
    return not_known(message.text, state) or answer_to(message.text, message.today, state.judged, state) is not None


def _is_newest(before: Judged | None, state: DialogueState) -> bool:
    computed = -1 if state.computed is None else state.computed.seq
    return before is not None and before.seq >= computed and 0 < state.seq - before.seq <= RERUN_MESSAGES


def _item(message: DialogueMessage, state: DialogueState) -> str | None:
    """The item that is named, that the sentence is surely about, or that is talked about."""
    judged = eligibility()
    named = _named(simplified(tidy(message.text)).lower())
    if named is not None:
        return named
    if message.named_item is not None:
        return message.named_item if message.named_item in judged else None
    own = decide(message.ranking, "ask_eligibility")
    talked_about = state.frame.item if state.frame is not None and state.frame.item in judged else None
    if own.kind is Kind.ITEM and own.confidence < OWN_SURE and talked_about and own.topic == _topic(state, message):
        return talked_about  # 「50岁了还能交吗」 names nothing: another item of the topic is a guess
    if own.kind is Kind.ITEM and own.id in judged:
        return own.id
    if own.kind is Kind.ITEM or state.frame is None or state.frame.item not in judged:
        return None
    other = own.topic != state.frame.topic and own.confidence >= OTHER_TOPIC
    return None if other and own.kind is Kind.WHICH and state.frame.topic else state.frame.item


def _topic(state: DialogueState, message: DialogueMessage) -> str | None:
    return None if state.frame is None else topic_of(state.frame, message)


def _named(said: str) -> str | None:
    """The item in whose words it is spoken of, in the last clause that speaks of one; there the longest words win."""
    for clause in reversed(_CLAUSES.split(said)):
        found = [
            (len(match.group()), code)
            for code, rules in eligibility().items()
            for pattern in rules.called
            if (match := pattern.search(clause)) is not None
        ]
        if found:
            return max(found)[1]
    return None


def _holder(text: str, state: DialogueState, before: str) -> str:
    """Whom it is about: the last one whose facts are told or who is named; else the one before."""
    parts = clauses(text, before)
    named = [part.holder for part in parts if part.holder_at >= 0]
    if named:
        return named[-1]
    return ME if _OWN.search(text) else spoken_of(text, state) if before == ME else before


def _told(message: DialogueMessage, state: DialogueState, holder: str) -> list[Told]:  # noqa: ARG001
    return read_facts(message.text, message.today, holder)


def _paid(rules: ItemEligibility) -> str | None:
    """The branch that is meant by 「交了14年」."""
    return next((fact for fact in _PAID_FACTS if fact in rules.facts), None)


def _facts(
    rules: ItemEligibility, told: list[Told], message: DialogueMessage, state: DialogueState, holder: str
) -> dict[str, KnownFact]:
    """What is known of them, suppositions of this case too."""
    store = FactStore.holding(state.facts)
    before = state.judged
    if before is not None and before.item == rules.item and before.holder == holder:
        store = FactStore.holding((*state.facts, *(fact for fact in before.facts if _may_stand(fact, state))))
    store.tell(told, message.id, supposed=True, paid_as=_paid(rules))
    return store.of(holder, _paid(rules))


def _may_stand(supposed: KnownFact, state: DialogueState) -> bool:
    """Whether a fact of the last verdict still counts: not where it was stated otherwise since."""
    return all(known.fact != supposed.fact or known.holder != supposed.holder for known in state.facts)
