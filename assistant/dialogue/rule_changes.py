"""What a message tells to a calculator: answers to its questions, however many, and corrections of answers given before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.dialogue.facts.answering import fill
from assistant.dialogue.facts.leaving import FAULT, OWN, WHY, tells_fault
from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.facts.told import Told
from assistant.dialogue.field_naming import NamedField, field_named
from assistant.dialogue.rule_progress import RuleForm
from assistant.dialogue.rule_values import DATED, Shape, as_kept, fits, in_bounds, put_right, shape
from backend.contracts.calculator_content import QuestionKind, RuleQuestion
from backend.contracts.facts import ME, Certainty, KnownFact
from backend.language.corrections import Correction, read_correction, without_taken_back
from backend.language.counts import says_none
from backend.language.numerals import has_number
from backend.language.quantities import hedge
from backend.language.script import simplified
from backend.language.text import tidy
from backend.language.yes_no import read_yes_no

_MEASURED = frozenset({QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.DURATION})
_BREAKS = re.compile(r"[，,。；;！!\n]|\s{2,}")
_WHAT_IF = re.compile(
    r"(?P<lead>(?:那么?|要是|如果|假如|换成|改成)+)?(?:我|它|他|她|按|只有|只|有|交了?|干了?|做了?)*(?:是|算)?(?P<value>[^，,。？?]+?)(?:的话)?"
    r"(?P<ends>呢|嘛|(?:又|是|能|可以|该|会|要)*(?:有|领|拿|赔|算|休|补)?(?:多少|几个月|多久|好多|怎么算|咋算|几天)(?:钱|天|个月)?)?[?？]?"
)
_LONGEST_SUPPOSITION = 16
_ALIKE = (
    {"worked_total", "worked_here"},
    {"paid", "paid_pension", "paid_unemployment", "paid_medical", "paid_resident"},
)
"""Lengths of which the words beside them do not always say which it is: an answer with the words of one may be the other."""
_APART = frozenset({"began_on", "ended_on", "signed_on", "birth"})
"""Days that are not taken for each other."""


@dataclass(frozen=True, slots=True)
class SaidToRule:
    """A message to a calculator: whose facts it tells where nobody is named."""

    text: str
    id: str
    today: date
    holder: str = ME

    def facts(self, text: str | None = None) -> list[Told]:
        """What is told in it, or in a part of it."""
        return read_facts(self.text if text is None else text, self.today, self.holder)


def known_now(message: SaidToRule, told: Sequence[Told], questions: Sequence[RuleQuestion]) -> dict[str, KnownFact]:
    """The facts that a message tells of the one whom the calculation is about, suppositions too; years paid are of the branch asked for."""
    store, paid = FactStore(), [one.fact for one in questions if one.fact in _ALIKE[1]]
    store.tell(told, message.id, supposed=True, paid_as=paid[0] if len(paid) == 1 else None)
    own = store.of(message.holder)
    return own if message.holder == ME else {**store.of(ME), **own}


def told_answers(
    questions: Sequence[RuleQuestion],
    now: Mapping[str, KnownFact],
    before: Mapping[str, KnownFact],
    answers: Mapping[str, str],
) -> dict[str, str]:
    """Answers that facts told now give, with those known before; an answer given stays unless a fact of it is told anew."""
    filled = fill(questions, {**before, **now}, {**answers})
    touched = {one.id for one in questions if asks_for(one) & now.keys()}
    by_id = {one.id: one for one in questions}
    return {
        name: _as_told(value, by_id[name], now)
        for name, value in filled.exact.items()
        if name in touched or name not in answers
    }


def asks_for(question: RuleQuestion) -> set[str]:
    """The facts that decide a question's answer."""
    return ({question.fact} if question.fact else set()) | {
        fact for choice in question.choices for fact in choice.facts
    }


def says_fault(question: RuleQuestion, text: str, answers: Mapping[str, str]) -> str | None:
    """The answer to why somebody left where only the employer's fault is told, to that question or after one's own wish was told."""
    by_fault = [choice.id for choice in question.choices if FAULT in choice.facts.get(WHY, ())]
    own = [choice.id for choice in question.choices if OWN in choice.facts.get(WHY, ())]
    if not by_fault or answers.get(question.id) not in {None, *own} or not tells_fault(simplified(tidy(text))):
        return None
    return by_fault[0]


def is_of_another(question: RuleQuestion, told: Sequence[Told], message: SaidToRule) -> bool:
    """Whether the value in a message is that of another fact than the one asked for, and no other value stands in it."""
    if question.fact is None or question.kind not in DATED | _MEASURED or not told:
        return False
    if any(one.fact == question.fact for one in told):
        return False
    values = [one for one in told if _sort(one) == _sort_asked(question) and _differs(one.fact, question.fact)]
    if not values:
        return False
    text = simplified(tidy(message.text))
    for one in sorted(values, key=lambda one: -one.start):
        text = text[: one.start] + text[one.end :]
    return not any(fits(question, piece, message.today) for piece in (text, *_BREAKS.split(text)) if piece.strip())


