"""What is said at a calculator's question beside its answer: a correction of what was told before, waiting, skipping, going back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.actions.turn import TurnView
from assistant.dialogue.field_naming import NamedField, field_named
from assistant.dialogue.rule_progress import RuleForm
from backend.contracts.calculator_content import QuestionKind, RuleQuestion
from backend.contracts.replies import Outcome
from backend.language.choice_meanings import read_choice_meant
from backend.language.corrections import read_correction
from backend.language.counts import read_count, says_none
from backend.language.dates import read_date
from backend.language.durations import read_span
from backend.language.field_remarks import FieldRemark, read_field_remark
from backend.language.months import read_month
from backend.language.quantities import Unclear, read_money
from backend.language.verb_answers import read_yes_no_to
from backend.language.yes_no import read_yes_no

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


@dataclass(frozen=True, slots=True)
class Corrected:
    """A question that was answered before and the right answer to it, empty where it is to be asked again."""

    question: RuleQuestion
    value: str


def read_rule_correction(
    turn: TurnView, questions: Sequence[RuleQuestion], form: RuleForm, now: RuleQuestion
) -> Corrected | None:
    """「不对，是9年」「年限错了，是9年」「上一个填错了」: the question meant; None for any other message."""
    said = None if turn.choice is not None else read_correction(turn.text)
    if said is None:
        return None
    known = {question.id: question for question in questions}
    recent = [one for one in form.recent if one in known]
    if said.is_of_the_last:
        answers_now = now.kind is QuestionKind.YES_NO and read_yes_no(turn.text) is not None
        if answers_now or not recent or not (said.value or said.said_wrong):
            return None
        last = known[recent[0]]
        if said.value and not _fits(last, said.value, turn) and _fits(now, said.value, turn):
            return Corrected(now, said.value)
        return Corrected(last, said.value)
    fields = [NamedField(one, known[one].label, known[one].kind) for one in recent]
    found = field_named(said.of, fields, recent)
    return None if found is None else Corrected(known[found], said.value)


def read_rule_remark(turn: TurnView, question: RuleQuestion) -> FieldRemark | None:
    """The remark at a question, where the same words are no answer to it."""
    if turn.choice is not None or (turn.intent == "distress" and turn.confidence >= CONFIDENT):
        return None
    return None if _fits(question, turn.text, turn) else read_field_remark(turn.text)


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


def _fits(question: RuleQuestion, said: str, turn: TurnView) -> bool:
    """Whether words can be an answer to a question, by its kind."""
    today = turn.message.today
    match question.kind:
        case QuestionKind.DATE:
            return read_date(said, today) is not None
        case QuestionKind.MONTH:
            return read_month(said, today) is not None
        case QuestionKind.DURATION:
            return says_none(said) or read_span(said) is not None
        case QuestionKind.NUMBER:
            return not isinstance(read_count(question.question, said), Unclear)
        case QuestionKind.MONEY:
            return not isinstance(read_money(said), Unclear)
        case QuestionKind.CHOICE:
            return read_choice_meant(said, [choice.label for choice in question.choices]) is not None
        case QuestionKind.YES_NO:
            return read_yes_no_to(question.question, said) is not None
