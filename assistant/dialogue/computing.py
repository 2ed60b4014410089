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
from assistant.dialogue.facts.reading import read_awaited, read_facts
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.facts.whose import meant_instead
from assistant.dialogue.facts.words import PAID
from assistant.dialogue.message import asks_something
from assistant.dialogue.state import DialogueState
from backend.contracts.facts import ME, KnownFact
from backend.language.counts import says_none
from backend.language.durations import is_range, is_vague, only_lacks
from backend.language.quantities import is_length

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
_RECKONS = re.compile(
    r"(?:帮我|给我|替我|来|想|要|请)?(?:算|计算|估)(?:一?[下算]|个|出)|(?:帮我|给我|替我|想|要)(?:计?算|估)|(?:怎么|咋|咋个)(?:计?算|赔|补)"
)
_WISHES_IT_RECKONED = re.compile(r"(?:帮|给|替)我(?:计?算|估)|算(?:一下|一算|下|算)")
_SHORT_STATEMENT = 16
_SIGNS = " ，,。.!！?？、：:"
_ASKS_FIGURE = re.compile(
    r"[，,](?:那|又|这样|那么)*(?:是|能|可以|该|会|要|得|大概|一共|总共)*(?:有|领|拿|赔|算|补|给)?多少钱?[?？]?$"
)
_PRONOUN = re.compile(r"(?<!其)[他她]")


class CalculatorCue(BaseModel):
    """When a calculator is wanted."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    asks: tuple[re.Pattern[str], ...]
    needs: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    paid: str | None = None
    subject: re.Pattern[str] | None = None
    """What it is about: with a word for reckoning, or with all that it needs in a short statement, it is wanted too."""
    unless: re.Pattern[str] | None = None
    """Then something else is asked."""
    most_missing: int = MOST_MISSING

    def asked_in(self, text: str) -> bool:
        """Whether the words ask for what it gives."""
        return not self._is_other(text) and any(asks.search(text) for asks in self.asks)

    def reckoned_in(self, text: str) -> bool:
        """Whether it is to be reckoned, in so many words: 「帮我算算经济补偿」."""
        about = self.subject is not None and self.subject.search(text) is not None
        return about and not self._is_other(text) and _RECKONS.search(text) is not None

    def stated_in(self, text: str) -> bool:
        """Whether a short statement begins or ends with its subject and asks nothing: 「年假，9年11个月班」."""
        if self.subject is None or self._is_other(text) or len(text) > _SHORT_STATEMENT or asks_something(text):
            return False
        return any(
            not text[: one.start()].strip(_SIGNS) or not text[one.end() :].strip(_SIGNS)
            for one in self.subject.finditer(text)
        )

    def _is_other(self, text: str) -> bool:
        return self.unless is not None and self.unless.search(text) is not None


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


def wishes_it_reckoned(text: str) -> bool:
    """Whether somebody has something reckoned, in so many words: 「帮我算算」."""
    return _WISHES_IT_RECKONED.search(text) is not None


def wants_figure(text: str) -> bool:
    """Whether the words ask for what a calculator gives."""
    return any(cue.asked_in(text) for cue in calculator_cues())


def rules_reckoned(text: str) -> list[str]:
    """The calculators that a wish to have something reckoned names."""
    return [cue.rule for cue in calculator_cues() if cue.asked_in(text) or cue.reckoned_in(text)]


def branch_paid(state: DialogueState) -> str | None:
    """The branch that is meant by 「只交了4年」 after a result that stands on years paid; None without one."""
    before = state.computed
    if before is None or state.seq - before.seq > RERUN_MESSAGES:
        return None
    paid = next((cue.paid for cue in calculator_cues() if cue.rule == before.rule), None)
    return paid if any(fact.fact == paid for fact in before.facts) else None


def wanted(
    text: str, message_id: str, today: date, state: DialogueState, holder: str | None = None
) -> WantedCalculation | None:
    """The calculation that a question asks for in so many words, if enough is known for it. ``holder``: whose it is."""
    told = _told(text, today, state)
    holder = _holder(text, state) if holder is None else holder
    for cue in calculator_cues():
        reckoned = cue.reckoned_in(text) or (cue.asked_in(text) and wishes_it_reckoned(text))
        stated = not reckoned and cue.stated_in(text)
        if not (reckoned or stated or cue.asked_in(text)):
            continue
        facts = _facts(cue, text, message_id, today, state, holder)
        open_needs = [need for need in cue.needs if need not in facts]
        tells = any(fact in told or (fact == cue.paid and PAID in told) for fact in (*cue.needs, *cue.also))
        if stated and (open_needs or not tells):
            continue
        if reckoned and not facts and wishes_it_reckoned(text):
            return WantedCalculation(cue.rule, holder, facts)
        most = len(cue.needs) if reckoned else cue.most_missing
        if not open_needs or (tells and len(open_needs) <= most and len(open_needs) < len(cue.needs)):
            return WantedCalculation(cue.rule, holder, facts)
    return None


def wanted_again(text: str, message_id: str, today: date, state: DialogueState) -> WantedCalculation | None:
    """The last calculation anew, for a message that only changes a fact of it, or whose it is."""
    before = state.computed
    if before is None or state.seq - before.seq > RERUN_MESSAGES or len(text) > MAX_RERUN or _asks_another(text):
        return None
    instead = meant_instead(text)
    if instead is not None:
        return WantedCalculation(before.rule, instead, FactStore.holding(state.facts).of(instead))
    cue = next((cue for cue in calculator_cues() if cue.rule == before.rule), None)
    if cue is None or any(one.rule != cue.rule and one.asked_in(text) for one in calculator_cues()):
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
    if (
        frame is None
        or not frame.computes
        or not 0 < state.seq - frame.seq <= RERUN_MESSAGES
        or len(text) > MAX_RERUN
        or _asks_another(text)
    ):
        return None
    holder, told = _holder(text, state), _told(text, today, state)
    unclear = is_vague(text) or is_range(text) or only_lacks(text)
    for cue in calculator_cues():
        bare = _bare_length(cue, text, message_id, today, holder)
        tells = bool(bare or told & {*cue.needs, *cue.also}) or (cue.paid is not None and (PAID in told or unclear))
        if cue.rule not in frame.computes or not tells:
            continue
        facts = {**_facts(cue, text, message_id, today, state, holder), **bare}
        if sum(need not in facts for need in cue.needs) <= cue.most_missing:
            return WantedCalculation(cue.rule, holder, facts)
    return None


def _asks_another(text: str) -> bool:
    """Whether something else than the figure is asked; 「我缴费工资4000，那是多少钱」 asks for it."""
    return _OTHER_QUESTION.search(_ASKS_FIGURE.sub("", text)) is not None


def _bare_length(cue: CalculatorCue, text: str, message_id: str, today: date, holder: str) -> dict[str, KnownFact]:
    """「一年半」「没交过」 after the answer that hangs on years paid."""
    if cue.paid is None or not (is_length(text) or says_none(text)):
        return {}
    said = "0个月" if says_none(text) else text
    return {
        one.fact: one.known(message_id) for one in read_awaited(said, today, cue.paid, holder) if one.fact == cue.paid
    }


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
