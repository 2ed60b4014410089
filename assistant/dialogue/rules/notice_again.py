"""An answer that a one-time notice stands on is taken back right after it: the notice is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.notice_answers import TakenBack, taken_back
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView


class NoticeAgain(DialogueRule[TakenBack]):
    """「不对，是请别人代办」「其实是本人办」 after the list; no new matter and no question is one."""

    name = "notice_again"

    def match(self, message: DialogueMessage, state: DialogueState) -> TakenBack | None:
        """Find the answer that the message turns round."""
        noticed = state.noticed_now
        if message.form is not None or noticed is None or message.intent == "distress":
            return None
        if message.named_item not in {None, noticed.item}:
            return None
        return taken_back(message.text, noticed.answered, noticed.situation)

    async def answer(self, turn: TurnView, found: TakenBack, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say it back and tell the list anew, or ask on where it now hangs on more."""
        from assistant.actions.notice import issue_again

        if state.noticed is None:
            return state, []
        after, events = await issue_again(turn, state.noticed, found)
        return state.model_copy(update={"noticed": after.noticed}), events
