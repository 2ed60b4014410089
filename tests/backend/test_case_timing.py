"""What applicants are told about time: which of two limits, from when, while paused, once late; in the exact words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from backend.contracts.case_work import ChecklistLine
from backend.contracts.cases import CaseState, CaseStep, StepRequest, SupplementLine
from backend.contracts.catalogue_content import Basis, Item, TimeLimit, TimeLimits, TimeUnit
from backend.contracts.notices import LineKind
from backend.one_window import cases
from backend.one_window.cases.checklist import Checklist
from backend.one_window.cases.completeness import Completeness, check_until
from backend.one_window.cases.deadlines import Pause, read_deadline
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.rules import rules
from backend.one_window.cases.timing import deadline_views, due_on, due_text, pauses_of
from backend.platform.errors import InvalidError, declare_problems
from backend.platform.working_days import WorkingCalendar

declare_problems(Path(cases.__file__).with_name("problems.yaml"))

CALENDAR = WorkingCalendar()
MONDAY = date(2026, 11, 23)


def at(day: str) -> datetime:
    """Ten in the morning of a day of 2026, in Lijiang."""
    return datetime.fromisoformat(f"2026-{day}T02:00:00").replace(tzinfo=UTC)


def limit(value: int, unit: TimeUnit = TimeUnit.WORKING_DAYS) -> TimeLimit:
    """A limit by law."""
    return TimeLimit(value=value, unit=unit, basis=Basis.LAW, cite="《社会保险经办条例》第二十四条")


TWO = TimeLimits(statutory=limit(20), promised=limit(10), starts="received")
SUBMITTED = CaseRow(submitted_at=at("11-23"), accepted_at=None, finished_at=None)
FINISHED = CaseRow(submitted_at=at("11-23"), accepted_at=at("11-24"), finished_at=at("12-01"))


def step(kind: CaseStep, day: str) -> CaseStepRow:
    """A step that was done."""
    return CaseStepRow(step=kind, at=at(day))


def told(row: CaseRow, limits: TimeLimits, day: str, *steps: CaseStepRow) -> list[str]:
    """The sentence of each deadline on a day."""
    views = deadline_views(row, limits, steps, at(day).date(), CALENDAR)
    return [view.sentence for view in views]


def test_each_limit_explains_itself() -> None:
    """The promised one first; the day of submission is not counted."""
    assert told(SUBMITTED, TWO, "11-25") == [
        "承诺时限10个工作日，从2026年11月23日的第二天算起，已用2天，最晚2026年12月7日办好。",
        "法定时限20个工作日，从2026年11月23日的第二天算起，已用2天，最晚2026年12月21日办好。",
    ]


def test_a_draft_has_no_deadlines_and_a_limit_from_acceptance_waits_for_it() -> None:
    """Nothing runs before it begins."""
    from_acceptance = TWO.model_copy(update={"starts": "accepted"})
    assert told(CaseRow(submitted_at=None), TWO, "11-23") == []
    assert told(SUBMITTED, from_acceptance, "11-30") == [
        "承诺时限10个工作日，受理后第二天起算。",
        "法定时限20个工作日，受理后第二天起算。",
    ]
    (waiting, _) = deadline_views(SUBMITTED, from_acceptance, (), MONDAY, CALENDAR)
    assert (waiting.kind, waiting.started_on, waiting.due_on, waiting.days_used, waiting.days_left) == (
        "promised", None, None, 0, 10,
    )  # fmt: skip
    assert (waiting.paused, waiting.provisional, waiting.overdue) == (False, False, False)
    assert due_text([waiting], CaseState.SUBMITTED, from_acceptance) == "承诺时限10个工作日，受理后第二天起算。"
    accepted = CaseRow(submitted_at=at("11-23"), accepted_at=at("11-24"), finished_at=None)
    assert told(accepted, from_acceptance, "11-24")[0].startswith("承诺时限10个工作日，从2026年11月24日的第二天算起")


def test_the_earlier_of_two_limits_is_the_one_that_is_told() -> None:
    """Whichever of them it is: by the later one the case would be late already."""
    for limits, day in (
        (TWO, date(2026, 12, 7)),
        (TimeLimits(statutory=limit(3), promised=limit(10), starts="received"), date(2026, 11, 26)),
    ):
        views = deadline_views(SUBMITTED, limits, (), MONDAY, CALENDAR)
        assert due_on(views) == day
        assert due_text(views, CaseState.SUBMITTED, limits) == f"最晚{day.year}年{day.month}月{day.day}日办好。"
    assert due_on([]) is None


def test_the_last_day_is_in_time_and_the_day_after_is_late() -> None:
    """On the due date nobody is told that it is late."""
    limits = TimeLimits(promised=limit(10), starts="received")
    for day, late in (("12-07", False), ("12-08", True)):
        views = deadline_views(SUBMITTED, limits, (), at(day).date(), CALENDAR)
        assert [view.overdue for view in views] == [late]
        assert views[0].days_left == 0
        sentence = due_text(views, CaseState.ACCEPTED, limits)
        assert sentence == (
            "应在2026年12月7日前办好，已经超时，负责人正在处理。" if late else "最晚2026年12月7日办好。"
        )
    assert told(SUBMITTED, limits, "12-08") == ["承诺时限10个工作日，2026年12月7日已到期，超时。"]


def test_a_day_of_a_year_without_a_notice_is_provisional() -> None:
    """And it is said so."""
    limits = TimeLimits(statutory=limit(30), starts="received")
    views = deadline_views(SUBMITTED, limits, (), MONDAY, CALENDAR)
    assert views[0].provisional
    assert due_text(views, CaseState.SUBMITTED, limits).endswith("（暂定，2027年放假安排公布后重算）。")
    assert "（暂定，2027年" in views[0].sentence


def test_what_is_finished_was_in_time_or_late_and_counts_no_further() -> None:
    """Judged on the day it was finished, whatever day it is now."""
    limits = TimeLimits(promised=limit(10), starts="received")
    assert told(FINISHED, limits, "12-31") == ["承诺时限10个工作日，2026年12月7日到期，2026年12月1日办结，按时。"]
    late = CaseRow(submitted_at=at("11-23"), accepted_at=None, finished_at=at("12-08"))
    assert told(late, limits, "12-31") == ["承诺时限10个工作日，2026年12月7日到期，2026年12月8日办结，超时。"]
    views = deadline_views(FINISHED, limits, (), date(2026, 12, 31), CALENDAR)
    assert (views[0].days_used, views[0].days_left) == (6, 4)
    for state in (
        CaseState.REFUSED, CaseState.APPROVED, CaseState.REJECTED, CaseState.DELIVERED, CaseState.WITHDRAWN
    ):  # fmt: skip
        assert due_text(views, state, limits) == ""


def test_while_the_applicant_supplements_nothing_is_due() -> None:
    """Used so far is told; with months there is nothing to count."""
    asked = step(CaseStep.REQUEST_SUPPLEMENT, "11-25")
    assert (
        told(SUBMITTED, TWO, "12-31", asked)[0]
        == "承诺时限10个工作日，已用2天，2026年11月25日起暂停，等补材料；补齐后接着算。"
    )
    months = TimeLimits(statutory=limit(2, TimeUnit.MONTHS), starts="received")
    assert told(SUBMITTED, months, "12-31", asked) == ["法定时限2个月，2026年11月25日起暂停，等补材料；补齐后顺延。"]
    views = deadline_views(SUBMITTED, TWO, [asked], MONDAY, CALENDAR)
    assert [(view.paused, view.due_on) for view in views] == [(True, None)] * 2
    assert due_on(views) is None
    assert due_text(views, CaseState.AWAITING_SUPPLEMENT, TWO) == "等您补材料期间不计时间。"
    assert due_text(views, CaseState.ACCEPTED, TWO) == "等您补材料期间不计时间。"


def test_a_draft_is_told_how_long_it_will_take() -> None:
    """Once it is submitted; what nobody published is said to be unpublished."""
    assert due_text([], CaseState.DRAFT, TimeLimits(promised=limit(10))).startswith("提交以后，")
    assert due_text([], CaseState.DRAFT, TimeLimits(statutory=limit(10))).startswith("提交以后，")
    assert due_text([], CaseState.DRAFT, TimeLimits(on_the_spot=True)).startswith("提交以后，")
    assert due_text([], CaseState.DRAFT, TimeLimits()) == "时限待中心公布。"
    assert due_text([], CaseState.SUBMITTED, TimeLimits(promised=limit(10))) == "时限待中心公布。"


def test_pauses_are_the_supplements() -> None:
    """Received or withdrawn ends one; what is received without being asked for is none."""
    ask, got, gone = CaseStep.REQUEST_SUPPLEMENT, CaseStep.RECEIVE_SUPPLEMENT, CaseStep.WITHDRAW
    assert pauses_of([step(got, "11-01"), step(ask, "11-02"), step(CaseStep.ACCEPT, "11-03")]) == [
        Pause(date(2026, 11, 2), None)
    ]
    assert pauses_of([step(ask, "11-02"), step(got, "11-05"), step(got, "11-06"), step(ask, "11-09"), step(gone, "11-10")]) == [
        Pause(date(2026, 11, 2), date(2026, 11, 5)),
        Pause(date(2026, 11, 9), date(2026, 11, 10)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "used", "left", "due"),
    [
        (TimeUnit.WORKING_DAYS, 4, 6, "2026-12-10"),
        (TimeUnit.CALENDAR_DAYS, 4, 6, "2026-12-08"),
        (TimeUnit.MONTHS, 4, None, "2027-09-28"),
    ],
)
def test_days_used_and_left_with_a_pause_between(unit: TimeUnit, used: int, left: int | None, due: str) -> None:
    """Asked on Wednesday the 25th, received on Monday the 30th; looked at on Wednesday the 2nd of December: the 24th and 25th, the 1st and 2nd."""
    pause = Pause(date(2026, 11, 25), date(2026, 11, 30))
    reading = read_deadline(limit(10, unit), MONDAY, [pause], date(2026, 12, 2), CALENDAR)
    assert (reading.days_used, reading.days_left, str(reading.due_on)) == (used, left, due)
    assert reading.paused_since is None


@pytest.mark.parametrize(("day", "covered"), [(25, False), (26, True), (29, True), (30, True)])
def test_the_day_of_asking_counts_and_the_day_of_receiving_does_not(day: int, covered: bool) -> None:
    """An open pause covers everything after."""
    assert Pause(date(2026, 11, 25), date(2026, 11, 30)).covers(date(2026, 11, day)) is covered
    assert Pause(date(2026, 11, 25), None).covers(date(2026, 11, day)) is covered
    assert not Pause(date(2026, 11, 20), date(2026, 11, 24)).covers(date(2026, 11, day))


def test_nothing_is_left_below_zero() -> None:
    """Long after the end."""
    reading = read_deadline(limit(3), date(2026, 11, 2), (), MONDAY, CALENDAR)
    assert (reading.days_used, reading.days_left) == (15, 0)
    assert replace(reading, due_on=None).overdue(MONDAY) is False


def test_so_many_working_days_later() -> None:
    """The weekend between is not counted; the centre's numbers are those of its file."""
    assert CALENDAR.last_of(date(2026, 11, 26), 3) == date(2026, 12, 1)
    assert CALENDAR.last_of(MONDAY, 0) == MONDAY
    assert (rules().due_soon_working_days, rules().supplement_working_days, rules().supplement_longest_days) == (
        3, 5, 60,
    )  # fmt: skip


