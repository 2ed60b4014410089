"""What is wrong with the shape of something that came in, in Chinese: pydantic's error types are translated by one table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from backend.platform.field_names import choice_of

_FILE = Path(__file__).parent / "complaints.yaml"
_TABLE: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])
NO_FIELD = "body"
_CODE = re.compile("'([^']*)'")
"""How the checker lists what may be written: 'a', 'b' or 'c'."""


def first_complaint(error: ValidationError, given: Any) -> tuple[str, str]:
    """The first field that is wrong, as it stands in what was given, and what to do about it."""
    first = error.errors(include_url=False, include_input=False)[0]
    path, values = _path(first["loc"], given), dict(first.get("ctx") or {})
    if isinstance(expected := values.get("expected"), str):
        values["expected"] = "、".join(choice_of(path, code) for code in _CODE.findall(expected) if code) or expected
    return path, sentence_for(first["type"], values)


def sentence_for(kind: str, values: Mapping[str, Any], own: Mapping[str, str] | None = None) -> str:
    """What to do about an error of this type; ``own``: sentences that go before those of the table.

    The values of an error may hold what was typed: only those that the sentence names are shown.
    """
    if kind in {"value_error", "assertion_error"}:
        said = str(values.get("error", ""))
        if _is_chinese(said):
            return said
        kind = "other"
    texts = {**table(), **(own or {})}
    shown = {name: _readable(value) for name, value in values.items()}
    return texts.get(kind, texts["other"]).format(**shown)


@lru_cache(maxsize=1)
def table() -> dict[str, str]:
    """Sentence by type of error."""
    return _TABLE.validate_python(yaml.safe_load(_FILE.read_text("utf-8")))


def _path(places: tuple[int | str, ...], given: Any) -> str:
    """Names of fields only: what pydantic adds of its own (alternatives of a union, validators) is left out."""
    named: list[str] = []
    for last, place in enumerate(places, 1 - len(places)):
        held = _holds(given, place)
        if held or (not last and isinstance(given, Mapping)):  # a field that is lacking is named, too
            named.append(str(place))
        given = given[place] if held else given
    return ".".join(named) or NO_FIELD


def _holds(given: Any, place: int | str) -> bool:
    if isinstance(given, list | tuple):
        return isinstance(place, int) and place < len(given)
    return isinstance(given, Mapping) and place in given


def _readable(value: Any) -> Any:
    return value.replace("'", "").replace(" or ", "、").replace(", ", "、") if isinstance(value, str) else value


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)
