"""Cases as their applicants and clerks see them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import (
    Case,
    CaseState,
    CaseStep,
    CaseSummary,
    DeadlineView,
    FieldView,
    HistoryEntry,
    Statement,
    StepChoice,
    SupplementLine,
)
from backend.contracts.catalogue_content import Item
from backend.language.placeholders import has_placeholder
from backend.language.serial_numbers import group
from backend.one_window.cases import form
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.awaited import MAY_LACK, AwaitedMaterials, awaited_of
from backend.one_window.cases.completeness import asked_before
from backend.one_window.cases.contacts import contact_words
from backend.one_window.cases.deciding import held_elsewhere
from backend.one_window.cases.documents import address_of
from backend.one_window.cases.history import steps_of, steps_of_all
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.remedies import remedies_of_case
from backend.one_window.cases.steps import FINISHED, INTERNAL, RULES, lawful_steps, proposed_by
from backend.one_window.cases.timing import deadline_views, due_on, due_text
from backend.one_window.cases.typed_texts import TypedTexts, statements_of, texts_of
from backend.one_window.cases.wording import day_text, say, state_text, step_label
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.conversations.service import vault_owner
from backend.platform.clock import Clock, local_date
from backend.platform.identity import Principal
from backend.platform.staff_directory import StaffDirectory
from backend.platform.vault import Vault
from backend.platform.working_days import WorkingCalendar

_END = re.compile(r"[0-9A-Za-z]{2,4}$")


class CaseViews:
    """Builds what is shown of a case. Personal identifiers appear masked only."""

    def __init__(
        self,
        catalogue: CatalogueService,
        staff: StaffDirectory,
        vault: Vault,
        calendar: WorkingCalendar,
        clock: Clock,
        access: CaseAccess,
    ) -> None:
        self.texts = TypedTexts(vault)
        self._access = access
        self._catalogue = catalogue
        self._staff = staff
        self._vault = vault
        self._calendar = calendar
        self._clock = clock

    async def case(self, session: AsyncSession, row: CaseRow, who: Principal) -> Case:
        """One case for whoever asks."""
        item = await self._catalogue.item_at(session, row.item, row.item_version)
        steps = await steps_of(session, row.id)
        state = CaseState(row.state)
        deadlines = self.deadlines(row, item, steps)
        fields, to_ask = await self._fields(session, row, item)
        awaited = await awaited_of(session, row, steps)
        names = await self._staff.names(session, _staff_of(row, steps))
        owner = names.get(row.owner) if row.owner else None
        standing = await self._access.standing(session, row, who)
        holder = await held_elsewhere(session, self._staff, row, steps, standing, who)
        lawful = lawful_steps(
            state,
            standing.actors,
            reviewed=item.reviewed,
            proposer=proposed_by(state, steps) == who.id,
            held_elsewhere=holder is not None,
        )
        said = await statements_of(session, row)
        shown = steps if who.kind == "staff" else public(steps)
        case = Case(
            id=row.id,
            number=row.number,
            number_text=None if row.number is None else group(row.number),
            item=item.code,
            item_name=item.name,
            plain_name=item.plain_name,
            item_version=row.item_version,
            unit=row.unit,
            unit_name=self._catalogue.unit_name(row.unit),
            state=state,
            state_text=state_text(state),
            sentence=self.sentence(row, item, steps, deadlines, owner, fields, awaited),
            channel=row.channel,
            created_at=row.created_at,
            submitted_at=row.submitted_at,
            due_on=due_on(deadlines),
            due_text=due_text(deadlines, state, item.time_limits),
            deadlines=tuple(deadlines),
            owner=owner,
            contact_text=_contact_text(row) if who.kind == "staff" else "",
            notice=row.notice,
            supplement=awaited.lines,
            supplement_until=awaited.until,
            fields=tuple(fields),
            next_field=to_ask[0] if to_ask and state is CaseState.DRAFT else None,
            complete=not to_ask,
            steps=tuple(_choices(lawful, steps)),
            history=tuple(_entry(step, names, row, for_staff=who.kind == "staff") for step in shown),
            statements=tuple(Statement(at=one.at, line=one.line, text=one.text) for one in said),
            remedies=remedies_of_case(item.code, state, steps),
        )
        texts = [*texts_of(steps), *(text for one in said for text in (one.line, one.text))]
        if not any(map(has_placeholder, texts)):
            return case
        masked = await self.texts.masking(session, row, texts)
        return Case.model_validate_json(masked(case.model_dump_json(by_alias=True)))

    async def summaries(
        self, session: AsyncSession, rows: Mapping[CaseRow, bool], who: Principal
    ) -> tuple[CaseSummary, ...]:
        """Rows of a queue, and whether whoever asks stands in for their owner; four statements at most, however many."""
        items = await self._catalogue.items_at(session, {(row.item, row.item_version) for row in rows})
        steps = await steps_of_all(session, [row.id for row in rows])
        names = await self._staff.names(session, {row.owner for row in rows if row.owner})
        ends = await self._ends(session, rows)
        summaries = (self._summary(row, items[row.item, row.item_version], steps[row.id], names, who) for row in rows)
        return tuple(
            found.model_copy(update={"deputy": deputy, "id_end": id_end, "phone_end": phone_end})
            for found, deputy, (id_end, phone_end) in zip(summaries, rows.values(), ends, strict=True)
        )

    async def _ends(self, session: AsyncSession, rows: Iterable[CaseRow]) -> list[tuple[str, str]]:
        """How the masked numbers of each case's applicant end: document, telephone."""
        values = [form.values(row.answers) for row in rows]
        told = [one.get(field, "") for one in values for field in (form.ID_NUMBER, form.PHONE)]
        ends = [_end(found[0].masked) if found else "" for found in await self._vault.look_up_all(session, told)]
        return list(zip(ends[::2], ends[1::2], strict=True))

    def _summary(
        self, row: CaseRow, item: Item, steps: Sequence[CaseStepRow], names: Mapping[str, str], who: Principal
    ) -> CaseSummary:
        deadlines = self.deadlines(row, item, steps)
        state = CaseState(row.state)
        return CaseSummary(
            id=row.id,
            number=row.number,
            number_text=None if row.number is None else group(row.number),
            item_name=item.name,
            state=state,
            state_text=state_text(state),
            applicant=form.masked_name(row.answers),
            begun_at=row.created_at,
            submitted_at=row.submitted_at,
            due_on=due_on(deadlines),
            due_text=due_text(deadlines, state, item.time_limits),
            overdue=any(deadline.overdue for deadline in deadlines),
            owner=names.get(row.owner) if row.owner else None,
            mine=row.owner == who.id,
        )

    def deadlines(self, row: CaseRow, item: Item, steps: Sequence[CaseStepRow]) -> list[DeadlineView]:
        """Its deadlines today."""
        return deadline_views(row, item.time_limits, steps, self.today(), self._calendar)

    def today(self) -> date:
        """The calendar day in Lijiang."""
        return local_date(self._clock.now())

    def sentence(
        self,
        row: CaseRow,
        item: Item,
        steps: Sequence[CaseStepRow],
        deadlines: Sequence[DeadlineView],
        owner: str | None,
        fields: Sequence[FieldView],
        awaited: AwaitedMaterials,
    ) -> str:
        """Where it stands and what happens next."""
        state = CaseState(row.state)
        lacking = bool(awaited.lines) and state in MAY_LACK
        remedies = remedies_of_case(item.code, state, steps)
        filled = sum(field.value is not None for field in fields)
        return say(
            "sentences",
            f"{state}_lacking" if lacking else state,
            item=item.plain_name,
            owner=owner or say("sentences", "nobody"),
            due="" if state in FINISHED else due_text(deadlines, state, item.time_limits),
            note=told[-1].note if (told := public(steps)) else "",
            remedy="" if remedies is None else remedies.sentence,
            count=len(awaited.lines),
            names="、".join(line.name for line in awaited.lines),
            until="" if awaited.until is None else say("sentences", "until", day=day_text(awaited.until)),
            done=say("sentences", "draft_started" if filled else "draft_empty", filled=filled),
        )

    async def _fields(self, session: AsyncSession, row: CaseRow, item: Item) -> tuple[list[FieldView], list[FieldView]]:
        """(all fields, those still to be asked for)."""
        fields = form.fields_for(self._catalogue.form_of(item), row.situation)
        values = [str(row.answers.get(field.id, {}).get("value") or "") for field in fields]
        kept = await self._vault.look_up_all(session, values, vault_owner(row.conversation))
        views = {field.id: form.view(field, row.answers, found) for field, found in zip(fields, kept, strict=True)}
        return list(views.values()), [views[field.id] for field in form.missing(fields, row.answers)]


