"""What is said of the service: complaints, suggestions and praise with a number, ratings, urging of a case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import AwaitedWords, DialogueState
from backend.contracts.feedback import FeedbackKind
from backend.language.remarks import read_remark
from backend.language.yes_no import read_yes_no

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_FILE = Path(__file__).parents[1] / "data" / "feedback.yaml"
_SIGNS = re.compile(r"[\W_]+")
MIN_WORDS = 4
"""Characters: less is nothing that anybody could answer."""
MAX_URGING = 40
"""Characters; a longer story that holds the word is about something else."""


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    urges: tuple[re.Pattern[str], ...]
    no_urging: re.Pattern[str]
    begins: dict[FeedbackKind, re.Pattern[str]]
    status: re.Pattern[str]
    drops: re.Pattern[str]
    rates: re.Pattern[str]
    levels: dict[int, re.Pattern[str]]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


class Urge(DialogueRule[bool]):
    """「帮我催一下」「怎么还没办好」: the owner of the case is told."""

    name = "urge"

    def match(self, message: DialogueMessage, state: DialogueState) -> bool | None:  # noqa: ARG002
        """Find the wish that it go faster."""
        if message.intent == "distress" or message.form is not None or len(message.text) > MAX_URGING:
            return None
        if _patterns().no_urging.search(message.text):
            return None
        return True if any(pattern.search(message.text) for pattern in _patterns().urges) else None

    async def answer(self, turn: TurnView, found: bool, state: DialogueState) -> tuple[DialogueState, Events]:  # noqa: ARG002
        """Urge the one case; ask which of several; look one up that was begun elsewhere."""
        from assistant.actions import feedback  # actions import the rules

        return state, await feedback.urge_any(turn)


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says of the service, or wants to."""

    kind: FeedbackKind
    does: Literal["begins", "tells", "says_little", "drops", "asks_after"]
    words: str = ""
    """What is to be registered."""


class GiveFeedback(DialogueRule[Saying]):
    """「我要投诉」「提个建议」「表扬一下」, the words that follow, and 「我的投诉有答复了吗」."""

    name = "give_feedback"
    leaves_form = True

    def match(self, message: DialogueMessage, state: DialogueState) -> Saying | None:
        """Find it; what follows our question is the complaint itself, whatever it resembles."""
        if message.intent == "distress":
            return None
        said = _SIGNS.sub("", message.text)
        if _patterns().status.fullmatch(said):
            return Saying(FeedbackKind.COMPLAINT, "asks_after")
        awaited = state.awaited_words
        if awaited is not None and awaited.kind in set(FeedbackKind):
            kind = FeedbackKind(awaited.kind)
            if _patterns().drops.fullmatch(said):
                return Saying(kind, "drops")
            if awaited.text:  # offered, not asked for: only a yes registers it
                return Saying(kind, "tells", awaited.text) if read_yes_no(message.text) else None
            little = len(said) < MIN_WORDS or read_remark(message.text) is not None
            return Saying(kind, "says_little") if little else Saying(kind, "tells", message.text)
        begins = (kind for kind, pattern in _patterns().begins.items() if pattern.fullmatch(said))
        kind_begun = next(begins, None)
        return None if kind_begun is None else Saying(kind_begun, "begins")

    async def answer(self, turn: TurnView, found: Saying, state: DialogueState) -> tuple[DialogueState, Events]:
        """Ask for the words; register them with number and term; tell what became of earlier ones."""
        from assistant.actions import feedback  # actions import the rules

        if found.does == "tells":
            await feedback.register(turn, found.kind, found.words)
        elif found.does == "asks_after":
            await feedback.tell_answers(turn)
        elif found.does == "drops":
            feedback.drop(turn)
        else:
            feedback.ask_for_words(turn, found.kind)
            return state.model_copy(update={"awaited": AwaitedWords(kind=found.kind.value, seq=state.seq)}), []
        return state.model_copy(update={"awaited": None}), []


class Rate(DialogueRule[int]):
    """「我要评价」, and the level that is said after our question; 0: not yet."""

    name = "rate"

    def match(self, message: DialogueMessage, state: DialogueState) -> int | None:
        """Find the wish to rate, or the level."""
        if message.intent == "distress" or message.form is not None:
            return None
        said = _SIGNS.sub("", message.text)
        awaited = state.awaited_words
        if awaited is not None and awaited.kind == "rating":
            level = next((level for level, words in _patterns().levels.items() if words.fullmatch(said)), None)
            if level is not None:
                return level
        return 0 if _patterns().rates.fullmatch(said) else None

    async def answer(self, turn: TurnView, found: int, state: DialogueState) -> tuple[DialogueState, Events]:
        """Offer the five levels, or keep the one that was said."""
        from assistant.actions import feedback  # actions import the rules

        if found:
            return state.model_copy(update={"awaited": None}), await feedback.rate(turn, found)
        feedback.ask_for_level(turn)
        return state.model_copy(update={"awaited": AwaitedWords(kind="rating", seq=state.seq)}), []
