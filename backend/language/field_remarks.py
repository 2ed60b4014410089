"""What people say at a form's question instead of an answer, whatever comes after it: 「等等我看看合同」「为什么要问这个」「我不想说」.

Patterns in ``data/field_remarks.yaml``. A name that only begins like one (「等等咖啡」「问号文化公司」) is none.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.remarks import Remark, read_remark

_FILE = Path(__file__).parent / "data" / "field_remarks.yaml"
_BLANK = re.compile(r"\s+")


class FieldRemark(StrEnum):
    """What is done instead of answering."""

    WAITING = "waiting"
    HESITATING = "hesitating"
    WHY = "why"
    """Asks what the answer is needed for."""
    PRIVACY = "privacy"
    """Asks who sees it."""
    DECLINING = "declining"
    """Will not tell."""
    BACK = "back"
    """Wants the question before."""
    SKIPPING = "skipping"


class _Patterns(BaseModel):
    """The data file; each pattern is of a whole message without blanks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    back: tuple[re.Pattern[str], ...] = Field(min_length=1)
    declining: tuple[re.Pattern[str], ...] = Field(min_length=1)
    privacy: tuple[re.Pattern[str], ...] = Field(min_length=1)
    why: tuple[re.Pattern[str], ...] = Field(min_length=1)
    skipping: tuple[re.Pattern[str], ...] = Field(min_length=1)
    waiting: tuple[re.Pattern[str], ...] = Field(min_length=1)
    hesitating: tuple[re.Pattern[str], ...] = Field(min_length=1)
    no_telephone: tuple[re.Pattern[str], ...] = Field(min_length=1)
    fixed_line: re.Pattern[str]
    """Of a telephone that takes no messages."""
    names: re.Pattern[str]
    """Of a message that is the name of a firm or a place, whatever it begins with."""


def read_field_remark(text: str) -> FieldRemark | None:
    """The remark that a message at a form's question is; None for what may be an answer."""
    said = _BLANK.sub("", normalize("NFKC", text)).strip("。，,.!！~～…")
    patterns = _patterns()
    if not said or is_firm_name(said):
        return None
    for remark in FieldRemark:
        known: tuple[re.Pattern[str], ...] = getattr(patterns, remark)
        if any(pattern.fullmatch(said) for pattern in known):
            return remark
    return {Remark.WAITING: FieldRemark.WAITING, Remark.HESITATING: FieldRemark.HESITATING}.get(
        read_remark(text) or Remark.META
    )


def lacks_telephone(text: str) -> bool:
    """Whether somebody says that they have none: 「没得电话」「我没手机，只有微信」."""
    said = _BLANK.sub("", normalize("NFKC", text)).strip("。，,.!！~～…")
    return any(pattern.fullmatch(said) for pattern in _patterns().no_telephone)


def names_fixed_line(text: str) -> bool:
    """Whether a telephone is spoken of that takes no messages: 「家里座机0888…」「只有固话」."""
    return _patterns().fixed_line.search(normalize("NFKC", text)) is not None


def is_firm_name(text: str) -> bool:
    """Whether the last word says that it names a firm or a place, whatever it begins with: 「怎么肥四火锅店」."""
    return _patterns().names.fullmatch(text) is not None


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
