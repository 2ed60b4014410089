"""The deadlines of one case, from its steps, with the sentence each explains itself in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from backend.contracts.cases import CaseState, CaseStep, DeadlineView
from backend.contracts.catalogue_content import TimeLimit, TimeLimits, TimeUnit
from backend.one_window.cases.deadlines import Pause, Reading, read_deadline
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.steps import FINISHED
from backend.one_window.cases.wording import day_text, say
from backend.one_window.catalogue.wording import time_limits_text, time_unit
from backend.platform.clock import local_date
from backend.platform.working_days import WorkingCalendar


def pauses_of(steps: Sequence[CaseStepRow]) -> list[Pause]:
    """Supplements as pauses; the last may still be open."""
    pauses: list[Pause] = []
    for step in steps:
        day = local_date(step.at)
        if step.step == CaseStep.REQUEST_SUPPLEMENT:
            pauses.append(Pause(day, None))
        elif pauses and pauses[-1].ends is None and step.step in (CaseStep.RECEIVE_SUPPLEMENT, CaseStep.WITHDRAW):
            pauses[-1] = Pause(pauses[-1].begins, day)
    return pauses


def deadline_views(
    row: CaseRow, limits: TimeLimits, steps: Sequence[CaseStepRow], now_on: date, calendar: WorkingCalendar
) -> list[DeadlineView]:
    """The promised deadline before the statutory one; none while the case is a draft."""
    if row.submitted_at is None:
        return []
    kinds = (("promised", limits.promised), ("statutory", limits.statutory))
    return [_view(kind, limit, row, limits, steps, now_on, calendar) for kind, limit in kinds if limit is not None]


def _view(
    kind: str,
    limit: TimeLimit,
    row: CaseRow,
    limits: TimeLimits,
    steps: Sequence[CaseStepRow],
    now_on: date,
    calendar: WorkingCalendar,
) -> DeadlineView:
    starts_at = row.submitted_at if limits.starts == "received" else row.accepted_at
    words = {"kind": say("deadlines", kind), "value": limit.value, "unit": time_unit(limit.unit)}
    if starts_at is None:
        return DeadlineView(
            kind=kind, value=limit.value, unit=limit.unit, started_on=None, due_on=None, paused=False, days_used=0,
            days_left=limit.value, provisional=False, overdue=False, sentence=say("deadlines", "waiting", **words),
        )  # fmt: skip
    start = local_date(starts_at)
    finished = None if row.finished_at is None else local_date(row.finished_at)
    reading = read_deadline(limit, start, pauses_of(steps), finished or now_on, calendar)
    overdue = reading.overdue(finished or now_on)
    return DeadlineView(
        kind=kind,
        value=limit.value,
        unit=limit.unit,
        started_on=start,
        due_on=reading.due_on,
        paused=reading.paused_since is not None,
        days_used=reading.days_used,
        days_left=reading.days_left,
        provisional=reading.provisional,
        overdue=overdue,
        sentence=_sentence(reading, limit, start, finished, words, overdue=overdue),
    )


def _sentence(
    reading: Reading, limit: TimeLimit, start: date, finished: date | None, words: dict[str, object], *, overdue: bool
) -> str:
    if reading.due_on is None:
        name = "months_paused" if limit.unit is TimeUnit.MONTHS else "paused"
        since = day_text(reading.paused_since or start)
        return say("deadlines", name, used=reading.days_used, since=since, **words)
    name = "overdue" if overdue else "provisional" if reading.provisional else "running"
    if finished is not None:
        name = "finished_late" if overdue else "finished"
    return say(
        "deadlines",
        name,
        start=day_text(start),
        used=reading.days_used,
        day=day_text(reading.due_on),
        year=reading.due_on.year,
        finished="" if finished is None else day_text(finished),
        **words,
    )


def due_text(deadlines: Sequence[DeadlineView], state: CaseState, limits: TimeLimits) -> str:
    """When it will be done at the latest, in one sentence; of a draft, how long it will take once it is submitted.

    「时限待中心公布」 where nothing is published; empty once done.
    """
    if state in FINISHED:
        return ""
    if state is CaseState.DRAFT and (limits.promised or limits.statutory or limits.on_the_spot):
        return say("due", "draft", limits=time_limits_text(limits))
    if not deadlines:
        return say("due", "absent")
    first = min(deadlines, key=lambda deadline: deadline.due_on or date.max)
    if first.paused or state is CaseState.AWAITING_SUPPLEMENT:
        return say("due", "paused")
    if first.due_on is None:
        return first.sentence
    name = "overdue" if first.overdue else "provisional" if first.provisional else "running"
    return say("due", name, day=day_text(first.due_on), year=first.due_on.year)


def due_on(deadlines: Sequence[DeadlineView]) -> date | None:
    """The earliest due date of the running deadlines."""
    return min((deadline.due_on for deadline in deadlines if deadline.due_on is not None), default=None)
