"""What a rule of the dialogue is, and how the first that applies is found."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.state import DialogueState

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

Found = TypeVar("Found")


class DialogueRule(ABC, Generic[Found]):
    """A named rule: whether it applies is decided from message and state alone, without a model, clock or backend."""

    name: ClassVar[str]
    leaves_form: ClassVar[bool] = False
    """Whether an open form is put aside (what was filled in is kept) instead of asking on after the answer."""

    goes_on: ClassVar[bool] = False
    """Whether the message is answered by what comes after as well, the rule only adds to the answer."""

    leads: ClassVar[bool] = False
    """Whether what such a rule adds goes before the answer."""

    @abstractmethod
    def match(self, message: DialogueMessage, state: DialogueState) -> Found | None:
        """Find what the rule answers in the message; None where it does not apply."""

    @abstractmethod
    async def answer(self, turn: TurnView, found: Found, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say the reply; returns the state after it, and events for Rasa's tracker."""


def first_match(
    rules: Iterable[DialogueRule[object]], message: DialogueMessage, state: DialogueState
) -> DialogueRule[object] | None:
    """Find the first rule that applies; None leaves the message to the actions of a question on its own."""
    return next((rule for rule in rules if rule.match(message, state) is not None), None)
