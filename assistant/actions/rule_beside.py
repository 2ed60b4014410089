"""What is said at a calculator's question beside its answer: waiting, skipping, going back."""

from __future__ import annotations

from assistant.actions.turn import TurnView
from assistant.dialogue.rule_values import fits
from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.replies import Outcome
from backend.language.field_remarks import FieldRemark, read_field_remark

CONFIDENT = 0.45
_SAID = {
    FieldRemark.WAITING: "rules.waiting",
    FieldRemark.HESITATING: "rules.unsure",
    FieldRemark.WHY: "rules.why",
    FieldRemark.PRIVACY: "rules.privacy",
    FieldRemark.DECLINING: "rules.needed",
    FieldRemark.SKIPPING: "rules.needed",
}
_LEFT_OUT = frozenset({FieldRemark.HESITATING, FieldRemark.DECLINING, FieldRemark.SKIPPING})


def read_rule_remark(turn: TurnView, question: RuleQuestion) -> FieldRemark | None:
    """The remark at a question, where the same words are no answer to it."""
    if turn.choice is not None or (turn.intent == "distress" and turn.confidence >= CONFIDENT):
        return None
    return None if fits(question, turn.text, turn.message.today) else read_field_remark(turn.text)


def leaves_out(remark: FieldRemark | None, question: RuleQuestion) -> bool:
    """Whether a question that may be left out is left out by a remark."""
    return not question.required and remark in _LEFT_OUT


def say_beside(turn: TurnView, remark: FieldRemark, question: RuleQuestion, *, first: bool) -> None:
    """Say what follows from a remark; the question is asked again after it. ``first``: nothing was answered before it."""
    if remark is FieldRemark.BACK:
        if first:
            turn.say("rules.first", outcome=Outcome.CHAT)
        return
    turn.say(_SAID[remark], outcome=Outcome.CHAT, asked=question)
