"""The longest lawful trial period.

Source: 《劳动合同法》第十九条 (by the length of the contract)、第七十条 (none in part-time work)、第八十三条 (what is owed beyond
it)、第二十条 and 《劳动合同法实施条例》第十五条 (wages during it).
"""

from __future__ import annotations

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Band(Content):
    """From a contract of so many months on, up to so many months."""

    contract_months: int
    trial_months: int


class _Table(Content):
    bands: tuple[_Band, ...]
    open_ended_months: int


_CONTENT = read_content("trial_period")
_TABLE = _Table.model_validate(_CONTENT.table)


def longest(contract: Span) -> Span:
    """For a contract of fixed length; nothing below the first band."""
    return Span(max((b.trial_months for b in _TABLE.bands if b.contract_months <= contract.months), default=0))


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The longest trial period, and whether the agreed one is too long."""
    limit = _limit(answers, sheet)
    sheet.figure("longest_months", limit.months)
    if limit.months:
        sheet.step("once")
        sheet.step("wages")
    agreed = answers.find("agreed", Span)
    if agreed is not None and agreed > limit:
        over = Span(agreed.months - limit.months, agreed.days)
        sheet.figure("over_months", over.months)
        sheet.figure("over_days", over.days)
        sheet.step("pay_for_the_rest")
        return sheet.outcome("too_long", agreed=agreed, over=over)
    return sheet.outcome("longest" if limit.months else "none", limit=limit)


def _limit(answers: Answers, sheet: Worksheet) -> Span:
    match answers.get("contract", str):
        case "fixed":
            sheet.step("bands")
            return longest(answers.get("length", Span))
        case "open_ended":
            sheet.step("open_ended")
            return Span(_TABLE.open_ended_months)
        case kind:
            sheet.step(kind)
            return Span(0)


RULE = Rule(_CONTENT, compute)
