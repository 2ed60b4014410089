"""Whether a first question about an item asks for one thing that its units say; then that is told, not the item as a whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue.units.searching import Near
from assistant.understanding.several import ASKS

_FILE = Path(__file__).parents[1] / "data" / "one_thing.yaml"
OVERVIEW = "ask_guide"
WHAT_ABOUT = 12
"""Characters: 「那失业金呢」 only brings up something else."""
NEVER = 2.0
CONSIDERED = 8
"""Units that are looked at: what is told in the place of an overview is chosen by likeness."""
AS_NEAR = 0.77
"""Share of the first's likeness from which a second unit is told beside it, as in a frame."""
_PARTICLE = re.compile(r"呢(?=[\u4e00-\u9fff])")
"""「我自己交呢社保」: not at the end of a clause it is 的, and asks nothing."""
Likeness = Annotated[float, Field(gt=0, lt=1)]


class OneThingMargins(BaseModel):
    """The data file: likenesses from which a unit is told, and words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    overview: Likeness
    policy: Likeness
    list: Likeness
    trouble: Likeness
    facets: frozenset[str]
    beside: frozenset[str]
    in_trouble: frozenset[str]
    list_intents: frozenset[str]
    asks: tuple[str, ...]
    trouble_words: tuple[str, ...]
    list_words: tuple[str, ...]


@lru_cache(maxsize=1)
def margins() -> OneThingMargins:
    """The margins, checked."""
    return OneThingMargins.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def may_ask_one_thing(text: str, intent: str) -> bool:
    """Whether a question is worth the search: it asks in words, and what would be told else is the item or a list."""
    if len(text) <= WHAT_ABOUT and text.rstrip("?？。").endswith(("呢", "咧", "嘞")):
        return False
    worded = ASKS.search(_PARTICLE.sub("", text)) is not None or _has(margins().asks, text)
    listed = intent in margins().list_intents and not _has(margins().list_words, text)
    return worded and (intent == OVERVIEW or listed)


def one_thing(text: str, intent: str, near: Sequence[Near]) -> tuple[Near, ...]:
    """The unit that is asked for, and one as near beside it; empty where none is near enough.

    ``near``: the ``CONSIDERED`` likeliest units of the item; ``intent``: what would be told else.
    """
    margin = margins()
    trouble = _has(margin.trouble_words, text)
    answering = margin.facets | margin.in_trouble if trouble else margin.facets
    own = sorted((one for one in near if not one.unit.is_of_another), key=lambda one: -one.likeness)
    first = next((one for one in own if one.unit.facet in answering), None)
    if first is None or first.likeness < _least(intent, first, trouble=trouble):
        return ()
    if first.unit.policy is not None:
        return (first,)
    beside = (one for one in own if one is not first and one.unit.facet in margin.beside)
    return (first, *(one for one in beside if one.likeness >= AS_NEAR * first.likeness))[:2]


def _least(intent: str, first: Near, *, trouble: bool) -> float:
    """How near the first unit must be; a condition or a note never takes the place of a list, which says it."""
    margin = margins()
    if first.unit.policy is None:
        return margin.overview if intent == OVERVIEW else NEVER
    if intent != OVERVIEW:
        return margin.list
    return margin.trouble if trouble else margin.policy


def _has(words: Sequence[str], text: str) -> bool:
    return any(word in text for word in words)
