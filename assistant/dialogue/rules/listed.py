"""「第二个再说细点」 after several questions in one message: that part in full."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.hall.questions import hall_question
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState, Listed
from backend.language.ordinals import leading_ordinal, read_place
from backend.language.text import tidy

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_FILE = Path(__file__).parents[1] / "data" / "listed.yaml"


class ListedWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    more: re.Pattern[str]
    before: re.Pattern[str]


@lru_cache(maxsize=1)
def listed_words() -> ListedWords:
    """The words, checked."""
    return ListedWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def place_of_more(text: str, count: int) -> int | None:
    """The index of the part of which more is wanted, from 0; None where nothing or something else is wanted."""
    said = listed_words().before.sub("", tidy(text))
    rest = listed_words().more.sub("", said)
    if rest == said or not rest:
        return None
    number = leading_ordinal(rest)
    place = number - 1 if number is not None and len(rest) <= len("第二个问题") else read_place(rest, count)
    return place if place is not None and 0 <= place < count else None


class ListedPoint(DialogueRule[Listed]):
    """More is wanted of one of the parts that were answered in a line."""

    name = "listed_point"

    def match(self, message: DialogueMessage, state: DialogueState) -> Listed | None:
        """Find the part; a form's question comes first."""
        parts = state.parts
        if not parts or message.form is not None or message.intent == "distress":
            return None
        place = place_of_more(message.text, len(parts))
        return None if place is None or parts[place].kind == "none" else parts[place]

    async def answer(self, turn: TurnView, found: Listed, state: DialogueState) -> tuple[DialogueState, Events]:
        """Answer it as if it had been asked alone."""
        from assistant.actions.answer import answer, tell_answer  # actions import the rules
        from assistant.dialogue.rules.hall import Hall

        if found.kind == "item":
            return state, await answer(turn, found.asked, found.id)
        if found.kind == "answer":
            return state, await tell_answer(turn, found.id)
        about = hall_question(found.id, turn.message.today) if found.kind == "hall" else None
        if about is not None:
            return await Hall().answer(turn, about, state)
        turn.say("talk.not_ours", topic="out_of_scope", owner=found.id, number=found.number)
        return state, []