def line(name: str, *, lacking: bool, because: str = "") -> ChecklistLine:
    """A line of a checklist."""
    return ChecklistLine(
        material=f"m_{name}", name=name, kind=LineKind.BRING, received_label="已收", form="", count=1, because=because,
        source="依据", how="带来", required=True, lacking=lacking, marks=(),
    )  # fmt: skip


class Listed:
    """Stands for the checklist of a case."""

    def __init__(self, *lines: ChecklistLine) -> None:
        self._lines = lines

    async def lines(self, _session: object, _row: CaseRow, _item: Item) -> tuple[ChecklistLine, ...]:
        """As given."""
        return self._lines


async def accepted(request: StepRequest, *lines: ChecklistLine) -> StepRequest:
    """What is recorded of an acceptance."""
    nothing = cast("Any", None)
    completeness = Completeness(cast("Checklist", Listed(*lines)))
    return await completeness.at_acceptance(nothing, SUBMITTED, nothing, request, MONDAY)


async def test_what_lacks_at_acceptance_is_recorded_with_its_reason() -> None:
    """容缺受理: only what lacks; why it is asked, or on what basis."""
    request = StepRequest(note="原件在路上", until=date(2026, 12, 1))
    kept = await accepted(
        request, line("甲", lacking=True), line("乙", lacking=False), line("丙", lacking=True, because="请别人代办的")
    )
    assert [(one.name, one.why, one.how, one.material) for one in kept.lines] == [
        ("甲", "依据", "带来", "m_甲"),
        ("丙", "请别人代办的", "带来", "m_丙"),
    ]
    assert kept.until == date(2026, 12, 1)


