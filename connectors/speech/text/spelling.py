"""The text-to-speech normaliser: written Chinese to characters and pauses only. Rules here, words in ``data/spelling.yaml``.

The rules run in order, the more particular first; each replaces what it knows and leaves the rest. What has no rule is
dropped last, so that an engine never meets a sign it would read in English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from backend.language.amounts import money_said
from backend.language.digits import CHINESE_DIGITS, by_figure
from backend.language.numerals import counted, decimal_said, measured
from backend.language.placeholders import replace_placeholders

_FILE = Path(__file__).parents[1] / "data" / "spelling.yaml"


class Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hotlines: tuple[str, ...]
    dialled_after: tuple[str, ...]
    two_is_liang_before: tuple[str, ...]
    two_stays_before: tuple[str, ...]
    by_figure_before: tuple[str, ...]
    by_figure_after: tuple[str, ...]
    unreadable: str
    units: dict[str, str]
    letters: dict[str, str]
    words: dict[str, str]
    signs: dict[str, str]
    placeholders: dict[str, str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The data, checked."""
    return Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def spell(text: str) -> str:
    """The text as it is said: characters with ，。？！ between them. Idempotent; empty for what has nothing to say."""
    for rule in _rules():
        text = rule(text)
    return text


Rule = Callable[[str], str]
_dictated = partial(by_figure, one="幺")
_NUMBER = r"(?>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)"
_UNREADABLE = r"(?:(?![\u4e00-\u9fff])[^\W\d_])+"
"""Letters and characters that no rule has turned into common Chinese characters."""
_TO = r"\s*(?:-|~|–|—|～|至|到)\s*"


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    data = words()
    return (
        _placeholders,
        _plain_width,
        *_lists(),
        *_numbers_of_things(data),
        *_times_and_dates(),
        *_amounts(data),
        *_latin(data),
        *_signs(data),
    )


def _rule(pattern: str, said: Callable[[re.Match[str]], str], flags: int = 0) -> Rule:
    compiled = re.compile(pattern, flags)
    return lambda text: compiled.sub(said, text)


def _any(alternatives: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(alternatives, key=len, reverse=True))


def _placeholders(text: str) -> str:
    names = words().placeholders
    return replace_placeholders(text, lambda found: names.get(found.kind, names["number"]))


def _plain_width(text: str) -> str:
    """Full-width letters and figures to plain ones, 〇 to 零; the squared units keep their own sign."""
    text = text.replace("㎡", "m²").replace("〇", CHINESE_DIGITS[0])
    return "".join(c if c in "²℃￥，。？！：；（）、…" else unicodedata.normalize("NFKC", c) for c in text)


def _lists() -> tuple[Rule, ...]:
    """Members of a list are read as its first: 「第1、2项」 the first and the second, 「0888-5123456、5123457」 two telephones."""
    return (
        _rule(
            r"第(\d{1,3})((?:\s*[、,，和及或]\s*\d{1,3})+)(?=[\u4e00-\u9fff])",
            lambda m: "、".join(f"第{number}" for number in (m[1], *re.findall(r"\d+", m[2]))),
        ),
        _rule(r"(电话(?:号码)?)([是为：: ]*)(\d{7,8})(?!\d)", lambda m: f"{m[1]}{m[2]}{_dictated(m[3])}"),
        _rule(
            r"(0\d{2,3}-?\d{7,8}|(?<=[零幺二三四五六七八九]{7}))((?:\s*[、,，/和及或]\s*\d{7,8}(?!\d))+)",
            lambda m: f"{m[1]}，" + "，".join(map(_dictated, re.findall(r"\d+", m[2]))),
        ),
    )


