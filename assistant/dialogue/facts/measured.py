"""Facts with a measure: lengths of time, days, ages, grades. The nearest word beside one says which fact it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from assistant.dialogue.facts.clauses import Clause
from assistant.dialogue.facts.periods import Period, lengths, periods
from assistant.dialogue.facts.told import Told
from assistant.dialogue.facts.words import PAID, Context, contexts
from backend.contracts.facts import Certainty, FactKind, fact_list
from backend.language.alternatives import any_of
from backend.language.digits import CHINESE_DIGITS
from backend.language.months import MONTHS_A_YEAR, Month
from backend.language.numerals import read_number
from backend.language.remainders import read_left

_AGE = rf"(\d{{2,3}}|[{CHINESE_DIGITS}]?十[{CHINESE_DIGITS}]?)"
_YEARS_OLD = re.compile(
    rf"(?P<lead>虚岁|虚|满|刚|刚满|快|快要|马上|今年|都|已经|有)*(?<![原来到等过]){_AGE}(?P<mark>周?岁)"
    r"(?!退|以[上下后前]|就|才|能|可以|的人|之[前后]|前|后|到|领|时|[^，。]{0,2}退)(?P<more>多|了)?"
)
_THIS_YEAR = re.compile(
    rf"(?:今年|虚岁|(?:妈|爸|她|他|我)(?:都|已经|今年|快|也)?)(?:都|就|满|刚|已经|虚|快|也|有)*{_AGE}(?=了|$|的|呢)"
)
_GRADE = re.compile(r"(十|[一二三四五六七八九]|10|[1-9])\s*级")
_INJURY = re.compile(r"伤残|工伤|鉴定|评|残|伤")
_BENEFIT = re.compile(r"失业(?:保险)?金")
_DRAWN = re.compile(r"(?:领|剩|核定)(?:过|了|到|取|完|第|大概|大约|满|有|得|着|下|失业(?:保险)?金|的|已经|都)*$")
"""Before a length: it is of a benefit, nothing was paid in so long."""
_ONLY_A_RANGE = re.compile(r"\s*(?:从|是|我|就是)*\s*(?:的|为止|止)?\s*")
_MISCARRIAGE = re.compile(r"流产|小产|流掉|没保住|流的产|引产")
_LATE = 4
"""Months of pregnancy from which on the leave after a miscarriage is the longer one."""
_NEAR = 14
_YEAR_ONLY_BIRTH = re.compile(r"年(?:的|生|出生|属)")
_MIN_WORKING_AGE = 16


def spans(clause: Clause) -> Iterator[Told]:
    """Lengths of time: years paid, worked, of a contract, of a trial period."""
    words = contexts()
    for found in lengths(clause.text):
        before = clause.text[max(found.start - 6, 0) : found.start]
        if _DRAWN.search(clause.text[: found.start]):
            continue
        if any(word in before for word in words.not_durations):
            continue
        if clause.text[found.end :].startswith(("就", "才能", "够", "以后", "前")) and "了" not in before:
            continue  # 「交15年就能领」 is how it is in general
        fact = _nearest(clause.text, found.start, found.end, words.durations)
        if fact is None:
            continue
        certainty = Certainty.HEDGED if found.hedged or clause.hedged else Certainty.STATED
        yield Told(fact, str(found.least), str(found.most), clause.holder, certainty, found.start, found.end,
                   hypothetical=clause.hypothetical)  # fmt: skip


def days(clause: Clause, today: date) -> Iterator[Told]:
    """Days and months: birth, beginning and end of work, injury, the year of retirement."""
    words = contexts()
    found = list(periods(clause.text, today))
    ranged = len(found) == 2 and re.fullmatch(r"\s*(?:到|至|-|—|~)\s*", clause.text[found[0].end : found[1].start])
    for place, period in enumerate(found):
        around = clause.text[max(period.start - 4, 0) : period.end + 6]
        fact = _nearest(clause.text, period.start, period.end, words.days)
        if (
            ranged
            and fact in {"began_on", "ended_on", None}
            and (
                re.search(r"上班|干|做|在", clause.text)
                or _ONLY_A_RANGE.fullmatch(clause.text[: found[0].start] + clause.text[found[1].end :])
            )
        ):
            fact = "began_on" if place == 0 else "ended_on"
        if fact != "birth" and any(word in around for word in words.not_days):
            continue
        if fact is None or (fact != "birth" and _is_birth(clause.text, period, today, fact)):
            fact = "birth" if _is_birth(clause.text, period, today, fact) else fact
        if fact is not None:
            yield from _dated(clause, period, fact, today)


def ages(clause: Clause, today: date) -> Iterator[Told]:
    """「今年58」「58岁」: twelve months in which the birth lies; 虚岁 is counted by calendar years."""
    for pattern in (_YEARS_OLD, _THIS_YEAR):
        for found in pattern.finditer(clause.text):
            numeral = next(group for group in found.groups() if group and re.fullmatch(_AGE, group))
            age = int(read_number(numeral) or 0)
            if not 14 <= age <= 110:
                continue
            nominal = "虚" in found.group()
            soon = "快" in found.group() or "马上" in found.group()
            if nominal:  # one in the year of birth, one more with each new year
                first, latest = Month(today.year - age + 1, 1), Month(today.year - age + 1, MONTHS_A_YEAR)
            else:
                turned = -(age - int(soon)) * MONTHS_A_YEAR
                first, latest = Month.of(today).plus(turned - MONTHS_A_YEAR), Month.of(today).plus(turned)
            hedged = nominal or soon or clause.hedged
            yield Told("birth", str(first), str(latest), clause.holder,
                       Certainty.HEDGED if hedged else Certainty.STATED, found.start(), found.end(),
                       hypothetical=clause.hypothetical)  # fmt: skip
            return


def grades(clause: Clause) -> Iterator[Told]:
    """The grade of a disability from work."""
    found = _GRADE.search(clause.text)
    if found is not None and _INJURY.search(clause.text):
        value = f"{read_number(found[1]):f}"
        yield Told("grade", value, value, clause.holder, Certainty.HEDGED if clause.hedged else Certainty.STATED,
                   *found.span(), hypothetical=clause.hypothetical)  # fmt: skip


def left_of_benefit(text: str, holder: str) -> Iterator[Told]:
    """「失业金还剩3个月没领」「失业金核定了12个月，领了3个月」: what is left, never what was drawn."""
    if _BENEFIT.search(text):
        left = read_left(text)
        if isinstance(left, Decimal):
            yield Told("benefit_left", f"{left:f}", f"{left:f}", holder, Certainty.STATED, 0, len(text))


def miscarriages(text: str, holder: str) -> Iterator[Told]:
    """「流产，三个半月」「怀孕五个月的时候流的产」: before or after four months (《女职工劳动保护特别规定》第七条)."""
    found = list(lengths(text)) if _MISCARRIAGE.search(text) else []
    if len(found) != 1 or (found[0].least < _LATE) is not (found[0].most < _LATE):
        return
    value = "miscarriage_early" if found[0].most < _LATE else "miscarriage_late"
    yield Told("maternity", value, value, holder, Certainty.STATED, found[0].start, found[0].end)


def _nearest(text: str, start: int, end: int, among: Sequence[Context]) -> str | None:
    """The fact whose word stands nearest to the value; earlier entries win at equal distance, a named branch before none."""
    best: tuple[int, int, int] | None = None
    for order, context in enumerate(among):
        if any(word in text for word in context.unless):
            continue
        for word in re.finditer(any_of(context.words), text):
            if word.start() < end and start < word.end():
                continue
            distance = start - word.end() if word.end() <= start else word.start() - end
            rank = (int(context.fact == PAID), distance, order)
            if distance <= _NEAR and (best is None or rank < best):
                best = rank
    return None if best is None else among[best[2]].fact


def _is_birth(text: str, period: Period, today: date, fact: str | None) -> bool:
    """「72年5月的」「72年的」: long enough ago for somebody who works, and nothing else happened then."""
    if fact is not None and fact != "retire_year":
        return False
    if today.year - period.last.year < _MIN_WORKING_AGE or period.first == period.last:
        return False
    if period.by_year:
        return _YEAR_ONLY_BIRTH.match(text, period.end - 1) is not None
    return True


def _dated(clause: Clause, period: Period, fact: str, today: date) -> Iterator[Told]:
    kind = fact_list()[fact].kind
    last = min(period.last, today) if fact_list()[fact].past else period.last
    if last < period.first:
        return
    if kind is FactKind.NUMBER:
        least, most = str(period.first.year), str(period.last.year)
    elif kind is FactKind.MONTH:
        least, most = str(Month.of(period.first)), str(Month.of(last))
    else:
        least, most = period.first.isoformat(), last.isoformat()
    certainty = Certainty.HEDGED if clause.hedged else Certainty.STATED
    yield Told(fact, least, most, clause.holder, certainty, period.start, period.end, hypothetical=clause.hypothetical)
