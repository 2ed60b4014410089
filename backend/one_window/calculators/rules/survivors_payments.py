"""What a family is paid when somebody insured died: of illness, at work, or with a severe work injury, later.

Source: 《社会保险法》第十七条 (who died of illness: funeral payment and survivors' payment)、第四十九条 (one funeral payment only);
人社部发〔2021〕18号, read in part: two months of the province's urban income and 3 to 24 by years paid, of the retired one less for each
year drawn, nine at least; 《工伤保险条例》第三十九条 (six months' average wage, shares of the wage for dependants, twenty times the national
urban income; the last not for who had grade 1 to 4 and died after the paid period of suspended work)、第六十四条 (bounds of the wage).
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.language.months import MONTHS_A_YEAR
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content
from backend.one_window.calculators.rules.disability_lump_sum import bounded
from backend.one_window.calculators.wording import Yuan, fill

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


class _Band(Content):
    """From so many years paid on."""

    years: int
    months: int


class _Illness(Content):
    since: date
    funeral_months: int
    capped_under_months: int
    """Who paid less: both payments together are no more than what they paid."""
    lowest_of_retired: int
    flat_until_years: int
    flat_months: int
    highest_months: int
    bands: tuple[_Band, ...]
    """Longest first."""


class _Work(Content):
    since: date
    funeral_months: int
    spouse_percent: int
    other_percent: int
    alone_percent: int
    highest_percent: int
    times_of_income: int


class _Table(Content):
    illness: _Illness
    work: _Work


Months = tuple[int, int]
"""The fewest and the most: apart where a part of a year is left, of which the text at hand says nothing."""

_CONTENT = read_content("survivors_payments")
_TABLE = _Table.model_validate(_CONTENT.table)


def _years(length: Span) -> Months:
    whole, rest = divmod(length.months, MONTHS_A_YEAR)
    return whole, whole + bool(rest or length.days)


def months_by_paid(paid: Span) -> Months:
    """Months of the survivors' payment by years paid: 3, 6, 9, one more a year from 15 on, 24 at most."""
    law = _TABLE.illness
    if paid <= Span.of_years(law.flat_until_years):
        band = next(band for band in law.bands if paid >= Span.of_years(band.years))
        return band.months, band.months
    fewest, most = (min(law.flat_months + years - law.flat_until_years, law.highest_months) for years in _years(paid))
    return fewest, most


def months_of_retired(paid: Span, drawn: Span) -> Months:
    """The same for somebody who drew a pension: one less for each year of it, nine at least."""
    (fewest, most), (least_drawn, most_drawn) = months_by_paid(paid), _years(drawn)
    lowest = _TABLE.illness.lowest_of_retired
    return max(fewest - most_drawn, lowest), max(most - least_drawn, lowest)


def share_of_wage(*, spouse: bool, others: int, alone: int) -> int:
    """What the dependants are paid a month, in percent of the wage: never more than all of it."""
    law = _TABLE.work
    percent = law.spouse_percent * spouse + law.other_percent * others + law.alone_percent * alone
    return min(percent, law.highest_percent)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """What is paid for the cause; as months and percent where the local figures are not published."""
    cause, died = answers.get("cause", str), answers.get("died_on", date)
    law = _TABLE.illness if cause == "illness" else _TABLE.work
    if died < law.since:
        sheet.step("since_illness" if cause == "illness" else "since_work")
        return sheet.outcome("earlier")
    if cause == "illness":
        return _of_illness(answers, died, sheet)
    return _of_work(answers, died, sheet, at_once=cause == "work")


