"""Answers to a rule's questions: from words to values. Every refusal names the question; nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from backend.contracts.calculator_content import NO, YES, QuestionKind, RuleQuestion
from backend.contracts.date_limits import TODAY, crossed, limit_text
from backend.language.choice_meanings import read_choice_meant
from backend.language.counts import read_count, says_none
from backend.language.dates import read_date, two_readings
from backend.language.durations import Span, is_range, is_vague, only_lacks, read_span_to_the_day
from backend.language.lunar import find_lunar
from backend.language.months import Month, read_month
from backend.language.no_such_day import no_such_day, no_such_month
from backend.language.quantities import Unclear, read_money, unclear_problem
from backend.language.text import tidy
from backend.language.verb_answers import read_yes_no_to
from backend.language.wages import is_net_wage
from backend.one_window.calculators.wording import Yuan, shown
from backend.platform.errors import InvalidError

Value = date | Month | Span | Decimal | str | bool
Kind = TypeVar("Kind", date, Month, Span, Decimal, str, bool)

_CENT = Decimal("0.01")
_MAX_AMOUNT = 15
"""Digits before the point; longer ones are out of every range and not worth rounding."""
_EARLIEST = date(1950, 1, 1)
_YEARS_AHEAD = 10
_MINUS = ("-", "−", "－", "负")
MEASURED = {QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.DURATION}


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers that count, typed. Questions that do not apply or were left out are absent."""

    values: Mapping[str, Value]

    def get(self, name: str, kind: type[Kind]) -> Kind:
        """An answer the rule cannot do without."""
        value = self.values[name]
        if not isinstance(value, kind):
            raise TypeError(name)
        return value

    def find(self, name: str, kind: type[Kind]) -> Kind | None:
        """An answer, or None."""
        return self.get(name, kind) if name in self.values else None


def read_answers(questions: tuple[RuleQuestion, ...], said: Mapping[str, str], today: date) -> Answers:
    """The typed answers. Raises InvalidError with ``field`` the question's id; the first question without one first."""
    unknown = sorted(set(said) - {question.id for question in questions})
    if unknown:
        raise InvalidError("rule.question_unknown", field=unknown[0], question=unknown[0])
    values: dict[str, Value] = {}
    for question in questions:
        if not _applies(question, values):
            continue
        text = tidy(said.get(question.id, ""))
        if text:
            values[question.id] = _read(question, text, today)
            _check_order(question, values, questions, today)
        elif question.required:
            raise InvalidError("field.required", field=question.id, label=question.label)
    return Answers(values)


def next_question(
    questions: tuple[RuleQuestion, ...], said: Mapping[str, str], skipped: Collection[str], today: date
) -> RuleQuestion | None:
    """The first question that applies and has neither an answer nor, where it may be left out, been skipped.

    Raises InvalidError with ``field`` the id of an answer that cannot be read.
    """
    values: dict[str, Value] = {}
    first: RuleQuestion | None = None
    for question in questions:
        if not _applies(question, values):
            continue
        text = tidy(said.get(question.id, ""))
        if text:
            values[question.id] = _read(question, text, today)
            _check_order(question, values, questions, today)
        elif first is None and (question.required or question.id not in skipped):
            first = question
    return first


def _applies(question: RuleQuestion, values: Mapping[str, Value]) -> bool:
    return all(_option(values.get(other)) in answers for other, answers in question.when.items())


def _option(value: Value | None) -> str | None:
    if isinstance(value, bool):
        return YES if value else NO
    return value if isinstance(value, str) else None


def _read(question: RuleQuestion, text: str, today: date) -> Value:
    negative = text.startswith(_MINUS) and question.kind in MEASURED
    value = None if negative else _READERS[question.kind](question, text, today)
    days = two_readings(text, today) if value is None and question.kind is QuestionKind.DATE else None
    if days is not None:
        first, second = map(shown, days)
        raise InvalidError("field.which_day", field=question.id, label=question.label, first=first, second=second)
    none = _NONE_SUCH[question.kind](text, today) if value is None and question.kind in _NONE_SUCH else None
    if none is not None:
        name, details = none.problem
        raise InvalidError(name, field=question.id, label=question.label, **details)
    if isinstance(value, Unclear):
        raise InvalidError(unclear_problem(value, question.kind), field=question.id, label=question.label)
    if value is None:
        labels = "、".join(choice.label for choice in question.choices)
        raise InvalidError(f"field.{question.kind}", field=question.id, label=question.label, choices=labels)
    if isinstance(value, date | Month):
        _check_time(question, value, today)
    elif isinstance(value, Decimal | Span):
        _check_size(question, value)
    return value


