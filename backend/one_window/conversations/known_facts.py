"""What people said of themselves and theirs, as the assistant read it: kept, handed out and erased with the conversation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.facts import KnownFact, fact_list, holder_list
from backend.one_window.conversations.models import KnownFactRow


async def known_facts(session: AsyncSession, conversation: str) -> tuple[KnownFact, ...]:
    """The facts of a conversation, the newest last."""
    rows = await session.scalars(
        select(KnownFactRow).where(KnownFactRow.conversation_id == conversation).order_by(KnownFactRow.position)
    )
    return tuple(
        KnownFact.model_validate(row, from_attributes=True)
        for row in rows
        if row.fact in fact_list() and row.holder in holder_list()  # a fact that the list has no more means nothing
    )


async def keep_facts(session: AsyncSession, conversation: str, facts: Sequence[KnownFact]) -> None:
    """Keep these, and no others; nothing is written where they are known already."""
    if await known_facts(session, conversation) == tuple(facts):
        return
    await erase_facts(session, conversation)
    session.add_all(
        KnownFactRow(conversation_id=conversation, position=position, **fact.model_dump(mode="json"))
        for position, fact in enumerate(facts)
    )
    await session.flush()


async def erase_facts(session: AsyncSession, conversation: str) -> int:
    """Delete the facts of a conversation; returns how many."""
    result = await session.execute(delete(KnownFactRow).where(KnownFactRow.conversation_id == conversation))
    return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult
