"""Somebody writes in a language that the assistant does not read."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from backend.contracts.replies import Handover, Outcome
from backend.language.placeholders import replace_placeholders

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_FILE = Path(__file__).parents[1] / "data" / "english_words.yaml"
_WORD = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_LATIN = re.compile(r"[A-Za-z]+")
_CODE = re.compile(r"[<>{}=\\\\|]|https?:")
"""Signs of programs and addresses: nobody speaks so."""
MIN_SENTENCE_WORDS = 2
"""English words from which on it is no name."""
MIN_WORDS = 3
"""「OK」「APP」「12333 please」 are no language of their own."""


class _EnglishWords(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: frozenset[str]


@lru_cache(maxsize=1)
def _english_words() -> frozenset[str]:
    return _EnglishWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8"))).words


def _is_sentence(text: str) -> bool:
    words = re.findall(r"[a-z']+", text.lower())
    return sum(word in _english_words() for word in words) >= MIN_SENTENCE_WORDS


class OtherLanguage(DialogueRule[str]):
    """Answers in English, with the telephone and whom to bring; typed pinyin has become characters before."""

    name = "other_language"

    def match(self, message: DialogueMessage, state: DialogueState) -> str | None:  # noqa: ARG002
        """Find the script: ``latin``, or ``other``. Chinese beside it is understood as Chinese."""
        written = replace_placeholders(message.text, " ")
        if _HAN.search(written) or _CODE.search(written):
            return None
        words = _WORD.findall(written)
        if message.form is not None and not _is_sentence(written):
            return None
        if len(words) < MIN_WORDS and not any(not _LATIN.fullmatch(word) for word in words):
            return None
        return "latin" if all(_LATIN.fullmatch(word) for word in words) else "other"

    async def answer(self, turn: TurnView, found: str, state: DialogueState) -> tuple[DialogueState, Events]:  # noqa: ARG002
        """Say it, and that a person helps."""
        wanted = Handover(reason="language", topic="hall_service")
        turn.say("dialogue.other_language", outcome=Outcome.HANDOVER, topic="hall_service", handover=wanted)
        return state, []
