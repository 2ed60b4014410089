"""Drafts: begun in a conversation by the assistant, or at the counter by a clerk for somebody there; filled field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import CounterCase, CounterDrafts
from backend.contracts.cases import Case, CaseState, Contact, DraftAnswer, NewCase
from backend.contracts.catalogue_content import FieldKind, FormField
from backend.language.documents import RESIDENT_ID, document_kinds, is_shown_only
from backend.language.identifiers_in_text import SHORTEST_ANSWER
from backend.one_window.cases import form
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.answers import VAULT_KINDS, AnswerChecker, is_doubtful
from backend.one_window.cases.contacts import contact_in
from backend.one_window.cases.date_order import check_order
from backend.one_window.cases.events import CASE_DRAFTED, Drafted
from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.number_parts import BEGUN, NumberParts
from backend.one_window.cases.views import CaseViews
from backend.one_window.catalogue.service import CatalogueService, PublishedItem
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.one_window.notices.service import NoticesService
from backend.one_window.understanding.service import UnderstandingService
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, InvalidError, NotAllowedError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.staff_directory import handles_unit
from backend.platform.vault import Vault

DRAFTS_SHOWN = 50


class Drafts:
    """Begins and fills them; the same form and the same checks, whoever types."""

    def __init__(
        self,
        catalogue: CatalogueService,
        understanding: UnderstandingService,
        conversations: ConversationsService,
        notices: NoticesService,
        vault: Vault,
        views: CaseViews,
        access: CaseAccess,
        clock: Clock,
        events: Events,
    ) -> None:
        self._catalogue = catalogue
        self._understanding = understanding
        self._conversations = conversations
        self._notices = notices
        self._vault = vault
        self._views = views
        self._access = access
        self._clock = clock
        self._events = events

    async def start(self, session: AsyncSession, new: NewCase, who: Principal) -> Case:
        """Start a draft in the conversation; an open draft of the same item is continued."""
        conversation = conversation_of(who)
        found = await self._catalogue.item(session, new.item)
        await self._understanding.require_on(session, new.item, found.item.topic)
        channel = (await self._conversations.hold(session, conversation)).channel
        row = await session.scalar(
            select(CaseRow).where(
                CaseRow.conversation == conversation, CaseRow.item == new.item, CaseRow.state == CaseState.DRAFT
            )
        )
        if row is None:
            row = await self._add(session, found, conversation, channel, who)
        row.notice = new.notice or row.notice
        row.situation = {**row.situation, **new.situation}
        return await self._views.case(session, row, who)

    async def begin_at_counter(self, session: AsyncSession, new: CounterCase, who: Principal) -> Case:
        """Begin one for somebody who is there; it gets a conversation of its own, so that all rules of one hold for it.

        Raises NotAllowedError for another unit's item, InvalidError while a question of the situation is open: it names the fact.
        """
        found = await self._catalogue.item(session, new.item)
        if not handles_unit(who.units, found.item.unit):
            unit = self._catalogue.unit_name(found.item.unit)
            raise NotAllowedError("case.unit_not_yours", item=found.item.plain_name, unit=unit)
        unknown = new.situation.keys() - self._catalogue.facts.keys()
        if unknown:
            raise InvalidError("situation.unknown", field="situation", facts="、".join(sorted(unknown)))
        left = self._notices.open_questions(found.item, new.situation)
        if left:
            raise InvalidError("case.situation_open", field=left[0].fact, question=left[0].question)
        conversation = await self._conversations.open(session, "desk", who)
        row = await self._add(session, found, conversation.id, "desk", who)
        row.started_by, row.notice, row.situation = who.id, new.notice, dict(new.situation)
        await session.flush()
        return await self._views.case(session, row, who)

    async def at_counter(self, session: AsyncSession, who: Principal) -> CounterDrafts:
        """Drafts that a clerk began and has not submitted, newest first."""
        rows = await session.scalars(
            select(CaseRow)
            .where(CaseRow.started_by == who.id, CaseRow.state == CaseState.DRAFT)
            .order_by(CaseRow.created_at.desc(), CaseRow.id)
            .limit(DRAFTS_SHOWN)
        )
        return CounterDrafts(cases=await self._views.summaries(session, dict.fromkeys(rows, False), who))

    async def answer(self, session: AsyncSession, case_id: str, answer: DraftAnswer, who: Principal) -> Case:
        """Fill or correct one field of a draft. Raises InvalidError (``value``) or ConflictError."""
        row = await self._access.row(session, case_id, who, hold=True)
        if row.state != CaseState.DRAFT:
            raise ConflictError("case.not_draft")
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        fields = form.fields_for(self._catalogue.form_of(item), row.situation)
        field = next((field for field in fields if field.id == answer.field), None)
        if field is None:
            raise InvalidError("case.field_unknown", field="field")
        if answer.skip:
            if field.required:
                raise InvalidError("field.required", field="value", label=field.label)
            kept: dict[str, Any] = {"value": "", "skipped": True}
        else:
            owner = vault_owner(row.conversation)
            said = answer.value
            if who.kind == "staff":  # what a citizen says went through the vault on arrival
                awaited = SHORTEST_ANSWER if field.kind in VAULT_KINDS else 0
                said, _ = await self._vault.keep_text(session, said, owner, awaited=awaited)
            elif field.kind is not FieldKind.CREDIT_CODE:  # of an employer, and often nothing but digits
                said = await self._vault.keep_everywhere(session, said, owner)
            checker = AnswerChecker(self._vault, session, owner, self._views.today(), answer.confirmed)
            before = row.answers.get(field.id) or {}
            if field.kind is FieldKind.PHONE:
                here = who.kind == "staff" and row.started_by is not None
                kept = await _checked_phone(checker, field, answer, said, before, at_counter=here)
            else:
                kept = await _checked(checker, field, answer, said, before)
            values = {**form.values(row.answers), field.id: str(kept["value"])}
            birth = await checker.birth(values.get(form.ID_NUMBER, ""))
            check_order(fields, values, birth, self._views.today())
        row.answers = {**row.answers, field.id: kept}
        return await self._views.case(session, row, who)

    async def _add(
        self, session: AsyncSession, found: PublishedItem, conversation: str, channel: str, who: Principal
    ) -> CaseRow:
        row = CaseRow(
            id=uuid4().hex,
            item=found.item.code,
            item_version=found.version,
            unit=found.item.unit,
            state=CaseState.DRAFT,
            conversation=conversation,
            channel=channel,
            situation={},
            answers={},
            created_at=self._clock.now(),
        )
        session.add(row)
        await session.flush()
        self._events.publish(session, CASE_DRAFTED, f"case:{row.id}", who, Drafted(item=row.item, unit=row.unit))
        return row


def conversation_of(who: Principal) -> str:
    """The conversation of a citizen. Raises NotAllowedError for whoever has none."""
    if who.conversation is None:
        raise NotAllowedError("conversation.forbidden")
    return who.conversation


async def _number(checker: AnswerChecker, field: FormField, said: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """A number that may come in parts, or is put right in one: the whole, or what is told of it so far. Raises InvalidError."""
    parts, kind = NumberParts(checker.vault, checker.session, checker.owner), VAULT_KINDS[field.kind]
    changed = await parts.changed(kind, str(before.get("value") or ""), said)
    if changed is not None:
        if not changed.valid:
            raise InvalidError(f"field.{field.kind}", field="value", problem=changed.problem)
        return {
            "value": (await checker.vault.keep(checker.session, changed, checker.owner)).placeholder,
            "skipped": False,
        }
    begun = str(before.get(BEGUN) or "")
    kept = await parts.joined(kind, begun, said)
    if kept is not None:
        return kept
    try:
        return {"value": await checker.check(field, said), "skipped": False}
    except InvalidError as refusal:
        problem = await parts.refused(kind, begun, said)
        if problem:
            raise InvalidError(refusal.name, field="value", problem=problem) from refusal
        raise


async def _checked_phone(
    checker: AnswerChecker,
    field: FormField,
    answer: DraftAnswer,
    said: str,
    before: Mapping[str, Any],
    *,
    at_counter: bool,
) -> dict[str, Any]:
    """What is kept of a telephone. Whose it is stays as it was told until somebody tells otherwise."""
    contact = answer.contact or (contact_in(before) or Contact.OWN)
    if contact is Contact.OWN:
        return await _checked(checker, field, answer, said, before)
    if not at_counter:
        raise InvalidError("field.contact_at_counter", field="contact")
    if contact is Contact.NONE or not said.strip():
        return {"value": "", "skipped": False, "contact": contact}
    return {"value": await checker.check(field, said), "skipped": False, "contact": contact}


async def _checked(
    checker: AnswerChecker, field: FormField, answer: DraftAnswer, said: str, before: Mapping[str, Any]
) -> dict[str, Any]:
    """What is kept of an answer. A document that was chosen stays chosen until another one is."""
    document = answer.document or str(before.get("document") or "")
    if field.kind is not FieldKind.ID_NUMBER or document == RESIDENT_ID:
        document = ""
    if document and document not in document_kinds():
        raise InvalidError("field.document_unknown", field="document")
    if (answer.document and not said.strip()) or is_shown_only(document):
        return {"value": "", "skipped": False, "document": document}
    if document:
        return {"value": await checker.document(document, said), "skipped": False, "document": document}
    if answer.confirmed and field.kind is FieldKind.BANK_CARD:
        card = await checker.doubtful_card(said)
        if card is not None:
            return {"value": card, "skipped": False, "unverified": True}
    if answer.in_parts and field.kind in VAULT_KINDS:
        return await _number(checker, field, said, before)
    value = await checker.check(field, said)
    if answer.confirmed and is_doubtful(field, said):
        return {"value": value, "skipped": False, "unverified": True}
    return {"value": value, "skipped": False}