def changes(
    message: SaidToRule, questions: Sequence[RuleQuestion], form: RuleForm, now: RuleQuestion | None = None
) -> dict[str, str] | None:
    """The answers that a message corrects, by question; empty: to be asked again. None where it corrects none.

    「不对，是9年」「年限错了，是9年」「上一个填错了」「不对，是2016年3月1日，2020年3月1日走的」. ``now``: the question that is open.
    """
    correction = _correction(message.text, finished=now is None)
    if correction is None:
        return None
    known = {one.id: one for one in questions}
    given = [one for one in form.recent if one in known]
    told = message.facts(correction.value or message.text)
    by_facts = told_answers(questions, known_now(message, told, questions), {}, form.answers)
    changed = {
        name: said
        for name, said in by_facts.items()
        if (old := form.answers.get(name)) is not None
        and as_kept(known[name], old, message.today) != as_kept(known[name], said, message.today)
    }
    bare, *further = _bare(correction.value, told)
    meant = _meant(correction, bare, message, known, given, form, now)
    if meant is not None:
        name, value = meant
        if value or not by_facts:
            changed = {**changed, name: value}
    if not changed:
        return None
    for piece in further:
        changed |= _further(piece, known, [one for one in given if one not in changed], form, message.today)
    return {**{name: said for name, said in by_facts.items() if name not in form.answers}, **changed}


def supposes(text: str) -> str | None:
    """The value of a case that is only supposed: 「要是九级呢」「那13个月呢」; None for anything else."""
    found = _WHAT_IF.fullmatch(text.strip())
    if found is None or len(text) > _LONGEST_SUPPOSITION or not has_number(found["value"]):
        return None
    return found["value"] if found["lead"] or found["ends"] else None


def _correction(text: str, *, finished: bool) -> Correction | None:
    found = read_correction(text)
    if found is not None or not finished:
        return found
    meant = without_taken_back(text)
    if meant != text:
        return Correction("", meant, said_wrong=True)
    value = supposes(text)
    return None if value is None else Correction("", value, said_wrong=False)


def _meant(
    correction: Correction,
    value: str,
    message: SaidToRule,
    known: Mapping[str, RuleQuestion],
    given: Sequence[str],
    form: RuleForm,
    now: RuleQuestion | None,
) -> tuple[str, str] | None:
    """The question whose answer a correction puts right, and the right answer."""
    if not correction.is_of_the_last:
        fields = [NamedField(one, known[one].label, known[one].kind) for one in given]
        found = field_named(correction.of, fields, given) or _with_value(
            correction.of, known, given, form, message.today
        )
        return None if found is None else (found, _right(known[found], value, form, message.today) or value)
    answers_now = now is not None and now.kind is QuestionKind.YES_NO and read_yes_no(message.text) is not None
    if answers_now or not given or not (value or (correction.said_wrong and not correction.value)):
        return None
    if not value:
        return (given[0], "") if now is not None else None
    answered = [one for one in given if one in form.answers]
    sort = shape(value)
    alike = [one for one in answered if sort is not Shape.WORDS and shape(form.answers[one]) is sort]
    for one in (*alike, *answered):
        right = _right(known[one], value, form, message.today)
        if right is not None:
            return one, right
    if now is None or _right(now, value, form, message.today) is not None:
        return None if now is None else (now.id, value)
    return given[0], value


def _right(question: RuleQuestion, value: str, form: RuleForm, today: date) -> str | None:
    """The right answer to a question; a date that is told in a part keeps the rest. None where the words are no answer to it."""
    whole = put_right(question, form.answers.get(question.id, ""), value, today)
    return whole or (value if fits(question, value, today) and in_bounds(question, value, today) else None)


def _with_value(
    of: str, known: Mapping[str, RuleQuestion], given: Sequence[str], form: RuleForm, today: date
) -> str | None:
    """The question that was answered with the value that is taken back."""
    return next(
        (
            one
            for one in given
            if (old := form.answers.get(one)) is not None
            and (was := as_kept(known[one], of, today)) is not None
            and was == as_kept(known[one], old, today)
        ),
        None,
    )


def _further(
    piece: str, known: Mapping[str, RuleQuestion], given: Sequence[str], form: RuleForm, today: date
) -> dict[str, str]:
    """The answer that a further piece of a correction puts right: one of the same sort, or a count of which there is none."""
    none, sort = says_none(piece), shape(piece)
    for one in given:
        right = _right(known[one], piece, form, today) if one in form.answers else None
        alike = sort is not Shape.WORDS and shape(form.answers.get(one, "")) is sort
        if right is not None and (alike or (none and known[one].kind is QuestionKind.NUMBER)):
            return {one: right}
    return {}


def _bare(value: str, told: Sequence[Told]) -> list[str]:
    """The pieces of a correction that tell no certain fact by their own words; all of it where none does. Never empty."""
    plain = simplified(tidy(value))
    places = [(one.start, one.end) for one in told if one.end > one.start and one.least == one.most]
    found, at = [], 0
    for piece in _BREAKS.split(plain):
        start = plain.index(piece, at)
        at = start + len(piece)
        if piece.strip() and not any(start < end and begin < at for begin, end in places):
            found.append(piece.strip().removeprefix("是"))
    return found or ["" if places else value]


def _sort(told: Told) -> str:
    return "day" if re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", told.least) else "number"


def _sort_asked(question: RuleQuestion) -> str:
    return "day" if question.kind in DATED else "number"


def _differs(fact: str, asked: str) -> bool:
    if asked in _APART or fact in _APART:
        return asked in _APART and fact in _APART
    if any({fact, asked} <= alike for alike in _ALIKE):
        return "paid" not in {fact, asked} and not {fact, asked} <= _ALIKE[0]
    return fact != asked


def _as_told(value: str, question: RuleQuestion, told: Mapping[str, KnownFact]) -> str:
    """The answer, marked where it was told as near one: the calculator then says what it reckoned with."""
    known = told.get(question.fact or "")
    hedged = question.kind in _MEASURED and known is not None and known.certainty is Certainty.HEDGED
    return hedge(value) if hedged else value
