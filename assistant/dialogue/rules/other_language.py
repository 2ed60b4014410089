"""Somebody writes in a language that the assistant does not read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.dialogue.message import Message
from assistant.dialogue.rule import Rule
from assistant.dialogue.state import DialogueState
from backend.contracts.replies import Handover, Outcome

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_LATIN = re.compile(r"[A-Za-z]+")
MIN_WORDS = 3
"""「OK」「APP」「12333 please」 are no language of their own."""


class OtherLanguage(Rule[str]):
    """Answers in English, with the telephone and whom to bring; typed pinyin has become characters before."""

    name = "other_language"

    def match(self, message: Message, state: DialogueState) -> str | None:  # noqa: ARG002
        """Find the script: ``latin``, or ``other``. Chinese beside it is understood as Chinese."""
        if message.form is not None or _HAN.search(message.text):
            return None
        words = _WORD.findall(message.text)
        if len(words) < MIN_WORDS and not any(not _LATIN.fullmatch(word) for word in words):
            return None
        return "latin" if all(_LATIN.fullmatch(word) for word in words) else "other"

    async def answer(self, turn: TurnView, found: str, state: DialogueState) -> tuple[DialogueState, Events]:  # noqa: ARG002
        """Say it, and that a person helps."""
        wanted = Handover(reason="language", topic="hall_service")
        turn.say("dialogue.other_language", outcome=Outcome.HANDOVER, topic="hall_service", handover=wanted)
        return state, []
