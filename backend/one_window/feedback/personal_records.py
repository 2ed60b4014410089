"""Feedback of a conversation: handed out and deleted with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.feedback.models import FeedbackRow, RatingRow, UrgingRow
from backend.one_window.feedback.rules import rules
from backend.platform.personal_records import PersonalRecords


class FeedbackRecords(PersonalRecords):
    """What was said goes with the conversation in which it was said."""

    erases = (FeedbackRow, RatingRow, UrgingRow)

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:
        """What was said and answered, and how the service was rated."""
        said = await session.scalars(select(FeedbackRow).where(FeedbackRow.conversation == conversation))
        rated = await session.scalars(select(RatingRow).where(RatingRow.conversation == conversation))
        return {
            "feedback": [
                {"number": row.number, "kind": row.kind, "text": row.text, "answer": row.answer} for row in said
            ],
            "ratings": [
                {"at": row.at.isoformat(), "level": rules().levels[row.level], "text": row.text} for row in rated
            ],
        }

    async def said(self, session: AsyncSession, conversation: str) -> list[str]:
        """Return the texts of feedback and ratings, without the answers."""
        texts = [select(table.text).where(table.conversation == conversation) for table in (FeedbackRow, RatingRow)]
        return [text for found in texts for text in await session.scalars(found)]

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Delete all of it."""
        erased: Counter[str] = Counter()
        for table in self.erases:
            result = await session.execute(delete(table).where(table.conversation == conversation))
            erased[table.__tablename__] += int(result.rowcount)  # type: ignore[attr-defined]  # a DELETE's CursorResult
        return erased
