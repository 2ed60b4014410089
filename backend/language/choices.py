"""Which of several offered things is meant."""

from __future__ import annotations

from collections.abc import Sequence

from backend.language.ordinals import read_ordinal, read_place

MIN_PART = 2
"""Characters: one alone stands in too many labels."""


def read_choice(text: str, labels: Sequence[str]) -> int | None:
    """The index of the one meant: by its words, by its place (「第二个」), or by a part of only one of them."""
    if text in labels:
        return labels.index(text)
    if read_ordinal(text) is not None:
        return read_place(text, len(labels))
    alike = [index for index, label in enumerate(labels) if len(text) >= MIN_PART and (text in label or label in text)]
    if len(alike) == 1:
        return alike[0]
    return None if alike else read_place(text, len(labels))
