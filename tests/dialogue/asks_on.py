"""Questions that people ask on of an item, with what answers them, and the items' units: for the search, its weights and their measuring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.dialogue.units.building import FURTHER, units_of
from assistant.dialogue.units.searching import UnitIndex
from backend.contracts.catalogue import AnswerEntry, Guide
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.wording import handled_at_text, time_limits_text

_WRITTEN = Path(__file__).parent / "written"
_FILES = ("asks_on.yaml", "further_questions.yaml")
_FACETS = {
    "limit": {"limit"},
    "fee": {"fee"},
    "where": {"places", "counter", "other", "phone"},
    "channels": {"online", "app", "post"},
    "conditions": {"condition"},
    "materials": {"material", "not_asked", "missing"},
    "result": {"result"},
}
"""The units that say what a part of the guide does; ``steps`` and ``proxy`` are told by replies of their own."""


@dataclass(frozen=True, slots=True)
class AskedOn:
    """A question, the item that is talked about, and the ids of the units that answer it; none where nothing does."""

    item: str
    said: str
    right: frozenset[str]
    judged_policies: bool = False
    """Whether policy answers were looked at; who wrote the other questions had not seen them."""


@lru_cache(maxsize=1)
def policy_answers() -> list[AnswerEntry]:
    """The delivered policy answers."""
    found = edition().policy_answers
    return [
        AnswerEntry(id=one.id, title=one.title, topic=one.topic, item=one.item, questions=one.questions)
        for one in (found.values() if isinstance(found, dict) else found)
    ]


def guide(code: str) -> Guide:
    """The guide of a delivered item."""
    item = edition().items[code].item
    return Guide(
        item=item,
        version=1,
        published_on="2026-11-23",
        unit_name="",
        topic_name="",
        time_limits_text=time_limits_text(item.time_limits),
        handled_at_text=handled_at_text(item.handled_at),
        uses_general_form=False,
    )


@lru_cache(maxsize=150)
def unit_index(code: str) -> UnitIndex:
    """The units of a delivered item."""
    about = guide(code)
    own = [one for one in policy_answers() if one.item == code or one.topic == about.item.topic]
    related = [guide(other) for other in about.item.related if edition().items[other].item.topic == about.item.topic]
    return UnitIndex(units_of(about, own, related[:3]))


def asked_of_units(part: str) -> list[AskedOn]:
    """The questions of units.yaml whose units were looked for by hand: ``build`` or ``aside``."""
    written = yaml.safe_load((_WRITTEN / "units.yaml").read_text("utf-8"))[part]
    return [
        AskedOn(code, said, frozenset(right or ()), judged_policies=True)
        for code, sentences in written.items()
        for said, right in sentences.items()
    ]


def small_talk(part: str, every: int) -> list[AskedOn]:
    """Sentences of talk.yaml (``build`` or ``aside``), one in so many, while one item after the other is talked about: nothing of it answers them."""
    written = yaml.safe_load((_WRITTEN / "talk.yaml").read_text("utf-8"))[part]
    said = [sentence for sentences in written.values() for sentence in sentences][::every]
    items = sorted(edition().items)
    return [
        AskedOn(items[place % len(items)], sentence, frozenset(), judged_policies=True)
        for place, sentence in enumerate(said)
    ]


def asked_on(*, even: bool) -> list[AskedOn]:
    """The questions about the items in even places, or in odd ones."""
    rows = [row for name in _FILES for row in yaml.safe_load((_WRITTEN / name).read_text("utf-8"))]
    items = sorted({row["item"] for row in rows})
    chosen = set(items[0 if even else 1 :: 2])
    return [
        AskedOn(row["item"], str(row["said"]), frozenset(_right(row)))
        for row in rows
        if row["item"] in chosen and row.get("facet") in {None, *_FACETS}
    ]


def _right(row: dict[str, object]) -> Iterator[str]:
    at = row.get("at")
    places = at if isinstance(at, list) else [] if at is None else [at]
    yield from (f"{FURTHER}.{place}" for place in places)
    facet = row.get("facet")
    if isinstance(facet, str):
        units = unit_index(str(row["item"])).units
        yield from (unit.id for unit in units if unit.facet in _FACETS[facet])
