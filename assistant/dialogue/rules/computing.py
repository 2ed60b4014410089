"""Computed from what was said: the verdict with the facts it stands on, or the one question that is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import ActiveLoop

from assistant.dialogue.changes import lead_with_changes
from assistant.dialogue.computing import WantedCalculation, wanted, wanted_again, wanted_of_frame, wishes_it_reckoned
from assistant.dialogue.eligibility.asking import asks_whether_entitled, wanted_verdict
from assistant.dialogue.facts.answering import Filled, fill
from assistant.dialogue.message import NOTICE_FORM, DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.rule_changes import asks_for
from assistant.dialogue.rule_progress import RuleForm
from assistant.dialogue.rules.proxy import asks_for_proxy
from assistant.dialogue.state import Computed, DialogueState
from backend.client.calculators import CalculatorsClient
from backend.client.catalogue import CatalogueClient
from backend.contracts.calculators import RuleView

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_NOT_COMPUTED = frozenset({"distress", "person", "complaint", "withdraw_case", "cancel"})
"""Taken for one of these, a message is not for a calculator, whatever figures stand in it."""


_SURE = 0.6
"""Confidence from which on the intent stands against facts that were told; danger always does."""


def _is_other(message: DialogueMessage) -> bool:
    if message.intent in {"distress", "ask_several"} or asks_for_proxy(message.text):
        return True
    return message.intent in _NOT_COMPUTED and message.confidence >= _SURE


class _Computes(DialogueRule[WantedCalculation]):
    """What both rules do with a calculation."""

    async def answer(
        self, turn: TurnView, found: WantedCalculation, state: DialogueState
    ) -> tuple[DialogueState, Events]:
        """Tell the verdict; open the calculator's questions where something is missing."""
        from assistant.actions import rule as computing  # actions import the rules
        from assistant.actions.backend import backend

        rule = await backend(CalculatorsClient).rule(found.rule)
        before = state.computed
        if before is not None and before.rule == found.rule:
            lead_with_changes(turn, before.facts, found.facts)
        filled = _over(before, fill(rule.questions, found.facts), found, rule, turn.message.id)
        done = await computing.computed(turn, rule, filled, found.holder)
        if done is not None:
            return _after(state, found, rule, RuleForm.standing_on(rule.id, rule.questions, filled.exact)), done[1:]
        if not found.facts and wishes_it_reckoned(turn.message.text):
            turn.say("rules.begun", topic=rule.topic, rule=rule)
        else:
            computing.say_begun(turn, rule, filled, await _general(rule, found))
        return _after(state, found, rule), [
            *computing.begun(turn, rule, filled, found.holder)[1:],
            ActiveLoop("rule_form"),
        ]


async def _general(rule: RuleView, found: WantedCalculation) -> str:
    """The policy answer in a line to the question that the calculator answers for this person; nothing where facts were told already."""
    from assistant.actions.backend import backend

    if found.facts or not rule.policy_answers:
        return ""
    return (await backend(CatalogueClient).policy_answer(rule.policy_answers[0])).answer.speech


def _over(before: Computed | None, filled: Filled, found: WantedCalculation, rule: RuleView, message_id: str) -> Filled:
    """What is known over the answers of the last result, where it was the same calculation of the same person."""
    if before is None or before.form is None or (before.rule, before.holder) != (found.rule, found.holder):
        return filled
    told = {name for name, fact in found.facts.items() if fact.said_in == message_id}
    anew = {question.id for question in rule.questions if asks_for(question) & told}
    kept = {name: said for name, said in before.form.answers.items() if name not in anew}
    return Filled({**filled.least, **kept}, {**filled.most, **kept}, filled.used)


def _after(
    state: DialogueState, found: WantedCalculation, rule: RuleView, form: RuleForm | None = None
) -> DialogueState:
    last = Computed(
        rule=found.rule, holder=found.holder, seq=state.seq, facts=tuple(found.facts.values()), form=form,
        questions=() if form is None else rule.questions,
    )  # fmt: skip
    return state.model_copy(update={"computed": last})


class Compute(_Computes):
    """A question that a calculator answers from what was told, now or before."""

    name = "compute"

    def match(self, message: DialogueMessage, state: DialogueState) -> WantedCalculation | None:
        """Find the calculator whose question it is and whose facts are known, all or nearly."""
        if message.form is not None or _is_other(message):
            return None
        found = wanted(message.text, message.id, message.today, state)
        vague = found is not None and any(fact.exact is None for fact in found.facts.values())
        # the conditions of an item may be settled by what is too vague for a figure: 「去年5月摔的，还能申请吗」
        return None if vague and wanted_verdict(message, state) is not None else found


class TellRerun(_Computes):
    """「女的呢」「要是我自己提的呢」「我妹77年9月的呢」 after a result, 「我交了8年」 after the answer that leads to one."""

    name = "tell_rerun"

    def match(self, message: DialogueMessage, state: DialogueState) -> WantedCalculation | None:
        """Find the fact that changes the last result, or makes one of what was answered last."""
        if message.form not in {None, NOTICE_FORM} or _is_other(message) or asks_whether_entitled(message.text):
            return None
        said = (message.text, message.id, message.today, state)
        computed = -1 if state.computed is None else state.computed.seq
        judged = -1 if state.judged is None else state.judged.seq
        framed = -1 if state.frame is None or not state.frame.computes else state.frame.seq
        again = None if computed < judged else wanted_again(*said)
        if again is not None and computed >= framed:
            return again
        # a verdict is gone on from by its own rule
        return again if framed <= judged else wanted_of_frame(*said) or again
