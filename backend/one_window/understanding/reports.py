"""Reports of evaluations for editors, and what was decided of single questions, so that these do not come again.

Those that ``./daoban evaluate`` kept on this machine are files beside the models (assistant/evaluation/report.py writes
them); those that editors uploaded are in the database.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.evaluation import EvaluationReport
from backend.contracts.event_kinds import NoData
from backend.contracts.understanding import Decide, NewReport, ReportList, ReportView
from backend.evaluation.masking import without_identifiers
from backend.language.identifiers_in_text import hide_identifiers
from backend.language.text import tidy
from backend.one_window.understanding.events import QUESTION_DECIDED, REPORT_REMOVED, REPORT_UPLOADED, Decided
from backend.one_window.understanding.models import EvaluationUpload, QuestionDecision, TaughtExample
from backend.platform.clock import Clock
from backend.platform.errors import InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal

_KEPT = re.compile(r"understanding-(\d{8}T\d{6}Z)")
_UPLOADED = re.compile(r"upload-([1-9]\d{0,8})")
SETTLED = {"label_wrong", "leave"}


class ReportsService:
    """Lists and reads reports, takes them in, remembers what was decided of questions."""

    def __init__(self, folder: Path, clock: Clock, events: Events) -> None:
        self._folder = folder
        self._clock = clock
        self._events = events

    async def reports(self, session: AsyncSession) -> ReportList:
        """All reports, newest first."""
        found = [
            *await asyncio.to_thread(self._kept),
            *[_view(row) for row in await session.scalars(select(EvaluationUpload))],
        ]
        return ReportList(reports=tuple(sorted(found, key=lambda one: one.made_at, reverse=True)))

    async def report(self, session: AsyncSession, report_id: str) -> EvaluationReport:
        """One report, identifiers masked. Raises NotFoundError."""
        if _KEPT.fullmatch(report_id):
            try:
                return _read(await asyncio.to_thread((self._folder / f"{report_id}.json").read_bytes))
            except (FileNotFoundError, InvalidError) as error:
                raise NotFoundError("report.unknown") from error
        return _read((await self._upload(session, report_id)).content)

    async def newest_kept(self) -> tuple[datetime, EvaluationReport] | None:
        """The report of the last ``./daoban evaluate`` on this machine that can be read, and when it was made."""
        for view in await asyncio.to_thread(self._kept):
            content = await asyncio.to_thread((self._folder / f"{view.id}.json").read_bytes)
            return view.made_at, _read(content)
        return None

    async def upload(self, session: AsyncSession, new: NewReport, who: Principal) -> ReportView:
        """Take a report in, identifiers masked. Raises InvalidError for what is no report."""
        report = _read(new.text)
        row = EvaluationUpload(
            name=tidy(new.name) or "评测报告",
            questions=len(report.questions),
            content=report.model_dump_json(),
            by=who.id,
            at=self._clock.now(),
        )
        session.add(row)
        await session.flush()
        self._events.publish(session, REPORT_UPLOADED, f"report:{row.id}", who, NoData())
        return _view(row)

    async def remove(self, session: AsyncSession, report_id: str, who: Principal) -> None:
        """Remove an uploaded report. Raises NotFoundError; kept ones go by themselves."""
        row = await self._upload(session, report_id)
        await session.delete(row)
        self._events.publish(session, REPORT_REMOVED, f"report:{row.id}", who, NoData())

    async def decide(self, session: AsyncSession, told: Decide, who: Principal) -> None:
        """Remember that a question's label is wrong, that it is to be left, or that it is open again."""
        key = _key(told.text)
        row = await session.get(QuestionDecision, key)
        if told.decision == "open":
            if row is not None:
                await session.delete(row)
        elif row is None:
            session.add(QuestionDecision(question=key, decision=told.decision, by=who.id, at=self._clock.now()))
        else:
            row.decision, row.by, row.at = told.decision, who.id, self._clock.now()
        self._events.publish(session, QUESTION_DECIDED, f"question:{key[:12]}", who, Decided(decision=told.decision))

    async def decided(self, session: AsyncSession, texts: Iterable[str]) -> dict[str, str]:
        """By text, what is settled: ``label_wrong``, ``leave``, or ``taught`` where editors attached the sentence."""
        known = {row.question: row.decision for row in await session.scalars(select(QuestionDecision))}
        taught = set(await session.scalars(select(TaughtExample.text)))
        found: dict[str, str] = {}
        for text in texts:
            decision = "taught" if tidy(text) in taught else known.get(_key(text))
            if decision is not None:
                found[text] = decision
        return found

    def _kept(self) -> list[ReportView]:
        """Reports of this machine that can be read, newest first."""
        found: list[ReportView] = []
        for file in sorted(self._folder.glob("understanding-*.json"), reverse=True):
            named = _KEPT.fullmatch(file.stem)
            if named is None:
                continue
            try:
                report = EvaluationReport.model_validate_json(file.read_bytes())
            except (OSError, ValidationError):
                continue  # half-written by hand, or gone meanwhile: there is nothing to choose
            made_at = datetime.strptime(named[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            found.append(
                ReportView(id=file.stem, name="", made_at=made_at, questions=len(report.questions), uploaded=False)
            )
        return found

    async def _upload(self, session: AsyncSession, report_id: str) -> EvaluationUpload:
        named = _UPLOADED.fullmatch(report_id)
        row = None if named is None else await session.get(EvaluationUpload, int(named[1]))
        if row is None:
            raise NotFoundError("report.unknown")
        return row


REPORTS = web.AppKey("reports", ReportsService)


def _read(content: str | bytes) -> EvaluationReport:
    """Raises InvalidError with a sentence that says which it is: no JSON, or no report."""
    try:
        return without_identifiers(EvaluationReport.model_validate_json(content))
    except ValidationError as error:
        unreadable = any(one["type"] == "json_invalid" for one in error.errors(include_url=False, include_input=False))
        raise InvalidError("report.no_json" if unreadable else "report.no_report", field="text") from error


def _view(row: EvaluationUpload) -> ReportView:
    return ReportView(id=f"upload-{row.id}", name=row.name, made_at=row.at, questions=row.questions, uploaded=True)


def _key(text: str) -> str:
    """A question is known by a digest of what was said: nothing of it has to be kept twice."""
    return hashlib.sha256(hide_identifiers(text).encode()).hexdigest()