async def test_a_complete_case_carries_neither_lines_nor_a_day() -> None:
    """Whatever was sent along."""
    lines = (SupplementLine(name="甲", why="依据", how="带来"),)
    request = StepRequest(note="齐了", until=date(2030, 12, 1), lines=lines)
    kept = await accepted(request, line("甲", lacking=False))
    assert (kept.lines, kept.until, kept.note) == ((), None, "齐了")


@pytest.mark.parametrize(
    ("note", "until", "field", "problem"),
    [
        (" ", MONDAY, "note", "case.lacking_at_acceptance"),
        ("在路上", None, "until", "case.until_required"),
        ("在路上", MONDAY, "until", "case.until_past"),
        ("在路上", MONDAY + timedelta(days=61), "until", "case.until_too_far"),
    ],
)
async def test_what_lacks_needs_a_reason_and_a_day(note: str, until: date | None, field: str, problem: str) -> None:
    """The field is named."""
    with pytest.raises(InvalidError) as refused:
        await accepted(StepRequest(note=note, until=until), line("甲", lacking=True), line("乙", lacking=True))
    assert (refused.value.field, refused.value.name) == (field, problem)
    if field == "note":
        assert "「甲、乙」" in refused.value.detail


def test_the_longest_day_is_allowed() -> None:
    """Sixty days from today; the sixty-first is refused with the number told."""
    check_until(MONDAY + timedelta(days=60), MONDAY)
    with pytest.raises(InvalidError) as refused:
        check_until(MONDAY + timedelta(days=61), MONDAY)
    assert "60天" in refused.value.detail


