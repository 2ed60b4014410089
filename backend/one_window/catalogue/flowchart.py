"""The steps of an item as a drawn flowchart: boxes one under another, an arrow between, who does it and within which time.

Lengths are in the drawing's own units; the template draws them as SVG and the page scales it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.contracts.catalogue_content import Step

WIDTH = 340
_EDGE = 2
_PADDING = 14
_GAP = 30
_LETTER = 17
_SMALL = 14
_LINE = 24
_SMALL_LINE = 20
_NEVER_FIRST = frozenset("，。；：、）」？！,.;:)")


@dataclass(frozen=True, slots=True)
class Text:
    """One line of writing: ``y`` is its base line, ``kind`` its look (who, name, limit)."""

    y: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Box:
    """One step."""

    y: int
    height: int
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the bottom of one box to the top of the next."""

    y: int
    end: int


@dataclass(frozen=True, slots=True)
class Flowchart:
    """The drawing."""

    width: int
    height: int
    left: int
    box_width: int
    text_left: int
    middle: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw(steps: Sequence[Step]) -> Flowchart:
    """Draw the steps."""
    boxes: list[Box] = []
    y = _EDGE
    for number, step in enumerate(steps, 1):
        box = _box(number, step, y)
        boxes.append(box)
        y += box.height + _GAP
    arrows = tuple(Arrow(box.y + box.height, box.y + box.height + _GAP) for box in boxes[:-1])
    return Flowchart(
        width=WIDTH,
        height=y - _GAP + _EDGE,
        left=_EDGE,
        box_width=WIDTH - 2 * _EDGE,
        text_left=_EDGE + _PADDING,
        middle=WIDTH // 2,
        boxes=tuple(boxes),
        arrows=arrows,
    )


def _box(number: int, step: Step, top: int) -> Box:
    room = WIDTH - 2 * (_EDGE + _PADDING)
    texts: list[Text] = []
    y = top + _PADDING - 4
    for kind, words, size, line in (
        ("who", f"{number}　{step.who}", _SMALL, _SMALL_LINE),
        ("name", step.name, _LETTER, _LINE),
        ("limit", step.limit, _SMALL, _SMALL_LINE),
    ):
        for part in wrap(words, room / size - 0.5) if words else ():
            y += line
            texts.append(Text(y - line // 4, kind, part))
    return Box(top, y - top + _PADDING - 4, tuple(texts))


def wrap(words: str, room: float) -> Iterator[str]:
    """Break words into lines of at most ``room`` full-width letters; a line never begins with a closing mark."""
    line, used = "", 0.0
    for letter in words:
        width = _width(letter)
        if used + width > room and letter not in _NEVER_FIRST:
            yield line
            line, used = "", 0.0
        line += letter
        used += width
    if line:
        yield line


def _width(letter: str) -> float:
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.56
