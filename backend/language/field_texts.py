"""Whether words answer a field that takes words: an employer, an address, a trade, a bank (``data/field_texts.yaml``).

What surely is none is never kept (agreement, a question, a refusal) or only when it is told a second time (a day, a sum, a story,
what another field takes); what looks like none, or is too vague, is asked about once and then taken as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.language.alternatives import any_of
from backend.language.employers import read_employer
from backend.language.field_remarks import is_firm_name, read_field_remark
from backend.language.names import is_full_name, is_introduced
from backend.language.plain_texts import is_name_of_something
from backend.language.remarks import Remark, read_remark
from backend.language.yes_no import read_yes_no

_FILE = Path(__file__).parent / "data" / "field_texts.yaml"
_SIGNS = "。，,.!！~～…、；;：: "
_SHORTEST = 2
"""Characters of an answer that is left when the words around it are taken off."""
_BLANK = re.compile(r"\s+")
_CLAUSES = re.compile(r"[，,。；;\s]+(?![^（(]*[）)])")
_PARTS = re.compile(r"[，,。.!！~～、\s]+")
EMPLOYER = "employer"
"""The kind whose names are read by ``employers.py``."""


class TextVerdict(StrEnum):
    """What becomes of the words."""

    TAKEN = "taken"
    DOUBTFUL = "doubtful"
    """Asked about once; whatever is told then is taken."""
    COARSE = "coarse"
    """Only the beginning of the answer: the rest is asked for."""
    UNLIKE = "unlike"
    """Something else; taken if it is told once more to the letter."""
    NONE = "none"
    """No answer to anything."""


@dataclass(frozen=True, slots=True)
class TextReading:
    """The answer in the words. ``value`` is what is kept if it is taken; ``sure``: it looks like what is asked for."""

    verdict: TextVerdict
    value: str
    sure: bool = False


class _Kind(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    labels: re.Pattern[str]
    like: str = ""
    drops: tuple[str, str] = ("", "")
    looks: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    coarse: str = ""
    free: frozenset[str] = frozenset()
    sure_first: bool = False
    needs_look: bool = False


class _Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numeral: str
    places: tuple[str, ...] = Field(min_length=1)
    never: dict[str, tuple[str, ...]]
    otherwise: dict[str, tuple[str, ...]] = Field(alias="else")
    kinds: dict[str, _Kind]
    looks: dict[str, tuple[str, ...]]
    no_person: tuple[str, ...]
    nothing: tuple[str, ...]

    @model_validator(mode="after")
    def _names_looks(self) -> _Words:
        named = {name for kind in self.kinds.values() for name in kind.unlike}
        if unknown := named - set(self.looks):
            raise ValueError(f"field_texts.yaml: {sorted(unknown)} stand not among the looks")
        return self


def text_kind(label: str) -> str:
    """The kind of words that a field of this label takes; empty where any will do."""
    fitting = [name for name, kind in _words().kinds.items() if kind.labels.search(label)]
    return fitting[-1] if fitting else ""


def read_field_text(label: str, text: str) -> TextReading:
    """What a message gives a field of this label that takes words."""
    name = text_kind(label)
    said = text.strip().strip(_SIGNS)
    plain = _plain(said)
    if name == EMPLOYER:
        return _read_employer(said, plain)
    if _is_never(plain):
        return TextReading(TextVerdict.NONE, said)
    kind = _kind(name)
    if kind is None:
        return TextReading(TextVerdict.TAKEN, said)
    value = said if kind.drops == ("", "") else _dropped(said, kind.drops)
    core = _plain(value)
    looks = _fits(kind.looks, core)
    if any(_fits(patterns, core) for other, patterns in _words().otherwise.items() if other not in kind.free):
        return TextReading(TextVerdict.UNLIKE, said)
    if any(
        (_fits(_words().looks[other], core) or _fits(_words().looks[other], plain))
        and not (looks and other == "address")
        for other in kind.unlike
    ):
        return TextReading(TextVerdict.UNLIKE, said)
    if not kind.free and not looks and not is_name_of_something(said):
        return TextReading(TextVerdict.UNLIKE, said)
    if kind.needs_look and not looks and is_full_name(core):
        return TextReading(TextVerdict.UNLIKE, said)
    if kind.coarse and core and _pattern(kind.coarse).fullmatch(core):
        return TextReading(TextVerdict.COARSE, value)
    if _fits(kind.vague, plain) or (kind.needs_look and not looks):
        return TextReading(TextVerdict.DOUBTFUL, value)
    return TextReading(TextVerdict.TAKEN, value, sure=looks)


def begins_anew(begun: str, told: str) -> bool:
    """Whether words that come after the beginning of an address hold it again, or another one: they are the whole."""
    plain = _plain(told)
    return _plain(begun)[:2] in plain or any(
        _pattern(f"{{place}}?.*(?:{level}).*").fullmatch(plain) for level in ("市", "[县区](?!域)")
    )


def is_no_person(text: str) -> bool:
    """Whether words at a field for a person's name are rather a place, a firm, a trade, a day, a sum or a story."""
    plain = _plain(text.strip(_SIGNS))
    if is_full_name(plain) or is_introduced(text):
        return False
    words = _words()
    others = (*words.otherwise.values(), words.looks["address"], words.looks["bank"], words.looks["occupation"])
    return _fits(words.no_person, plain) or any(_fits(patterns, plain) for patterns in others)