def _numbers_of_things(data: Words) -> tuple[Rule, ...]:
    """Identity cards, telephones, cards, case numbers, item codes: figure by figure, in the groups people dictate."""
    return (
        _rule(r"(?:https?://)?(?=[a-z0-9.-]*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+", _address, re.IGNORECASE),
        _rule(r"(?<!\d)\d{0,8}\*{3,}(\d{2,4}[\dXx]?)(?!\d)", lambda m: f"尾号{_with_x(m[1])}"),
        _rule(
            r"(?<![\dA-Za-z])(\d{6})(\d{8})(\d{3}[\dXx])(?![\dA-Za-z])",
            lambda m: f"{_dictated(m[1])}，{_dictated(m[2])}，{_with_x(m[3])}",
        ),
        _rule(
            r"(?<![\dA-Z])([0-9A-HJ-NPQRTUWXY]{2})(\d{6})([0-9A-HJ-NPQRTUWXY]{10})(?![\dA-Z])",
            lambda m: "，".join(map(_with_x, m.groups())),
        ),
        _rule(
            r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)",
            lambda m: "，".join(map(_dictated, m.groups())),
        ),
        _rule(
            r"(?<!\d)(0\d{2,3})-(\d{3,4})[ -]?(\d{4})(?!\d)", lambda m: f"{_dictated(m[1])}，{_dictated(m[2] + m[3])}"
        ),
        _rule(r"(?<!\d)400-?(\d{3})-?(\d{4})(?!\d)", lambda m: f"四零零，{_dictated(m[1])}，{_dictated(m[2])}"),
        _rule(r"(?<!\d)\d{4}(?: \d{4}){2,4}(?: \d{1,3})?(?!\d)", lambda m: "，".join(map(_dictated, m[0].split()))),
        _rule(
            r"(?<!\d)\d{13,19}(?!\d)",
            lambda m: "，".join(_dictated(m[0][at : at + 4]) for at in range(0, len(m[0]), 4)),
        ),
        _rule(rf"(?<![\d.])(?:{_any(data.hotlines)})(?![\d.%]|元|个|人|件|天|万|分|岁|平)", lambda m: _dictated(m[0])),
        _rule(rf"({_any(data.dialled_after)})(1\d{{2}})(?!\d|元|个|人|次)", lambda m: m[1] + _dictated(m[2])),
        _rule(
            rf"({_any(data.by_figure_after)})([是为：: ]*)([0-9A-Z][0-9A-Z-]*)",
            lambda m: m[1] + ("是" if m[2].strip(" :：") else "") + _with_x(m[3]),
        ),
        _rule(rf"(?<!\d)(\d{{3,}})(?={_any(data.by_figure_before)})", lambda m: by_figure(m[1])),
        _rule(r"(?<![A-Za-z])[A-Z]{1,3}(?:-[A-Z]{2})?-?\d{2,}(?!\d)", lambda m: _with_x(m[0])),
    )


