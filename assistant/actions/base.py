"""Base of our actions: one turn view in, events out; the backend's troubles handled in one place."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from assistant.actions.backend import BackendGone
from assistant.actions.turn import TurnView
from assistant.dialogue.order import ADDING
from assistant.dialogue.state import SLOT, DialogueState, read_state
from backend.client import BackendProblem, BackendUnavailable
from backend.contracts.pending import Pending
from backend.contracts.replies import Outcome

Events = list[dict[str, Any]]
"""Rasa's events as rasa_sdk makes them: JSON whose shape is Rasa's."""


_ALONE = frozenset({
    "action_rule", "action_answer", "action_answer_several", "action_talk", "action_person", "action_complaint",
    "action_not_ours", "action_not_understood",
})  # fmt: skip
"""Actions that answer a message alone: others have more to say in the turn."""


REFUSED = "cases.refused"
"""Name of the text that tells a refusal of the backend in its own words."""
LEGACY = "legacy:"
"""Before the names of actions that the dialogue's rules have not replaced yet."""


def now_state(state: DialogueState) -> dict[str, Any]:
    """The event that keeps the dialogue's state."""
    return dict(SlotSet(SLOT, state.model_dump(mode="json")))


def _observed(turn: TurnView) -> Events:
    """The first action of a turn keeps what was read in the message."""
    state = turn.state
    return [] if state == read_state(turn.tracker.get_slot(SLOT)) else [now_state(state)]


def _talked_about(turn: TurnView, events: Events) -> Events:
    """The state with what the answer was about in it, after whatever the action itself kept."""
    if not turn.opened and turn.asked_about is None:
        return []
    kept = next((event["value"] for event in reversed(events) if event.get("name") == SLOT), None)
    state = turn.state if kept is None else read_state(kept)
    for frame in turn.opened:
        state = state.about(frame)
    state = state.asking(turn.asked_about)
    return [now_state(state)]


def now_pending(question: Pending | None) -> dict[str, Any]:
    """The event that keeps what our last question was about; None: no question is open."""
    return dict(SlotSet("pending", None if question is None else question.model_dump(mode="json")))


class DaobanAction(Action):  # type: ignore[misc]  # rasa_sdk is not typed
    """An action with a name of the domain."""

    action_name: ClassVar[str] = ""
    may_decline: ClassVar[bool] = False
    """Whether no events mean that the message was not for this action, as Rasa reads a form's validation."""

    def name(self) -> str:
        """Its name in the domain."""
        return self.action_name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, _domain: DomainDict) -> Events:
        """Act. A refusal of the backend is said as it is and ends the turn; a missing backend gives the turn up."""
        turn = TurnView(tracker, dispatcher)
        if turn.said_before(REFUSED):
            return []  # the backend's sentence says what to do; nothing is asked or guessed after it
        turn.rule = f"{LEGACY}{self.action_name}"
        try:
            events = await self.act(turn)
            added = await self._added(turn) if self.action_name in _ALONE else []
            if self.may_decline and not events:
                return []
            return [*_observed(turn), *events, *_talked_about(turn, events), *added]
        except BackendProblem as refusal:
            turn.say(REFUSED, problem=refusal.problem.detail, outcome=Outcome.CHAT)
            return []
        except BackendUnavailable as away:
            raise BackendGone(str(away)) from away

    async def _added(self, turn: TurnView) -> Events:
        """Let the rules that only add to an answer add theirs."""
        events: Events = []
        for rule in ADDING:
            found = rule.match(turn.message, turn.state)
            if found is not None:
                turn.rule = rule.name
                events += (await rule.answer(turn, found, turn.state))[1]
        return events

    @abstractmethod
    async def act(self, turn: TurnView) -> Events:
        """Do the job; returns events for the tracker."""
