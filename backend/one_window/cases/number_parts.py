"""Numbers that come in parts over several answers to one question. What is told so far lies joined in the vault."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.language.identifiers import (
    CARD_LENGTHS,
    ID_LENGTH,
    IdentifierKind,
    Verdict,
    check,
    is_begun_id,
    luhn_holds,
    without_country_code,
)
from backend.language.number_parts import figures_told
from backend.language.part_changes import read_part_change
from backend.language.placeholders import replace_placeholders
from backend.platform.vault import Vault

MOBILE_LENGTH = 11
SHORTEST: dict[IdentifierKind, int] = {"id": ID_LENGTH, "phone": MOBILE_LENGTH, "bank": CARD_LENGTHS.start}
"""Figures of a whole number."""
SLIP = 2
"""Figures: a number told in one go that lacks no more is mistyped, not begun."""
_HEAD = 6
"""Figures by which a part is known to begin the number anew."""
_BEGINNINGS: dict[IdentifierKind, tuple[str, ...]] = {
    "id": tuple("123456789"),
    "phone": ("1",),
    "bank": tuple("3456789"),
}
"""How a number can begin: what begins otherwise is none."""
_COUNTRY_CODE = re.compile(r"^(?:00)?86(?=1)")
BEGUN = "begun"
"""Of a field's answer: the placeholder of what is told of its number so far."""
FIGURES = "figures"
"""Of a field's answer: how many figures that is."""


@dataclass(frozen=True, slots=True)
class NumberParts:
    """Joins an answer to what was told of the number before."""

    vault: Vault
    session: AsyncSession
    owner: str

    async def joined(self, kind: IdentifierKind, before: str, said: str) -> dict[str, Any] | None:
        """What is kept of the field: the whole number, or what is told of it so far; None where ``said`` is no part of one.

        ``before``: the placeholder of what was told before, or nothing. A part that makes it too long begins anew.
        """
        known = await self.vault.look_up(self.session, said, self.owner)
        values = [await self.vault.reveal(self.session, entry.placeholder, self.owner) or "" for entry in known]
        if any(entry.kind == kind and not is_begun_id(value) for entry, value in zip(known, values, strict=True)):
            return None  # a whole number, right or not: its own rule says what is wrong with it
        begun = (await self.vault.reveal(self.session, before, self.owner) or "") if before else ""
        told = figures_told(await self._opened(said))
        if kind == "phone":
            told = _COUNTRY_CODE.sub("", told)
        if not told:
            return None
        if len(told) >= _HEAD and begun.startswith(told[:_HEAD]):
            begun = ""  # told from the beginning once more
        whole = without_country_code(begun + told)
        verdict = check(kind, whole)
        if verdict.valid and begun:
            return {"value": (await self.vault.keep(self.session, verdict, self.owner)).placeholder, "skipped": False}
        if any(entry.valid for entry in known):
            return None  # a number of another kind
        if _may_go_on(kind, whole, begun=bool(begun)):
            return await self._so_far(whole)
        if begun and len(whole) != SHORTEST[kind] and len(told) < SHORTEST[kind]:
            return await self._so_far(told)
        return None

    async def changed(self, kind: IdentifierKind, kept: str, said: str) -> Verdict | None:
        """The number kept before with its head or tail put right (「最后两位是56」); None where nothing of the kind is said."""
        whole = (await self.vault.reveal(self.session, kept, self.owner) or "") if kept else ""
        change = read_part_change(re.sub(r"\s", "", await self._opened(said))) if whole else None
        number = None if change is None else change.on(whole)
        return None if number is None else check(kind, number)

    async def refused(self, kind: IdentifierKind, before: str, said: str) -> str:
        """What is wrong with the number that the parts make together; empty where nothing was told before."""
        begun = (await self.vault.reveal(self.session, before, self.owner) or "") if before else ""
        whole = without_country_code(begun + figures_told(await self._opened(said)))
        return check(kind, whole).problem if begun and len(whole) == SHORTEST[kind] else ""

    async def _so_far(self, figures: str) -> dict[str, Any]:
        kept = await self.vault.keep(self.session, check("number", figures), self.owner)
        return {"value": "", "skipped": False, BEGUN: kept.placeholder, FIGURES: len(figures)}

    async def _opened(self, said: str) -> str:
        """The words with the owner's numbers in plain, each apart from the words beside it."""
        values = {
            entry.placeholder: await self.vault.reveal(self.session, entry.placeholder, self.owner) or ""
            for entry in await self.vault.look_up(self.session, said, self.owner)
        }
        return replace_placeholders(said, lambda one: f" {values.get(str(one), '')} ")


def _may_go_on(kind: IdentifierKind, figures: str, *, begun: bool) -> bool:
    """Whether more figures may follow. A card is of 16 to 19: what was begun goes on until its check digit holds."""
    if not figures.startswith(_BEGINNINGS[kind]):
        return False
    if "X" in figures[:-1] or (figures.endswith("X") and len(figures) < SHORTEST[kind]):
        return False
    if kind == "bank" and begun and SHORTEST[kind] <= len(figures) < CARD_LENGTHS.stop - 1:
        return not luhn_holds(figures)
    return len(figures) < SHORTEST[kind] - (0 if begun else SLIP)
