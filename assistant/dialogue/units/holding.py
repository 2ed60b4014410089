"""The units of the items that are talked about, built when first needed and kept while the catalogue stays as it is."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from assistant.actions.backend import backend
from assistant.dialogue.message import NearUnit
from assistant.dialogue.units.building import units_of
from assistant.dialogue.units.searching import Near, UnitIndex
from assistant.understanding.index_holder import HOLDER
from backend.client.catalogue import CatalogueClient

KEPT = 150
"""Indexes in memory: all items of the catalogue, about 30 kB each."""
MOST_RELATED = 3
_kept: OrderedDict[tuple[int, str], UnitIndex] = OrderedDict()


async def units_about(code: str) -> UnitIndex:
    """The units of an item. Raises BackendProblem for one that there is not, BackendUnavailable."""
    index = HOLDER.current
    key = (index.version, code)
    if key not in _kept:
        guide = await backend(CatalogueClient).guide(code)
        answers = [
            answer for answer in index.answers.values() if code == answer.item or answer.topic == guide.item.topic
        ]
        others = [other for other in guide.item.related if _topic(other) == guide.item.topic][:MOST_RELATED]
        related = [await backend(CatalogueClient).guide(other) for other in others]
        _kept[key] = await asyncio.to_thread(UnitIndex, units_of(guide, answers, related))
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    return _kept[key]


async def near_units(code: str, text: str) -> list[NearUnit]:
    """The units of an item that come nearest to a text, best first. Raises as ``units_about``."""
    index = await units_about(code)
    return [near_unit(one) for one in await asyncio.to_thread(index.near, text)]


def near_unit(near: Near) -> NearUnit:
    """A unit that was found, as rules see it."""
    unit = near.unit
    return NearUnit(unit.id, unit.facet, near.likeness, unit.policy, not unit.is_of_another, near.chance)


def _topic(code: str) -> str | None:
    entry = HOLDER.current.entries.get(code)
    return None if entry is None else entry.topic
