"""Readable forms of limits, places and sources."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from backend.contracts.catalogue_content import (
    ONLINE_KINDS,
    Basis,
    Channel,
    HandledAt,
    Item,
    LegalBasis,
    SituationFact,
    TimeLimit,
    TimeLimits,
    TimeUnit,
)
from backend.contracts.conditions import Always, And, Condition, Fact, Not, Or
from backend.one_window.catalogue.delivered import DATA


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    wording: dict[str, Any] = yaml.safe_load((DATA / "wording.yaml").read_text("utf-8"))
    return wording


def time_unit(unit: TimeUnit) -> str:
    """「个工作日」."""
    return str(_wording()["time_unit"][unit])


def time_limits_text(limits: TimeLimits) -> str:
    """All limits of an item in one line; 「时限待中心公布」 where there is none."""
    words = _wording()["time_limits"]

    def limit(kind: str, value: TimeLimit | None) -> list[str]:
        if value is None:
            return []
        starts = words[limits.starts]
        return [words[kind].format(starts=starts, value=value.value, unit=time_unit(value.unit))]

    parts = [words["on_the_spot"]] if limits.on_the_spot else []
    parts += limit("promised", limits.promised) + limit("statutory", limits.statutory)
    return "；".join(parts) or str(words["absent"])


def handled_at_text(handled_at: HandledAt) -> str:
    """Where it can be handled, and whether that is sure."""
    places = "、".join(_wording()["places"][place] for place in handled_at.places)
    certainty = "to_confirm" if handled_at.basis is Basis.LOCAL_TO_CONFIRM else "sure"
    return str(_wording()["handled_at"][certainty]).format(places=places)


def channel_text(item: Item, channel: Channel) -> str:
    """A way to handle the item; of one online that nobody has confirmed, that it is so."""
    is_open = channel.kind in ONLINE_KINDS and not item.is_sure(channel)
    return str(_wording()["channel_to_confirm"]).format(text=channel.text) if is_open else channel.text


def basis_text(basis: Basis) -> str:
    """How sure a statement is, in words."""
    return str(_wording()["basis"][basis])


def outdated_text(title: str) -> str:
    """What is to be confirmed of an answer whose law has ended."""
    return str(_wording()["outdated"]).format(title=title)


def citation(rule: LegalBasis) -> str:
    """「《中华人民共和国社会保险法》第四十五条」."""
    return f"{rule.title}{rule.article}"


def condition_text(condition: Condition, facts: Mapping[str, SituationFact], *, negated: bool = False) -> str:
    """When something is needed, in words: 「单位来办的、来窗口办的」; empty for always."""
    match condition:
        case Always():
            return ""
        case Fact(id=fact):
            return facts[fact].unless_text if negated else facts[fact].if_text
        case Not(of=inner):
            return condition_text(inner, facts, negated=not negated)
        case And(parts=parts) | Or(parts=parts):
            together = isinstance(condition, And) != negated
            return ("、" if together else "，或者").join(condition_text(part, facts, negated=negated) for part in parts)
