"""The questions of a calculator, one by one: an answer is taken, corrected, asked again; the result is told when none is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from rasa_sdk.events import SlotSet

from assistant.actions.answer import REPLIES, answer, tell_answer
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending, now_state
from assistant.actions.case_answers import QUESTION_WORDS, QUESTIONS
from assistant.actions.case_corrections import CONFIDENT
from assistant.actions.rule import INVALID, about_item, tell_result
from assistant.actions.rule_beside import leaves_out, read_rule_remark, say_beside
from assistant.actions.rule_echo import noted, say_changed, say_noted
from assistant.actions.rule_state import begun_with, counted, holder_of_form, kept_form, message_to, remembered, told_in
from assistant.actions.turn import CHOICE, FREE, YES_NO, TurnView
from assistant.dialogue.facts.answering import echo
from assistant.dialogue.message import OWN_SURE, asks_something
from assistant.dialogue.rule_changes import (
    changes,
    is_of_another,
    known_now,
    says_fault,
    told_answers,
)
from assistant.dialogue.rule_kept import answered_facts, reopened_facts
from assistant.dialogue.rule_progress import RuleForm, read_rule_form
from assistant.dialogue.rule_values import dated, fits, read_part
from assistant.dialogue.state import DialogueState
from assistant.replies.rendering import button
from assistant.understanding.decision import Kind
from backend.client import BackendProblem
from backend.client.calculators import CalculatorsClient
from backend.contracts.calculator_content import NO, YES, QuestionKind, RuleQuestion
from backend.contracts.calculators import RuleView
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import WhichDay
from backend.contracts.replies import Choice, Outcome
from backend.language.counts import says_none
from backend.language.dates import day_text, two_readings, which_day
from backend.language.field_remarks import FieldRemark
from backend.language.numerals import has_number
from backend.language.ordinals import read_place
from backend.language.verb_answers import read_yes_no_to

_COUNTED = frozenset({QuestionKind.NUMBER, QuestionKind.DURATION})
_SKIPS = re.compile(r"^(?:跳过|不填|不知道|不清楚|不晓得|没有|没|无|没领过|记不得了?|不记得了?|下一个)[。了吧]*$")
_LEAVES = frozenset({"cancel"})
_SHORT_QUESTION = 5
"""Characters: more that asks something and answers nothing is a question beside the form."""
_SHORT = 8
"""Characters: 「算了」「不算了」 leave; a longer sentence may be an answer."""


class ValidateRuleForm(DaobanAction):
    """Takes the answer to the question asked; tells the result when none is left."""

    action_name: ClassVar[str] = "validate_rule_form"
    may_decline: ClassVar[bool] = True

    async def act(self, turn: TurnView) -> Events:
        """Empty events: the message was no answer, other rules go on."""
        form = read_rule_form(turn.tracker.get_slot("rule"))
        if form is None:
            return []
        question = await backend(CalculatorsClient).next_question(form.id, form.progress)
        if question is None or not turn.answers_form("rule_form"):
            return []
        rule = await backend(CalculatorsClient).rule(form.id)
        message = message_to(turn, form)
        corrected = None if turn.choice is not None else changes(message, rule.questions, form, question)
        if corrected is not None:
            return await self._correct(turn, rule, form, corrected)
        turn.leave_out_what_was_taken_back()
        told = [] if turn.choice is not None else message.facts(turn.text)
        now = known_now(message, told, rule.questions)
        answers = told_answers(rule.questions, now, begun_with(turn, form), form.answers)
        answers |= _faults(turn, rule, form, answers)
        form = form.model_copy(update={"answers": {**form.answers, **answers}})
        kept = [told_in(turn, form, now)] if now else []
        if question.id in answers:
            return [*kept, *await self._take(turn, rule, form, question, answers[question.id])]
        remark = read_rule_remark(turn, question)
        if remark is not None and not leaves_out(remark, question):
            return [*kept, *self._beside(turn, form, remark, question)]
        another = is_of_another(question, told, message)
        fills = bool(answers) and turn.choice is None and not fits(question, turn.text, turn.message.today)
        if another or fills:
            turn.say(
                "rules.told_other",
                outcome=Outcome.CLARIFY,
                echo=echo(tuple(now.values())),
                another=another and not fills,
            )
            return [counted(turn), kept_form(form), now_pending(None), *kept]
        said = "" if leaves_out(remark, question) else _answer(turn, question)
        if said is None:
            return await _answered_about(turn, rule)
        return [*kept, *await self._take(turn, rule, form, question, said)]

    async def _correct(self, turn: TurnView, rule: RuleView, form: RuleForm, corrected: Mapping[str, str]) -> Events:
        """Every answer that is corrected counts from now on; what is only said to be wrong is asked again."""
        for name, said in corrected.items():
            form = form.with_answer(name, said) if said else form.without(name)
        opened = [name for name, said in corrected.items() if not said]
        state = turn.state.model_copy(
            update={
                "facts": answered_facts(
                    turn.state.facts, holder_of_form(turn, form), rule.questions, corrected, turn.message
                )
            }
        )
        if state.computed is not None:
            facts = reopened_facts(state.computed.facts, rule.questions, corrected)
            state = state.model_copy(update={"computed": state.computed.model_copy(update={"facts": facts})})
        last = next(one for one in rule.questions if one.id == list(corrected)[-1])
        if opened:
            return [counted(turn), kept_form(form), now_pending(None), now_state(state)]
        said = noted(turn, rule.questions, corrected)
        return [now_state(state), *await self._go_on(turn, rule, form, last, form.answers[last.id], (said, state))]

    def _beside(self, turn: TurnView, form: RuleForm, remark: FieldRemark, question: RuleQuestion) -> Events:
        before = form.before
        say_beside(turn, remark, question, first=before is None)
        if remark is not FieldRemark.BACK or before is None:
            return [counted(turn)]
        return [counted(turn), kept_form(form.without(before)), now_pending(None)]

    async def _take(self, turn: TurnView, rule: RuleView, form: RuleForm, question: RuleQuestion, said: str) -> Events:
        """Take an answer; of a date told in a part the rest is asked."""
        today = turn.message.today
        part = None if turn.choice is not None else read_part(question, said, today)
        begun = read_part(question, form.begun.get(question.id, ""), today)
        if part is not None and (begun is not None or not fits(question, said, today)):
            part = part if begun is None else part.over(begun)
            whole = dated(question, part) or (str(part) if fits(question, str(part), today) else None)
            if whole is None:
                lacking = "month" if part.month is None else "day" if part.year is not None else "year"
                turn.say("rules.part", outcome=Outcome.CLARIFY, label=question.label, part=part, lacking=lacking)
                return [counted(turn), kept_form(form.with_part(question.id, str(part))), now_pending(None)]
            said = whole
        return await self._go_on(turn, rule, form.with_answer(question.id, said), question, said)

    async def _go_on(
        self,
        turn: TurnView,
        rule: RuleView,
        taken: RuleForm,
        question: RuleQuestion,
        said: str,
        changed: tuple[str, DialogueState | None] = ("", None),
    ) -> Events:
        """Ask the next question, or tell the result. ``changed``: what is said of corrections in the place of the echo, the state after them."""
        try:
            if await backend(CalculatorsClient).next_question(taken.id, taken.progress) is not None:
                _echo(turn, question, said, None, changed[0])
                return [counted(turn), kept_form(taken), now_pending(None)]
            result = await backend(CalculatorsClient).compute(taken.id, taken.answers)
        except BackendProblem as refusal:
            if refusal.problem.status != INVALID:
                raise
            text = "rules.choose_one" if question.choices else "rules.ask_again"
            turn.say(text, outcome=Outcome.CLARIFY, problem=refusal.problem.detail)
            left = taken.without(refusal.problem.field or question.id)
            return [counted(turn), kept_form(left), *_which_day(turn, question, said, refusal)]
        _echo(turn, question, said, about_item(turn, result), changed[0])
        tell_result(turn, result, holder_of_form(turn, taken))
        return [
            remembered(turn, rule, holder_of_form(turn, taken), taken, begun_with(turn, taken).values(), changed[1]),
            SlotSet("rule_done", True), SlotSet("rule", None), now_pending(None),
        ]  # fmt: skip


def _echo(turn: TurnView, question: RuleQuestion, said: str, about: str | None, changed: str) -> None:
    if changed:
        say_changed(turn, changed, about)
    else:
        say_noted(turn, question, said, about)


def _faults(turn: TurnView, rule: RuleView, form: RuleForm, answers: Mapping[str, str]) -> dict[str, str]:
    """「他欠我三个月工资」 to why somebody left, or after 「我自己想走」."""
    if turn.choice is not None:
        return {}
    found = {one.id: says_fault(one, turn.text, {**form.answers, **answers}) for one in rule.questions}
    return {name: said for name, said in found.items() if said is not None}


async def _answered_about(turn: TurnView, rule: RuleView) -> Events:
    """A question asked in between: by the policy answer to it, else of the item that the calculator is about.

    Nothing where another item is talked about.
    """
    if turn.decision.kind is Kind.ANSWER and turn.decision.confidence >= OWN_SURE and asks_something(turn.text):
        return [*await tell_answer(turn, str(turn.decision.id)), counted(turn)]
    asks = turn.intent in REPLIES and turn.confidence >= CONFIDENT and turn.named_item() is None
    if not asks or turn.item is not None or not rule.items:
        return []
    return [*await answer(turn, turn.intent, rule.items[0]), counted(turn)]


def _which_day(turn: TurnView, question: RuleQuestion, said: str, refusal: BackendProblem) -> Events:
    """Remember the two days that an answer can be, so that whoever says which needs no year."""
    if not refusal.problem.type.endswith("which_day"):
        return []
    days = two_readings(said, turn.message.today)
    return [] if days is None else [now_pending(WhichDay(field=question.id, days=days))]


class AskRuleDone(DaobanAction):
    """Asks the rule's next question."""

    action_name: ClassVar[str] = "action_ask_rule_done"

    async def act(self, turn: TurnView) -> Events:
        """One question."""
        form = read_rule_form(turn.tracker.get_slot("rule"))
        question = None if form is None else await backend(CalculatorsClient).next_question(form.id, form.progress)
        if question is None:
            return []
        choices = [
            Choice(say=choice.label, choice=ChoiceValue(ChoiceKind.REPLY, choice.id)) for choice in question.choices
        ]
        pending = turn.pending
        if isinstance(pending, WhichDay) and pending.field == question.id:
            choices = [
                Choice(say=day_text(day), choice=ChoiceValue(ChoiceKind.REPLY, str(day))) for day in pending.days
            ]
        if question.kind is QuestionKind.YES_NO:
            choices = [button("yes", ChoiceKind.REPLY, YES), button("no", ChoiceKind.REPLY, NO)]
        if not question.required:
            choices.append(button("not_known", ChoiceKind.SKIP))
        expects = {QuestionKind.CHOICE: CHOICE, QuestionKind.YES_NO: YES_NO}.get(question.kind, FREE)
        turn.say("rules.ask", choices=choices, expects=expects, question=question,
                 names=[choice.label for choice in question.choices])  # fmt: skip
        return []


