"""Promises are bound to truth: every sentence that promises names what has to be there, and where that is off another stands.

``data/promises.yaml`` says which words sound like a promise, which capability each needs, and what is said instead where this
installation has it not. Texts of our own are checked (``unkept``); what comes from guides is put right as it is read (``truly``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import model_validator

from backend.contracts.catalogue_content import Content, FactId, Name

_FILE = Path(__file__).parent / "data" / "promises.yaml"


class There(StrEnum):
    """When a capability is there."""

    ALWAYS = "always"
    """A feature of this product does it (``by``)."""
    NEVER = "never"
    """Nothing here does it yet."""
    ITEM = "item"
    """Where it is confirmed that the item has such a channel: a text asks for it before it promises."""


class Capability(Content):
    """Something that has to be there for a promise to be true."""

    id: FactId
    name: Name
    there: There
    by: str = ""
    """The feature's folder."""

    @model_validator(mode="after")
    def _names_its_feature(self) -> Capability:
        if (self.there is There.ALWAYS) != bool(self.by):
            raise ValueError("there 为 always 的要写 by（哪个功能做到的），其他的不写")
        return self


class Promise(Content):
    """Words that promise, as a pattern; the capability they need; what is said instead without it."""

    words: str
    needs: FactId
    otherwise: str | None = None
    """None: a text of our own may not say it; empty: the words are left out."""


class Promises(Content):
    """``promises.yaml``."""

    capabilities: tuple[Capability, ...]
    watched: tuple[str, ...]
    promises: tuple[Promise, ...]

    @model_validator(mode="after")
    def _hold_together(self) -> Promises:
        known = {one.id for one in self.capabilities}
        unknown = {one.needs for one in self.promises} - known
        if unknown:
            raise ValueError(f"capabilities 里没有{'、'.join(sorted(unknown))}")
        idle = known - {one.needs for one in self.promises}
        if idle:
            raise ValueError(f"没有哪句话用到{'、'.join(sorted(idle))}，请删去")
        for one in self.promises:
            if one.otherwise and any(re.search(words, one.otherwise) for words in _off(self)):
                raise ValueError(f"「{one.otherwise}」自己又许了做不到的愿")
        return self

    def capability(self, name: str) -> Capability:
        """A capability by id."""
        return next(one for one in self.capabilities if one.id == name)


def _off(promises: Promises) -> list[str]:
    return [one.words for one in promises.promises if promises.capability(one.needs).there is not There.ALWAYS]


@lru_cache(maxsize=1)
def promises() -> Promises:
    """The table, read once; pydantic's ValidationError names what does not hold."""
    return Promises.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def truly(text: str, *, online: bool = False) -> str:
    """A sentence of a guide without what this installation cannot do. ``online``: it is confirmed that the item can be done so."""
    table = promises()
    for one in table.promises:
        if one.otherwise is not None and not _is_kept(table.capability(one.needs), asks_channel=online):
            text = re.sub(one.words, one.otherwise, text)
    return text


def unkept(text: str, *, asks_channel: bool = False) -> Iterator[str]:
    """Promises in a text of our own that name no capability, or one that is off.

    ``asks_channel``: the text stands behind the question whether the item can be done online.
    """
    table = promises()
    bound = [(match, one) for one in table.promises for match in re.finditer(one.words, text)]
    for found in (match for words in table.watched for match in re.finditer(words, text)):
        one = next((one for match, one in bound if match.start() < found.end() and found.start() < match.end()), None)
        if one is None:
            yield f"「{found.group()}」像是许愿，没有写靠什么做到：写进 promises.yaml，或改成做得到的话"
        elif not _is_kept(table.capability(one.needs), asks_channel=asks_channel):
            yield f"「{found.group()}」要有「{table.capability(one.needs).name}」才是真的，这里没有：请改成做得到的话"


def _is_kept(capability: Capability, *, asks_channel: bool) -> bool:
    return capability.there is There.ALWAYS or (capability.there is There.ITEM and asks_channel)


def unknown_features(features: Collection[str]) -> list[str]:
    """Capabilities whose feature does not exist."""
    return [
        f"promises.yaml：{one.id}.by：没有「{one.by}」这个功能"
        for one in promises().capabilities
        if one.by and one.by not in features
    ]
