"""Idempotency keys: the same key from the same caller gives the stored answer, written in the transaction of the change."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, String, Text, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant, one_at_a_time
from backend.platform.errors import ConflictError


class IdempotencyKey(Base):
    """A request that was carried out, and its answer."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


def request_digest(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


async def stored_answer(session: AsyncSession, caller: str, key: str, request: str) -> IdempotencyKey | None:
    """The answer given before, if any. Raises ConflictError when the key was used for another request."""
    await one_at_a_time(session, f"{caller} {key}")
    row = await session.get(IdempotencyKey, (caller, key))
    if row is not None and row.request != request:
        raise ConflictError("idempotency.reused")
    return row


async def erase(session: AsyncSession, conversation: str) -> int:
    """Delete the answers given in a conversation; returns how many."""
    return await _delete(session, IdempotencyKey.caller.endswith(f":{conversation}", autoescape=True))


async def erase_old(session: AsyncSession, before: datetime) -> int:
    """Delete the answers given before then; returns how many."""
    return await _delete(session, IdempotencyKey.at < before)


async def _delete(session: AsyncSession, which: ColumnElement[bool]) -> int:
    result = await session.execute(delete(IdempotencyKey).where(which))
    return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult
