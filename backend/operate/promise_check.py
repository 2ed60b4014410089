"""Promises outside guides and answers: pages, refusals, wording and calculators of every feature are read line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from backend.contracts.promises import unkept
from backend.one_window.catalogue.promising import PUT_RIGHT
from backend.platform.features import Feature

_READ_BY_PEOPLE = ("templates/**/*.html", "static/**/*.js", "data/*.yaml", "*.yaml")


def promised(features: Iterable[Feature]) -> Iterator[str]:
    """Lines that promise what is not there, with file and line number."""
    for feature in features:
        yield from promised_in(feature.folder)


def promised_in(folder: Path) -> Iterator[str]:
    """The same of one feature's folder. What the catalogue puts right as it is read is left to its own check."""
    for path in sorted({path for pattern in _READ_BY_PEOPLE for path in folder.glob(pattern)}):
        if path.name in PUT_RIGHT:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            said = "" if line.lstrip().startswith(("#", "//")) else line
            yield from (
                f"{folder.name}/{path.relative_to(folder)}：第{number}行：{problem}" for problem in unkept(said)
            )