async def supplemented(request: StepRequest, *steps: CaseStepRow) -> StepRequest:
    """What is recorded of a request to supplement; 甲 and 乙 lack, 丙 was received."""
    nothing = cast("Any", None)
    listed = [line("甲", lacking=True), line("乙", lacking=True), line("丙", lacking=False)]
    completeness = Completeness(cast("Checklist", Listed(*listed)))
    return await completeness.at_supplement(nothing, SUBMITTED, nothing, request, steps, MONDAY)


def asks(*names: str, until: date | None = date(2026, 12, 1), why_again: str = "") -> StepRequest:
    """A request for materials: picked (甲) or written by hand (写甲)."""
    lines = tuple(
        SupplementLine(name=name[-1], why="缺", how="带来", material=None if name[0] == "写" else f"m_{name}")
        for name in names
    )
    return StepRequest(lines=lines, until=until, why_again=why_again)


async def test_all_that_lacks_is_asked_for_at_once() -> None:
    """Picked or written by hand: what is written counts as the material that it names."""
    kept = await supplemented(asks("甲", "写乙", "丙"), step(CaseStep.SUBMIT, "11-23"))
    assert [one.material for one in kept.lines] == ["m_甲", "m_乙", "m_丙"]
    assert kept.why_again == ""


@pytest.mark.parametrize(
    ("request_", "field", "problem"),
    [
        (asks("甲", "乙", until=None), "until", "case.until_required"),
        (asks("甲", "乙", until=MONDAY), "until", "case.until_past"),
        (asks("甲", "乙", until=date(2027, 1, 23)), "until", "case.until_too_far"),
        (asks("甲"), "lines", "case.lacking_left_out"),
        (asks("甲", "乙", "丁"), "lines", "case.line_unknown"),
    ],
)
async def test_a_supplement_that_leaves_something_open_is_refused(
    request_: StepRequest, field: str, problem: str
) -> None:
    """The field is named; what is left out is told."""
    with pytest.raises(InvalidError) as refused:
        await supplemented(request_)
    assert (refused.value.field, refused.value.name) == (field, problem)
    assert problem != "case.lacking_left_out" or "「乙」" in refused.value.detail


async def test_asking_again_takes_a_reason_and_the_first_time_none() -> None:
    """The lead reads why."""
    before = step(CaseStep.REQUEST_SUPPLEMENT, "11-20")
    with pytest.raises(InvalidError, match=r"case\.why_again_required"):
        await supplemented(asks("甲", "乙"), before)
    assert (await supplemented(asks("甲", "乙", why_again="漏了"), before)).why_again == "漏了"
    assert (await supplemented(asks("甲", "乙", why_again="漏了"))).why_again == ""
