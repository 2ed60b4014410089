"""Supplements that were asked for once more: how often, by whom and why (一次性告知, 《行政许可法》第三十二条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import CaseStep
from backend.language.identifiers_in_text import NUMBER_MARK
from backend.language.placeholders import replace_placeholders
from backend.one_window.cases.history import steps_of_all
from backend.one_window.cases.models import CaseRow, CaseStepRow

RECENT = timedelta(days=30)
Asked = tuple[CaseStepRow, CaseRow]


def repeated(now: datetime, mine: Sequence[ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    """Conditions on the steps that asked again lately, of the cases somebody oversees."""
    again = (CaseStepRow.step == CaseStep.REQUEST_SUPPLEMENT, CaseStepRow.why_again != "")
    return [*again, CaseStepRow.at > now - RECENT, *mine]


async def counted(
    session: AsyncSession, conditions: Sequence[ColumnElement[bool]]
) -> tuple[Counter[str], Counter[str]]:
    """How often each person asked again, and in each unit."""
    people, units = Counter[str](), Counter[str]()
    rows = await session.execute(
        select(CaseStepRow.by_id, CaseRow.unit, func.count())
        .join(CaseRow, CaseRow.id == CaseStepRow.case_id)
        .where(*conditions)
        .group_by(CaseStepRow.by_id, CaseRow.unit)
    )
    for person, unit, times in rows.tuples():
        people[person] += times
        units[unit] += times
    return people, units


async def newest(session: AsyncSession, conditions: Sequence[ColumnElement[bool]], most: int) -> list[Asked]:
    """The steps with their cases, newest first."""
    rows = await session.execute(
        select(CaseStepRow, CaseRow)
        .join(CaseRow, CaseRow.id == CaseStepRow.case_id)
        .where(*conditions)
        .order_by(CaseStepRow.at.desc(), CaseStepRow.id.desc())
        .limit(most)
    )
    return [(step, case) for step, case in rows.tuples()]


async def told_before(session: AsyncSession, asked: Sequence[Asked]) -> dict[int, tuple[str, ...]]:
    """By step: the names that could have been told before, being on the notice's list or in an earlier request."""
    steps = await steps_of_all(session, list({case.id for _, case in asked}))
    found = {}
    for step, case in asked:
        earlier = {line["name"] for one in steps[case.id] if one.id < step.id for line in one.lines}
        names = (line["name"] for line in step.lines if line.get("material") or line["name"] in earlier)
        found[step.id] = tuple(map(without_numbers, names))
    return found


def without_numbers(text: str) -> str:
    """For whoever only looks on: personal numbers are left out."""
    return replace_placeholders(text, NUMBER_MARK)
