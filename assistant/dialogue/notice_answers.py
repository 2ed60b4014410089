"""Which answer to a question of the one-time notice is meant by words, and which answer given before is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backend.contracts.notices import SituationQuestion
from backend.language.corrections import read_correction
from backend.language.verb_answers import read_yes_no_to

MIN_LABEL = 2
MAX_ANSWER = 12
"""Characters: a longer sentence is more than an answer to a question with two buttons."""
_DENIED_BEFORE = re.compile(r"(?:不是|不用|不要|不想|没有?|不|非)[^，。,]{0,2}$")
_DENIED_AFTER = re.compile(r"[^，。,]{0,2}?[不没](?!知道|用|要紧)")
"""「自己不想干了」 says nothing of who comes."""
_LEADS = re.compile(r"^(?:其实|应该)?(?:我)?是(?=.)|^(?:其实|应该)")
_ENDS = "。，,.!！~～ "


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A question that was answered before, and the right answer to it."""

    question: SituationQuestion
    holds: bool

    @property
    def label(self) -> str:
        """The right answer in the question's own words."""
        return self.question.yes if self.holds else self.question.no


def meant(question: SituationQuestion, said: str) -> bool | None:
    """The answer that the words name: one of the two labels, or words for one of them, undenied; None for both or none."""
    sides = ((question.yes, True), (question.no, False))
    named = [answer for label, answer in sides if _names(said, label)]
    if len(named) == 1:
        return named[0]
    if len(said) > MAX_ANSWER:
        return None
    words = ((question.yes_words, True), (question.no_words, False))
    worded = [answer for known, answer in words if any(stands_undenied(word, said) for word in known)]
    return worded[0] if len(worded) == 1 else None


def stands_undenied(word: str, said: str) -> bool:
    """Whether the word stands in what was said, with no denial right before or right after it."""
    return any(
        not _DENIED_BEFORE.search(said[: found.start()]) and not _DENIED_AFTER.match(said[found.end() :])
        for found in re.finditer(re.escape(word), said)
    )


def taken_back(text: str, answered: Sequence[SituationQuestion], situation: Mapping[str, bool]) -> TakenBack | None:
    """「不对，是请别人代办」「其实是本人办」: the newest answer that the words turn round; None where they turn none.

    ``answered``: questions answered so far, the oldest first.
    """
    correction = read_correction(text)
    if correction is None:
        said = text.strip(_ENDS)
        if _LEADS.search(said) is None or len(said) > MAX_ANSWER:
            return None
        said = _LEADS.sub("", said)
    elif not correction.is_of_the_last:
        return None
    else:
        said = correction.value.strip(_ENDS)
    return next(_turned(said, answered, situation), None) if said else None


def _turned(said: str, answered: Sequence[SituationQuestion], situation: Mapping[str, bool]) -> Iterator[TakenBack]:
    for question in reversed(answered):
        answer = meant(question, said)
        if answer is None and "还是" not in question.question:
            answer = read_yes_no_to(question.question, said) if len(said) > 1 else None
        if answer is not None and answer is not situation.get(question.fact):
            yield TakenBack(question, answer)


def _names(said: str, label: str) -> bool:
    if len(said) < MIN_LABEL:
        return False
    short = label.removesuffix("办")
    return said in label or stands_undenied(label, said) or stands_undenied(short, said)
