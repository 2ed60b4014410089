"""Keeping identifiers and putting placeholders in their stead."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.language.identifiers import IdentifierKind, Verdict
from backend.language.identifiers_in_text import SHORTEST_ANSWER, Found, awaited_number, find_identifiers
from backend.language.personal_numbers import is_office_telephone, is_own_id
from backend.language.placeholders import (
    disarm_brackets,
    find_placeholders,
    make_placeholder,
    new_token,
    parse_placeholder,
)
from backend.language.short_numbers import bare_telephone
from backend.platform.clock import Clock
from backend.platform.vault.keys import KeyRing
from backend.platform.vault.models import VaultEntry


@dataclass(frozen=True, slots=True)
class StoredIdentifier:
    """An identifier in the vault, as everybody else may know it."""

    placeholder: str
    kind: IdentifierKind
    valid: bool
    problem: str
    masked: str


Leave = Callable[[Verdict], bool]
"""Which identifiers stay as they are written."""


def never(_verdict: Verdict) -> bool:
    """Leave none."""
    return False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An identifier in the vault, found by its owner's side."""

    owner: str
    placeholder: str


MAX_OCCURRENCES = 500
"""Newest first; whoever has only a telephone's end narrows it down by the name."""


class Vault:
    """Encrypts what it is given, hands out placeholders, and opens them only for services that ask by name."""

    def __init__(self, keys: KeyRing, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def keep_text(
        self, session: AsyncSession, text: str, owner: str, *, awaited: int = 0, leave: Leave = never
    ) -> tuple[str, list[StoredIdentifier]]:
        """The text with every identifier replaced by its placeholder, but those to ``leave``.

        Brackets that people type are made harmless. ``awaited``: how many figures of a number were asked for; so what
        is told of one is kept whatever its length. A message that is a short telephone number and nothing else is kept as well.
        """
        text = disarm_brackets(text)
        placed, kept = await self._keep(session, text, owner, leave)
        told = None if kept else _told(text, awaited)
        if told is None or leave(told.verdict):
            return placed, kept
        entry = await self.keep(session, told.verdict, owner)
        return text[: told.start] + entry.placeholder + text[told.end :], [entry]

    async def keep_passed_on(
        self, session: AsyncSession, text: str, owner: str, leave: Leave = never
    ) -> tuple[str, list[StoredIdentifier]]:
        """The same for what a service passes on of a conversation: its placeholders are the vault's own, and stay."""
        return await self._keep(session, text, owner, leave)

    async def keep_everywhere(self, session: AsyncSession, value: Any, owner: str) -> Any:
        """The same for all texts of a JSON value made by a program: its placeholders stay, and so do ids and office telephones."""
        if isinstance(value, str):
            return value if is_own_id(value) else (await self._keep(session, value, owner, is_office_telephone))[0]
        if isinstance(value, dict):
            return {name: await self.keep_everywhere(session, part, owner) for name, part in value.items()}
        if isinstance(value, list):
            return [await self.keep_everywhere(session, part, owner) for part in value]
        return value

    async def _keep(
        self, session: AsyncSession, text: str, owner: str, leave: Leave
    ) -> tuple[str, list[StoredIdentifier]]:
        pieces: list[str] = []
        kept: list[StoredIdentifier] = []
        end = 0
        for found in find_identifiers(text):
            if leave(found.verdict):
                continue
            entry = await self.keep(session, found.verdict, owner)
            pieces += [text[end : found.start], entry.placeholder]
            kept.append(entry)
            end = found.end
        return "".join(pieces) + text[end:], kept

    async def keep(self, session: AsyncSession, verdict: Verdict, owner: str) -> StoredIdentifier:
        """Store one identifier; the same one from the same owner keeps its placeholder."""
        fingerprint = self._keys.fingerprint(verdict.kind, verdict.value)
        known = await session.scalar(
            select(VaultEntry).where(
                VaultEntry.owner == owner, VaultEntry.kind == verdict.kind, VaultEntry.fingerprint == fingerprint
            )
        )
        if known is not None:
            return _kept(known)
        token = new_token()
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

    async def look_up(self, session: AsyncSession, text: str, owner: str | None = None) -> list[StoredIdentifier]:
        """The identifiers whose placeholders stand in the text; with ``owner`` only theirs."""
        return (await self.look_up_all(session, [text], owner))[0]

    async def look_up_all(
        self, session: AsyncSession, texts: Iterable[str], owner: str | None = None
    ) -> list[list[StoredIdentifier]]:
        """The same for many texts with one query."""
        tokens = [[found.token for found in find_placeholders(text)] for text in texts]
        wanted = {token for line in tokens for token in line}
        query = select(VaultEntry).where(VaultEntry.token.in_(wanted))
        if owner is not None:
            query = query.where(VaultEntry.owner == owner)
        found = {entry.token: entry for entry in (await session.scalars(query) if wanted else ())}
        return [[_kept(found[token]) for token in dict.fromkeys(line) if token in found] for line in tokens]

    async def reveal(self, session: AsyncSession, placeholder: str, owner: str) -> str | None:
        """The value behind one placeholder of the owner; the caller answers for why."""
        entry = await self._entry(session, placeholder, owner)
        return None if entry is None else self._keys.decrypt(entry.key_id, entry.sealed, context=entry.token)

    @staticmethod
    async def _entry(session: AsyncSession, placeholder: str, owner: str) -> VaultEntry | None:
        parsed = parse_placeholder(placeholder)
        entry = None if parsed is None else await session.get(VaultEntry, parsed.token)
        return entry if entry is not None and entry.owner == owner else None

    async def same(self, session: AsyncSession, one: tuple[str, str], other: tuple[str, str]) -> bool:
        """Whether two (placeholder, owner) stand for the same identifier, without opening either."""
        found = [await self._entry(session, *which) for which in (one, other)]
        prints = {(entry.kind, entry.fingerprint) for entry in found if entry is not None}
        return None not in found and len(prints) == 1

    async def reveal_all(self, session: AsyncSession, text: str, owner: str) -> list[str]:
        """The values behind the owner's placeholders in a text; the caller answers for why."""
        found = [await self.reveal(session, str(one), owner) for one in find_placeholders(text)]
        return [value for value in found if value is not None]

    async def find_all(self, session: AsyncSession, kind: IdentifierKind, value: str) -> list[Occurrence]:
        """Every place where this identifier was told, by owner; found by its keyed hash, nothing is opened."""
        entries = await session.scalars(
            select(VaultEntry)
            .where(VaultEntry.kind == kind, VaultEntry.fingerprint == self._keys.fingerprint(kind, value))
            .order_by(VaultEntry.owner)
        )
        return [Occurrence(entry.owner, make_placeholder(entry.kind, entry.token)) for entry in entries]

    async def find(self, session: AsyncSession, kind: IdentifierKind, value: str) -> list[Occurrence]:
        """Wherever this identifier was told, by its keyed hash; nothing is opened."""
        return await _occurrences(session, kind, VaultEntry.fingerprint == self._keys.fingerprint(kind, value))

    async def find_by_end(self, session: AsyncSession, kind: IdentifierKind, end: str) -> list[Occurrence]:
        """Wherever an identifier of the kind was told whose masked form ends so; nothing is opened."""
        return await _occurrences(session, kind, VaultEntry.masked.endswith(end, autoescape=True))

    async def of_owner(self, session: AsyncSession, owner: str) -> list[tuple[StoredIdentifier, str]]:
        """Return every identifier of an owner, with its value; the caller answers for why."""
        entries = await session.scalars(
            select(VaultEntry).where(VaultEntry.owner == owner).order_by(VaultEntry.kept_at, VaultEntry.token)
        )
        return [(_kept(entry), self._keys.decrypt(entry.key_id, entry.sealed, entry.token)) for entry in entries]

    async def erase(self, session: AsyncSession, owner: str, but: Iterable[str] = ()) -> int:
        """Delete every identifier of an owner, except the placeholders ``but``; returns how many entries."""
        kept = [parsed.token for parsed in map(parse_placeholder, but) if parsed is not None]
        result = await session.execute(
            delete(VaultEntry).where(VaultEntry.owner == owner, VaultEntry.token.not_in(kept))
        )
        return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult

    def begin_rotation(self) -> None:
        """Seal with a new key from now on."""
        self._keys.rotate()

    @property
    def key_id(self) -> str:
        """Id of the key that seals now."""
        return self._keys.current

    async def left(self, session: AsyncSession) -> int:
        """How many entries an older key still seals."""
        query = select(func.count()).where(VaultEntry.key_id != self._keys.current)
        return await session.scalar(query) or 0

    async def reseal(self, session: AsyncSession, limit: int) -> int:
        """Seal some more entries with the current key; returns how many. What is done stays done after a crash."""
        entries = list(
            await session.scalars(
                select(VaultEntry)
                .where(VaultEntry.key_id != self._keys.current)
                .order_by(VaultEntry.token)
                .limit(limit)
                .with_for_update()
            )
        )
        for entry in entries:
            value = self._keys.decrypt(entry.key_id, entry.sealed, context=entry.token)
            entry.key_id, entry.sealed = self._keys.encrypt(value, context=entry.token)
        return len(entries)

    async def retire_keys(self, session: AsyncSession) -> tuple[str, ...]:
        """Drop keys that seal nothing any more; returns their ids."""
        return self._keys.retire(await session.scalars(select(VaultEntry.key_id).distinct()))

    async def check_keys(self, session: AsyncSession) -> None:
        """One entry of each key opens. Raises StartRefusedError when a key is missing or wrong."""
        for key_id in await session.scalars(select(VaultEntry.key_id).distinct()):
            entry = await session.scalar(select(VaultEntry).where(VaultEntry.key_id == key_id).limit(1))
            if entry is not None:
                self._keys.decrypt(entry.key_id, entry.sealed, context=entry.token)


def _told(text: str, awaited: int) -> Found | None:
    """The number that a message is by where it stands: the answer to our question for one, or a telephone and nothing else."""
    if awaited:
        return awaited_number(text, min(SHORTEST_ANSWER, awaited))
    telephone = bare_telephone(text)
    return None if telephone is None else Found(0, len(text), telephone)


async def _occurrences(session: AsyncSession, kind: IdentifierKind, which: ColumnElement[bool]) -> list[Occurrence]:
    found = await session.scalars(
        select(VaultEntry)
        .where(VaultEntry.kind == kind, which)
        .order_by(VaultEntry.kept_at.desc(), VaultEntry.token)
        .limit(MAX_OCCURRENCES)
    )
    return [Occurrence(entry.owner, make_placeholder(entry.kind, entry.token)) for entry in found]


def _kept(entry: VaultEntry) -> StoredIdentifier:
    kind: IdentifierKind = entry.kind  # type: ignore[assignment]  # written by keep() only
    return StoredIdentifier(make_placeholder(entry.kind, entry.token), kind, entry.valid, entry.problem, entry.masked)
