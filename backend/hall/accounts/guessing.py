"""Whether a new password is soon guessed: by zxcvbn, which knows what people choose, and by what lies near at hand here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict
from zxcvbn import zxcvbn

from backend.language.pinyin import syllables

ENOUGH = 4
"""Of zxcvbn's 0 to 4: more than 10^10 tries."""
LONGEST_JUDGED = 32
"""Characters: the library takes seconds for what is longer and all signs."""
_FILE = Path(__file__).parent / "data" / "guessable.yaml"
_PART = re.compile(r"[^\W\d_]{3,}|\d{3,}")
_DAY_MARKS = str.maketrans("年月日号", "----")
"""The library reads 2026-11-28."""
_GIVEN_NAMES = (3, 2)
"""Characters at a name's end that are tried by themselves."""

Weakness = Literal["own", "common", "repeat", "sequence", "spatial", "date", "regex", "bruteforce"]


class Guessable(BaseModel):
    """The content of guessable.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    near: tuple[tuple[str, ...], ...]
    why: dict[Weakness, str]


@lru_cache(maxsize=1)
def guessable() -> Guessable:
    """Read once; the check of the feature reads it too."""
    return Guessable.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def why_guessable(password: str, *own: str) -> str | None:
    """What makes it easy to guess, as people read it; None where it is hard. ``own``: names of the account, the old password."""
    near = {part.lower() for one in own for part in _variants(one) if len(part) > 1} | {
        word for line in guessable().near for word in line
    }
    tried = password[:LONGEST_JUDGED].lower().translate(_DAY_MARKS)
    judged = zxcvbn(tried, user_inputs=sorted(near), max_length=LONGEST_JUDGED)
    if judged["score"] >= ENOUGH:
        return None
    found = [(_kind(part["pattern"], part.get("dictionary_name")), len(part["token"])) for part in judged["sequence"]]
    kind, _ = max(found, key=lambda one: (one[0] == "own", one[0] != "bruteforce", one[1]))
    return guessable().why[kind]


def _kind(pattern: str, dictionary: str | None) -> Weakness:
    if pattern == "dictionary":
        return "own" if dictionary == "user_inputs" else "common"
    kind: Weakness = pattern  # type: ignore[assignment]  # the library's own words; the test has one password of each
    return kind


def _variants(name: str) -> Iterator[str]:
    """A name as people make passwords of it: whole, without its last one or two signs, its parts, its end, and these by sound."""
    for text in {name, name[:-1], name[:-2], *_PART.findall(name), *(name[-length:] for length in _GIVEN_NAMES)}:
        yield text
        if all(sounds := syllables(text)):
            yield "".join(sounds)
            yield "".join(sound[0] for sound in sounds)
