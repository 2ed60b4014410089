"""One hierarchy of errors. Their sentences are data (``data/problems.yaml``); on the wire they are RFC 9457 problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from backend.language.personal_numbers import hide_personal
from backend.process.refusals import StartRefusedError as StartRefusedError  # of the hierarchy, and of all processes

LONGEST_ECHO = 40
"""Characters of what was looked for that a refusal says back."""


class ProblemText(BaseModel):
    """What a problem says: status, short title, and a plain sentence with what to do next."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: int
    title: str
    detail: str


_TEXTS: dict[str, ProblemText] = {}
_READ: set[Path] = set()


def declare_problems(file: Path) -> None:
    """Read the problems of a feature, where it has any. Raises ValueError for a name that is already taken."""
    if file in _READ or not file.exists():
        return
    texts = {name: ProblemText.model_validate(text) for name, text in yaml.safe_load(file.read_text("utf-8")).items()}
    taken = texts.keys() & _TEXTS.keys()
    if taken:
        raise ValueError(f"{file.parent.name}/{file.name}: {', '.join(sorted(taken))}")
    _READ.add(file)
    _TEXTS.update(texts)


def withdraw_problems(file: Path) -> None:
    """Forget the problems of a feature that is no more."""
    if file in _READ:
        _READ.remove(file)
        for name in yaml.safe_load(file.read_text("utf-8")):
            _TEXTS.pop(name, None)


def problem_texts() -> dict[str, ProblemText]:
    """All problems declared so far by name; ``<name>`` is the last part of the problem's type."""
    return dict(_TEXTS)


def echoed(typed: str) -> str:
    """What somebody looked for, fit to be said back: a whole address or a number of a person is not repeated."""
    hidden = hide_personal(typed)
    return hidden if len(hidden) <= LONGEST_ECHO else f"{hidden[: LONGEST_ECHO - 1]}…"


class DaobanError(Exception):
    """A refusal that people can read. ``name`` is a key of problems.yaml, ``values`` fill its sentence."""

    def __init__(self, name: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(name)
        self.name = name
        self.field = field
        self.retry_after: int | None = None
        self.text = _TEXTS[name]
        self.detail = self.text.detail.format(**values)

    def as_problem(self, trace: str) -> dict[str, Any]:
        """The RFC 9457 document; ``trace`` finds the log lines."""
        document: dict[str, Any] = {
            "type": f"urn:daoban:problem:{self.name}",
            "title": self.text.title,
            "status": self.text.status,
            "detail": self.detail,
            "trace": trace,
        }
        if self.field is not None:
            document["field"] = self.field
        return document


class InvalidError(DaobanError):
    """The input is wrong; ``field`` names which."""


class NotFoundError(DaobanError):
    """There is no such thing, or not for whoever asks. ``values`` may be what somebody typed: shown short, without numbers of a person."""

    def __init__(self, name: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(name, field=field, **{key: echoed(str(value)) for key, value in values.items()})


class ConflictError(DaobanError):
    """The state does not allow it (any more)."""


class NotSignedInError(DaobanError):
    """Nobody is signed in."""


class NotAllowedError(DaobanError):
    """Whoever asks may not do this."""


class TooOftenError(DaobanError):
    """Too much in too short a time; ``retry_after`` says in how many seconds it is possible again."""

    def __init__(self, name: str, retry_after: int, **values: Any) -> None:
        super().__init__(name, minutes=max(1, -(-retry_after // 60)), seconds=retry_after, **values)
        self.retry_after = retry_after


class NotReadyError(DaobanError):
    """Not now; nothing is wrong with the request. ``retry_after``: seconds after which it may be sent again."""

    def __init__(self, name: str, retry_after: int | None = None, **values: Any) -> None:
        super().__init__(name, seconds=retry_after, **values)
        self.retry_after = retry_after


declare_problems(Path(__file__).parent / "problems.yaml")
