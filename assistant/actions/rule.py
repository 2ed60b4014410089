"""Computing a rule with somebody: its questions one by one, then what it comes to. What is answered is kept nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from rasa_sdk.events import SlotSet

from assistant.actions.answer import REPLIES, answer, facet_choices
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending, now_state
from assistant.actions.case_answers import QUESTION_WORDS, QUESTIONS
from assistant.actions.case_corrections import CONFIDENT
from assistant.actions.items import carried_item, now_about
from assistant.actions.rule_beside import (
    Corrected,
    leaves_out,
    read_rule_correction,
    read_rule_remark,
    say_beside,
)
from assistant.actions.rule_echo import say_noted
from assistant.actions.turn import CHOICE, FREE, YES_NO, TurnView
from assistant.dialogue.facts.answering import Filled, echo, fill, missing
from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.rule_progress import RuleForm, read_rule_form
from assistant.dialogue.state import Computed
from assistant.replies.rendering import button
from assistant.replies.texts import labels
from assistant.understanding.decision import Kind
from backend.client import BackendProblem
from backend.client.calculators import CalculatorsClient
from backend.contracts.calculator_content import NO, YES, QuestionKind, RuleQuestion
from backend.contracts.calculators import CalculationResult, RuleView
from backend.contracts.cards import AnswerCard
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.facts import ME, Certainty, KnownFact, holder_list
from backend.contracts.pending import WhichDay, WhichItem
from backend.contracts.replies import Choice, Outcome
from backend.language.counts import says_none
from backend.language.dates import day_text, two_readings, which_day
from backend.language.field_remarks import FieldRemark
from backend.language.numerals import has_number
from backend.language.ordinals import read_place
from backend.language.quantities import hedge
from backend.language.verb_answers import read_yes_no_to

INVALID = 422
_MEASURED = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.DURATION})
_COUNTED = frozenset({QuestionKind.NUMBER, QuestionKind.DURATION})
MAX_OFFERED = 4
_SKIPS = re.compile(r"^(?:跳过|不填|不知道|不清楚|不晓得|没有|没|无|没领过|记不得了?|不记得了?|下一个)[。了吧]*$")
_LEAVES = frozenset({"cancel"})
_SHORT = 8
"""Characters: 「算了」「不算了」 leave; a longer sentence may be an answer."""


class BeginRule(DaobanAction):
    """「帮我算一算」: the rule of what is talked about, or a choice of those that it has."""

    action_name: ClassVar[str] = "action_begin_rule"

    async def act(self, turn: TurnView) -> Events:
        """``next_step``: rule when it is clear which."""
        everything = _meant(turn.text, await backend(CalculatorsClient).rules_of())
        rules = everything if len(everything) == 1 else await _rules(turn)
        rules = rules and _meant(turn.text, rules)
        text = "rules.which" if rules else "rules.none"
        rules = rules or [await backend(CalculatorsClient).rule(rule_id) for rule_id in labels().common_rules]
        if len(rules) == 1:
            return await begin_rule(turn, rules[0].id)
        choices = [Choice(say=rule.title, choice=ChoiceValue(ChoiceKind.RULE, rule.id)) for rule in rules[:MAX_OFFERED]]
        turn.say(text, choices=choices, expects=CHOICE, outcome=Outcome.CLARIFY,
                 names=[choice.say for choice in choices])  # fmt: skip
        offered = WhichItem(codes=tuple(choice.choice for choice in choices))
        return [now_pending(offered), SlotSet("next_step", "none")]


async def begin_rule(turn: TurnView, rule_id: str) -> Events:
    """Start computing with what is known of the speaker. ``next_step``: rule, or none where nothing was left to ask."""
    rule = await backend(CalculatorsClient).rule(rule_id)
    filled = fill(rule.questions, FactStore.holding(turn.state.facts).of(ME))
    done = await computed(turn, rule, filled, ME)
    if done is not None:
        return [*done, SlotSet("next_step", "none")]
    if filled.exact:
        say_begun(turn, rule, filled)
    else:
        turn.say("rules.begun", topic=rule.topic, rule=rule)
    return [*begun(turn, rule, filled, ME), SlotSet("next_step", "rule")]


async def computed(turn: TurnView, rule: RuleView, filled: Filled, holder: str) -> Events | None:
    """Tell the result with the facts it stands on; None where they do not settle it."""
    if missing(rule.questions, filled.least, filled.least):
        return None
    calculators = backend(CalculatorsClient)
    result = await calculators.compute(rule.id, filled.least)
    if filled.vague and result.figures != (await calculators.compute(rule.id, filled.most)).figures:
        return None
    of, code = holder_list()[holder], next(iter(result.items), None)
    verdict = result.verdict if of.id == ME else result.verdict.replace("您", of.pronoun)
    choices = [] if code is None else facet_choices("ask_steps", code)
    turn.say("dialogue.computed", choices=choices, card=AnswerCard.of_result(result), topic=rule.topic, about=code, result=result,
             verdict=verdict, echo=echo(filled.used), holder="" if of.id == ME else of.name)  # fmt: skip
    return [_remembered(turn, rule, holder), *([] if code is None else now_about(turn, code)), now_pending(None)]


def say_begun(turn: TurnView, rule: RuleView, filled: Filled, general: str = "") -> None:
    """Say back what is known before the first question. ``general``: what holds for everybody, told first to whoever asked."""
    turn.say("dialogue.compute_begun", topic=rule.topic, rule=rule, echo=echo(filled.settled), general=general)


def begun(turn: TurnView, rule: RuleView, filled: Filled, holder: str) -> Events:
    """The form's slots, what is known filled in."""
    return [
        _remembered(turn, rule, holder),
        _kept(RuleForm(id=rule.id, answers=filled.exact)),
        SlotSet("rule_done", None),
        SlotSet("rule_progress", 0),
        now_pending(None),
    ]


