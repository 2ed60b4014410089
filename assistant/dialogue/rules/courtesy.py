"""Thanks, an acknowledgement, a pause, noise: answered shortly, without a question."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.message import NOTICE_FORM, DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from backend.contracts.replies import Outcome
from backend.language.script import simplified
from backend.language.text import tidy

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

LONGEST = 24
_FILE = Path(__file__).parents[1] / "data" / "courtesy.yaml"
_MARKS = re.compile(r"[^\w]+|_+")
_HEARD = re.compile(r"知道|明白|懂|了解|清楚|晓得|收到|记住|原来")
"""Acknowledgements that are no answer to a question with two answers, as 「好」 and 「对」 may be."""
Kind = Literal["thanks", "ack", "wait", "noise"]
_TEXTS: dict[Kind, str] = {
    "thanks": "courtesy.thanks",
    "ack": "courtesy.ack",
    "wait": "courtesy.wait",
    "noise": "courtesy.noise",
}


class CourtesyWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    thanks: tuple[re.Pattern[str], ...]
    ack: tuple[re.Pattern[str], ...]
    wait: tuple[re.Pattern[str], ...]
    noise: tuple[re.Pattern[str], ...]
    beside: tuple[str, ...]

    def kind_of(self, part: str) -> Kind | None:
        """What a part between marks is."""
        kinds: dict[Kind, tuple[re.Pattern[str], ...]] = {
            "thanks": self.thanks,
            "ack": self.ack,
            "wait": self.wait,
            "noise": self.noise,
        }
        return next((kind for kind, patterns in kinds.items() if any(one.fullmatch(part) for one in patterns)), None)


@lru_cache(maxsize=1)
def courtesy_words() -> CourtesyWords:
    """The words, checked."""
    return CourtesyWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def courtesy_in(text: str) -> Kind | None:
    """What the whole message is; None where it says anything else."""
    said = simplified(tidy(text)).lower()
    if len(said) > LONGEST:
        return None
    words = courtesy_words()
    parts = [part for part in _MARKS.split(said) if part]
    if not parts:
        return "noise" if said else None
    kinds = [words.kind_of(part) for part in parts if part not in words.beside]
    if not kinds or None in kinds:
        return None
    return next(kind for kind in ("thanks", "wait", "ack", "noise") if kind in kinds)


class Courtesy(DialogueRule[Kind]):
    """「谢谢」「哦明白了」「等哈」「哈哈」: nothing is open, nothing is asked."""

    name = "courtesy"

    def match(self, message: DialogueMessage, state: DialogueState) -> Kind | None:  # noqa: ARG002
        """Find what it is; while a question of ours is open, only thanks are no answer to it."""
        if message.form not in {None, NOTICE_FORM} or message.intent == "distress":
            return None
        found = courtesy_in(message.text)
        if message.form == NOTICE_FORM:
            heard = found == "ack" and _HEARD.search(message.text)
            return found if found == "thanks" or heard else None
        return found if message.pending is None or found == "thanks" else None

    async def answer(self, turn: TurnView, found: Kind, state: DialogueState) -> tuple[DialogueState, Events]:
        """A short word; nothing is offered, nothing is asked again."""
        turn.say(_TEXTS[found], outcome=Outcome.CHAT)
        return state, []
