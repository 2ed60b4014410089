"""Which answer to a calculator's question is said back in full: what was understood is not what was written, word for word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.actions.turn import TurnView
from assistant.replies.texts import labels
from backend.contracts.calculator_content import QuestionKind, RuleQuestion
from backend.language.choice_meanings import read_choice_meant
from backend.language.counts import read_count, says_none
from backend.language.dates import day_text, read_date
from backend.language.months import read_month
from backend.language.quantities import Unclear, read_amount
from backend.language.verb_answers import read_yes_no_to
from backend.language.yes_no import read_yes_no

_SIGNS = "。，,.!！ "


def say_noted(turn: TurnView, question: RuleQuestion, said: str, about: str | None = None) -> None:
    """Say how the answer was understood, where it was written otherwise; nothing for what was pressed.

    ``about``: code of the item that the result is about. What corrects itself within the message is always said.
    """
    if said and turn.corrects_itself:
        told = shown_answer(question, said, turn.message.today)
        turn.say("rules.noted", about=about, label=question.label, value=told)
        return
    value = None if turn.choice is not None else _understood(question, said, turn.text, turn.message.today)
    if value is not None and value not in re.sub(r"\s", "", unicodedata.normalize("NFKC", turn.text)):
        turn.say("rules.noted", about=about, label=question.label, value=value)


def noted(turn: TurnView, questions: Sequence[RuleQuestion], changed: Mapping[str, str]) -> str:
    """What corrected answers are now: 「入职那天」记为2016年3月1日；「离开那天」记为…."""
    by_id = {question.id: question for question in questions}
    return "；".join(
        f"「{by_id[name].label}」记为{shown_answer(by_id[name], said, turn.message.today)}"
        for name, said in changed.items()
    )


def say_changed(turn: TurnView, changed: str, about: str | None = None, *, supposed: bool = False) -> None:
    """Say what was put right, or is only supposed. ``about``: code of the item that the result is about."""
    turn.say("rules.supposed" if supposed else "rules.changed", about=about, changed=changed)


def shown_answer(question: RuleQuestion, said: str, today: date) -> str:
    """An answer as it is said back."""
    return _understood(question, said, "", today) or _as_said(question, said)


def _understood(question: RuleQuestion, said: str, written: str, today: date) -> str | None:
    match question.kind:
        case QuestionKind.DATE:
            day = read_date(said, today)
            return None if day is None else day_text(day)
        case QuestionKind.MONTH:
            month = read_month(said, today)
            return None if month is None else f"{month.year}年{month.number}月"
        case QuestionKind.NUMBER:
            count = read_count(question.question, said)
            plain = read_amount(said)
            return None if isinstance(count, Unclear) or count == plain else f"{count.normalize():f}"
        case QuestionKind.DURATION:
            return "0个月" if says_none(said) else None
        case QuestionKind.YES_NO if read_yes_no(written) is None:
            answer = read_yes_no_to(question.question, said)
            return None if answer is None else labels().labels["yes" if answer else "no"]
        case QuestionKind.CHOICE:
            label = _as_said(question, said)
            return None if label == said else label
    return None


def _as_said(question: RuleQuestion, said: str) -> str:
    """The choice's label; else the words themselves."""
    labels = {choice.id: choice.label for choice in question.choices}
    place = read_choice_meant(said, list(labels.values()))
    return labels.get(said) or (said.strip(_SIGNS) if place is None else question.choices[place].label)
