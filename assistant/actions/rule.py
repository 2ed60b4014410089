"""Computing a rule with somebody: how it begins, what it comes to, and anew after a correction. What is answered is kept nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rasa_sdk.events import SlotSet

from assistant.actions.answer import facet_choices
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending
from assistant.actions.items import carried_item, now_about
from assistant.actions.rule_echo import noted, say_changed
from assistant.actions.rule_state import kept_form, remembered
from assistant.actions.turn import CHOICE, TurnView
from assistant.dialogue.computing import rules_reckoned
from assistant.dialogue.facts.answering import Filled, echo, fill, missing
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.rule_progress import RuleForm
from assistant.replies.texts import labels
from assistant.understanding.decision import Kind
from backend.client import BackendProblem
from backend.client.calculators import CalculatorsClient
from backend.contracts.calculators import CalculationResult, RuleView
from backend.contracts.cards import AnswerCard
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.facts import ME, holder_list
from backend.contracts.pending import WhichItem
from backend.contracts.replies import Choice, Outcome

INVALID = 422
MAX_OFFERED = 4


class BeginRule(DaobanAction):
    """「帮我算一算」: the rule of what is talked about, or a choice of those that it has."""

    action_name: ClassVar[str] = "action_begin_rule"

    async def act(self, turn: TurnView) -> Events:
        """``next_step``: rule when it is clear which."""
        named = rules_reckoned(turn.text)
        if len(named) == 1:
            return await begin_rule(turn, named[0])
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
    verdict = _verdict(result, holder)
    choices = [] if code is None else facet_choices("ask_steps", code)
    turn.say("dialogue.computed", choices=choices, card=AnswerCard.of_result(result), topic=rule.topic, about=code, result=result,
             verdict=verdict, echo=echo(filled.used), holder="" if of.id == ME else of.name)  # fmt: skip
    form = RuleForm.standing_on(rule.id, rule.questions, filled.exact)
    return [
        remembered(turn, rule, holder, form),
        *([] if code is None else now_about(turn, code)),
        now_pending(None),
    ]


def say_begun(turn: TurnView, rule: RuleView, filled: Filled, general: str = "") -> None:
    """Say back what is known before the first question. ``general``: what holds for everybody, told first to whoever asked."""
    turn.say("dialogue.compute_begun", topic=rule.topic, rule=rule, echo=echo(filled.settled), general=general)


def begun(turn: TurnView, rule: RuleView, filled: Filled, holder: str) -> Events:
    """The form's slots, what is known filled in."""
    return [
        remembered(turn, rule, holder, facts=filled.used),
        kept_form(RuleForm(id=rule.id, answers=filled.exact)),
        SlotSet("rule_done", None),
        SlotSet("rule_progress", 0),
        now_pending(None),
    ]


async def anew(
    turn: TurnView, rule: RuleView, form: RuleForm, holder: str, corrected: Mapping[str, str], *, supposed: bool
) -> tuple[RuleForm | None, RuleForm | None]:
    """Tell the result of answers of which some were put right, or only supposed otherwise, after one was told.

    Returns the answers that it stands on, or those with which a question is still open.
    """
    calculators = backend(CalculatorsClient)
    said = noted(turn, rule.questions, corrected)
    try:
        if await calculators.next_question(form.id, form.progress) is not None:
            say_changed(turn, said, supposed=supposed)
            return None, form
        result = await calculators.compute(form.id, form.answers)
    except BackendProblem as refusal:
        if refusal.problem.status != INVALID:
            raise
        turn.say("rules.ask_again", outcome=Outcome.CLARIFY, problem=refusal.problem.detail)
        return None, form.without(refusal.problem.field or next(iter(corrected)))
    say_changed(turn, said, about_item(turn, result), supposed=supposed)
    tell_result(turn, result, holder)
    return form, None


def _meant(text: str, rules: list[RuleView]) -> list[RuleView]:
    """The one whose title is clearly most like what was said; all of them if none is."""
    said = _pairs(text)
    ranked = sorted(rules, key=lambda rule: -len(said & _pairs(rule.title)))
    best, *others = ([len(said & _pairs(rule.title)) for rule in ranked]) or [0]
    return ranked[:1] if best > max(others, default=0) + 1 else rules


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def about_item(turn: TurnView, result: CalculationResult) -> str | None:
    """The item that a result is about: the one talked about, or its first."""
    return turn.item if turn.item in result.items else next(iter(result.items), None)


def tell_result(turn: TurnView, result: CalculationResult, holder: str = ME) -> None:
    """Say what a calculator came to for somebody, with how it was reckoned."""
    code = about_item(turn, result)
    choices = [] if code is None else facet_choices("ask_steps", code)
    turn.say("rules.told", choices=choices, card=AnswerCard.of_result(result), about=code, result=result,
             verdict=_verdict(result, holder))  # fmt: skip


def _verdict(result: CalculationResult, holder: str) -> str:
    """The verdict as it is said of somebody."""
    return result.verdict if holder == ME else result.verdict.replace("您", holder_list()[holder].pronoun)


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
