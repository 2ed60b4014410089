"""Whether somebody else may come: yes or no for the item, what to show, and the way without coming at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.facts.words import holder_words
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from assistant.dialogue.units.building import PROXY
from assistant.understanding.decision import Kind, decide
from backend.client.catalogue import CatalogueClient
from backend.contracts.cards import GuideCard
from backend.contracts.catalogue_content import Item
from backend.language.alternatives import any_of
from backend.language.script import simplified
from backend.language.text import tidy

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

LONGEST = 40
ITSELF_ASKED = 0.75
"""Likeness from which a policy answer about this very question is better than the item's list."""
_FILE = Path(__file__).parents[1] / "data" / "proxy.yaml"


class ProxyWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    does: tuple[str, ...]
    who: tuple[str, ...]
    asks: tuple[str, ...]
    says: tuple[re.Pattern[str], ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProxyQuestion:
    """The item that it is asked of, if it is known."""

    item: str | None


@lru_cache(maxsize=1)
def proxy_words() -> ProxyWords:
    """The words, checked."""
    return ProxyWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def asks_for_proxy(text: str) -> bool:
    """Whether it is asked if somebody else may come, or if one has to come oneself."""
    said = simplified(tidy(text)).lower().rstrip("?？。！! ")
    if len(said) > LONGEST or any(word in said for word in proxy_words().unless):
        return False
    return any(pattern.search(said) for pattern in _patterns())


class ProxyMay(DialogueRule[ProxyQuestion]):
    """「我嫂子帮我去交行不」「必须本人来吗」「我来不了怎么办」."""

    name = "proxy_may"

    def match(self, message: DialogueMessage, state: DialogueState) -> ProxyQuestion | None:
        """Find that it is asked, and of which item; an answer to a form's question is none."""
        if not message.is_free or message.pending == "who" or message.intent == "distress":
            return None
        if not asks_for_proxy(message.text):
            return None
        own = decide(message.ranking, "ask_guide")
        if own.kind is Kind.ANSWER and own.confidence >= ITSELF_ASKED:
            return None
        sure = own.id if own.kind is Kind.ITEM else None
        framed = None if state.frame is None else state.frame.item
        return ProxyQuestion(message.named_item or framed or sure)

    async def answer(self, turn: TurnView, found: ProxyQuestion, state: DialogueState) -> tuple[DialogueState, Events]:
        """Yes or no, what to bring more, what the item says of it."""
        from assistant.actions.answer import facet_choices
        from assistant.actions.backend import backend
        from assistant.actions.items import now_about
        from assistant.actions.turn import hotline_of

        if found.item is None:
            turn.say("dialogue.proxy_general", topic="hall_service", hotline=hotline_of(None)[0])
            return state, []
        guide = await backend(CatalogueClient).guide(found.item)
        item = guide.item
        more = [material for material in item.materials if PROXY in material.when]
        turn.say(
            "dialogue.proxy",
            choices=facet_choices("", item.code) if turn.asks_freely else [],
            card=GuideCard.of(guide),
            about=item.code,
            item=item,
            more=more,
            said=_says(item),
            online=item.is_surely_online,
            hotline=hotline_of(item.code)[0],
        )
        return state, now_about(turn, item.code, "ask_materials")


def _says(item: Item) -> list[str]:
    """What the item says of who has to come."""
    told = (*(condition.text for condition in item.conditions), *item.notes, *item.common_mistakes)
    return [text for text in told if any(pattern.search(text) for pattern in proxy_words().says)]


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = proxy_words()
    who = any_of([*words.who, *(word for holders in holder_words().values() for word in holders)])
    does = any_of(words.does)
    return tuple(re.compile(pattern.replace("{who}", f"(?:{who})").replace("{does}", does)) for pattern in words.asks)
