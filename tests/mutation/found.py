"""Which changes are tried, and what was found: one line of JSON each, so that a stopped run goes on."""

from __future__ import annotations

import ast
import hashlib
from pathlib import Path
from random import Random

from pydantic import BaseModel, ConfigDict

from tests.mutation.changes import Change, changes_in
from tests.mutation.tables import RulesModule


class Found(BaseModel):
    """A change that was tried."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str
    number: int
    """Place among the module's changes."""
    code: str
    tests: str
    """Digests of the module and of its tests."""
    line: int
    told: str
    statement: str
    how: str
    at: float
    """Seconds since 1970."""

    @property
    def noticed(self) -> bool:
        """Whether the tests failed, or never came to an end."""
        return self.how != "passed"


class Kept:
    """The file of what was found."""

    def __init__(self, path: Path, *, afresh: bool = False) -> None:
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        if afresh:
            path.unlink(missing_ok=True)
        known = path.read_text("utf-8").splitlines() if path.exists() else []
        self._found = {(one.path, one.number): one for one in map(Found.model_validate_json, known)}

    def find(self, path: str, number: int, code: str, tests: str) -> Found | None:
        """What was found of that change, if it still holds."""
        found = self._found.get((path, number))
        return found if found is not None and found.code == code and (found.noticed or found.tests == tests) else None

    def add(self, found: Found) -> None:
        """Keep it at once."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(found.model_dump_json() + "\n")


def chosen(module: RulesModule, share: int, seed: int) -> list[tuple[int, Change]]:
    """So many of its changes, by chance that repeats: a larger share begins with those of a smaller one."""
    every = list(enumerate(changes_in(ast.parse(module.source))))
    Random(f"{seed}/{module.path}").shuffle(every)  # noqa: S311 - chance that must repeat
    return every[:share]


def digest(*texts: str) -> str:
    """Sixteen signs that differ where the texts do."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
