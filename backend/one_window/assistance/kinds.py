"""Kinds of assistance requests and words of their page, from ``data/``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from backend.contracts.wire import Wire

_DATA = Path(__file__).parent / "data"
USUAL = "person"


class AssistanceKind(Wire):
    """One kind: what staff read, whether it is an alarm, what to do first."""

    title: str
    urgent: bool
    advice: str


class AssistanceWords(Wire):
    """Words of the page."""

    channels: dict[str, str]
    taken: str
    """What the citizen reads when somebody takes the request; ``{colleague}``."""
    answered: str
    """What the citizen reads when that is finished with an answer; ``{colleague}``, ``{answer}``."""


@lru_cache(maxsize=1)
def kinds() -> dict[str, AssistanceKind]:
    """Kinds by name. A feature with alarms of its own adds its kind to the file."""
    return TypeAdapter(dict[str, AssistanceKind]).validate_python(_read("kinds.yaml"))


@lru_cache(maxsize=1)
def words() -> AssistanceWords:
    """Words of the page."""
    return AssistanceWords.model_validate(_read("wording.yaml"))


def known_kind(name: str) -> str:
    """The name itself, or that of the usual kind where it is not listed."""
    return name if name in kinds() else USUAL


def _read(file: str) -> Any:
    return yaml.safe_load((_DATA / file).read_text("utf-8"))
