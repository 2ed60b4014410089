"""Documents that steps issue: receipt of acceptance, supplement notice, refusal, decision. Wording: data/documents.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from backend.contracts.cases import CaseStep
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.steps import proposal

_FILE = Path(__file__).parent / "data" / "documents.yaml"


class CaseDocumentKind(StrEnum):
    """Kinds of documents."""

    RECEIPT = "receipt"
    """受理回执."""
    RECEIPT_LACKING = "receipt_lacking"
    """容缺受理回执: accepted although something still lacks."""
    SUPPLEMENT = "supplement"
    """补正通知书."""
    REFUSAL = "refusal"
    """不予受理通知书."""
    APPROVAL = "approval"
    """准予的决定书."""
    REJECTION = "rejection"
    """不予办理的决定书."""


_ISSUED = {
    CaseStep.ACCEPT: CaseDocumentKind.RECEIPT,
    CaseStep.REQUEST_SUPPLEMENT: CaseDocumentKind.SUPPLEMENT,
    CaseStep.REFUSE: CaseDocumentKind.REFUSAL,
    CaseStep.APPROVE: CaseDocumentKind.APPROVAL,
    CaseStep.REJECT: CaseDocumentKind.REJECTION,
}


class CaseDocumentText(BaseModel):
    """How one kind is worded; ``{…}`` are filled in."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    mark: str
    """In the document's number, after the case's."""
    facts: str
    result: str
    term: str = ""
    materials: str = ""
    """Heading of the materials that were received, or that lack."""
    remedy: bool = False
    """Whether it tells the remedies (remedies.yaml)."""


class CaseDocumentTexts(BaseModel):
    """The content of documents.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review_body: str
    """Where one applies for reconsideration; empty: a line to be filled in by hand."""
    blank: str
    """To be filled in by hand."""
    help: str
    no_basis: str
    somebody: str
    documents: dict[CaseDocumentKind, CaseDocumentText]


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document ready to be printed."""

    title: str
    number: str
    to: str
    identifier: str
    """The document of whom it is for, its number masked; empty where the form has none."""
    paragraphs: tuple[str, ...]
    materials_title: str
    materials: tuple[tuple[str, ...], ...]
    """Name; of a supplement also why and how."""
    basis: tuple[str, ...]
    remedy: str
    contact: str
    """How the applicant hears further, where they have no telephone of their own."""
    help: str
    unit: str
    handled_by: str
    """Who did the step, of a decision by two who proposed it; not whose case it has become since."""
    reviewed_by: str
    """Who confirmed a decision by two; empty for every other document."""
    issued_on: date


@lru_cache(maxsize=1)
def document_texts() -> CaseDocumentTexts:
    """Read once; the check of the feature reads it too."""
    return CaseDocumentTexts.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def kind_of(step: CaseStepRow, before: Sequence[CaseStepRow]) -> CaseDocumentKind | None:
    """What a step issues; one that confirms issues the decision that was proposed ``before``."""
    if step.step == CaseStep.ACCEPT and step.lines:
        return CaseDocumentKind.RECEIPT_LACKING
    if step.step != CaseStep.CONFIRM:
        return _ISSUED.get(CaseStep(step.step))
    rejects = proposal(before).step == CaseStep.PROPOSE_REJECTION
    return CaseDocumentKind.REJECTION if rejects else CaseDocumentKind.APPROVAL


def signers_of(step: CaseStepRow, before: Sequence[CaseStepRow]) -> tuple[str, str]:
    """Ids of who handled what a step issues and who reviewed it; no second one (empty) where one person decides."""
    return (proposal(before).by_id, step.by_id) if step.step == CaseStep.CONFIRM else (step.by_id, "")


def address_of(row: CaseRow, step: CaseStepRow) -> str | None:
    """Address of the print page of the document that a step issued; None where it issues none."""
    issues = step.step == CaseStep.CONFIRM or step.step in _ISSUED
    return f"/counter/cases/{row.id}/documents/{step.id}" if issues else None