def public(steps: Sequence[CaseStepRow]) -> list[CaseStepRow]:
    """What the applicant may know was done."""
    return [step for step in steps if step.step not in INTERNAL]


def _end(masked: str) -> str:
    """What a masked number shows at its end."""
    found = _END.search(masked)
    return found[0] if found else ""


def _contact_text(row: CaseRow) -> str:
    contact = form.contact_of(row.answers)
    return "" if contact is None else contact_words()[contact].says


def _staff_of(row: CaseRow, steps: Sequence[CaseStepRow]) -> set[str]:
    by = {step.by_id for step in steps if step.by_kind == "staff"}
    return {staff for staff in (*by, row.owner, *(step.deputy_for for step in steps)) if staff}


def _choices(lawful: Sequence[CaseStep], steps: Sequence[CaseStepRow]) -> list[StepChoice]:
    again = {CaseStep.REQUEST_SUPPLEMENT: ("why_again",)} if asked_before(steps) else {}
    return [
        StepChoice(
            step=step,
            label=step_label(step),
            needs=(*RULES[step].needs, *again.get(step, ())),
            danger=RULES[step].danger,
        )
        for step in lawful
    ]


def _entry(step: CaseStepRow, names: Mapping[str, str], row: CaseRow, *, for_staff: bool) -> HistoryEntry:
    by = names.get(step.by_id, "") if step.by_kind == "staff" else say("actors", "citizen")
    return HistoryEntry(
        step=CaseStep(step.step),
        label=step_label(CaseStep(step.step)),
        at=step.at,
        by=by or say("actors", "system"),
        note=step.note,
        lines=tuple(SupplementLine.model_validate(line) for line in step.lines),
        why_again=step.why_again if for_staff else "",
        deputy_for=names.get(step.deputy_for, "") if for_staff and step.deputy_for else "",
        document=address_of(row, step) if for_staff else None,
    )
