"""Days of paid annual leave.

Source: 《职工带薪年休假条例》第二条 (after a year of unbroken work)、第三条 (5, 10, 15 days)、第四条 (when there is none this year);
《企业职工带薪年休假实施办法》第四条 (all employers count)、第五条 (a newcomer's share of the year: remaining calendar days / 365,
part days dropped).
"""

from __future__ import annotations

from datetime import date

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Band(Content):
    """From so many years of work on; so many months of sick leave take it away."""

    years: int
    days: int
    sick_months: int


class _Table(Content):
    bands: tuple[_Band, ...]
    """Longest first."""
    days_of_year: int


_CONTENT = read_content("annual_leave_days")
_TABLE = _Table.model_validate(_CONTENT.table)


def band_of(worked: Span) -> _Band | None:
    """The band reached, or None in the first year."""
    return next((band for band in _TABLE.bands if worked >= Span.of_years(band.years)), None)


def share(days: int, joined: date) -> int:
    """A newcomer's days for the rest of the year, the first day included."""
    remaining = (date(joined.year, 12, 31) - joined).days + 1
    return min(remaining * days // _TABLE.days_of_year, days)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """This year's days."""
    worked, band = answers.get("worked", Span), band_of(answers.get("worked", Span))
    if band is None or not answers.get("unbroken", bool):
        sheet.step("one_year")
        return _none("not_yet", sheet)
    sheet.step("bands", worked=worked, days=band.days)
    reason = _lost(answers, band, sheet)
    if reason is not None:
        return _none(reason, sheet)
    days = band.days
    if answers.get("newcomer", bool):
        joined = answers.get("joined_on", date)
        if joined.year != sheet.today.year:
            raise sheet.refuse("field.not_this_year", "joined_on")
        days = share(band.days, joined)
        sheet.step("share", joined=joined, full=band.days, days=days)
    sheet.step("not_counted")
    sheet.step("unused")
    sheet.unsure("declined")
    sheet.figure("leave_days", days)
    return sheet.outcome("days", days=days)


def _lost(answers: Answers, band: _Band, sheet: Worksheet) -> str | None:
    """The verdict that takes this year's leave away, if one applies."""
    match answers.get("absence", str):
        case "sick":
            sheet.step("sick_limit", months=band.sick_months)
            return "lost_sick" if answers.get("sick", Span).months >= band.sick_months else None
        case "vacation":
            return "lost_vacation"
        case "personal":
            return "lost_personal"
        case _:
            return None


def _none(verdict: str, sheet: Worksheet) -> CalculationResult:
    sheet.figure("leave_days", 0)
    return sheet.outcome(verdict)


RULE = Rule(_CONTENT, compute)
