"""Whether another body's matter is asked about, or only told beside a question of ours: 「户口要迁走，这张卡要处理吗」."""

from __future__ import annotations

import re

from assistant.dialogue.facts.clauses import Clause, clauses
from assistant.understanding.offices import OtherOffice, office_of, says_ours

_WISHES = re.compile(r"我要|我想|想要|想办|要办|需要|帮我|给我")
_ELLIPTICAL = 6
"""Characters: 「护照丢了，怎么补」 asks of what was said before it."""


def office_asked_for(text: str) -> OtherOffice | None:
    """The body whose matter is asked for: named in a clause that asks or wishes, or right before one that says nothing of its own.

    None where nothing of theirs is asked, or a word of our own field is said.
    """
    if says_ours(text) or office_of(text) is None:
        return None
    parts = clauses(text)
    named = (
        office_of(f"{before.text}{part.text}" if _elliptical(part) else part.text) for before, part in _asking(parts)
    )
    return next((office for office in named if office is not None), None)


def _asking(parts: list[Clause]) -> list[tuple[Clause, Clause]]:
    """The clauses that ask, or else that wish, each with the one before it."""
    pairs = list(zip([parts[0], *parts], parts, strict=False)) if parts else []
    return [pair for pair in pairs if pair[1].asked] or [pair for pair in pairs if _WISHES.search(pair[1].text)]


def _elliptical(part: Clause) -> bool:
    return len(part.text) <= _ELLIPTICAL