def _of_illness(answers: Answers, died: date, sheet: Worksheet) -> CalculationResult:
    paid, drawn = answers.get("paid", Span), answers.find("drawn", Span)
    months = months_by_paid(paid)
    sheet.step("by_paid", paid=paid, count=_count(months))
    if drawn is not None:
        months = months_of_retired(paid, drawn)
        sheet.step("by_drawn", drawn=drawn, count=_count(months))
    sheet.figure("least_months", months[0])
    sheet.figure("most_months", months[1])
    income = sheet.local_sum("urban_income_month", died)
    sheet.unsure("one_of_them")
    if months[0] != months[1]:
        sheet.unsure("part_years")
    sheet.unsure("illness_not_read")
    is_capped = paid.months < _TABLE.illness.capped_under_months
    if income is None:
        return sheet.outcome("illness_months_up_to" if is_capped else "illness_months", count=_count(months))
    funeral, sums = income * _TABLE.illness.funeral_months, [income * count for count in months]
    pension = "到".join(fill("{sum}", sum=Yuan(one)) for one in dict.fromkeys(sums))
    sheet.step("income_product", income=Yuan(income), funeral=Yuan(funeral), count=_count(months), pension=pension)
    sheet.figure("funeral_yuan", funeral)
    if is_capped:
        return sheet.outcome("illness_up_to", total=Yuan(funeral + sums[-1]))
    return sheet.outcome("illness_sum", funeral=Yuan(funeral), count=_count(months), pension=pension)


def _of_work(answers: Answers, died: date, sheet: Worksheet, *, at_once: bool) -> CalculationResult:
    others, alone = int(answers.get("others", Decimal)), int(answers.get("alone", Decimal))
    spouse = answers.get("spouse", bool)
    if alone > others:
        raise sheet.refuse("rule.more_than_all", "alone", other=sheet.content.question("others").label)
    average = sheet.local_sum("area_average_wage", died)
    funeral = _product("funeral_product", "six_months", average, _TABLE.work.funeral_months, sheet)
    once = ""
    if at_once:
        income = sheet.local_sum("national_urban_income", died)
        once = _product("once_product", "twenty_times", income, _TABLE.work.times_of_income, sheet)
    percent = share_of_wage(spouse=spouse, others=others, alone=alone)
    sheet.figure("dependants_percent", percent)
    wage = answers.find("wage", Decimal)
    monthly = _monthly(percent, wage and _counted(wage, average, sheet), sheet)
    sheet.step("fund")
    sheet.unsure("one_of_them")
    if at_once:
        sheet.unsure("found_first")
    sheet.unsure("who_counts")
    return sheet.outcome("work" if at_once else "later", funeral=funeral, once=once, monthly=monthly)


def _product(step: str, absent: str, figure: Decimal | None, times: int, sheet: Worksheet) -> str:
    """So many times a local figure, told how; in words where it is not published."""
    if figure is None:
        return sheet.content.sentences[absent]
    name, of = step.removesuffix("_product"), "wage" if step == "funeral_product" else "income"
    sheet.step(step, **{of: Yuan(figure), name: Yuan(figure * times)})
    sheet.figure(f"{name}_yuan", figure * times)
    return fill("{sum}", sum=Yuan(figure * times))


def _counted(wage: Decimal, average: Decimal | None, sheet: Worksheet) -> Decimal:
    """The wage within the bounds of 第六十四条, where the average is published."""
    if average is None:
        sheet.unsure("wage_bounds")
        return wage
    counted = bounded(wage, average)
    if counted != wage:
        sheet.step("raised" if counted > wage else "cut", wage=Yuan(counted), average=Yuan(average))
    return counted


def _monthly(percent: int, wage: Decimal | None, sheet: Worksheet) -> str:
    """The end of the verdict about what dependants are paid."""
    sentences = sheet.content.sentences
    if not percent:
        return sentences["without_monthly"]
    sheet.step("shares", percent=percent)
    if wage is None:
        return fill(sentences["with_percent"], percent=percent)
    monthly = (wage * percent / _HUNDRED).quantize(_CENT, ROUND_HALF_UP)
    sheet.step("monthly_product", wage=Yuan(wage), percent=percent, monthly=Yuan(monthly))
    sheet.figure("monthly_yuan", monthly)
    return fill(sentences["with_monthly"], monthly=Yuan(monthly))


def _count(months: Months) -> str:
    return "到".join(dict.fromkeys(map(str, months)))


RULE = Rule(_CONTENT, compute)
