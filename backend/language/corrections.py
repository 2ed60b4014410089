"""What somebody takes back: 「3年，不对，是5年半」 within one message, 「刚才写错了，是5年半」 of what was said before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.alternatives import any_pattern
from backend.language.digits import CHINESE_DIGITS
from backend.language.names import is_full_name
from backend.language.placeholders import has_placeholder

_FILE = Path(__file__).parent / "data" / "corrections.yaml"
_BREAK = r"[\s，,。.；;：:！!…、~～—-]"
_NUMERALS = rf"[\d{CHINESE_DIGITS}〇两十百千万半.]+"
_UNIT = r"(?:周?年|个半?月|月|[日号元块天级个岁])"
_VALUE = re.compile(rf"{_NUMERALS}(?:{_UNIT}(?:{_NUMERALS}|半)?)*")
_BEGINS_WITH_VALUE = re.compile(_NUMERALS)
_DAY = re.compile(rf"(?P<year>(?:{_NUMERALS}|去|今|前)年)?(?P<month>{_NUMERALS}月)?(?P<day>{_NUMERALS}[日号]?)?")
_SHORTEST_DAY = 2
_ASKS = re.compile(r"[?？]|吗\W*$|为什么|怎么")
_ENDS = "。！!～~ "


class _Words(BaseModel):
    """The data file: pieces of patterns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wrong: tuple[str, ...] = Field(min_length=1)
    denied: tuple[str, ...] = Field(min_length=1)
    changed: tuple[str, ...] = Field(min_length=1)
    leads: tuple[str, ...] = Field(min_length=1)
    before: tuple[str, ...] = Field(min_length=1)
    anew: tuple[str, ...] = Field(min_length=1)
    told: tuple[str, ...] = Field(min_length=1)
    particles: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """「X，不是Y」「不是Y，是X」: what is right and what is not. ``right`` may begin with the name of what it is (「单位是X」)."""

    right: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as it was put. ``value``: what is right, empty where only that something is wrong, or told anew, was said.

    ``of``: what stands before it: the wrong value (「3年」), the name of what is wrong (「年限」), or nothing.
    ``said_wrong``: it says of the speaker that they wrote or said it wrong, which no answer to a question does.
    """

    of: str
    value: str
    said_wrong: bool

    @property
    def is_of_the_last(self) -> bool:
        """Whether nothing is named: what was said last is meant (「刚才说错了，是9年」)."""
        return _before().fullmatch(self.of) is not None


def read_correction(text: str) -> Correction | None:
    """The correction that a message is; None for any other. A question is none."""
    said = text.strip()
    if _ASKS.search(said):
        return None
    found = _changes().fullmatch(said) or _marks().fullmatch(said)
    if found is None:
        return None
    of = found["of"].strip("，,。：: 、把将")
    value = (found["value"] or "").strip(_ENDS)
    anew = _anew().fullmatch(value) is not None
    said_wrong = anew or found.groupdict().get("wrong") is not None
    return Correction(of, "" if anew else value, said_wrong=said_wrong)


def read_contrast(text: str) -> Contrast | None:
    """What a whole message says to be so, and not otherwise; None for any other. A question is none."""
    said = text.strip().strip(_ENDS)
    if _ASKS.search(said) or "是不是" in said:
        return None
    found = _rather().fullmatch(said) or _not_but_rather().fullmatch(said)
    if found is None:
        return None
    right, wrong = (found[side].strip("，,。；;：: 、") for side in ("right", "wrong"))
    head = (found.groupdict().get("head") or "").strip("，,。；; 、")
    return Contrast(f"{head}是{right}" if head else right, wrong) if right and wrong else None


def without_taken_back(text: str) -> str:
    """The message as it is meant: of a value and its correction only the correction stays.

    What else was said before a corrected figure is kept (「我交了3年，不对，是5年」 is 「我交了5年」); a corrected name or
    number of one's own stands alone. 「不是退休，是转移」 is about two matters and stays as it is.
    """
    not_but = _not_but(text)
    if not_but is not None:
        return not_but
    correction = read_correction(text)
    if correction is None or not correction.value or correction.is_of_the_last:
        return text
    head, tail = correction.of, without_taken_back(correction.value)
    if has_placeholder(text):
        return tail if has_placeholder(tail) and has_placeholder(head) else text
    return _in_place(head, tail) if _BEGINS_WITH_VALUE.match(tail) else tail


def _in_place(head: str, tail: str) -> str:
    """The head with its last figure replaced. A day that names no year or month keeps those told before."""
    values = [found for found in _VALUE.finditer(head) if len(found[0]) > 1 or found[0].isdigit()]
    if not values:
        return tail
    was, now = _DAY.fullmatch(values[-1][0]), _DAY.match(tail)
    kept = ""
    if was is not None and now is not None and was["month"] and not now["year"]:
        kept = (was["year"] or "") + ("" if now["month"] else was["month"])
        kept = kept if now["month"] or tail.rstrip(_ENDS).endswith(("日", "号")) else ""
    return head[: values[-1].start()] + kept + tail


def _not_but(text: str) -> str | None:
    """「不要打A，打B」「不是3年，是5年」「是B不是A」 with two values of one sort: the right one in its place."""
    found = _writes().fullmatch(text) or _is_not().fullmatch(text) or _is_rather().fullmatch(text)
    if found is None or _ASKS.search(text):
        return None
    wrong, right = found["wrong"].strip("的"), found["right"].strip("的" + _ENDS)
    return f"{found['head']}{right}" if found.groupdict().get("writes") or _alike(wrong, right) else None


def _alike(one: str, other: str) -> bool:
    """Whether they can be two versions of one value: two numbers of persons, two figures, two names, or nearly the same words."""
    if has_placeholder(one) or has_placeholder(other):
        return has_placeholder(one) and has_placeholder(other)
    figures = [_BEGINS_WITH_VALUE.match(side) is not None for side in (one, other)]
    if any(figures):
        return all(figures)
    names = is_full_name(one) and is_full_name(other)
    return names and one[0] == other[0]


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    """「A，不对，是B」「A写错了B」「A错了」."""
    words = _words()
    mark = (
        rf"(?P<wrong>{_BREAK}*(?:我|刚才|刚刚|又|是|给|都)*(?:{any_pattern(words.wrong)}))"
        rf"|(?:^|{_BREAK}+)(?:{any_pattern(words.denied)})(?={_BREAK}|应|其实|是|$)"
        rf"|(?<=[^\s，,。]){_BREAK}*(?:不对|不正确)"
    )
    return re.compile(
        rf"(?P<of>.*?)(?:{mark})[{words.particles}]*(?:{_BREAK}+|{any_pattern(words.denied)}|{any_pattern(words.wrong)})*"
        rf"(?:{any_pattern(words.leads)})*{_BREAK}*(?P<value>.*)",
        re.DOTALL,
    )


@lru_cache(maxsize=1)
def _changes() -> re.Pattern[str]:
    """「电话改成B」「把3年改成5年」."""
    words = _words()
    return re.compile(rf"(?P<of>.*?){_BREAK}*(?:{any_pattern(words.changed)}){_BREAK}*(?P<value>\S.*)", re.DOTALL)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_pattern(_words().before)}|{_BREAK})*")


@lru_cache(maxsize=1)
def _anew() -> re.Pattern[str]:
    return re.compile(any_pattern(_words().anew))


@lru_cache(maxsize=1)
def _writes() -> re.Pattern[str]:
    told = any_pattern(_words().told)
    return re.compile(
        rf"(?P<head>.*?)(?:别|不要|不用|不是)(?:{told})(?P<wrong>[^，,。；; ]+?){_BREAK}*(?:而是|应该|应当|要|得|是)?(?P<writes>{told})(?P<right>\S.*)",
        re.DOTALL,
    )


@lru_cache(maxsize=1)
def _is_not() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<head>[^，,。；;]*?)不是(?P<wrong>[^，,。；;、 是]+){_BREAK}*(?:而是|应该是|应当是|是)(?P<right>[^，,。；;]+)\W*"
    )


@lru_cache(maxsize=1)
def _is_rather() -> re.Pattern[str]:
    return re.compile(rf"(?P<head>)是?(?P<right>[^，,。；;、 ]+?){_BREAK}*不是(?P<wrong>[^，,。；;、 是]+)\W*")


@lru_cache(maxsize=1)
def _rather() -> re.Pattern[str]:
    """「X，不是Y」「是X不是Y」."""
    return re.compile(
        rf"(?:应该|应当|其实)?是?(?P<right>[^不]+?){_BREAK}*(?:而|可|并|又)?不(?:是|叫)(?:叫|写|写的|那个)?(?P<wrong>[^，,。；;是]+?)(?:哦|啊|呀|噢|嘛|的|了|哈)*"
    )


@lru_cache(maxsize=1)
def _not_but_rather() -> re.Pattern[str]:
    """「不是Y，是X」「单位不是Y，是X」."""
    return re.compile(
        rf"(?P<head>[^，,。；;不]{{0,8}}?)(?:并|又)?不(?:是|叫)(?P<wrong>[^，,。；;是]+?){_BREAK}*(?:而是|应该是|应当是|应该叫|是|叫)(?P<right>[^，,。；;]+)"
    )
