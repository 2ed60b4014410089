"""Somebody lacks what a channel asks for: a telephone, letters, sight, legs, ears. There is a way without it."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.rules.in_frame import SURE
from assistant.dialogue.state import DialogueState
from assistant.understanding.decision import ANSWER_SURE, Kind, decide
from backend.client.catalogue import CatalogueClient
from backend.language.script import simplified
from backend.language.text import tidy

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

LONGEST = 40
_FILE = Path(__file__).parents[1] / "data" / "access.yaml"
Lack = Literal["phone", "reading", "sight", "walking", "hearing", "mandarin"]
_TEXTS: dict[Lack, str] = {
    "phone": "access.phone",
    "reading": "access.reading",
    "sight": "access.sight",
    "walking": "access.walking",
    "hearing": "access.hearing",
    "mandarin": "access.mandarin",
}


class AccessWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lacks: dict[Lack, tuple[re.Pattern[str], ...]]
    unless: tuple[str, ...]


@lru_cache(maxsize=1)
def access_words() -> AccessWords:
    """The words, checked."""
    return AccessWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def lack_in(text: str) -> Lack | None:
    """What is lacking; None where nothing is, or where it is the matter itself."""
    said = simplified(tidy(text)).lower()
    words = access_words()
    if len(said) > LONGEST or any(word in said for word in words.unless):
        return None
    return next((lack for lack, patterns in words.lacks.items() if any(one.search(said) for one in patterns)), None)


class AccessRoute(DialogueRule[Lack]):
    """「我不识字」「老人走不动」「没有智能手机」「耳朵背」."""

    name = "access_route"

    def match(self, message: DialogueMessage, state: DialogueState) -> Lack | None:  # noqa: ARG002
        """Find what is lacking, where no unit of what is talked about and no policy answer says what to do."""
        if message.form == "case_form" or message.intent == "distress":
            return None
        if message.near and message.near[0].chance >= SURE:
            return None
        own = decide(message.ranking, "ask_guide")
        if own.kind is Kind.ANSWER and own.confidence >= ANSWER_SURE:
            return None
        return lack_in(message.text)

    async def answer(self, turn: TurnView, found: Lack, state: DialogueState) -> tuple[DialogueState, Events]:
        """The way without it, for what is talked about, and who helps."""
        from assistant.actions.answer import facet_choices
        from assistant.actions.backend import backend
        from assistant.actions.items import now_about
        from assistant.actions.turn import hotline_of

        code = turn.named_item() or (None if state.frame is None else state.frame.item) or turn.sure_item()
        item = None if code is None else (await backend(CatalogueClient).guide(code)).item
        turn.say(
            _TEXTS[found],
            choices=[] if code is None or not turn.asks_freely else facet_choices("", code),
            about=code,
            topic="hall_service" if code is None else None,
            item_name="" if item is None else item.plain_name,
            counter="" if item is None else item.hall,
            online=item is not None and item.is_surely_online,
            hotline=hotline_of(code)[0],
        )
        return state, [] if code is None else now_about(turn, code)
