"""What of a calculation under way is kept in the tracker: whose it is, what was told in it, and its last result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk.events import SlotSet

from assistant.actions.base import now_state
from assistant.actions.turn import TurnView
from assistant.dialogue.rule_changes import SaidToRule
from assistant.dialogue.rule_progress import RuleForm
from assistant.dialogue.state import Computed, DialogueState
from backend.contracts.calculators import RuleView
from backend.contracts.facts import ME, KnownFact


def remembered(
    turn: TurnView,
    rule: RuleView,
    holder: str,
    form: RuleForm | None = None,
    facts: Iterable[KnownFact] = (),
    state: DialogueState | None = None,
) -> dict[str, Any]:
    """The state in which this calculation can be gone on from. ``form``: the answers that a result stands on."""
    return now_state(after_computing((state or turn.state).answered_by(turn.rule), rule, holder, form, facts))


def after_computing(
    state: DialogueState, rule: RuleView, holder: str, form: RuleForm | None, facts: Iterable[KnownFact]
) -> DialogueState:
    """The state with a calculation in it. ``facts``: what it was begun with and what was told in it."""
    last = Computed(
        rule=rule.id, holder=holder, seq=state.seq, facts=tuple(facts), form=form, questions=() if form is None else rule.questions
    )  # fmt: skip
    return state.model_copy(update={"computed": last})


def holder_of_form(turn: TurnView, form: RuleForm) -> str:
    """Whose calculation it is."""
    before = turn.state.computed
    return before.holder if before is not None and before.rule == form.id else ME


def message_to(turn: TurnView, form: RuleForm) -> SaidToRule:
    """The message as the calculator's questions read it."""
    return SaidToRule(turn.message.text, turn.message.id, turn.message.today, holder_of_form(turn, form))


def begun_with(turn: TurnView, form: RuleForm) -> dict[str, KnownFact]:
    """The facts that the calculation was begun with, and those told in it."""
    before = turn.state.computed
    return {fact.fact: fact for fact in before.facts} if before is not None and before.rule == form.id else {}


def told_in(turn: TurnView, form: RuleForm, now: Mapping[str, KnownFact]) -> dict[str, Any]:
    """Keep what is told at one question for those that come after it."""
    before = turn.state.computed or Computed(rule=form.id, holder=ME, seq=turn.state.seq)
    facts = {**begun_with(turn, form), **now}
    return now_state(
        turn.state.model_copy(update={"computed": before.model_copy(update={"facts": tuple(facts.values())})})
    )


def counted(turn: TurnView) -> dict[str, Any]:
    """The event that counts the form's turns."""
    return dict(SlotSet("rule_progress", int(turn.tracker.get_slot("rule_progress") or 0) + 1))


def kept_form(form: RuleForm) -> dict[str, Any]:
    """The event that keeps the answers so far."""
    return dict(SlotSet("rule", form.model_dump(mode="json")))
