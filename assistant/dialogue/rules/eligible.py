"""Whether somebody is entitled, by the item's conditions and what is known of them: yes, no or open, never a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.dialogue.changes import lead_with_changes
from assistant.dialogue.eligibility.asking import WantedVerdict, answers_us, wanted_verdict, wanted_verdict_again
from assistant.dialogue.eligibility.comparing import KnownOf
from assistant.dialogue.eligibility.computed import computed_of
from assistant.dialogue.eligibility.gaps import gap_of
from assistant.dialogue.eligibility.judging import Entitled, Judgement, judge
from assistant.dialogue.facts.answering import echo
from assistant.dialogue.message import NOTICE_FORM, DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.rules.in_frame import answered_further
from assistant.dialogue.state import DialogueState, Judged
from backend.client.calculators import CalculatorsClient
from backend.client.catalogue import CatalogueClient
from backend.contracts.cards import GuideCard
from backend.contracts.catalogue import Guide
from backend.contracts.eligibility import EligibilityCondition, ItemEligibility, eligibility, fact_questions
from backend.contracts.facts import ME, holder_list
from backend.contracts.replies import Outcome
from backend.language.months import Month

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_ELSEWHERE = frozenset({"person", "complaint", "withdraw_case", "cancel", "case_status"})
"""Taken for one of these, a message asks for no verdict."""
_SURE = 0.6
_MOST_ASKED = 2
"""So often the same fact is asked for."""


def _is_elsewhere(message: DialogueMessage) -> bool:
    return message.intent == "ask_several" or (message.intent in _ELSEWHERE and message.confidence >= _SURE)


class Eligible(DialogueRule[WantedVerdict]):
    """「我被辞退了能领失业金不」「够条件吗」, and from there 「要是我自己辞的呢」, or the answer to what we asked."""

    name = "eligible"

    def match(self, message: DialogueMessage, state: DialogueState) -> WantedVerdict | None:
        """Find the item and the person whose case is asked about."""
        if message.form not in {None, NOTICE_FORM} or message.intent == "distress":
            return None
        if message.form is not None and wanted_verdict_again(message, state) is None:
            return None
        if not answers_us(message, state) and _is_elsewhere(message):
            return None
        again = wanted_verdict_again(message, state)
        if again is None and answered_further(message, state):
            return None
        return wanted_verdict(message, state) or again

    async def answer(self, turn: TurnView, found: WantedVerdict, state: DialogueState) -> tuple[DialogueState, Events]:
        """Tell the verdict with its reasons; ask the one question that decides most."""
        from assistant.actions.answer import answer, facet_choices  # actions import the rules
        from assistant.actions.backend import backend
        from assistant.actions.items import now_about

        guide = await backend(CatalogueClient).guide(found.item)
        rules = eligibility()[found.item]
        if _is_rewritten(rules, guide):
            return state, await answer(turn, "ask_eligibility", found.item)
        today = turn.message.today
        computed = await computed_of(rules, found.facts, Month.of(today), backend(CalculatorsClient))
        before = state.judged if found.again else None
        given_up = _given_up(found, before)
        if before is not None:
            lead_with_changes(turn, before.facts, found.facts)
        known = KnownOf(found.facts, today, computed)
        judged = judge(rules, known, given_up)
        turn.say(
            "dialogue.eligible",
            choices=[] if _asks(judged) or not turn.asks_freely else facet_choices("ask_eligibility", found.item),
            card=GuideCard.of(guide),
            about=found.item,
            outcome=Outcome.ANSWERED,
            **_said(judged, guide, found, known),
        )
        return _after(state, found, judged, before, given_up), now_about(turn, found.item, "ask_eligibility")


def _given_up(found: WantedVerdict, before: Judged | None) -> tuple[str, ...]:
    """The facts that are asked for no more: they cannot be told, or were asked for often enough."""
    if before is None:
        return ()
    tired = before.asks if before.asked >= _MOST_ASKED else found.given_up
    return before.given_up if tired is None else (*before.given_up, tired)


def _is_rewritten(rules: ItemEligibility, guide: Guide) -> bool:
    """Whether the catalogue says the item's conditions otherwise than they are judged here."""
    return {condition.text for condition in guide.item.conditions} != set(rules.sentences())


def _asks(judged: Judgement) -> bool:
    """Whether our question is put. Whether a step was done need not be asked: an answer to it counts all the same."""
    return judged.ask is not None and judged.verdict is Entitled.OPEN


def _said(judged: Judgement, guide: Guide, found: WantedVerdict, known: KnownOf) -> dict[str, Any]:
    cites = {condition.text: condition.cite for condition in guide.item.conditions}
    of = holder_list()[found.holder]

    def line(one: EligibilityCondition) -> dict[str, Any]:
        return {
            "short": one.short,
            "cite": cites[one.condition],
            "otherwise": one.otherwise,
            "by": one.decided_by or "",
            "gap": gap_of(one, known),
        }

    return {
        "verdict": judged.verdict.value,
        "item": guide.item,
        "holder": "" if of.id == ME else of.name,
        "echo": echo(judged.used),
        "met": [line(one) for one in judged.met],
        "failed": [line(one) for one in judged.failed],
        "left": [line(one) for one in judged.open],
        "steps": [line(one) for one in judged.steps] if judged.verdict is not Entitled.NO else [],
        "assumed": [one.short for one in judged.assumed]
        if judged.verdict in {Entitled.YES, Entitled.AFTER_STEP}
        else [],
        "decided": [line(one) for one in judged.decided] if judged.verdict is not Entitled.NO else [],
        "ask": fact_questions()[judged.ask].question if judged.ask is not None and _asks(judged) else "",
    }


def _after(
    state: DialogueState, found: WantedVerdict, judged: Judgement, before: Judged | None, given_up: tuple[str, ...]
) -> DialogueState:
    again = before is not None and before.asks is not None and before.asks == judged.ask
    count = 0 if judged.ask is None else before.asked + 1 if again and before is not None else 1
    return state.model_copy(
        update={
            "judged": Judged(
                item=found.item,
                holder=found.holder,
                seq=state.seq,
                facts=tuple(fact.model_copy(update={"holder": found.holder}) for fact in judged.used),
                asks=judged.ask,
                asked=count,
                given_up=given_up,
            )
        }
    )