class AfterRule(DaobanAction):
    """The form is done: ready for the next one."""

    action_name: ClassVar[str] = "action_after_rule"

    async def act(self, turn: TurnView) -> Events:  # noqa: ARG002
        """Forget it."""
        return [SlotSet("rule_done", None), SlotSet("rule", None)]


def _answer(turn: TurnView, question: RuleQuestion) -> str | None:
    """The words of the answer; empty: left out; None: it is something else, the form waits."""
    if turn.choice is not None:
        if turn.choice.kind is ChoiceKind.SKIP:
            return "" if not question.required else None
        return turn.choice.argument if turn.choice.kind is ChoiceKind.REPLY else None
    said = turn.text.strip("。，,！! ")
    pending = turn.pending
    if isinstance(pending, WhichDay) and pending.field == question.id:
        day = which_day(said, pending.days, turn.message.today)
        if day is not None:
            return str(day)
    begins = [choice.id for choice in question.choices if choice.label.startswith(said.removesuffix("的") or "\0")]
    if len(begins) == 1:
        return begins[0]
    place = read_place(said, len(question.choices))
    if place is not None:
        return question.choices[place].id
    if turn.intent == "distress" or (turn.intent in _LEAVES and turn.confidence >= CONFIDENT and len(said) <= _SHORT):
        return None
    if question.kind is QuestionKind.YES_NO and read_yes_no_to(question.question, said) is not None:
        return said
    if not question.required and _SKIPS.match(said):
        return ""
    if question.kind in _COUNTED and question.least == 0 and says_none(said):
        return said
    if not question.required and turn.intent == "skip":
        return ""
    if len(said) > _SHORT_QUESTION and asks_something(said) and not fits(question, said, turn.message.today):
        return None
    asks = turn.intent in QUESTIONS and turn.confidence >= CONFIDENT and QUESTION_WORDS.search(said)
    if asks and not (has_number(said) and question.kind is not QuestionKind.CHOICE and len(said) <= _SHORT):
        return None
    return None if turn.intent in {"person", "repeat", "simpler", "help"} and turn.confidence >= CONFIDENT else said
