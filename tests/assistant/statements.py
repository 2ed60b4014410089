"""What a turn of a dialogue states of the reply (tests/dialogues/README.md), and whether the reply is so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WORD_FOR_WORD = {
    "tells": "reply",
    "tells_not": "reply",
    "offers": "buttons",
    "offers_not": "buttons",
    "speaks": "speech",
}
"""What is stated in place of the whole reply, or beside it."""
DONE = ("say", "press", "clerk", "minutes", "seconds")


def is_complete(turn: Mapping[str, Any]) -> bool:
    """Whether a turn says what it expects: the outcome, and the whole reply or what it tells."""
    if {"clerk", "minutes"} & turn.keys():
        return True
    return "outcome" in turn.get("understood", {}) and bool("reply" in turn or turn.get("tells"))


def stated(turn: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """The statements of a turn, each as the turn has it where ``found`` is so, as it was found where it is not."""
    return {name: wanted if _is_so(name, wanted, found) else _found(name, found) for name, wanted in turn.items()}


def recorded(turn: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """A turn as it is written down: its own statements stay, the rest is as found."""
    replaced = {WORD_FOR_WORD[name] for name in turn if name in WORD_FOR_WORD} - turn.keys()
    own = {name: turn[name] for name in turn if name in WORD_FOR_WORD or (name == "understood" and turn[name])}
    return {**{name: value for name, value in found.items() if name not in replaced}, **own}


def _is_so(name: str, wanted: Any, found: Mapping[str, Any]) -> bool:
    if name in DONE:
        return True
    if name == "understood":
        return all(_one_of(value, found["understood"].get(part)) for part, value in wanted.items())
    if name in ("tells", "offers", "speaks"):
        return all(_in(part, found[WORD_FOR_WORD[name]]) for part in wanted)
    if name in ("tells_not", "offers_not"):
        return not any(_in(part, found[WORD_FOR_WORD[name]]) for part in wanted)
    return bool(found.get(name) == wanted)


def _in(part: str | list[str], told: str | list[str]) -> bool:
    """Whether it is told; of a list, whether one of them is."""
    return any(one in told for one in part) if isinstance(part, list) else part in told


def _one_of(wanted: Any, found: Any) -> bool:
    return found in wanted if isinstance(wanted, list) else bool(found == wanted)


def _found(name: str, found: Mapping[str, Any]) -> Any:
    return found.get(WORD_FOR_WORD.get(name, name))
