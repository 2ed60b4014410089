"""What somebody's pension for employees may come to a month: basic pension and the one from the individual account.

Source: 《社会保险法》第十五条 (of what a pension consists)、第十六条 (15 years at least; who has less goes on paying or moves to the
residents' scheme); 国发〔2005〕38号, known by practice and not read: (base + base × index) ÷ 2 × years × 1 %, the account divided by
months that the age gives. The base is the province's and never made up.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.language.months import MONTHS_A_YEAR
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content
from backend.one_window.calculators.wording import Yuan

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


class _Table(Content):
    least_months: int
    months_by_age: dict[int, int]


_CONTENT = read_content("pension_estimate")
_TABLE = _Table.model_validate(_CONTENT.table)


def from_account(money: Decimal, age: int) -> Decimal:
    """The monthly pension of an individual account, to the cent. KeyError outside 40 to 70 years."""
    return (money / _TABLE.months_by_age[age]).quantize(_CENT, ROUND_HALF_UP)


def share_of_base(index: Decimal, paid: Span) -> Decimal:
    """The basic pension in percent of the base: a percent a year, halved between the base itself and the base by one's index."""
    return (1 + index) / 2 * paid.months / MONTHS_A_YEAR


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The sum where index and base are known; else the formula with what is."""
    paid = answers.get("paid", Span)
    if paid.months < _TABLE.least_months:
        sheet.step("go_on")
        sheet.unsure("least_rises")
        return sheet.outcome("too_short")
    age, money = int(answers.get("age", Decimal)), answers.get("account", Decimal)
    account = from_account(money, age)
    sheet.step("by_account", money=Yuan(money), age=age, months=_TABLE.months_by_age[age], account=Yuan(account))
    years = Decimal(paid.months) / MONTHS_A_YEAR
    sheet.step("formula", years=years)
    sheet.figure("account_pension_yuan", account)
    base = answers.find("base", Decimal)
    if base is None:
        base = sheet.local_sum("pension_base", sheet.today)
    verdict, values = _total(paid, answers.find("index", Decimal), base, account, sheet)
    for caveat in ("least_rises", "future", "transitional", "whole_ages", "not_read"):
        sheet.unsure(caveat)
    return sheet.outcome(verdict, **values)


def _total(
    paid: Span, index: Decimal | None, base: Decimal | None, account: Decimal, sheet: Worksheet
) -> tuple[str, dict[str, object]]:
    """The verdict and its values."""
    if index is None:
        return "index_absent", {"account": Yuan(account)}
    share = share_of_base(index, paid)
    sheet.step("by_share", index=index, paid=paid, share=share)
    sheet.figure("share_percent", share.quantize(_CENT, ROUND_HALF_UP))
    if base is None:
        return "base_absent", {"share": share, "account": Yuan(account)}
    basic = (base * share / _HUNDRED).quantize(_CENT, ROUND_HALF_UP)
    sheet.step("by_base", base=Yuan(base), share=share, basic=Yuan(basic))
    sheet.step("more")
    sheet.figure("basic_pension_yuan", basic)
    sheet.figure("pension_yuan", basic + account)
    return "estimate", {"sum": Yuan(basic + account), "basic": Yuan(basic), "account": Yuan(account)}


RULE = Rule(_CONTENT, compute)
