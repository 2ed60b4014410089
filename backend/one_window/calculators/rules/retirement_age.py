"""When one reaches the statutory retirement age, and how much earlier or later one may retire.

Source: 《国务院关于渐进式延迟法定退休年龄的办法》第一条(the gradual raise)、第三条(flexible retirement), approved by
《全国人民代表大会常务委员会关于实施渐进式延迟法定退休年龄的决定》(2024-09-13), in force from 2025-01-01. The three tables
annexed to it (附件1至3) list what 第一条 says for each month of birth. 《实施弹性退休制度暂行办法》(人社部发〔2024〕94号): three months' written
notice of early retirement, an agreement a month before late retirement, and which year's minimum counts; its text was not read, so it is
told as unsure too.
"""

from __future__ import annotations

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.language.months import Month
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content
from backend.one_window.calculators.rules.minimum_contribution import minimum_in
from backend.one_window.calculators.wording import age


class _Raise(Content):
    """For whom the age was ``years`` and now rises one month for ``every`` months, by ``at_most`` months."""

    years: int
    every: int
    at_most: int


class _Table(Content):
    begins_year: int
    begins_month: int
    flexible_months: int
    early_notice_months: int
    late_agreement_months: int
    raises: dict[str, _Raise]

    @property
    def begins(self) -> Month:
        return Month(self.begins_year, self.begins_month)


_CONTENT = read_content("retirement_age")
_TABLE = _Table.model_validate(_CONTENT.table)


def delay(kind: str, born: Month) -> Span:
    """By how much the retirement age is raised: one month per ``every`` months, the first of them counted already."""
    raised = _TABLE.raises[kind]
    since = born.plus(raised.years * 12).since(_TABLE.begins)
    return Span(0 if since < 0 else min(since // raised.every + 1, raised.at_most))


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """Age, month, the flexible range and the years to have paid by then."""
    kind, born = answers.get("kind", str), answers.get("born", Month)
    raised, later = _TABLE.raises[kind], delay(kind, born)
    old = Span.of_years(raised.years)
    old_month = born.plus(old.months)
    now_old, month = Span(old.months + later.months), old_month.plus(later.months)
    sheet.figure("age_months", now_old.months)
    sheet.figure("delay_months", later.months)
    sheet.figure("month", month)
    sheet.step("old_age", born=born, age=age(old), month=old_month)
    if not later.months:
        sheet.step("not_raised")
        _remark(kind, sheet)
        return sheet.outcome("unchanged", age=age(old), month=old_month)
    sheet.step("raised", every=raised.every, at_most=Span(raised.at_most), later=later)
    if later.months == raised.at_most:
        sheet.step("at_most")
    _flexible(sheet, old_month, month)
    _remark(kind, sheet)
    reached = month < Month.of(sheet.today)
    return sheet.outcome("reached" if reached else "to_reach", age=age(now_old), month=month)


def _flexible(sheet: Worksheet, old_month: Month, month: Month) -> None:
    """What one may still choose: who has to give notice today cannot retire before it has run."""
    now, minimum = Month.of(sheet.today), minimum_in(month.year)
    earliest = max(month.plus(-_TABLE.flexible_months), old_month, now.plus(_TABLE.early_notice_months))
    can_be_early, can_be_late = earliest < month, now.plus(_TABLE.late_agreement_months) <= month
    if can_be_early:
        sheet.step("earlier", month=earliest)
        sheet.figure("earliest_month", earliest)
    if can_be_late:
        latest = month.plus(_TABLE.flexible_months)
        sheet.step("later", month=latest)
        sheet.figure("latest_month", latest)
    sheet.step("minimum", year=month.year, minimum=minimum)
    if can_be_early and minimum_in(earliest.year) != minimum:
        sheet.step("minimum_early", year=earliest.year, minimum=minimum_in(earliest.year))
    if can_be_late and minimum_in(month.year + _TABLE.flexible_months // 12) != minimum:
        sheet.step("minimum_late", year=month.year)
    if can_be_early or can_be_late:
        sheet.unsure("flexible_terms")
    sheet.figure("minimum_contribution_months", minimum.months)


def _remark(kind: str, sheet: Worksheet) -> None:
    sheet.unsure("special_work")
    if kind != "man":
        sheet.unsure("which_age")


RULE = Rule(_CONTENT, compute)
