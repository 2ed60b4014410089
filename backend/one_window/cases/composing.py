"""Composes the document of a step from the case as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import Case, FieldView
from backend.contracts.catalogue_content import FieldKind, Item
from backend.language.serial_numbers import group
from backend.one_window.cases import form
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.checklist import Checklist
from backend.one_window.cases.contacts import contact_words
from backend.one_window.cases.documents import (
    CaseDocument,
    CaseDocumentKind,
    CaseDocumentText,
    document_texts,
    kind_of,
    signers_of,
)
from backend.one_window.cases.history import steps_of
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.remedies import decision_of, printed_remedy
from backend.one_window.cases.typed_texts import texts_of
from backend.one_window.cases.views import CaseViews
from backend.one_window.cases.wording import day_text
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.catalogue.wording import time_limits_text
from backend.platform.audit import Audit
from backend.platform.clock import local_date
from backend.platform.errors import NotFoundError
from backend.platform.identity import Principal
from backend.platform.staff_directory import StaffDirectory

OPENED = "case.document_opened"
_LISTS_LACKING = frozenset({CaseDocumentKind.SUPPLEMENT, CaseDocumentKind.RECEIPT_LACKING})


class Documents:
    """The print pages of cases."""

    def __init__(
        self,
        catalogue: CatalogueService,
        staff: StaffDirectory,
        views: CaseViews,
        access: CaseAccess,
        checklist: Checklist,
        audit: Audit,
    ) -> None:
        self._catalogue = catalogue
        self._staff = staff
        self._views = views
        self._access = access
        self._checklist = checklist
        self._audit = audit

    async def document(self, session: AsyncSession, case_id: str, step_id: str, who: Principal) -> CaseDocument:
        """The document that a step issued; that it was opened is recorded. Raises NotFoundError."""
        row = await self._access.row(session, case_id, who)
        steps = await steps_of(session, row.id)
        step = next((step for step in steps if str(step.id) == step_id), None)
        before = [] if step is None else steps[: steps.index(step)]
        kind = None if step is None else kind_of(step, before)
        if step is None or kind is None:
            raise NotFoundError("case.document_unknown")
        self._audit.record(session, OPENED, f"case:{row.id}", who, details={"kind": kind})
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        case = await self._views.case(session, row, who)
        texts, text = document_texts(), document_texts().documents[kind]
        masked = await self._views.texts.masking(session, row, texts_of(steps))
        signers = signers_of(step, before)
        names = await self._staff.names(session, set(signers))
        title, contact, issued_on = text.title, form.contact_of(row.answers), local_date(step.at)
        return CaseDocument(
            title=title,
            number=_number(row, step, steps, text.mark),
            to=_addressee(row, case) or texts.somebody,
            identifier=next((_proof(field) for field in case.fields if field.kind is FieldKind.ID_NUMBER), ""),
            paragraphs=tuple(map(masked, _paragraphs(row, item, case, step, text))),
            materials_title=text.materials,
            materials=tuple(tuple(map(masked, line)) for line in await self._materials(session, row, item, step, kind)),
            basis=self._catalogue.citations(item, issued_on, checked=True) or (texts.no_basis,),
            remedy=_remedy(item, kind, title, issued_on) if text.remedy else "",
            contact="" if contact is None else contact_words()[contact].told,
            help=texts.help,
            unit=case.unit_name,
            handled_by=names.get(signers[0], ""),
            reviewed_by=names.get(signers[1], ""),
            issued_on=issued_on,
        )

    async def _materials(
        self, session: AsyncSession, row: CaseRow, item: Item, step: CaseStepRow, kind: CaseDocumentKind
    ) -> tuple[tuple[str, ...], ...]:
        if kind in _LISTS_LACKING:
            return tuple((line["name"], line["why"], line["how"]) for line in step.lines)
        if kind is not CaseDocumentKind.RECEIPT:
            return ()
        listed = await self._checklist.lines(session, row, item)
        return tuple((line.name,) for line in listed if any(mark.mark == "received" for mark in line.marks))


DOCUMENTS = web.AppKey("case_documents", Documents)


def _remedy(item: Item, kind: CaseDocumentKind, title: str, issued_on: date) -> str:
    """What can be done about the decision that the document tells."""
    texts = document_texts()
    decision = decision_of(item.code, refused=kind is CaseDocumentKind.REFUSAL)
    return printed_remedy(decision, title, texts.review_body or texts.blank, issued_on)


def _number(row: CaseRow, step: CaseStepRow, steps: Sequence[CaseStepRow], mark: str) -> str:
    """The case's number, the kind's mark, and which of its kind it is."""
    place = sum(1 for other in steps if other.step == step.step and other.id <= step.id)
    return f"{group(row.number or '')}－{mark}{place}"


def _addressee(row: CaseRow, case: Case) -> str:
    """The applicant's full name: a document is made out to somebody."""
    named = next((field.id for field in case.fields if field.kind is FieldKind.NAME), None)
    return str(row.answers.get(named or "", {}).get("value") or "")


def _proof(field: FieldView) -> str:
    """The document that proves who it is, with its number masked; another document is named in the value itself."""
    if not field.value:
        return ""
    return field.value if field.document else f"{field.label} {field.value}"


def _paragraphs(row: CaseRow, item: Item, case: Case, step: CaseStepRow, text: CaseDocumentText) -> tuple[str, ...]:
    values = {
        "item": item.name,
        "submitted": day_text(local_date(row.submitted_at or row.created_at)),
        "accepted": day_text(local_date(row.accepted_at or step.at)),
        "note": step.note,
        "until": document_texts().blank if step.until is None else day_text(step.until),
        "limits": time_limits_text(item.time_limits),
        "due": case.due_text,
    }
    filled = (part.format(**values) for part in (text.facts, text.result, text.term))
    return tuple(part for part in filled if part)
