"""What is asked and said after a case was started, read from words alone; ``data/case_path.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from assistant.dialogue.facts.periods import periods
from backend.contracts.remedies import DecisionKind
from backend.language.corrections import read_correction
from backend.language.dates import read_date
from backend.language.part_changes import read_part_change
from backend.language.script import simplified
from backend.language.text import tidy

_FILE = Path(__file__).parent / "data" / "case_path.yaml"
_ENDS = "。.！!~～ "
_RELATIVE = re.compile(
    r"上上?个?(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}|[一二两三四五六七八九十]{1,2})天前|大?前天"
)
LONGEST_DAY = 20
"""Characters of a message that only tells a day."""


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    longest: int
    unless: re.Pattern[str]

    def may_be(self, said: str) -> bool:
        """Whether it is short enough, and nothing else is meant."""
        return len(said) <= self.longest and self.unless.search(said) is None


class SupplementWords(_Words):
    """Of what is asked for or told of a supplement."""

    asks: tuple[re.Pattern[str], ...]
    maybe: tuple[re.Pattern[str], ...]
    """Asks it only if something of the conversation is to be supplied."""
    has: re.Pattern[str]
    trouble: re.Pattern[str]
    promise: re.Pattern[str]
    question: re.Pattern[str]


class WithdrawWords(_Words):
    """Of taking a case back, and of our question whether it is meant."""

    asks: tuple[re.Pattern[str], ...]
    whole: re.Pattern[str]
    yes: re.Pattern[str]
    no: re.Pattern[str]


class AppealWords(_Words):
    """Of not accepting a decision. ``ours``: said of an employer's matter it is a decision all the same."""

    whole: re.Pattern[str]
    asks: tuple[re.Pattern[str], ...]
    kinds: dict[DecisionKind, re.Pattern[str]]
    refusal: re.Pattern[str]
    ours: re.Pattern[str]
    instead_of: frozenset[str]
    """Policy answers that tell less than this."""


class PayDateWords(_Words):
    """Of the day on which money comes. ``says``: what an item tells of how it comes."""

    asks: tuple[re.Pattern[str], ...]
    says: re.Pattern[str]


Facet = Literal["stage", "who", "days"]


class CaseStatusWords(_Words):
    """Of where a case stands, who has it, how long it still takes."""

    asks: dict[Facet, tuple[re.Pattern[str], ...]]
    of_a_case: re.Pattern[str]
    """Words without which nothing is said of a case, whatever a message is taken for."""


class WrongFieldWords(_Words):
    """Of something that is wrong in a form that is handed in."""

    after: re.Pattern[str]
    wishes: tuple[re.Pattern[str], ...]
    should_be: re.Pattern[str]
    form: re.Pattern[str]
    slip: re.Pattern[str]
    no_value: re.Pattern[str]


class CasePathWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    paper: re.Pattern[str]
    supplement: SupplementWords
    withdraw: WithdrawWords
    appeal: AppealWords
    pay_date: PayDateWords
    case_status: CaseStatusWords
    wrong_field: WrongFieldWords

    @model_validator(mode="before")
    @classmethod
    def _with_papers(cls, read: dict[str, Any]) -> dict[str, Any]:
        """Put the words for papers where ``{paper}`` stands."""
        return {name: _filled(value, str(read["paper"])) for name, value in read.items()}


@dataclass(frozen=True, slots=True)
class Appeal:
    """A decision that is not accepted: of which kind, if that was said, whether it was refused, and the day it came."""

    kind: DecisionKind | None = None
    refused: bool = False
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class WrongField:
    """``of``: words for the field; empty where only the form is named. ``told``: whether what is right was told with it."""

    of: str
    told: bool


Supplied = Literal["asks", "may_ask", "tells"]
"""What is said of a supplement."""


