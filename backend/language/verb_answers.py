"""Yes and no told with the verb of the question: 「交了」「没交」「挂失过」「想参加」. What counts is how the question puts it."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from backend.language.bound_answers import read_by_bound
from backend.language.script import simplified
from backend.language.yes_no import read_yes_no, yes_no_words

LONGEST = 16
"""Characters: a longer message says more than yes or no."""
_ASKS = re.compile(r"[?？吗么]|什么|怎么|多少|哪|还是")
_MARKS = re.compile(r"[\s，,。.！!~～;；、…]+")
_DENIES = r"(?:从来|并|也|都|还|根本|一直|确实)*(?:没有|没得|没|未|不|莫)"
_WISH_ASKED = re.compile(r"([想愿要])不\1")
_LEADS = r"(?:我们?|本人|单位|他们?|她|已经|都|也|早就|早|刚刚?|就|是|确实|的确|目前|现在)*"
_AFTER = r"(?:过了|完了|好了|掉了|了|过|着|的|完|好)的?"
_DENIED_BEFORE = re.compile(r"(?:没有?|未|不|还没有?)(?:还|曾)?$")
_BOTH_WAYS = ("有没有", "是不是", "能不能", "会不会", "要不要", "想不想", "可不可以")
_ENDS = r"(?:了|过|的)*(?:吗|没有|没|不)?[？?]"


def read_yes_no_to(question: str, text: str) -> bool | None:
    """Whether the message says yes (True) or no (False) to the question, in so many words with the question's own verb, or by a length.

    None where it says neither. To 「现在有没有还没还清的？」 「还清了」 is no: the question itself denies.
    """
    answer = read_yes_no(text)
    if answer is not None:
        return answer
    by_length = read_by_bound(question, text)
    if by_length is not None:
        return by_length
    plain = simplified(_MARKS.sub("", normalize("NFKC", text)))
    if len(plain) > LONGEST or _ASKS.search(plain) or "还是" in question:
        return None
    wished = _by_wish(question, plain)
    if wished is not None:
        return wished
    found = _restated().fullmatch(plain)
    if found is None:
        return None
    said = found["verb"]
    places = [place.start() for place in re.finditer(re.escape(said), question)]
    if not places or not (found["denies"] or found["after"] or _may_stand_alone(said, question)):
        return None
    denied_in_question = {_is_denied(question, place) for place in places}
    if len(denied_in_question) > 1:
        return None
    return (found["denies"] is None) != denied_in_question.pop()


def _by_wish(question: str, plain: str) -> bool | None:
    """Whether it is wished, told with what is wished in other words: 「想学」「不想去」 to 「想不想参加」."""
    asked = _WISH_ASKED.search(question)
    found = (
        None
        if asked is None
        else re.fullmatch(
            rf"(?:我|就|还是|也|都|很|蛮|挺)*(?P<denies>[不没])?{asked[1]}(?:去|来)?(?:学|去|来|试试?|听|报名?)(?:一?下|的|啊|嘛)?",
            plain,
        )
    )
    return None if found is None else found["denies"] is None


def _may_stand_alone(verb: str, question: str) -> bool:
    """「想」 to 「想不想」, 「难产」 to 「是难产吗」: the verb without 了 or 过 is an answer."""
    both_ways = re.search(rf"{re.escape(verb[0])}[不没]{re.escape(verb[0])}", question)
    return both_ways is not None or (len(verb) > 1 and re.search(rf"{re.escape(verb)}{_ENDS}", question) is not None)


def _is_denied(question: str, place: int) -> bool:
    """Whether the question has 没 or 不 right before the verb, other than in 「有没有」 and 「领没领过」."""
    before = question[:place]
    denied = _DENIED_BEFORE.search(before)
    if denied is None:
        return False
    both_ways = before.endswith(_BOTH_WAYS)
    repeated = before[: denied.start()].endswith(question[place])
    return not (both_ways or repeated)


@lru_cache(maxsize=1)
def _restated() -> re.Pattern[str]:
    particles = f"[{yes_no_words().particles}]*"
    return re.compile(rf"{_LEADS}(?P<denies>{_DENIES})?(?P<verb>\w{{1,8}}?)(?P<after>{_AFTER})?{particles}")