def _remembered(turn: TurnView, rule: RuleView, holder: str) -> dict[str, Any]:
    """The state in which this calculation can be gone on from."""
    last = Computed(rule=rule.id, holder=holder, seq=turn.state.seq)
    return now_state(turn.state.answered_by(turn.rule).model_copy(update={"computed": last}))


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
        corrected = read_rule_correction(turn, rule.questions, form, question)
        if corrected is not None:
            return await self._correct(turn, form, corrected)
        turn.leave_out_what_was_taken_back()
        told = _told(turn, rule, form)
        if question.id in told:
            return await self._take(
                turn, form.model_copy(update={"answers": {**form.answers, **told}}), question, told[question.id]
            )
        form = form.model_copy(update={"answers": {**told, **form.answers}})
        remark = read_rule_remark(turn, question)
        if remark is not None and not leaves_out(remark, question):
            return self._beside(turn, form, remark, question)
        said = "" if leaves_out(remark, question) else _answer(turn, question)
        if said is None:
            return await _answered_about(turn, rule)
        return await self._take(turn, form, question, said)

    async def _correct(self, turn: TurnView, form: RuleForm, corrected: Corrected) -> Events:
        if corrected.value:
            return await self._take(turn, form, corrected.question, corrected.value, corrects=True)
        return [_asked(turn), _kept(form.without(corrected.question.id)), now_pending(None)]

    def _beside(self, turn: TurnView, form: RuleForm, remark: FieldRemark, question: RuleQuestion) -> Events:
        before = form.before
        say_beside(turn, remark, question, first=before is None)
        if remark is not FieldRemark.BACK or before is None:
            return [_asked(turn)]
        return [_asked(turn), _kept(form.without(before)), now_pending(None)]

    async def _take(
        self, turn: TurnView, form: RuleForm, question: RuleQuestion, said: str, *, corrects: bool = False
    ) -> Events:
        taken = form.with_answer(question.id, said)
        try:
            if await backend(CalculatorsClient).next_question(taken.id, taken.progress) is not None:
                say_noted(turn, question, said, always=corrects)
                return [_asked(turn), _kept(taken), now_pending(None)]
            result = await backend(CalculatorsClient).compute(taken.id, taken.answers)
        except BackendProblem as refusal:
            if refusal.problem.status != INVALID:
                raise
            text = "rules.choose_one" if question.choices else "rules.ask_again"
            turn.say(text, outcome=Outcome.CLARIFY, problem=refusal.problem.detail)
            left = taken.without(refusal.problem.field or question.id)
            return [_asked(turn), _kept(left), *_which_day(turn, question, said, refusal)]
        say_noted(turn, question, said, _about(turn, result), always=corrects)
        _tell(turn, result)
        return [SlotSet("rule_done", True), SlotSet("rule", None), now_pending(None)]


