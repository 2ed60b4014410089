"""One hierarchy of the connectors' errors. Their sentences are data (``data/problems.yaml``); they reach people over a socket."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

_FILE = Path(__file__).parent / "data" / "problems.yaml"
_SENTENCES: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])


@lru_cache(maxsize=1)
def problem_sentences() -> dict[str, str]:
    """All problems by name."""
    return _SENTENCES.validate_python(yaml.safe_load(_FILE.read_text("utf-8")))


class ConnectorError(Exception):
    """A refusal that people can read. ``name`` is a key of problems.yaml, ``values`` fill its sentence."""

    def __init__(self, name: str, **values: Any) -> None:
        super().__init__(name)
        self.name = name
        self.detail = problem_sentences()[name].format(**values)


class InvalidError(ConnectorError):
    """What was given cannot be used."""


class ConflictError(ConnectorError):
    """Not now, or not with this model."""


class TooOftenError(ConnectorError):
    """Too much in too short a time; ``retry_after`` says in how many seconds it is possible again."""

    def __init__(self, name: str, retry_after: int) -> None:
        super().__init__(name, seconds=retry_after)
        self.retry_after = retry_after
