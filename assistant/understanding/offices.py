"""Words that tell whose a matter is: of our own field (nlu_data/our_words.yml), of other offices (nlu_data/other_offices.yml)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_DATA = Path(__file__).parents[2] / "nlu_data"


class OtherOffice(BaseModel):
    """Another office: the words of its matters, a clause that names it, and the line to call."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    owner: str
    number: str


@lru_cache(maxsize=1)
def our_words() -> tuple[str, ...]:
    """Words of our own field."""
    return tuple(yaml.safe_load((_DATA / "our_words.yml").read_text("utf-8"))["words"])


@lru_cache(maxsize=1)
def deed_words() -> tuple[str, ...]:
    """Words for what is to be done with a thing: they tell apart the items of one topic."""
    return tuple(yaml.safe_load((_DATA / "our_words.yml").read_text("utf-8"))["deeds"])


@lru_cache(maxsize=1)
def shared_words() -> tuple[str, ...]:
    """Words that many items share: said alone they name none, but those items are what is meant."""
    return tuple(yaml.safe_load((_DATA / "our_words.yml").read_text("utf-8"))["shared"])


@lru_cache(maxsize=1)
def other_offices() -> tuple[OtherOffice, ...]:
    """The other offices, in the order to look."""
    return tuple(
        OtherOffice.model_validate(office)
        for office in yaml.safe_load((_DATA / "other_offices.yml").read_text("utf-8"))
    )


def says_ours(text: str) -> bool:
    """Whether a word of our own field is said."""
    return any(word in text for word in our_words())


def office_of(text: str) -> OtherOffice | None:
    """The first office one of whose words is said."""
    return next((office for office in other_offices() if any(word in text for word in office.words)), None)
