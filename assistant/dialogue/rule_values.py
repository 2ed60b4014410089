"""What words are as the answer to a calculator's question: whether they fit it, what sort of value they are, a date put right in a part."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backend.contracts.calculator_content import NO, YES, QuestionKind, RuleQuestion
from backend.language.choice_meanings import read_choice_meant
from backend.language.counts import read_count, says_none
from backend.language.date_parts import DatePart, part_of, read_date_part
from backend.language.dates import read_date
from backend.language.durations import read_span
from backend.language.lunar import find_lunar
from backend.language.months import Month, read_month
from backend.language.quantities import Unclear, is_length, read_money
from backend.language.verb_answers import read_yes_no_to

DATED = frozenset({QuestionKind.DATE, QuestionKind.MONTH})
_CALENDAR = re.compile(r"[日号]|月(?!薪)|(?:19|20)\d\d[-/.年]|[去今前]年|\d{4}-\d\d")


class Shape(StrEnum):
    """What sort of value words tell, whatever was asked."""

    DAY = "day"
    LENGTH = "length"
    NUMBER = "number"
    WORDS = "words"


def fits(question: RuleQuestion, said: str, today: date) -> bool:
    """Whether words can be an answer to a question, by its kind."""
    match question.kind:
        case QuestionKind.DATE:
            return read_date(said, today) is not None
        case QuestionKind.MONTH:
            return read_month(said, today) is not None
        case QuestionKind.DURATION:
            return says_none(said) or read_span(said) is not None
        case QuestionKind.NUMBER:
            return not isinstance(read_count(question.question, said), Unclear)
        case QuestionKind.MONEY:
            return not isinstance(read_money(said), Unclear)
        case QuestionKind.CHOICE:
            return said in question.options or _choice(question, said) is not None
        case QuestionKind.YES_NO:
            return read_yes_no_to(question.question, said) is not None


def in_bounds(question: RuleQuestion, said: str, today: date) -> bool:
    """Whether the measure that words tell is one that the question takes."""
    kept = as_kept(question, said, today) if question.least is not None and question.most is not None else None
    return kept is None or (question.least or 0) <= Decimal(kept) <= (question.most or 0)


def shape(said: str) -> Shape:
    """The sort of a value."""
    if is_length(said) and not re.search(r"月(?:份|底|初)|[日号]", said):
        return Shape.LENGTH
    if _CALENDAR.search(said):
        return Shape.DAY
    return Shape.NUMBER if not isinstance(read_money(said), Unclear) else Shape.WORDS


def read_part(question: RuleQuestion, said: str, today: date) -> DatePart | None:
    """The part of a date that words tell to a question for one; None for a whole date, and for anything else."""
    if question.kind not in DATED or find_lunar(said, today) is not None:
        return None
    part = read_date_part(said, today)
    if part is not None and part.year is not None and fits(question, said, today):
        return None
    return part


def dated(question: RuleQuestion, part: DatePart) -> str | None:
    """The answer that the parts of a date make; None while one lacks."""
    value = part.as_month if question.kind is QuestionKind.MONTH else part.as_day
    return None if value is None else str(value)


def put_right(question: RuleQuestion, before: str, said: str, today: date) -> str | None:
    """The date answered before with the parts that are told anew: 「是七三年」 after 「71年5月」. None where that makes no date."""
    part = read_part(question, said, today)
    known = read_month(before, today) if question.kind is QuestionKind.MONTH else read_date(before, today)
    return None if part is None or known is None else dated(question, part.over(part_of(known)))


def as_kept(question: RuleQuestion, said: str, today: date) -> str | None:
    """The value as a fact keeps it; None where none is read."""
    value: date | Month | Decimal | str | None = None
    match question.kind:
        case QuestionKind.DATE:
            value = read_date(said, today)
        case QuestionKind.MONTH:
            value = read_month(said, today)
        case QuestionKind.DURATION:
            span = read_span(said)
            value = Decimal(0) if says_none(said) else None if span is None else Decimal(span.months)
        case QuestionKind.MONEY | QuestionKind.NUMBER:
            amount = read_money(said) if question.kind is QuestionKind.MONEY else read_count(question.question, said)
            value = None if isinstance(amount, Unclear) else amount
        case QuestionKind.YES_NO:
            answer = read_yes_no_to(question.question, said)
            value = None if answer is None else YES if answer else NO
        case QuestionKind.CHOICE:
            value = said if said in question.options else _choice(question, said)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else None if value is None else str(value)


def _choice(question: RuleQuestion, said: str) -> str | None:
    place = read_choice_meant(said, [choice.label for choice in question.choices])
    return None if place is None else question.choices[place].id
