"""The audit trail: who saw and changed what, append-only, each entry chained to the one before by a keyed hash.

Written in the transaction of the change. The key is derived from the vault's and is not in the database: whoever can write
the database still cannot forge an entry. Database triggers refuse UPDATE and DELETE (migrations). Cutting the end off is
noticed by the anchors: the newest entry is noted in a file outside the database each day and at each verification.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import JSON, ColumnElement, Integer, String, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.language.personal_numbers import hide_personal
from backend.platform.clock import SHANGHAI, Clock
from backend.platform.database import Base, Instant, before_commit, in_commit_order
from backend.platform.identity import Principal

GENESIS = "0" * 64
BATCH = 1000
_WAITING = "audit_waiting"
OWN_RECORD = frozenset({"conversation.message_added"})
"""Changes that are an append-only record themselves (the transcript): chaining them would double every message."""


class AuditRow(Base):
    """One entry. No personal data: ids, kinds, states, purposes."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    by_kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[str] = mapped_column(String(40), index=True)
    on_behalf_of: Mapped[str] = mapped_column(String(80))
    purpose: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True)
class Anchor:
    """An entry noted outside the database."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of checking the whole chain."""

    entries: int
    head: Anchor
    problems: tuple[str, ...]


class Audit:
    """Records entries, counts them, and checks the chain. ``key``: see KeyRing.derived."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    def record(
        self,
        session: AsyncSession,
        action: str,
        subject: str,
        by: Principal,
        *,
        purpose: str = "",
        details: dict[str, Any] | None = None,
    ) -> None:
        """Add an entry to the transaction; it is chained when the transaction is about to be committed.

        ``purpose`` is what somebody typed: numbers of persons in it are left out, for nothing here can be erased.
        """
        source = by.as_event_source()
        row = AuditRow(
            at=self._clock.now(),
            action=action,
            subject=subject,
            by_kind=by.kind,
            by_id=by.id,
            on_behalf_of=source.get("on_behalf_of", ""),
            purpose=hide_personal(purpose),
            details=json.loads(json.dumps(details or {})),
        )
        session.info.setdefault(_WAITING, []).append(row)
        before_commit(session, self._write)

    async def count(self, session: AsyncSession, action: str, by: Principal, within: timedelta) -> int:
        """How many such entries somebody caused in the last while."""
        since = self._clock.now() - within
        query = select(func.count()).where(AuditRow.action == action, AuditRow.by_id == by.id, AuditRow.at > since)
        return await session.scalar(query) or 0

    async def oldest(self, session: AsyncSession, action: str, by: Principal, within: timedelta) -> datetime | None:
        """When the first of them happened."""
        since = self._clock.now() - within
        query = select(func.min(AuditRow.at)).where(
            AuditRow.action == action, AuditRow.by_id == by.id, AuditRow.at > since
        )
        found: datetime | None = await session.scalar(query)
        return found

    async def newest(self, session: AsyncSession, action: str, by: Principal) -> datetime | None:
        """When somebody last caused such an entry."""
        query = select(func.max(AuditRow.at)).where(AuditRow.action == action, AuditRow.by_id == by.id)
        found: datetime | None = await session.scalar(query)
        return found

    async def told(self, session: AsyncSession, subject: str) -> list[dict[str, str]]:
        """What was done about a subject or on its behalf, as a person may know it."""
        rows = await session.scalars(
            select(AuditRow)
            .where((AuditRow.subject == subject) | (AuditRow.on_behalf_of == subject))
            .order_by(AuditRow.seq)
        )
        return [
            {"at": row.at.isoformat(), "action": row.action, "by": f"{row.by_kind}:{row.by_id}", "purpose": row.purpose}
            for row in rows
        ]

    async def entries(
        self,
        session: AsyncSession,
        *,
        subject: str,
        by: str,
        actions: Sequence[str] = (),
        day: date | None = None,
        before: int,
        limit: int,
    ) -> list[AuditRow]:
        """Entries, newest first; what is empty or 0 does not narrow.

        ``actions``: any of them, one that ends in ``*`` stands for all that begin so; ``day``: in Lijiang.
        """
        query = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limit)
        for column, value in ((AuditRow.subject, subject), (AuditRow.by_id, by)):
            if value:
                query = query.where(column == value)
        if actions:
            query = query.where(or_(*map(_is_action, actions)))
        if day is not None:
            begin = datetime.combine(day, time(), SHANGHAI)
            query = query.where(AuditRow.at >= begin, AuditRow.at < begin + timedelta(days=1))
        if before:
            query = query.where(AuditRow.seq < before)
        return list(await session.scalars(query))

    async def staff_who_acted(self, session: AsyncSession) -> set[str]:
        """Ids of the members of staff that the trail names."""
        return set(await session.scalars(select(AuditRow.by_id).where(AuditRow.by_kind == "staff").distinct()))

    async def head(self, session: AsyncSession) -> Anchor:
        """The newest entry; seq 0 for an empty trail."""
        found = (
            await session.execute(select(AuditRow.seq, AuditRow.hash).order_by(AuditRow.seq.desc()).limit(1))
        ).first()
        return Anchor(0, GENESIS) if found is None else Anchor(found.seq, found.hash)

    async def verify(self, session: AsyncSession, anchors: Iterable[Anchor] = ()) -> Verification:
        """Compute every hash again. Problems name the entry; an empty tuple means that nothing was touched."""
        problems: list[str] = []
        noted = {anchor.seq: anchor.hash for anchor in anchors}
        last = Anchor(0, GENESIS)
        while True:
            query = select(AuditRow).where(AuditRow.seq > last.seq).order_by(AuditRow.seq).limit(BATCH)
            rows = list(await session.scalars(query))
            for row in rows:
                problems += _problems(row, last, self._hash(row), noted.pop(row.seq, row.hash))
                last = Anchor(row.seq, row.hash)
                session.expunge(row)
            if not rows:
                break
        problems += [f"第{seq}条不见了：它记在库外的锚点里。" for seq in sorted(noted) if seq > 0]
        return Verification(last.seq, last, tuple(problems))

    async def _write(self, session: AsyncSession) -> None:
        await in_commit_order(session)
        last = await self.head(session)
        for row in session.info.pop(_WAITING, []):
            row.seq, row.previous = last.seq + 1, last.hash
            row.hash = self._hash(row)
            last = Anchor(row.seq, row.hash)
            session.add(row)
        await session.flush()

    def _hash(self, row: AuditRow) -> str:
        content = [
            row.seq, row.at.isoformat(), row.action, row.subject, row.by_kind, row.by_id, row.on_behalf_of,
            row.purpose, row.details, row.previous,
        ]  # fmt: skip
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


AUDIT = web.AppKey("audit", Audit)


def _is_action(pattern: str) -> ColumnElement[bool]:
    if pattern.endswith("*"):
        return AuditRow.action.startswith(pattern[:-1], autoescape=True)
    return AuditRow.action == pattern


def _problems(row: AuditRow, last: Anchor, computed: str, noted: str) -> list[str]:
    found = []
    if row.seq != last.seq + 1:
        found.append(f"第{last.seq + 1}条到第{row.seq - 1}条不见了。")
    elif row.previous != last.hash:
        found.append(f"第{row.seq}条接不上前一条。")
    if computed != row.hash:
        found.append(f"第{row.seq}条被改过。")
    if noted != row.hash:
        found.append(f"第{row.seq}条和库外的锚点不一致。")
    return found


def read_anchors(path: Path) -> list[Anchor]:
    """The anchors noted so far."""
    if not path.exists():
        return []
    lines = (line.split() for line in path.read_text("ascii").splitlines())
    return [Anchor(int(line[0]), line[1]) for line in lines if len(line) >= 2]


def note_anchor(path: Path, anchor: Anchor, at: datetime) -> None:
    """Note the newest entry outside the database."""
    if anchor.seq:
        with path.open("a", encoding="ascii") as file:
            file.write(f"{anchor.seq} {anchor.hash} {at.isoformat(timespec='seconds')}\n")
