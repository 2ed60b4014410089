"""What the conversation keeps of people: shown to whoever asks, and erased at their word."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.facts.answering import echo
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from backend.contracts.facts import ME, KnownFact, holder_list
from backend.contracts.replies import Outcome

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_SIGNS = re.compile(r"[\W_]+")
_FILE = Path(__file__).parents[1] / "data" / "known_facts.yaml"
Wish = Literal["shows", "erases"]


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    shows: tuple[re.Pattern[str], ...]
    erases: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


class KnownFactsRule(DialogueRule[Wish]):
    """「你记住我什么了」「忘掉我说的」: 《个人信息保护法》第四十五条（查阅）、第四十七条（删除）."""

    name = "known_facts"

    def match(self, message: DialogueMessage, state: DialogueState) -> Wish | None:  # noqa: ARG002
        """Find what is wished; the whole sentence must be the wish, and danger is never one."""
        if message.intent == "distress":
            return None
        text = _SIGNS.sub("", message.text)
        if any(pattern.fullmatch(text) for pattern in _patterns().erases):
            return "erases"
        return "shows" if any(pattern.fullmatch(text) for pattern in _patterns().shows) else None

    async def answer(self, turn: TurnView, found: Wish, state: DialogueState) -> tuple[DialogueState, Events]:
        """Tell the facts by whose they are; or forget them, and what was computed and judged by them."""
        lines = by_holder(state.facts)
        if found == "shows":
            turn.say("dialogue.known_facts", outcome=Outcome.ANSWERED, topic="hall_service", lines=lines)
            return state, []
        turn.say("dialogue.facts_erased", outcome=Outcome.ANSWERED, topic="hall_service", lines=lines)
        return state.model_copy(update={"facts": (), "computed": None, "judged": None, "noticed": None}), []


def by_holder(facts: tuple[KnownFact, ...]) -> list[str]:
    """One line a person, the speaker first: 「您：1976年3月出生、男」."""
    whose = sorted(
        {fact.holder for fact in facts}, key=lambda holder: (holder != ME, list(holder_list()).index(holder))
    )
    return [
        f"{holder_list()[holder].name}：{'、'.join(echo([fact for fact in facts if fact.holder == holder]))}"
        for holder in whose
    ]
