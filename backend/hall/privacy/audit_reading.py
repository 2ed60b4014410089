"""The auditor's view of the trail: who saw and changed what, whether it was touched. Who reads it is in it too."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.privacy import AuditEntry, AuditList, AuditQuery, AuditVerification
from backend.hall.accounts.service import StaffService
from backend.hall.privacy.audit_words import audit_words
from backend.language.personal_numbers import hide_personal
from backend.one_window.cases.service import CasesService
from backend.platform.audit import Anchor, Audit, AuditRow, note_anchor, read_anchors
from backend.platform.clock import Clock, local
from backend.platform.identity import Principal
from backend.platform.spreadsheets import shown

BATCH = 500
MAX_EXPORTED = 50_000
"""Entries of one export; more are exported day by day."""
MAX_PROBLEMS = 20


class AuditReading:
    """Reads, exports and verifies. ``anchors``: where the newest entry is noted outside the database."""

    def __init__(self, audit: Audit, staff: StaffService, cases: CasesService, anchors: Path, clock: Clock) -> None:
        self._audit = audit
        self._staff = staff
        self._cases = cases
        self._anchors = anchors
        self._clock = clock

    async def entries(self, session: AsyncSession, query: AuditQuery, who: Principal) -> AuditList:
        """Entries, newest first; the reading is recorded."""
        found = await self._found(session, query, query.before, query.limit)
        self._audit.record(session, "audit.read", "audit:entries", who, details=_asked(query))
        return AuditList(entries=tuple(found))

    async def as_csv(self, session: AsyncSession, query: AuditQuery, who: Principal) -> str:
        """All entries that match, newest first, at most MAX_EXPORTED; the export is recorded."""
        out = io.StringIO()
        table = csv.writer(out)
        table.writerow(audit_words().columns)
        before, count = query.before, 0
        while count < MAX_EXPORTED:
            found = await self._found(session, query, before, BATCH)
            table.writerows(_cells(entry) for entry in found)
            count += len(found)
            if len(found) < BATCH:
                break
            before = found[-1].seq
        else:
            table.writerow([audit_words().sentences["more"].format(count=MAX_EXPORTED)])
        self._audit.record(session, "audit.exported", "audit:entries", who, details=_asked(query))
        return out.getvalue()

    async def verify(self, session: AsyncSession, who: Principal) -> AuditVerification:
        """Compute every check value again; a trail that holds is noted outside the database."""
        anchors = await asyncio.to_thread(read_anchors, self._anchors)
        found = await self._audit.verify(session, anchors)
        self._audit.record(session, "audit.verified", "audit:entries", who, details={"holds": not found.problems})
        holds = not found.problems
        if holds:
            await asyncio.to_thread(note_anchor, self._anchors, found.head, self._clock.now())
        count = found.entries if holds else len(found.problems)
        return AuditVerification(
            holds=holds,
            entries=found.entries,
            head=_short(found.head),
            problems=found.problems[:MAX_PROBLEMS],
            sentence=audit_words().sentences["holds" if holds else "touched"].format(count=count),
        )

    async def people(self, session: AsyncSession) -> dict[str, str]:
        """Whom the trail names: our processes, then staff by name."""
        names = await self._staff.names(session, await self._audit.staff_who_acted(session))
        return {**audit_words().processes, **dict(sorted(names.items(), key=lambda pair: pair[1]))}

    async def _found(self, session: AsyncSession, query: AuditQuery, before: int, limit: int) -> list[AuditEntry]:
        subject = query.subject
        if query.number:
            case_id = await self._cases.id_of(session, query.number)
            if case_id is None:
                return []
            subject = f"case:{case_id}"
        kind = audit_words().kinds.get(query.kind)
        if query.kind and kind is None:
            return []
        actions = audit_words().all_names(query.action) if query.action else () if kind is None else kind.actions
        rows = await self._audit.entries(
            session, subject=subject, by=query.by, actions=actions, day=query.day, before=before, limit=limit
        )
        return await self._told(session, rows)

    async def _told(self, session: AsyncSession, rows: Sequence[AuditRow]) -> list[AuditEntry]:
        ids = {row.subject.removeprefix("staff:") for row in rows if row.subject.startswith("staff:")}
        names = await self._staff.names(session, ids | {row.by_id for row in rows if row.by_kind == "staff"})
        cases = {row.subject.removeprefix("case:") for row in rows if row.subject.startswith("case:")}
        numbers = await self._cases.numbers_of(session, cases)
        return [
            AuditEntry(
                seq=row.seq,
                at=row.at,
                action=row.action,
                action_name=audit_words().action(row.action),
                subject=row.subject,
                subject_name=_subject(row.subject, {**names, **numbers}),
                by=f"{row.by_kind}:{row.by_id}",
                by_name=_by(row, names),
                on_behalf_of=row.on_behalf_of,
                purpose=row.purpose,
                details=row.details,
            )
            for row in rows
        ]


def _asked(query: AuditQuery) -> dict[str, str]:
    asked = {name: value for name, value in query.model_dump().items() if value and name not in {"limit", "before"}}
    return {name: hide_personal(str(value)) for name, value in asked.items()}


def _subject(subject: str, names: dict[str, str]) -> str:
    kind, _, id_ = subject.partition(":")
    name = audit_words().subjects.get(kind, kind)
    return f"{name} {names.get(id_, id_)}".strip() if kind != "audit" else name


def _by(row: AuditRow, names: dict[str, str]) -> str:
    if row.by_kind == "staff":
        return names.get(row.by_id, "")
    if row.by_kind == "service":
        return audit_words().processes.get(row.by_id, row.by_id)
    return {"citizen": audit_words().citizen, "nobody": audit_words().nobody}.get(row.by_kind, "")


def _cells(entry: AuditEntry) -> list[str]:
    details = json.dumps(entry.details, ensure_ascii=False) if entry.details else ""
    cells = [
        str(entry.seq), f"{local(entry.at):%Y-%m-%d %H:%M:%S}", entry.action_name, entry.subject_name,
        entry.by_name or entry.by, entry.on_behalf_of, entry.purpose, details, entry.action,
    ]  # fmt: skip
    return [shown(cell) for cell in cells]


def _short(head: Anchor) -> str:
    return head.hash[:16]
