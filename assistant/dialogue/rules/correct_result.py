"""「不对，13个月」 after a calculator's result: every answer that is put right has it computed anew, and is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rasa_sdk.events import ActiveLoop, SlotSet

from assistant.dialogue.computing import RERUN_MESSAGES
from assistant.dialogue.facts.whose import meant_instead
from assistant.dialogue.message import NOTICE_FORM, DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.rule_changes import SaidToRule, changes, supposes
from assistant.dialogue.rule_kept import answered_facts, reopened_facts
from assistant.dialogue.state import DialogueState
from backend.client.calculators import CalculatorsClient

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_LONGEST = 60
"""Characters: a longer message tells more than what was wrong."""


class CorrectResult(DialogueRule[dict[str, str]]):
    """A correction of what a calculator was told, after its result."""

    name = "correct_result"

    def match(self, message: DialogueMessage, state: DialogueState) -> dict[str, str] | None:
        """Find the answers that are put right."""
        before = state.computed
        if message.form not in {None, NOTICE_FORM} or before is None or before.form is None:
            return None
        judged = -1 if state.judged is None else state.judged.seq
        if state.seq - before.seq > RERUN_MESSAGES or before.seq < judged or len(message.text) > _LONGEST:
            return None
        if message.intent == "distress" or meant_instead(message.text) is not None:
            return None
        said = SaidToRule(message.text, message.id, message.today, before.holder)
        found = changes(said, before.questions, before.form)
        return None if found is None or not all(found.values()) else found

    async def answer(self, turn: TurnView, found: dict[str, str], state: DialogueState) -> tuple[DialogueState, Events]:
        """Tell what was changed and the new result; ask on where the right answer opens another question."""
        from assistant.actions import rule as computing  # actions import the rules
        from assistant.actions.backend import backend

        before = state.computed
        if before is None or before.form is None:
            return state, []
        form = before.form
        for name, said in found.items():
            form = form.with_answer(name, said)
        rule = await backend(CalculatorsClient).rule(before.rule)
        supposed = supposes(turn.message.text) is not None
        facts = (
            state.facts if supposed else answered_facts(state.facts, before.holder, rule.questions, found, turn.message)
        )
        told = reopened_facts(before.facts, rule.questions, found)
        result, goes_on = await computing.anew(turn, rule, form, before.holder, found, supposed=supposed)
        last = before.model_copy(update={"seq": state.seq, "facts": told, "form": result or before.form})
        events = [] if goes_on is None else [
            SlotSet("rule", goes_on.model_dump(mode="json")), SlotSet("rule_done", None), SlotSet("rule_progress", 0),
            ActiveLoop("rule_form"),
        ]  # fmt: skip
        return state.model_copy(update={"facts": facts, "computed": last}), events
