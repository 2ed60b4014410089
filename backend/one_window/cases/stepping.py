"""Doing a step: is it lawful now, for this person, and complete; what becomes of the case; who is told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cards import CaseCard
from backend.contracts.cases import Case, CaseState, CaseStep, StepRequest
from backend.contracts.catalogue_content import Item
from backend.contracts.event_kinds import OfUnit
from backend.contracts.replies import DeskRendering, ReplyMessage, WebRendering
from backend.language.serial_numbers import group
from backend.one_window.cases import form
from backend.one_window.cases.access import CaseAccess, Standing
from backend.one_window.cases.assignment import loads_of, next_owner
from backend.one_window.cases.awaited import asked_again
from backend.one_window.cases.checklist import Checklist
from backend.one_window.cases.completeness import Completeness, asked_before
from backend.one_window.cases.covers import Covers
from backend.one_window.cases.deciding import held_elsewhere
from backend.one_window.cases.events import STEPS, SUPPLEMENT_REQUESTED_AGAIN, Stepped
from backend.one_window.cases.history import steps_of
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.repeated_supplements import without_numbers
from backend.one_window.cases.steps import FINISHED, RULES, leads_to, proposal, proposed_by
from backend.one_window.cases.timing import due_on
from backend.one_window.cases.views import CaseViews
from backend.one_window.cases.wording import say, state_text, step_label
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.conversations.service import ConversationsService
from backend.platform.audit import Audit
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, InvalidError, NotAllowedError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.numbering import NumberKind, next_number
from backend.platform.staff_directory import StaffDirectory

TOLD = frozenset(
    {
        CaseStep.ACCEPT,
        CaseStep.REFUSE,
        CaseStep.REQUEST_SUPPLEMENT,
        CaseStep.RECEIVE_SUPPLEMENT,
        CaseStep.APPROVE,
        CaseStep.REJECT,
        CaseStep.CONFIRM,
        CaseStep.DELIVER,
    }
)
"""Steps the applicant hears of in the conversation the case was started in."""

EXPLAINED = "case.repeated_supplement_explained"
_WITH_DAY = frozenset({CaseStep.ACCEPT, CaseStep.REQUEST_SUPPLEMENT})
"""Steps that may set the applicant a day."""


class Stepping:
    """Does steps."""

    def __init__(
        self,
        catalogue: CatalogueService,
        conversations: ConversationsService,
        staff: StaffDirectory,
        views: CaseViews,
        access: CaseAccess,
        covers: Covers,
        checklist: Checklist,
        clock: Clock,
        events: Events,
        audit: Audit,
    ) -> None:
        self._catalogue = catalogue
        self._conversations = conversations
        self._staff = staff
        self._views = views
        self._access = access
        self._covers = covers
        self._checklist = checklist
        self._completeness = Completeness(checklist)
        self._clock = clock
        self._events = events
        self._audit = audit

    async def step(
        self, session: AsyncSession, case_id: str, step: CaseStep, request: StepRequest, who: Principal
    ) -> Case:
        """Do one lawful step. Raises ConflictError, InvalidError, NotAllowedError."""
        row = await self._access.row(session, case_id, who, hold=True)
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        steps = await steps_of(session, row.id)
        standing = await self._access.standing(session, row, who)
        self._check(row, item, step, request, standing)
        holder = await held_elsewhere(session, self._staff, row, steps, standing, who)
        if RULES[step].decides and holder is not None:
            raise NotAllowedError("case.handed_on", owner=holder, step=step_label(step))
        today = self._views.today()
        if step is CaseStep.ACCEPT:
            request = await self._completeness.at_acceptance(session, row, item, request, today)
        if step is CaseStep.REQUEST_SUPPLEMENT:
            request = await self._completeness.at_supplement(session, row, item, request, steps, today)
        request = await self._views.texts.kept_of_step(session, row, request, passed_on=who.kind != "staff")
        if RULES[step].second_person and proposed_by(CaseState(row.state), steps) == who.id:
            raise NotAllowedError("case.second_person", step=step_label(step))
        if step is CaseStep.CONFIRM and request.proposal not in {None, proposal(steps).id}:
            raise ConflictError("case.proposal_changed")
        if step is CaseStep.SUBMIT:
            await self._submit(session, row, item)
        if step is CaseStep.RECEIVE_SUPPLEMENT:
            await self._checklist.supplement_received(session, row, item, asked_again(row, steps), who)
        before, owner_before = CaseState(row.state), row.owner
        if step is CaseStep.TRANSFER:
            row.owner = await self._taker(session, row, request)
        self._apply(row, step, request, steps, standing, who)
        session.add(self._done(row, step, request, steps, standing, who))
        await session.flush()
        row.due_on = due_on(self._views.deadlines(row, item, await steps_of(session, row.id)))
        await session.flush()
        await self._publish(session, row, step, steps, (before, owner_before), who)
        if request.why_again:
            self._audit.record(session, EXPLAINED, f"case:{row.id}", who, purpose=without_numbers(request.why_again))
        case = await self._views.case(session, row, who)
        if step in TOLD:
            await self._conversations.tell(session, row.conversation, _news(step, case))
        return case

    def _check(self, row: CaseRow, item: Item, step: CaseStep, request: StepRequest, standing: Standing) -> None:
        rule = RULES[step]
        if rule.by not in standing.actors:
            raise NotAllowedError("identity.forbidden")
        if row.state not in rule.sources:
            raise ConflictError("case.step_not_lawful", state=state_text(CaseState(row.state)), step=step_label(step))
        if rule.reviewed not in (None, item.reviewed):
            raise ConflictError("case.not_handled_so", step=step_label(step))
        if "note" in rule.needs and not request.note.strip():
            raise InvalidError("case.note_required", field="note", step=step_label(step))
        if "lines" in rule.needs and not request.lines:
            raise InvalidError("case.lines_required", field="lines")

    async def _submit(self, session: AsyncSession, row: CaseRow, item: Item) -> None:
        lacking = form.lacking(form.fields_for(self._catalogue.form_of(item), row.situation), row.answers)
        if lacking:
            raise ConflictError("case.incomplete", field=lacking[0].id, label=lacking[0].label)
        row.number = await next_number(session, NumberKind.CASE, self._views.today())
        able = await self._staff.case_workers(session, row.unit)
        loads = await loads_of(session, {worker.id for worker in able})
        row.owner = next_owner(row.unit, able, await self._covers.away(session), loads)

    async def _taker(self, session: AsyncSession, row: CaseRow, request: StepRequest) -> str:
        """Who takes the case over. Raises InvalidError (``to``)."""
        able = {worker.id for worker in await self._staff.case_workers(session, row.unit)}
        if request.to not in able:
            raise InvalidError("case.taker_unknown", field="to")
        if request.to == row.owner:
            raise InvalidError("case.taker_same", field="to")
        return request.to

    def _apply(
        self,
        row: CaseRow,
        step: CaseStep,
        request: StepRequest,
        steps: Sequence[CaseStepRow],
        standing: Standing,
        who: Principal,
    ) -> None:
        now = self._clock.now()
        row.state = leads_to(step, CaseState(row.state), steps, accepted=row.accepted_at is not None)
        if step is not CaseStep.TRANSFER:
            row.supplement_until = request.until if step is CaseStep.REQUEST_SUPPLEMENT else None
        if step is CaseStep.SUBMIT:
            row.submitted_at = now
        if step is CaseStep.ACCEPT:
            row.accepted_at = now
            if standing.deputy_for is None:
                row.owner = (
                    who.id
                )  # whoever accepts stays responsible (首问责任制); a deputy accepts for the absent owner
        if row.state in FINISHED and row.finished_at is None:
            row.finished_at = now

    def _done(
        self,
        row: CaseRow,
        step: CaseStep,
        request: StepRequest,
        steps: Sequence[CaseStepRow],
        standing: Standing,
        who: Principal,
    ) -> CaseStepRow:
        staff = who.kind == "staff"
        return CaseStepRow(
            case_id=row.id,
            step=step,
            at=self._clock.now(),
            by_kind="staff" if staff else "citizen",
            by_id=who.id if staff else row.conversation,
            deputy_for=standing.deputy_for,
            note=proposal(steps).note if step is CaseStep.CONFIRM else request.note.strip(),
            lines=[line.model_dump(exclude_none=True) for line in request.lines],
            until=request.until if step in _WITH_DAY else None,
            why_again=request.why_again if step is CaseStep.REQUEST_SUPPLEMENT else "",
        )

    async def _publish(
        self,
        session: AsyncSession,
        row: CaseRow,
        step: CaseStep,
        steps: Sequence[CaseStepRow],
        before: tuple[CaseState, str | None],
        who: Principal,
    ) -> None:
        """Announce the step to the unit, the owner, the former owner, and whoever stands in today."""
        concerned: dict[str, str | None] = {"unit": row.unit, "owner": row.owner}
        if before[1] not in (None, row.owner):
            concerned["former_owner"] = before[1]
        deputy = await self._covers.deputy_of(session, row.owner)
        if deputy is not None:
            concerned["deputy"] = deputy
        change = {"item": row.item, "before": before[0], "after": row.state}
        self._events.publish(
            session, STEPS[step], f"case:{row.id}", who, Stepped.model_validate({**change, **concerned})
        )
        if step is CaseStep.REQUEST_SUPPLEMENT and asked_before(steps):
            # told once, completely: asking a second time is looked into (一次性告知制)
            told = OfUnit.model_validate(concerned)
            self._events.publish(session, SUPPLEMENT_REQUESTED_AGAIN, f"case:{row.id}", who, told)


def _news(step: CaseStep, case: Case) -> ReplyMessage:
    """What the applicant is told of a step, in the three renderings."""
    remedies = case.remedies
    told = "" if remedies is None or remedies.sentence in case.sentence else remedies.sentence
    basis = "" if remedies is None else f"{remedies.basis}{remedies.help}"
    text = say("news", step, number=case.number_text or group(""), sentence=case.sentence, remedy=told, basis=basis)
    card = CaseCard.of(case)
    return ReplyMessage(
        web=WebRendering(text=text.rstrip(), card=card),
        speech=case.sentence + told,
        desk=DeskRendering(card=card, script=case.sentence + told),
    )