@lru_cache(maxsize=1)
def case_path_words() -> CasePathWords:
    """The words, checked."""
    return CasePathWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def supplement_said(text: str, *, awaited: bool = False) -> Supplied | None:
    """Whether it is asked what to supply, or told how it goes with it. ``awaited``: we have just told what lacks."""
    said, words = _plain(text), case_path_words().supplement
    if not words.may_be(said):
        return None
    asks = any(pattern.search(said) for pattern in words.asks)
    has = words.has.search(said) is not None
    asking = words.question.search(said) is not None or "?" in text or "？" in text
    trouble, promise = words.trouble.search(said) is not None, words.promise.search(said) is not None
    if (has and not asking) or ((asks or awaited) and (trouble or (promise and not asking))):
        return "tells"
    if asks:
        return "asks"
    return "may_ask" if any(pattern.search(said) for pattern in words.maybe) else None


def asks_withdrawal(text: str) -> bool:
    """Whether a case is to be taken back."""
    said, words = _plain(text), case_path_words().withdraw
    if not words.may_be(said) or words.no.fullmatch(said):
        return False
    return words.whole.fullmatch(said) is not None or any(pattern.search(said) for pattern in words.asks)


def withdrawal_confirmed(text: str) -> bool | None:
    """Yes or no to our question whether it is really to be withdrawn, in words of its own; None for anything else."""
    said, words = _plain(text), case_path_words().withdraw
    if words.no.fullmatch(said):
        return False
    return True if words.yes.fullmatch(said) else None


def appeal_said(text: str, today: date) -> Appeal | None:
    """A decision that somebody does not accept."""
    said, words = _plain(text), case_path_words().appeal
    ours = words.ours.search(said) is not None
    if len(said) > words.longest or (words.unless.search(said) and not ours):
        return None
    if not words.whole.fullmatch(said) and not any(pattern.search(said) for pattern in words.asks):
        return None
    kind = next((kind for kind, pattern in words.kinds.items() if pattern.search(said)), None)
    return Appeal(kind, words.refusal.search(said) is not None, day_told(said, today))


def day_told(text: str, today: date) -> date | None:
    """The day that a sentence names, today at the latest; the last of several."""
    said = _plain(text)
    days = [one.first for one in periods(said, today) if one.first == one.last]
    days += [day for found in _RELATIVE.finditer(said) if (day := read_date(found.group(), today)) is not None]
    return max((day for day in days if day <= today), default=None)


def wrong_field_said(text: str) -> WrongField | None:
    """What is said to be wrong in a form that is handed in, or wished to be changed there."""
    words = case_path_words().wrong_field
    said = tidy(text).strip(_ENDS).rstrip("?？")
    if not words.may_be(said):
        return None
    part = read_part_change(said)
    if part is not None:
        return WrongField(part.of, told=True)
    wish = next((found for pattern in words.wishes if (found := pattern.fullmatch(said))), None)
    if wish is not None:
        return WrongField(wish.groupdict().get("of") or "", told=False)
    should_be = words.should_be.fullmatch(said)
    if should_be is not None:
        return WrongField(should_be["of"], told=True)
    asks = re.search(rf"(?:{words.after.pattern})$", said)
    correction = read_correction(said if asks is None else said[: asks.start()])
    if correction is None or not (correction.said_wrong or correction.value):
        return None
    told = bool(correction.value) and words.no_value.fullmatch(correction.value) is None
    if words.form.fullmatch(correction.of) is None:
        return WrongField(correction.of, told=told)
    return WrongField("", told=False) if words.slip.search(said) else None


def asks_pay_date(text: str) -> bool:
    """Whether it is asked when money comes."""
    said, words = _plain(text), case_path_words().pay_date
    return words.may_be(said) and any(pattern.search(said) for pattern in words.asks)


def status_asked(text: str) -> Facet | None:
    """What of a case is asked: its stage, who has it, how long it still takes."""
    said, words = _plain(text), case_path_words().case_status
    if not words.may_be(said):
        return None
    return next(
        (facet for facet, patterns in words.asks.items() if any(pattern.search(said) for pattern in patterns)), None
    )


def _plain(text: str) -> str:
    return simplified(tidy(text)).lower().strip(_ENDS).rstrip("?？").strip(_ENDS)


def _filled(value: Any, paper: str) -> Any:
    if isinstance(value, str):
        return value.replace("{paper}", paper)
    if isinstance(value, list):
        return [_filled(one, paper) for one in value]
    return {name: _filled(one, paper) for name, one in value.items()} if isinstance(value, dict) else value
