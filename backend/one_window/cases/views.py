"""Cases as their applicants and clerks see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import (
    Case,
    CaseState,
    CaseStep,
    CaseSummary,
    DeadlineView,
    FieldView,
    HistoryEntry,
    StepChoice,
    SupplementLine,
)
from backend.contracts.catalogue_content import Item
from backend.language.serial_numbers import group
from backend.one_window.cases import form
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.steps import FINISHED, RULES, lawful_steps
from backend.one_window.cases.timing import deadline_views, due_on, due_text
from backend.one_window.cases.wording import day_text, say, state_text, step_label
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.conversations.service import vault_owner
from backend.platform.clock import Clock, local_date
from backend.platform.identity import Principal
from backend.platform.staff_directory import StaffDirectory, handles_unit
from backend.platform.vault import StoredIdentifier, Vault
from backend.platform.working_days import WorkingCalendar


class CaseViews:
    """Builds what is shown of a case. Personal identifiers appear masked only."""

    def __init__(
        self, catalogue: CatalogueService, staff: StaffDirectory, vault: Vault, calendar: WorkingCalendar, clock: Clock
    ) -> None:
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
        clocks = self.clocks(row, item, steps)
        fields, to_ask = await self._fields(session, row, item)
        names = await self._staff.names(
            session, {step.by_id for step in steps if step.by_kind == "staff"} | ({row.owner} if row.owner else set())
        )
        owner = names.get(row.owner) if row.owner else None
        kept = await self._vault.look_up(session, "\n".join(texts_of(steps)), vault_owner(row.conversation))
        return Case(
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
            sentence=_shown(self.sentence(row, item, steps, clocks, owner, fields), kept),
            channel=row.channel,
            created_at=row.created_at,
            submitted_at=row.submitted_at,
            due_on=due_on(clocks),
            due_text=due_text(clocks, state),
            clocks=tuple(clocks),
            owner=owner,
            notice=row.notice,
            supplement=open_supplement(state, steps, kept),
            supplement_until=row.supplement_until if state is CaseState.AWAITING_SUPPLEMENT else None,
            fields=tuple(fields),
            next_field=to_ask[0] if to_ask and state is CaseState.DRAFT else None,
            complete=not to_ask,
            steps=tuple(_choices(row, who)),
            history=tuple(_entry(step, names, kept) for step in steps),
        )

    async def summaries(
        self, session: AsyncSession, rows: Sequence[CaseRow], who: Principal
    ) -> tuple[CaseSummary, ...]:
        """Rows of a queue; three statements at most, however many they are."""
        items = await self._catalogue.items_at(session, {(row.item, row.item_version) for row in rows})
        steps = await steps_of_all(session, [row.id for row in rows])
        names = await self._staff.names(session, {row.owner for row in rows if row.owner})
        return tuple(self._summary(row, items[row.item, row.item_version], steps[row.id], names, who) for row in rows)

    def _summary(
        self, row: CaseRow, item: Item, steps: Sequence[CaseStepRow], names: Mapping[str, str], who: Principal
    ) -> CaseSummary:
        clocks = self.clocks(row, item, steps)
        state = CaseState(row.state)
        return CaseSummary(
            id=row.id,
            number=row.number,
            number_text=None if row.number is None else group(row.number),
            item_name=item.name,
            state=state,
            state_text=state_text(state),
            applicant=form.masked_name(row.answers),
            submitted_at=row.submitted_at,
            due_on=due_on(clocks),
            due_text=due_text(clocks, state),
            overdue=any(clock.overdue for clock in clocks),
            owner=names.get(row.owner) if row.owner else None,
            mine=row.owner == who.id,
        )

    def clocks(self, row: CaseRow, item: Item, steps: Sequence[CaseStepRow]) -> list[DeadlineView]:
        """Its clocks today."""
        return deadline_views(row, item.clock, steps, self.today(), self._calendar)

    def today(self) -> date:
        """The calendar day in Lijiang."""
        return local_date(self._clock.now())

    def sentence(
        self,
        row: CaseRow,
        item: Item,
        steps: Sequence[CaseStepRow],
        clocks: Sequence[DeadlineView],
        owner: str | None,
        fields: Sequence[FieldView],
    ) -> str:
        """Where it stands and what happens next."""
        state = CaseState(row.state)
        lines = open_supplement(state, steps)
        until = row.supplement_until
        filled = sum(field.value is not None for field in fields)
        return say(
            "sentences",
            state,
            item=item.plain_name,
            owner=owner or say("sentences", "nobody"),
            due="" if state in FINISHED else due_text(clocks, state),
            note=steps[-1].note if steps else "",
            count=len(lines),
            names="、".join(line.name for line in lines),
            until="" if until is None else say("sentences", "until", day=day_text(until)),
            done=say("sentences", "draft_started" if filled else "draft_empty", filled=filled),
        )

    async def _fields(self, session: AsyncSession, row: CaseRow, item: Item) -> tuple[list[FieldView], list[FieldView]]:
        """(all fields, those still to be asked for)."""
        fields = form.fields_for(self._catalogue.form_of(item), row.situation)
        values = [str(row.answers.get(field.id, {}).get("value") or "") for field in fields]
        kept = await self._vault.look_up_all(session, values, vault_owner(row.conversation))
        views = {field.id: form.view(field, row.answers, found) for field, found in zip(fields, kept, strict=True)}
        return list(views.values()), [views[field.id] for field in form.missing(fields, row.answers)]


async def steps_of(session: AsyncSession, case_id: str) -> list[CaseStepRow]:
    """What was done, oldest first."""
    return list(
        await session.scalars(select(CaseStepRow).where(CaseStepRow.case_id == case_id).order_by(CaseStepRow.id))
    )


async def steps_of_all(session: AsyncSession, case_ids: Sequence[str]) -> dict[str, list[CaseStepRow]]:
    """What was done to each of the cases, oldest first; one statement."""
    found: dict[str, list[CaseStepRow]] = {case_id: [] for case_id in case_ids}
    if found:
        rows = select(CaseStepRow).where(CaseStepRow.case_id.in_(found)).order_by(CaseStepRow.id)
        for step in await session.scalars(rows):
            found[step.case_id].append(step)
    return found


def texts_of(steps: Sequence[CaseStepRow]) -> list[str]:
    """Everything that was typed with the steps."""
    return [text for step in steps for text in (step.note, *(part for line in step.lines for part in line.values()))]


def open_supplement(
    state: CaseState, steps: Sequence[CaseStepRow], kept: Sequence[StoredIdentifier] = ()
) -> tuple[SupplementLine, ...]:
    """What the applicant still has to supplement; numbers as ``kept`` masks them."""
    if state is not CaseState.AWAITING_SUPPLEMENT:
        return ()
    last = next(step for step in reversed(steps) if step.step == CaseStep.REQUEST_SUPPLEMENT)
    return _lines(last, kept)


def _lines(step: CaseStepRow, kept: Sequence[StoredIdentifier]) -> tuple[SupplementLine, ...]:
    return tuple(
        SupplementLine.model_validate({name: _shown(text, kept) for name, text in line.items()}) for line in step.lines
    )


def _shown(text: str, kept: Sequence[StoredIdentifier]) -> str:
    """As people may see it."""
    for one in kept:
        text = text.replace(one.placeholder, one.masked)
    return text


def _choices(row: CaseRow, who: Principal) -> list[StepChoice]:
    clerk = who.kind == "staff"
    if clerk and not handles_unit(who.units, row.unit):
        return []
    return [
        StepChoice(step=step, label=step_label(step), needs=RULES[step].needs, danger=RULES[step].danger)
        for step in lawful_steps(CaseState(row.state), clerk=clerk)
    ]


def _entry(step: CaseStepRow, names: dict[str, str], kept: Sequence[StoredIdentifier]) -> HistoryEntry:
    by = names.get(step.by_id, "") if step.by_kind == "staff" else say("actors", "citizen")
    return HistoryEntry(
        step=CaseStep(step.step),
        label=step_label(CaseStep(step.step)),
        at=step.at,
        by=by or say("actors", "system"),
        note=_shown(step.note, kept),
        lines=_lines(step, kept),
    )
