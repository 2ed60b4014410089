"""What a clerk types to find a case: a number or a part of it, a name, a whole identity or telephone number, a telephone's end.

Identifiers are compared in the vault, by keyed hash or by what their masked form shows; none is opened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, String, and_, cast, false, or_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.language.identifiers import IdentifierKind
from backend.language.identifiers_in_text import find_identifiers
from backend.language.placeholders import find_placeholders
from backend.language.serial_numbers import is_number, ungroup
from backend.language.text import tidy
from backend.one_window.cases.models import CaseRow
from backend.one_window.conversations.service import conversation_of
from backend.platform.vault import Occurrence, Vault

ENDED: tuple[IdentifierKind, ...] = ("phone", "id")
"""Kinds whose end stands in the queue."""
_END = re.compile(r"\d{3}[\dX]")
"""What the masked form of an identity or telephone number shows of it."""
SOUGHT = frozenset({"id", "phone", "bank"})
NAME_FIELD = ("name", "value")
_OTHER_DOCUMENT = re.compile(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z\d]{5,18}")
"""Number of a passport or permit; those of figures only are looked for as case numbers."""
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are meant, and by what they are looked for (recorded, the words themselves are not)."""

    by: Literal["number", "identifier", "name"]
    cases: ColumnElement[bool]


def numbered(words: str) -> Wanted | None:
    """Read the words as a case number or a part of it; None where nothing was typed."""
    compact = ungroup(words)
    return Wanted("number", CaseRow.number.contains(compact, autoescape=True)) if compact else None


async def wanted(session: AsyncSession, vault: Vault, words: str) -> Wanted | None:
    """Read the words; None where nothing was typed."""
    said = tidy(words)
    compact = ungroup(said)
    if not compact:
        return None
    identifiers = [found.verdict for found in find_identifiers(said) if found.verdict.kind in SOUGHT]
    if identifiers and not is_number(compact):
        found = await vault.find(session, identifiers[0].kind, identifiers[0].value)
        return Wanted("identifier", _told_in(found))
    if _OTHER_DOCUMENT.fullmatch(compact) is not None:
        return Wanted("identifier", _told_in(await vault.find(session, "document", compact.upper())))
    if _END.fullmatch(compact.upper()) is not None:
        ends = [one for kind in ENDED for one in await vault.find_by_end(session, kind, compact.upper())]
        return Wanted("identifier", or_(CaseRow.number.contains(compact, autoescape=True), _told_in(ends)))
    if _DIGITS.fullmatch(compact) is None:
        return Wanted("name", CaseRow.answers[NAME_FIELD].as_string().contains(said, autoescape=True))
    return numbered(compact)


def _told_in(found: Sequence[Occurrence]) -> ColumnElement[bool]:
    """Cases whose form holds one of the placeholders; brackets are escaped in stored JSON, the token is not."""
    answers = cast(CaseRow.answers, String)
    tokens = [(conversation_of(one.owner), token) for one in found for token in find_placeholders(one.placeholder)]
    if not tokens:
        return false()
    return or_(
        *(
            and_(CaseRow.conversation == conversation, answers.contains(f"{token.kind}:{token.token}", autoescape=True))
            for conversation, token in tokens
        )
    )
