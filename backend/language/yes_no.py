"""Yes and no, read from a whole message; words in ``data/yes_no.yaml``.

A message is read as a whole: 「可以」 is yes, 「可以不交吗」 and 「不知道」 are neither. A question is never an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile
from pathlib import Path
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.alternatives import any_of
from backend.language.script import simplified

LONGEST = 20
"""Characters: a longer message says more than yes or no."""
_FILE = Path(__file__).parent / "data" / "yes_no.yaml"
_BREAKS = re.compile(r"[，,、。.．!！~～;；…\s]+")
_ASKS = re.compile(r"[?？]|吗[。.!！~～\s]*$")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpokenAnswers(_Data):
    """Answers that a recogniser listens for."""

    yes: tuple[str, ...]
    no: tuple[str, ...]


class YesNoWords(_Data):
    """The data file."""

    yes: tuple[str, ...] = Field(min_length=1)
    no: tuple[str, ...] = Field(min_length=1)
    leads: tuple[str, ...]
    courtesies: tuple[str, ...]
    listening: tuple[str, ...]
    particles: str
    spoken: SpokenAnswers


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Of one part of a message, between punctuation."""

    yes: re.Pattern[str]
    no: re.Pattern[str]
    listening: re.Pattern[str]
    """Before a no: it was heard what was asked."""
    courtesy: re.Pattern[str]
    lead: re.Pattern[str]


@lru_cache(maxsize=1)
def yes_no_words() -> YesNoWords:
    """The data, checked. Raises ValueError where a word is in both lists."""
    words = YesNoWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
    both = set(words.yes) & set(words.no)
    if both:
        raise ValueError(f"yes_no.yaml: {both} are yes and no")
    return words


def read_yes_no(text: str) -> bool | None:
    """Whether the message says yes (True) or no (False); None where it says neither, or both."""
    plain = normalize("NFKC", text).lower().strip()
    if len(plain) > LONGEST or _ASKS.search(plain):
        return None
    answer = _whole(plain)
    return answer if answer is not None else _whole(simplified(plain))


def _whole(text: str) -> bool | None:
    """Every part says the same, or it is a no after some word of listening."""
    patterns = _patterns()
    every = [part for part in _BREAKS.split(text) if part and not patterns.courtesy.fullmatch(part)]
    parts = list(dropwhile(patterns.lead.fullmatch, every)) or every
    answers = [_part(part) for part in parts]
    if not answers or None in answers:
        return None
    if answers[-1] is False:
        heard = (not answer or patterns.listening.fullmatch(part) for part, answer in zip(parts, answers, strict=True))
        return False if all(heard) else None
    return True if all(answers) else None


def _part(part: str) -> bool | None:
    """What denies goes before what affirms: 「不可以」 is no, 「没问题」, being no denial as a whole, is yes."""
    if _patterns().no.fullmatch(part):
        return False
    return True if _patterns().yes.fullmatch(part) else None


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = yes_no_words()
    particles = f"[{words.particles}的]*"
    before, courtesies = any_of((*words.leads, *words.courtesies)), any_of(words.courtesies)

    def said(answers: Iterable[str], after: str) -> re.Pattern[str]:
        """Once or several times: 「对对对」「好的好的」."""
        one = rf"(?P<said>{any_of(answers)}){after}(?:(?P=said){after})*"
        return re.compile(rf"(?:{before})*{one}(?:{courtesies}{particles})*")

    return _Patterns(
        yes=said(words.yes, particles),
        no=said(words.no, f"[{words.particles}的了]*"),
        listening=re.compile(f"(?:{before})*(?:(?:{any_of(words.listening)}){particles})+"),
        courtesy=re.compile(f"(?:{courtesies}){particles}"),
        lead=re.compile(f"(?:{any_of(words.leads)}){particles}"),
    )