def _check_time(question: RuleQuestion, value: date | Month, today: date) -> None:
    month = Month.of(value) if isinstance(value, date) else value
    late = value > today if isinstance(value, date) else month > Month.of(today)
    if question.past and late:
        raise _out_of_bounds(question, value, today if isinstance(value, date) else Month.of(today), is_too_early=False)
    earliest = question.earliest or (_EARLIEST if isinstance(value, date) else None)
    if earliest is not None and (value < earliest if isinstance(value, date) else month < Month.of(earliest)):
        raise _out_of_bounds(question, value, earliest, is_too_early=True)
    latest = Month(today.year + _YEARS_AHEAD, 12)
    if month > latest:
        raise _out_of_bounds(question, value, latest, is_too_early=False)


def _out_of_bounds(
    question: RuleQuestion, value: date | Month, limit: date | Month | str, *, is_too_early: bool
) -> InvalidError:
    """The same refusal that a form gives."""
    name = "field.before" if is_too_early else "field.after"
    return InvalidError(name, field=question.id, label=question.label, day=shown(value), limit=shown(limit))


def _check_order(
    question: RuleQuestion, values: Mapping[str, Value], questions: tuple[RuleQuestion, ...], today: date
) -> None:
    """Whether a date agrees with today and the dates answered before it."""
    day = values[question.id]
    if not isinstance(day, date):
        return
    known = {name: value for name, value in values.items() if isinstance(value, date)} | {TODAY: today}
    broken = crossed(day, question.not_before, question.not_after, known)
    if broken is None:
        return
    limit = limit_text(broken, {other.id: other.label for other in questions})
    raise _out_of_bounds(question, day, limit, is_too_early=broken.is_too_early)


def _check_size(question: RuleQuestion, value: Decimal | Span) -> None:
    least, most = question.least or Decimal(0), question.most or Decimal(0)
    size = Decimal(value.months) if isinstance(value, Span) else value
    if least <= size <= most and not (question.whole and size % 1):
        return
    bounds = {"least": _size(question, least), "most": _size(question, most)}
    name = "field.whole_number" if question.whole else "field.out_of_range"
    raise InvalidError(name, field=question.id, label=question.label, **bounds)


def _size(question: RuleQuestion, value: Decimal) -> str:
    match question.kind:
        case QuestionKind.DURATION:
            return shown(Span(int(value)))
        case QuestionKind.MONEY:
            return shown(Yuan(value))
        case _:
            return shown(value)


def _choice(question: RuleQuestion, text: str, _today: date) -> str | None:
    if text in question.options:
        return text
    place = read_choice_meant(text, [choice.label for choice in question.choices])
    return None if place is None else question.choices[place].id


def _month(text: str, today: date) -> Month | None:
    """Of a lunar day the month of our calendar in which it lies: 「68年三月初七」 is in April."""
    lunar = find_lunar(text, today)
    if lunar is None:
        return read_month(text, today)
    return None if lunar[1] is None else Month.of(lunar[1])


def _duration(_question: RuleQuestion, text: str, _today: date) -> Span | Unclear | None:
    if says_none(text):
        return Span(0)
    if only_lacks(text):
        return Unclear.LACKING
    if is_vague(text):
        return Unclear.ABOUT
    return Unclear.SEVERAL if is_range(text) else read_span_to_the_day(text)


def _money(question: RuleQuestion, text: str, _today: date) -> Decimal | Unclear:
    if question.before_deductions and is_net_wage(text):
        raise InvalidError("amount.after_deductions", field=question.id, label=question.label)
    amount = read_money(text)
    return amount if isinstance(amount, Unclear) or amount.adjusted() > _MAX_AMOUNT else amount.quantize(_CENT)


_NONE_SUCH = {QuestionKind.DATE: no_such_day, QuestionKind.MONTH: no_such_month}
_READERS: dict[QuestionKind, Callable[[RuleQuestion, str, date], Value | Unclear | None]] = {
    QuestionKind.DATE: lambda _question, text, today: read_date(text, today),
    QuestionKind.MONTH: lambda _question, text, today: _month(text, today),
    QuestionKind.DURATION: _duration,
    QuestionKind.NUMBER: lambda question, text, _today: read_count(question.question, text),
    QuestionKind.MONEY: _money,
    QuestionKind.CHOICE: _choice,
    QuestionKind.YES_NO: lambda question, text, _today: read_yes_no_to(question.question, text),
}