def _times_and_dates() -> tuple[Rule, ...]:
    return (
        _rule(r"(?<!\d)((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", _date),
        _rule(rf"(?<=[\d日月年]){_TO}(?=(?:19|20)\d{{2}}年)", lambda _m: "到"),
        _rule(r"((?:19|20)\d{2})(?=年)", lambda m: by_figure(m[1])),
        _rule(rf"(\d{{1,2}}月\d{{1,2}}日){_TO}(?=\d)", lambda m: f"{m[1]}到"),
        _rule(rf"(?<![\d:])(\d{{1,2}}:\d{{2}}){_TO}(?=\d{{1,2}}:\d{{2}})", lambda m: f"{m[1]}到"),
        _rule(r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?(?![\d:])", _time),
    )


def _amounts(data: Words) -> tuple[Rule, ...]:
    liang = rf"(?!{_any(data.two_stays_before)})(?:{_any(data.two_is_liang_before)})"
    units = _any(list(data.units))
    return (
        _rule(r"(?<=[\u4e00-\u9fff])[-~～—–](?=\d)", lambda _m: "到"),
        _rule(r"(?<![\d\u4e00-\u9fffA-Za-z%‰])-(?=\d)", lambda _m: "负"),
        _rule(rf"({_NUMBER})(?={_TO}(?:{_NUMBER}))(?:{_TO})", lambda m: f"{_spoken(m[1])}到"),
        _rule(rf"({_NUMBER})(%|‰)(?:{_TO})(?=\d)", lambda m: f"{_part(m)}到"),
        _rule(rf"({_NUMBER})(%|‰)", _part),
        _rule(r"(?<![\d/])(\d{1,3})/(\d{1,3})(?![\d/])", lambda m: f"{counted(int(m[2]))}分之{counted(int(m[1]))}"),
        _rule(rf"[¥￥]\s*({_NUMBER})(?![万亿])元?", lambda m: _money(m[1])),
        _rule(rf"({_NUMBER})元", lambda m: _money(m[1])),
        _rule(rf"[¥￥]\s*({_NUMBER})([万亿])元?", lambda m: f"{_spoken(m[1])}{m[2]}元"),
        _rule(r"[¥￥]", lambda _m: ""),
        _rule(rf"({_NUMBER})\s*({units})(?![A-Za-z])", lambda m: _before_measure(m[1]) + data.units[m[2]]),
        _rule(r"(?<=第)(\d+)", lambda m: counted(int(m[1]))),
        _rule(rf"(?<![\d.])2(?=多?{liang})", lambda _m: "两"),
        _rule(
            r"(?<=[\u4e00-\u9fff])/(?=[每月年人次天\u4e00-\u9fff])",
            lambda m: "每" if m.string[m.end()] in "月年人次天" and m.string[m.start() - 1] == "元" else "或",
        ),
        _rule(r"(?<![\d.,])0\d+(?![\d.])", lambda m: by_figure(m[0])),
        _rule(r"\d+(?:\.\d+){2,}", lambda m: "点".join(by_figure(part) for part in m[0].split("."))),
        _rule(_NUMBER, lambda m: _spoken(m[0])),
    )


def _address(found: re.Match[str]) -> str:
    """A web address: words that have a reading, the rest letter by letter, the dots said."""
    known = {word.lower(): said for word, said in words().words.items()}
    parts = found[0].lower().removeprefix("https://").removeprefix("http://").split(".")
    return "点".join(known.get(part) or _with_x(part) for part in parts)


def _latin(data: Words) -> tuple[Rule, ...]:
    by_word = {word.lower(): said for word, said in data.words.items()}

    def said(found: re.Match[str]) -> str:
        word = found[0]
        return by_word.get(word.lower()) or "".join(data.letters[letter] for letter in word.upper())

    return (_rule(r"[A-Za-z]+", said),)


def _signs(data: Words) -> tuple[Rule, ...]:
    signs = _any(list(data.signs))
    return (
        _rule(rf"(?<=[\u4e00-\u9fff])(?:{signs})(?=[\u4e00-\u9fff])", lambda m: data.signs[m[0]]),
        _rule(r"[!！]+", lambda _m: "！"),
        _rule(r"[?？]+", lambda _m: "？"),
        _rule(r"[。.…]+", lambda _m: "。"),
        _rule(r"[，,、；;：:（）()\n—–\-~～]+", lambda _m: "，"),
        _rule(_UNREADABLE, lambda _m: data.unreadable),
        _rule(r"[^\u4e00-\u9fff，。？！]", lambda _m: ""),
        _rule(r"^[，。]+|，+(?=[。？！，])|(?<=[。？！])[，。]+|，+$", lambda _m: ""),
    )


def _with_x(code: str) -> str:
    """A code in figures and letters; anything else in it is a short pause left out."""
    letters = words().letters
    return "".join(_dictated(c) if c.isdigit() else letters.get(c.upper(), "") for c in code)


def _date(found: re.Match[str]) -> str:
    return f"{by_figure(found[1])}年{counted(int(found[2]))}月{counted(int(found[3]))}日"


def _time(found: re.Match[str]) -> str:
    hour, minute, second = int(found[1]), int(found[2]), found[3]
    said = f"{measured(hour)}点"
    if minute:
        said += f"{'零' if minute < 10 else ''}{counted(minute)}分"
    return said + (f"{counted(int(second))}秒" if second else "")


def _part(found: re.Match[str]) -> str:
    return f"{'百' if found[2] == '%' else '千'}分之{_spoken(found[1])}"


def _money(number: str) -> str:
    amount = Decimal(number.replace(",", ""))
    exact = amount * 100 == (amount * 100).to_integral_value()
    return money_said(amount) if exact else f"{_spoken(number)}元"


def _before_measure(number: str) -> str:
    return "两" if number == "2" else _spoken(number)


def _spoken(number: str) -> str:
    return decimal_said(number.replace(",", ""))