def says_nothing_to_tell(text: str) -> bool:
    """Whether a message says that there is nothing of what is asked for: 「没改过」「没定」."""
    return _fits(_words().nothing, _plain(text.strip(_SIGNS)))


def is_question(text: str) -> bool:
    """Whether a whole message asks something, of us or of the matter: 「户口簿行不」「身份证带不带」."""
    plain = _plain(text)
    return "?" in normalize("NFKC", text) or (not is_firm_name(plain) and _fits(_words().never["question"], plain))


def is_agreement(text: str) -> bool:
    """Whether a message only agrees, or tells us to go on: 「对头，交」「要得，办嘛」."""
    patterns = _words().never["agreement"]
    parts = [part for part in _PARTS.split(_plain(text)) if part]
    return bool(parts) and all(read_yes_no(part) is not None or _fits(patterns, part) for part in parts)


def _read_employer(said: str, plain: str) -> TextReading:
    kind = _words().kinds[EMPLOYER]
    parts = [part for part in _CLAUSES.split(said) if part]
    if len(parts) > 1:
        read = [_read_employer(part, _plain(part)) for part in parts]
        sure = [one for one in read if one.verdict is TextVerdict.TAKEN and one.sure]
        if len(sure) == 1:
            return sure[0]  # the rest tells a story of it
        if all(one.verdict is not TextVerdict.TAKEN for one in read) and not is_agreement(said):
            return TextReading(TextVerdict.DOUBTFUL, said)
    name = read_employer(said)
    looks = name is not None and (_fits(kind.looks, _plain(name)) or is_firm_name(_plain(name)))
    if name is not None and looks and "我" not in plain[:1]:
        return TextReading(TextVerdict.TAKEN, name, sure=True)
    if _is_never(plain) or not is_name_of_something(said):
        return TextReading(TextVerdict.NONE, said)
    against = (*_words().otherwise.values(), *(_words().looks[other] for other in kind.unlike))
    if any(_fits(patterns, plain) for patterns in against):
        return TextReading(TextVerdict.UNLIKE, said)
    if name is None:
        return TextReading(TextVerdict.DOUBTFUL, said)
    return TextReading(TextVerdict.TAKEN, name, sure=looks)


def _is_never(plain: str) -> bool:
    if not plain or is_agreement(plain) or read_remark(plain) in {Remark.WAITING, Remark.COMMAND, Remark.META}:
        return True
    if read_field_remark(plain) is not None:
        return True
    if _fits(_words().never["refusal"], plain):
        return True
    return not is_firm_name(plain) and any(_fits(patterns, plain) for patterns in _words().never.values())


def _dropped(said: str, drops: tuple[str, str]) -> str:
    before, after = drops
    found = re.fullmatch(rf"(?:{before})?(?P<value>.+?)(?:{after})?", said)
    value = "" if found is None else found["value"].strip(_SIGNS)
    return value if len(value) >= _SHORTEST else said


def _plain(text: str) -> str:
    return _BLANK.sub("", normalize("NFKC", text)).strip(_SIGNS)


def _kind(name: str) -> _Kind | None:
    kind = _words().kinds.get(name)
    if kind is None or not kind.like:
        return kind
    return _words().kinds[kind.like].model_copy(update={"coarse": kind.coarse})


def _fits(patterns: tuple[str, ...], plain: str) -> bool:
    return any(_pattern(one).fullmatch(plain) for one in patterns)


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str]:
    words = _words()
    return re.compile(text.replace("{n}", words.numeral).replace("{place}", f"(?:{any_of(words.places)})"))


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
