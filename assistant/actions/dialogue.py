"""The action of the dialogue's rules."""

from __future__ import annotations

from typing import ClassVar

from assistant.actions.base import DaobanAction, Events, now_state
from assistant.actions.turn import TurnView
from assistant.dialogue.order import RULES

RULE, RULE_LEAVING_FORM = "rule", "rule_leaving_form"
"""Intents of a message that a rule answers; after the second an open form is put aside."""
RULE_NAME = "rule"
"""Key of the rule's name in Rasa's parse."""


class AnswerByRule(DaobanAction):
    """Lets the rule answer that the message was found to be for."""

    action_name: ClassVar[str] = "action_rule"

    async def act(self, turn: TurnView) -> Events:
        """Answer; the state after it is kept."""
        rule = RULES[str(turn.heard[RULE_NAME])]
        turn.rule = rule.name
        turn.leaves_form = rule.leaves_form
        state = turn.state
        found = rule.match(turn.message, state)
        after, events = await rule.answer(turn, found, state.answered_by(rule.name))
        return [now_state(after), *events]
