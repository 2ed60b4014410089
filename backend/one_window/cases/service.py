"""Cases: drafted, submitted, accepted, supplemented, decided, delivered. Every case has a clock and an owner."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cards import CaseCard
from backend.contracts.cases import (
    Case,
    CaseList,
    CaseQuery,
    CaseState,
    CaseStep,
    DraftAnswer,
    NewCase,
    StepRequest,
    Unmasked,
    UnmaskRequest,
)
from backend.contracts.catalogue_content import FieldKind
from backend.contracts.event_kinds import OfUnit
from backend.contracts.replies import DeskRendering, ReplyMessage, WebRendering
from backend.language.personal_numbers import is_office_telephone
from backend.language.serial_numbers import group, ungroup
from backend.one_window.cases import form
from backend.one_window.cases.answers import AnswerChecker
from backend.one_window.cases.events import CASE_DRAFTED, STEPS, SUPPLEMENT_REQUESTED_AGAIN, Drafted, Stepped
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.openings import Openings
from backend.one_window.cases.queue import queue
from backend.one_window.cases.responsibility import least_loaded
from backend.one_window.cases.retention import CaseRetention
from backend.one_window.cases.steps import FINISHED, OPEN, RULES
from backend.one_window.cases.timing import due_on
from backend.one_window.cases.views import CaseViews, steps_of
from backend.one_window.cases.wording import say, state_text, step_label
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.one_window.understanding.service import UnderstandingService
from backend.platform.audit import Audit
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError, TooOftenError
from backend.platform.events import Events
from backend.platform.field_names import label_of
from backend.platform.identity import Principal
from backend.platform.numbering import NumberKind, next_number
from backend.platform.staff_directory import StaffDirectory, handles_unit
from backend.platform.vault import Vault

TOLD = frozenset(
    {
        CaseStep.ACCEPT,
        CaseStep.REFUSE,
        CaseStep.REQUEST_SUPPLEMENT,
        CaseStep.RECEIVE_SUPPLEMENT,
        CaseStep.APPROVE,
        CaseStep.REJECT,
        CaseStep.DELIVER,
    }
)
"""Steps the applicant hears of in the conversation the case was started in."""
APPLICANT_FIELDS = ("phone", "id_number")
"""Fields of every form that tell who the applicant is."""
UNMASKED = "case.unmasked"
LONGEST_TEXT = 1000
"""Characters of what is typed with a step, as it is kept."""
AN_HOUR = timedelta(hours=1)
UNMASKINGS_AN_HOUR = 30
"""By one member of staff; a clerk handles fewer cases in an hour."""


class CasesService(CaseRetention):
    """What can be done with cases."""

    def __init__(
        self,
        catalogue: CatalogueService,
        understanding: UnderstandingService,
        conversations: ConversationsService,
        staff: StaffDirectory,
        vault: Vault,
        views: CaseViews,
        clock: Clock,
        events: Events,
        audit: Audit,
    ) -> None:
        self._catalogue = catalogue
        self._understanding = understanding
        self._conversations = conversations
        self._staff = staff
        self._vault = vault
        self._views = views
        self._clock = clock
        self._events = events
        self._audit = audit
        self._openings = Openings()

    async def start(self, session: AsyncSession, new: NewCase, who: Principal) -> Case:
        """Start a draft in the conversation; an open draft of the same item is continued."""
        conversation = _conversation_of(who)
        found = await self._catalogue.item(session, new.item)
        await self._understanding.require_on(session, new.item, found.item.topic)
        channel = (await self._conversations.hold(session, conversation)).channel
        row = await session.scalar(
            select(CaseRow).where(
                CaseRow.conversation == conversation, CaseRow.item == new.item, CaseRow.state == CaseState.DRAFT
            )
        )
        if row is None:
            row = CaseRow(
                id=uuid4().hex,
                item=new.item,
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
        row.notice = new.notice or row.notice
        row.situation = {**row.situation, **new.situation}
        return await self._views.case(session, row, who)

    async def case(self, session: AsyncSession, case_id: str, who: Principal, opening: str = "") -> Case:
        """One case that whoever asks may see; that staff opened it is recorded. Raises NotFoundError."""
        row = await self._row(session, case_id, who)
        if who.kind == "staff" and self._openings.is_new(session, who.id, row.id, opening, self._clock.now()):
            self._audit.record(session, "case.viewed", f"case:{row.id}", who)
        return await self._views.case(session, row, who)

    async def unmask(self, session: AsyncSession, case_id: str, request: UnmaskRequest, who: Principal) -> Unmasked:
        """Identifiers of a case in plain, for a stated purpose (《个人信息保护法》第六条、第五十一条).

        Recorded with its purpose. Raises NotFoundError, TooOftenError.
        """
        row = await self._row(session, case_id, who)
        if await self._audit.count(session, UNMASKED, who, AN_HOUR) >= UNMASKINGS_AN_HOUR:
            first = await self._audit.oldest(session, UNMASKED, who, AN_HOUR) or self._clock.now()
            raise TooOftenError("case.unmask_limit", int((first + AN_HOUR - self._clock.now()).total_seconds()) + 1)
        wanted = [field for field in request.fields if field in row.answers]
        owner = vault_owner(row.conversation)
        values = {
            field: "、".join(await self._vault.reveal_all(session, str(row.answers[field].get("value") or ""), owner))
            for field in wanted
        }
        shown = {field: value for field, value in values.items() if value}
        details = {"fields": sorted(shown)}
        self._audit.record(session, UNMASKED, f"case:{row.id}", who, purpose=request.purpose, details=details)
        return Unmasked(values=shown)

    async def of_conversation(self, session: AsyncSession, conversation: str, who: Principal) -> list[Case]:
        """Cases of a conversation, newest first; withdrawn drafts are left out."""
        if who.conversation != conversation:
            raise NotAllowedError("conversation.forbidden")
        rows = await session.scalars(
            select(CaseRow)
            .where(CaseRow.conversation == conversation)
            .where((CaseRow.state != CaseState.WITHDRAWN) | CaseRow.number.is_not(None))
            .order_by(CaseRow.created_at.desc(), CaseRow.id)
        )
        return [await self._views.case(session, row, who) for row in rows]

    async def by_number(self, session: AsyncSession, number: str, who: Principal) -> Case:
        """A case started elsewhere, for whoever has proved to hold its phone or identity number. Nothing can be done to it.

        Raises NotAllowedError without a verification, NotFoundError for another person's case as for no case.
        """
        conversation = _conversation_of(who)
        proof = await self._conversations.proof(session, conversation)
        if proof is None:
            raise NotAllowedError("case.verification_needed")
        row = await session.scalar(select(CaseRow).where(CaseRow.number == ungroup(number)))
        if row is None or not await self._is_about(session, row, proof, vault_owner(conversation)):
            raise NotFoundError("case.unknown")
        self._audit.record(session, "case.viewed", f"case:{row.id}", who)
        case = await self._views.case(session, row, who)
        return case.model_copy(update={"steps": ()})

    async def _is_about(self, session: AsyncSession, row: CaseRow, proof: str, owner: str) -> bool:
        """Whether the verified identifier is the applicant's own in this case (not that of an agent or employer)."""
        own = [str(row.answers.get(field, {}).get("value") or "") for field in APPLICANT_FIELDS]
        if row.conversation == owner.removeprefix("conversation:"):
            return True
        theirs = vault_owner(row.conversation)
        return any([await self._vault.same(session, (proof, owner), (mine, theirs)) for mine in own])

    async def answer(self, session: AsyncSession, case_id: str, answer: DraftAnswer, who: Principal) -> Case:
        """Fill or correct one field of a draft. Raises InvalidError (``value``) or ConflictError."""
        row = await self._row(session, case_id, who, hold=True)
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
            kept = {"value": "", "skipped": True}
        else:
            checker = AnswerChecker(self._vault, session, vault_owner(row.conversation), self._views.today())
            said = answer.value
            if field.kind is not FieldKind.CREDIT_CODE:  # of an employer, and often nothing but digits
                said = await self._vault.keep_everywhere(session, said, vault_owner(row.conversation))
            kept = {"value": await checker.check(field, said), "skipped": False}
        row.answers = {**row.answers, field.id: kept}
        return await self._views.case(session, row, who)

    async def step(
        self, session: AsyncSession, case_id: str, step: CaseStep, request: StepRequest, who: Principal
    ) -> Case:
        """Do one lawful step. Raises ConflictError, InvalidError, NotAllowedError."""
        row = await self._row(session, case_id, who, hold=True)
        self._check(row, step, request, who)
        request = await self._without_numbers(session, row, request)
        if step is CaseStep.SUBMIT:
            await self._submit(session, row)
        before = CaseState(row.state)
        again = step is CaseStep.REQUEST_SUPPLEMENT and await self._supplemented_before(session, row)
        self._apply(row, step, request, who)
        self._record(session, row, step, request, who)
        await session.flush()
        await self._refresh_due(session, row)
        stepped = Stepped(item=row.item, unit=row.unit, before=before, after=CaseState(row.state), owner=row.owner)
        self._events.publish(session, STEPS[step], f"case:{row.id}", who, stepped)
        if again:  # told once, completely: asking a second time is looked into (一次性告知制)
            concerned = OfUnit(unit=row.unit, owner=row.owner)
            self._events.publish(session, SUPPLEMENT_REQUESTED_AGAIN, f"case:{row.id}", who, concerned)
        case = await self._views.case(session, row, who)
        if step in TOLD:
            await self._conversations.tell(session, row.conversation, _news(step, case))
        return case

    async def queue(self, session: AsyncSession, query: CaseQuery, who: Principal) -> CaseList:
        """Cases of a clerk or of their units, most urgent first, a page of them. Raises InvalidError (``page``)."""
        return await queue(session, self._views, query, who)

    async def _row(self, session: AsyncSession, case_id: str, who: Principal, *, hold: bool = False) -> CaseRow:
        """The case, if whoever asks may see it; otherwise it does not exist for them. ``hold``: locked for a change."""
        row = await session.get(CaseRow, case_id, with_for_update=True if hold else None)
        if row is None:
            raise NotFoundError("case.unknown")
        own = who.conversation is not None and row.conversation == who.conversation
        handled = who.kind == "staff" and row.state != CaseState.DRAFT and self._may_handle(row, who)
        if not (own or handled):
            raise NotFoundError("case.unknown")
        return row

    @staticmethod
    def _may_handle(row: CaseRow, who: Principal) -> bool:
        return handles_unit(who.units, row.unit) or row.owner == who.id

    def _check(self, row: CaseRow, step: CaseStep, request: StepRequest, who: Principal) -> None:
        rule = RULES[step]
        if rule.by_clerk is not (who.kind == "staff"):
            raise NotAllowedError("identity.forbidden")
        if row.state not in rule.sources:
            raise ConflictError("case.step_not_lawful", state=state_text(CaseState(row.state)), step=step_label(step))
        if "note" in rule.needs and not request.note.strip():
            raise InvalidError("case.note_required", field="note", step=step_label(step))
        if "lines" in rule.needs and not request.lines:
            raise InvalidError("case.lines_required", field="lines")
        if request.until is not None and request.until <= self._views.today():
            raise InvalidError("case.until_past", field="until")

    async def _without_numbers(self, session: AsyncSession, row: CaseRow, request: StepRequest) -> StepRequest:
        """What was typed with a step, numbers of the applicant and others in the vault; office telephones stay."""

        async def kept(text: str, field: str) -> str:
            placed, _ = await self._vault.keep_text(
                session, text, vault_owner(row.conversation), leave=is_office_telephone
            )
            if len(placed) > LONGEST_TEXT:
                raise InvalidError("field.too_long", field=field, label=label_of(field), limit=LONGEST_TEXT)
            return placed

        lines = [
            line.model_copy(
                update={name: await kept(text, f"lines.{place}.{name}") for name, text in line.model_dump().items()}
            )
            for place, line in enumerate(request.lines)
        ]
        note = await kept(request.note, "note")
        return request.model_copy(update={"note": note, "lines": tuple(lines)})

    async def _submit(self, session: AsyncSession, row: CaseRow) -> None:
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        lacking = form.lacking(form.fields_for(self._catalogue.form_of(item), row.situation), row.answers)
        if lacking:
            raise ConflictError("case.incomplete", field=lacking[0].id, label=lacking[0].label)
        row.number = await next_number(session, NumberKind.CASE, self._views.today())
        able = await self._staff.case_workers(session, row.unit)
        loads = await session.execute(
            select(CaseRow.owner, func.count())
            .where(CaseRow.owner.in_(able), CaseRow.state.in_(OPEN))
            .group_by(CaseRow.owner)
        )
        row.owner = least_loaded(able, {owner: count for owner, count in loads.tuples() if owner is not None})

    @staticmethod
    async def _supplemented_before(session: AsyncSession, row: CaseRow) -> bool:
        steps = await steps_of(session, row.id)
        return any(step.step == CaseStep.REQUEST_SUPPLEMENT for step in steps)

    def _apply(self, row: CaseRow, step: CaseStep, request: StepRequest, who: Principal) -> None:
        now = self._clock.now()
        back = CaseState.ACCEPTED if row.accepted_at is not None else CaseState.SUBMITTED
        row.state = RULES[step].to or back
        row.supplement_until = request.until if step is CaseStep.REQUEST_SUPPLEMENT else None
        if step is CaseStep.SUBMIT:
            row.submitted_at = now
        if step is CaseStep.ACCEPT:
            row.accepted_at, row.owner = now, who.id  # whoever accepts stays responsible (首问责任制)
        if row.state in FINISHED and row.finished_at is None:
            row.finished_at = now

    def _record(
        self, session: AsyncSession, row: CaseRow, step: CaseStep, request: StepRequest, who: Principal
    ) -> None:
        staff = who.kind == "staff"
        session.add(
            CaseStepRow(
                case_id=row.id,
                step=step,
                at=self._clock.now(),
                by_kind="staff" if staff else "citizen",
                by_id=who.id if staff else row.conversation,
                note=request.note.strip(),
                lines=[line.model_dump() for line in request.lines],
            )
        )

    async def _refresh_due(self, session: AsyncSession, row: CaseRow) -> None:
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        row.due_on = due_on(self._views.clocks(row, item, await steps_of(session, row.id)))
        await session.flush()


CASES = web.AppKey("cases", CasesService)


def _conversation_of(who: Principal) -> str:
    if who.conversation is None:
        raise NotAllowedError("conversation.forbidden")
    return who.conversation


def _news(step: CaseStep, case: Case) -> ReplyMessage:
    """What the applicant is told of a step, in the three renderings."""
    text = say("news", step, number=case.number_text or group(""), sentence=case.sentence)
    card = CaseCard.of(case)
    return ReplyMessage(
        web=WebRendering(text=text, card=card),
        speech=case.sentence,
        desk=DeskRendering(card=card, script=case.sentence),
    )
