"""What of cases is kept, handed out and forgotten. A submitted case is a record of the administration and is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.language.placeholders import find_placeholders
from backend.language.serial_numbers import group, ungroup
from backend.one_window.cases import form
from backend.one_window.cases.history import steps_of, steps_of_all
from backend.one_window.cases.models import CaseMark, CaseNote, CaseRow, CaseStatement, CaseStepRow
from backend.one_window.cases.steps import OPEN
from backend.one_window.cases.typed_texts import statements_of, texts_of
from backend.one_window.cases.views import public


class CaseRetention:
    """Part of the cases service."""

    async def export(self, session: AsyncSession, conversation: str) -> list[dict[str, Any]]:
        """Everything kept of the cases of a conversation; identifiers as placeholders."""
        rows = await _of_conversation(session, conversation)
        return [_told(row, public(await steps_of(session, row.id)), await statements_of(session, row)) for row in rows]

    async def said_by_applicant(self, session: AsyncSession, conversation: str) -> list[str]:
        """What citizens said of the cases of a conversation, identifiers as placeholders."""
        rows = await _of_conversation(session, conversation)
        texts = [str(answer.get("value") or "") for row in rows for answer in row.answers.values()]
        for row, steps in zip(rows, (await steps_of_all(session, [row.id for row in rows])).values(), strict=True):
            texts += texts_of([step for step in steps if step.by_kind != "staff"])
            texts += [said.text for said in await statements_of(session, row)]
        return texts

    async def applicants(self, session: AsyncSession, conversation: str) -> list[frozenset[str]]:
        """Placeholders that are the applicant's own, case by case."""
        return [
            frozenset(own) for row in await _of_conversation(session, conversation) if (own := form.own_of(row.answers))
        ]

    async def id_of(self, session: AsyncSession, number: str) -> str | None:
        """Id of the case with a number; None if there is none."""
        found: str | None = await session.scalar(select(CaseRow.id).where(CaseRow.number == ungroup(number)))
        return found

    async def numbers_of(self, session: AsyncSession, ids: set[str]) -> dict[str, str]:
        """Numbers by id, as they are read out."""
        rows = await session.execute(select(CaseRow.id, CaseRow.number).where(CaseRow.id.in_(ids)))
        return {case_id: group(number) for case_id, number in rows.tuples() if number is not None}

    async def numbers(self, session: AsyncSession, conversation: str) -> list[str]:
        """Numbers of the submitted cases of a conversation."""
        found = await session.scalars(
            select(CaseRow.number)
            .where(CaseRow.conversation == conversation, CaseRow.number.is_not(None))
            .order_by(CaseRow.number)
        )
        return [number for number in found if number is not None]

    async def placeholders(self, session: AsyncSession, conversation: str) -> set[str]:
        """Identifiers that the submitted cases of a conversation need."""
        found = await session.scalars(
            select(CaseRow).where(CaseRow.conversation == conversation, CaseRow.number.is_not(None))
        )
        rows = {row.id: row for row in found}
        values = [str(answer.get("value") or "") for row in rows.values() for answer in row.answers.values()]
        for steps in (await steps_of_all(session, list(rows))).values():
            values += texts_of(steps)
        values += await session.scalars(select(CaseNote.text).where(CaseNote.case_id.in_(rows)))
        for row in rows.values():
            values += [text for said in await statements_of(session, row) for text in (said.line, said.text)]
        return {str(found) for value in values for found in find_placeholders(value)}

    async def with_open_cases(self, session: AsyncSession, conversations: Sequence[str]) -> set[str]:
        """Those of the conversations in which a case is being handled."""
        found = await session.scalars(
            select(CaseRow.conversation).where(CaseRow.conversation.in_(conversations), CaseRow.state.in_(OPEN))
        )
        return set(found)

    async def erase_drafts(self, session: AsyncSession, conversation: str) -> int:
        """Delete what was never submitted in a conversation; returns how many."""
        return await _delete(session, CaseRow.conversation == conversation)

    async def erase_old_drafts(self, session: AsyncSession, before: datetime) -> int:
        """Delete what was begun before then and never submitted; returns how many."""
        return await _delete(session, CaseRow.created_at < before)


async def _of_conversation(session: AsyncSession, conversation: str) -> list[CaseRow]:
    found = select(CaseRow).where(CaseRow.conversation == conversation).order_by(CaseRow.created_at, CaseRow.id)
    return list(await session.scalars(found))


async def _delete(session: AsyncSession, which: ColumnElement[bool]) -> int:
    ids = list(await session.scalars(select(CaseRow.id).where(which, CaseRow.number.is_(None))))
    for table in (CaseStepRow, CaseMark, CaseNote, CaseStatement):
        await session.execute(delete(table).where(table.case_id.in_(ids)))
    await session.execute(delete(CaseRow).where(CaseRow.id.in_(ids)))
    return len(ids)


def _told(row: CaseRow, steps: Sequence[CaseStepRow], said: Sequence[CaseStatement]) -> dict[str, Any]:
    return {
        "number": row.number,
        "item": row.item,
        "state": row.state,
        "channel": row.channel,
        "situation": row.situation,
        "answers": {field: answer.get("value") for field, answer in row.answers.items()},
        "created_at": row.created_at.isoformat(),
        "steps": [
            {"step": step.step, "at": step.at.isoformat(), "by": step.by_kind, "note": step.note, "lines": step.lines}
            for step in steps
        ],
        "statements": [{"at": one.at.isoformat(), "line": one.line, "text": one.text} for one in said],
    }
