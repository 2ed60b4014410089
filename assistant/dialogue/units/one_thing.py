"""Whether a first question about an item asks for one thing that its units say; then that is told, not the item as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue.units.building import OF_ANOTHER
from assistant.dialogue.units.searching import Near
from assistant.understanding.several import ASKS

_FILE = Path(__file__).parents[1] / "data" / "one_thing.yaml"
OVERVIEW = "ask_guide"
AS_NEAR = 0.77
"""Share of the first's likeness from which a second unit is told beside it, as in a frame."""
_PARTICLE = re.compile(r"呢(?=[\u4e00-\u9fff])")
"""「我自己交呢社保」: not at the end of a clause it is 的, and asks nothing."""
Likeness = Annotated[float, Field(gt=0, lt=1)]


class OneThingMargins(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    overview: Likeness
    list: Likeness
    trouble: Likeness
    facets: frozenset[str]
    list_intents: frozenset[str]
    asks: tuple[str, ...]
    trouble_words: tuple[str, ...]


@lru_cache(maxsize=1)
def margins() -> OneThingMargins:
    """The margins, checked."""
    return OneThingMargins.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def may_ask_one_thing(text: str, intent: str) -> bool:
    """Whether a question is worth the search: it asks in words, and what would be told else is the item or a list."""
    margin = margins()
    worded = ASKS.search(_PARTICLE.sub("", text)) is not None or any(word in text for word in margin.asks)
    return worded and (intent == OVERVIEW or intent in margin.list_intents)


def one_thing(text: str, intent: str, near: Sequence[Near]) -> tuple[Near, ...]:
    """The unit that is asked for, and one as near beside it; empty where none is near enough."""
    margin = margins()
    found = [one for one in near if one.unit.facet in margin.facets and one.unit.worth > OF_ANOTHER]
    if not found or found[0].likeness < _least(text, intent, found[0]):
        return ()
    first = found[0]
    if intent != OVERVIEW and first.unit.policy is None:
        return ()  # the list says it
    beside = [one for one in found[1:2] if one.likeness >= AS_NEAR * first.likeness and first.unit.policy is None]
    return (first, *beside)


def _least(text: str, intent: str, first: Near) -> float:
    margin = margins()
    if intent != OVERVIEW:
        return margin.list
    trouble = first.unit.policy is not None and any(word in text for word in margin.trouble_words)
    return margin.trouble if trouble else margin.overview
