"""「我今年59，男的」 and nothing asked: it is noted, said back, and what can be reckoned with it is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.dialogue.computing import calculator_cues
from assistant.dialogue.facts.answering import echo
from assistant.dialogue.facts.clauses import clauses
from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from backend.client.calculators import CalculatorsClient
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.facts import ME, KnownFact
from backend.contracts.replies import Choice, Outcome

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_OF_ONESELF = frozenset({"birth", "sex", "post", "wage", "wage_net", "worked_total", "worked_here"})
"""What somebody is; anything else that is told has its own answer."""
_SAYS_ENOUGH = frozenset({"birth", "wage", "worked_total"})
_LONGEST = 30
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class ToldOnly:
    """The facts of a message that asks nothing, and the calculators that they serve."""

    facts: tuple[KnownFact, ...]
    rules: tuple[str, ...]


class FactsTold(DialogueRule[ToldOnly]):
    """A message that only tells who the speaker is, before anything is talked about."""

    name = "facts_told"

    def match(self, message: DialogueMessage, state: DialogueState) -> ToldOnly | None:
        """Find that every clause tells such a fact of the speaker, and nothing is asked."""
        if message.form is not None or message.pending is not None or message.asks or message.intent == "distress":
            return None
        if state.frame is not None or len(message.text) > _LONGEST:
            return None
        told = read_facts(message.text, message.today)
        names = {one.fact for one in told}
        if not names & _SAYS_ENOUGH or names - _OF_ONESELF or any(one.hypothetical or one.holder != ME for one in told):
            return None
        parts = clauses(message.text)
        if not all(any(part.start <= one.start < part.start + len(part.text) for one in told) for part in parts):
            return None
        rules = [cue.rule for cue in calculator_cues() if names & {*cue.needs}]
        return ToldOnly(tuple(one.known(message.id) for one in told), tuple(rules[:_OFFERED]))

    async def answer(self, turn: TurnView, found: ToldOnly, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say back what was noted; offer what can be reckoned."""
        from assistant.actions.backend import backend

        rules = [await backend(CalculatorsClient).rule(one) for one in found.rules]
        choices = [Choice(say=rule.title, choice=ChoiceValue(ChoiceKind.RULE, rule.id)) for rule in rules]
        turn.say(
            "dialogue.facts_noted", choices=choices, outcome=Outcome.CLARIFY, topic="hall_service", echo=echo(found.facts),
            names=[rule.title for rule in rules],
        )  # fmt: skip
        return state, []
