"""Whose the identifiers of a conversation are: who asks for a copy gets their own in plain, those of others masked.

A conversation holds other people's numbers too: what staff noted about a relative, what somebody said of a neighbour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from backend.language.placeholders import find_placeholders, parse_placeholder
from backend.platform.personal_records import PersonalRecords


@dataclass(frozen=True, slots=True)
class Belonging:
    """``told``: placeholders of all that citizens said; ``applicants``: those that are one applicant's own, application by application."""

    told: frozenset[str]
    applicants: tuple[frozenset[str], ...] = ()

    def is_of(self, identifier: str) -> bool:
        """Whether the conversation is that of the person with this identifier: an applicant, or nobody else is known to be."""
        if any(identifier in own for own in self.applicants):
            return True
        return identifier in self.told and _kind(identifier) not in _kinds(frozenset().union(*self.applicants))

    def own(self, identifier: str) -> frozenset[str]:
        """The identifiers of the person with this one: no second of a kind that they have, none of another applicant."""
        mine = frozenset({identifier}).union(*(own for own in self.applicants if identifier in own))
        others = frozenset().union(*self.applicants) - mine
        return mine | {one for one in self.told - others if _kind(one) not in _kinds(mine)}


async def belonging(session: AsyncSession, records: Iterable[PersonalRecords], conversation: str) -> Belonging:
    """Ask every feature what the citizens of a conversation said of themselves."""
    texts: list[str] = []
    applicants: list[frozenset[str]] = []
    for one in records:
        texts += await one.said(session, conversation)
        applicants += await one.applicants(session, conversation)
    told = frozenset(str(found) for text in texts for found in find_placeholders(text))
    return Belonging(told, tuple(applicants))


def _kind(placeholder: str) -> str:
    parsed = parse_placeholder(placeholder)
    return "" if parsed is None else parsed.kind


def _kinds(placeholders: Iterable[str]) -> frozenset[str]:
    return frozenset(_kind(one) for one in placeholders)
