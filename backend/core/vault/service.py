"""Keeping identifiers and putting placeholders in their stead."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.clock import Clock
from backend.core.vault.finding import find_identifiers
from backend.core.vault.identifiers import Kind, Verdict
from backend.core.vault.keys import KeyRing
from backend.core.vault.models import VaultEntry

PLACEHOLDER = re.compile(r"⟦(?P<kind>[a-z]+):(?P<token>[0-9a-f]{10})⟧")
_BRACKETS = str.maketrans("⟦⟧", "【】")


@dataclass(frozen=True, slots=True)
class Kept:
    """An identifier in the vault, as everybody else may know it."""

    placeholder: str
    kind: Kind
    valid: bool
    problem: str
    masked: str


class Vault:
    """Encrypts what it is given, hands out placeholders, and opens them only for services that ask by name."""

    def __init__(self, keys: KeyRing, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def keep_text(self, session: AsyncSession, text: str, owner: str) -> tuple[str, list[Kept]]:
        """The text with every identifier replaced by its placeholder. Brackets that people type are made harmless."""
        text = text.translate(_BRACKETS)
        pieces: list[str] = []
        kept: list[Kept] = []
        end = 0
        for found in find_identifiers(text):
            entry = await self.keep(session, found.verdict, owner)
            pieces += [text[end : found.start], entry.placeholder]
            kept.append(entry)
            end = found.end
        return "".join(pieces) + text[end:], kept

    async def keep(self, session: AsyncSession, verdict: Verdict, owner: str) -> Kept:
        """Store one identifier; the same one from the same owner keeps its placeholder."""
        fingerprint = self._keys.fingerprint(verdict.kind, verdict.value)
        known = await session.scalar(
            select(VaultEntry).where(
                VaultEntry.owner == owner, VaultEntry.kind == verdict.kind, VaultEntry.fingerprint == fingerprint
            )
        )
        if known is not None:
            return _kept(known)
        token = secrets.token_hex(5)
        key_id, sealed = self._keys.encrypt(verdict.value, context=token)
        entry = VaultEntry(
            token=token,
            kind=verdict.kind,
            owner=owner,
            key_id=key_id,
            sealed=sealed,
            fingerprint=fingerprint,
            masked=verdict.masked,
            valid=verdict.valid,
            problem=verdict.problem,
            kept_at=self._clock.now(),
        )
        session.add(entry)
        await session.flush()
        return _kept(entry)

    async def look_up(self, session: AsyncSession, text: str, owner: str | None = None) -> list[Kept]:
        """The identifiers whose placeholders stand in the text; with ``owner`` only theirs."""
        return (await self.look_up_all(session, [text], owner))[0]

    async def look_up_all(
        self, session: AsyncSession, texts: Iterable[str], owner: str | None = None
    ) -> list[list[Kept]]:
        """The same for many texts with one query."""
        tokens = [[match.group("token") for match in PLACEHOLDER.finditer(text)] for text in texts]
        wanted = {token for line in tokens for token in line}
        query = select(VaultEntry).where(VaultEntry.token.in_(wanted))
        if owner is not None:
            query = query.where(VaultEntry.owner == owner)
        found = {entry.token: entry for entry in (await session.scalars(query) if wanted else ())}
        return [[_kept(found[token]) for token in dict.fromkeys(line) if token in found] for line in tokens]

    async def reveal(self, session: AsyncSession, placeholder: str, owner: str) -> str | None:
        """The value behind one placeholder of the owner; the caller answers for why."""
        match = PLACEHOLDER.fullmatch(placeholder)
        entry = None if match is None else await session.get(VaultEntry, match.group("token"))
        if entry is None or entry.owner != owner:
            return None
        return self._keys.decrypt(entry.key_id, entry.sealed, context=entry.token)


def _kept(entry: VaultEntry) -> Kept:
    kind: Kind = entry.kind  # type: ignore[assignment]  # written by keep() only
    return Kept(f"⟦{entry.kind}:{entry.token}⟧", kind, entry.valid, entry.problem, entry.masked)