async def _answered_about(turn: TurnView, rule: RuleView) -> Events:
    """A question asked in between, of the item that the calculator is about; nothing where another item is talked about."""
    asks = turn.intent in REPLIES and turn.confidence >= CONFIDENT and turn.named_item() is None
    if not asks or turn.item is not None or not rule.items:
        return []
    return [*await answer(turn, turn.intent, rule.items[0]), _asked(turn)]


def _asked(turn: TurnView) -> dict[str, Any]:
    """The event that counts the form's turns."""
    return dict(SlotSet("rule_progress", int(turn.tracker.get_slot("rule_progress") or 0) + 1))


def _kept(form: RuleForm) -> dict[str, Any]:
    return dict(SlotSet("rule", form.model_dump(mode="json")))


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


def _meant(text: str, rules: list[RuleView]) -> list[RuleView]:
    """The one whose title is clearly most like what was said; all of them if none is."""
    said = _pairs(text)
    ranked = sorted(rules, key=lambda rule: -len(said & _pairs(rule.title)))
    best, *others = ([len(said & _pairs(rule.title)) for rule in ranked]) or [0]
    return ranked[:1] if best > max(others, default=0) + 1 else rules


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _told(turn: TurnView, rule: RuleView, form: RuleForm) -> dict[str, str]:
    """Answers to the calculator's questions that this message gives, however many."""
    before = turn.state.computed
    holder = before.holder if before is not None and before.rule == form.id else ME
    if turn.choice is not None:
        return {}
    message = turn.message
    store = FactStore()
    store.tell(read_facts(message.text, message.today, holder), message.id, supposed=True)
    told = store.of(holder) if holder == ME else {**store.of(ME), **store.of(holder)}
    begun_with = {} if before is None else {fact.fact: fact for fact in before.facts}
    filled = fill(rule.questions, {**begun_with, **told}, form.answers)
    return {name: _as_told(value, name, rule, told) for name, value in filled.exact.items()}


def _as_told(value: str, name: str, rule: RuleView, told: Mapping[str, KnownFact]) -> str:
    """The answer, marked where it was told as near one: the calculator then says what it reckoned with."""
    question = next(one for one in rule.questions if one.id == name)
    known = told.get(question.fact or "")
    hedged = question.kind in _MEASURED and known is not None and known.certainty is Certainty.HEDGED
    return hedge(value) if hedged else value


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
    asks = turn.intent in QUESTIONS and turn.confidence >= CONFIDENT and QUESTION_WORDS.search(said)
    if asks and not (has_number(said) and question.kind is not QuestionKind.CHOICE and len(said) <= _SHORT):
        return None
    return None if turn.intent in {"person", "repeat", "simpler", "help"} and turn.confidence >= CONFIDENT else said


def _about(turn: TurnView, result: CalculationResult) -> str | None:
    """The item that a result is about: the one talked about, or its first."""
    return turn.item if turn.item in result.items else next(iter(result.items), None)


def _tell(turn: TurnView, result: CalculationResult) -> None:
    code = _about(turn, result)
    choices = [] if code is None else facet_choices("ask_steps", code)
    turn.say("rules.told", choices=choices, card=AnswerCard.of_result(result), about=code, result=result)


async def _rules(turn: TurnView) -> list[RuleView]:
    """Rules of what is said; of what was talked about before; none."""
    decision = turn.decision
    if decision.kind is Kind.ANSWER and decision.id is not None:
        found = await backend(CalculatorsClient).rules_of(policy_answer=decision.id)
        if found:
            return found
    code = turn.named_item() or carried_item(turn) or turn.sure_item()
    found = [] if code is None else await backend(CalculatorsClient).rules_of(code)
    if found:
        return found
    topic = decision.topic if decision.kind is not Kind.UNKNOWN else None
    return [] if topic is None else await backend(CalculatorsClient).rules_of(topic=topic)
