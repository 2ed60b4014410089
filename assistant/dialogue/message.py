"""A message as rules see it: what was said and what was understood of it, without Rasa."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.understanding.danger_kinds import HeardDanger
from assistant.understanding.ranking import EMPTY, SUBJECTS, Ranking
from backend.contracts.turns import Channel

if TYPE_CHECKING:
    from assistant.dialogue.state import Frame

_CANDIDATES = "item_candidates"
"""Key of the linked items in Rasa's parse; the linker itself needs Rasa."""
NAMED = 0.8
"""A name found with this confidence was really said."""
OWN_SURE = 0.6
"""Confidence from which on a sentence is about its own subject; for a policy answer its likeness."""


UNITS = "units"
"""Key, in the parse, of the answer units near to the message, of the item that is talked about."""
NOTICE_FORM, RULE_FORM = "notice_form", "rule_form"
"""Forms of a few questions: what somebody asks beside them is answered, then they go on."""
_ASKS = re.compile(
    r"[?？]|[吗嘛呢没不么]$|吗|呢|什么|啥|怎么|咋|多少|好多|多久|好久|几|哪|谁|能不能|是不是|可不可以|要不要|有没有|行不行|得不得|会不会|用不用|[算够行对]不"
)


_POINTS_BACK = re.compile(r"(?:我|他|她|俺|咱)?(?:们)?(?:这种|这样|这个?情况|这情形|那种情况)|我这个?(?=[算能可该要])")
"""「我这种算不算工伤」 asks of what was told beside it."""


def asks_something(text: str) -> bool:
    """Whether something is asked in so many words."""
    return _ASKS.search(text) is not None


def points_back(text: str) -> bool:
    """Whether a piece of a message asks of the story told beside it: alone it is a question about anybody."""
    return _POINTS_BACK.search(text) is not None


@dataclass(frozen=True, slots=True)
class NearUnit:
    """An answer unit of the item that is talked about, and how near the message is to it (0 to 1)."""

    id: str
    facet: str
    likeness: float
    policy: str | None = None
    own: bool = True
    """Whether it is said of the item itself, not of another of its topic."""


@dataclass(frozen=True, slots=True)
class DialogueMessage:
    """One message of a citizen, placeholders in the place of personal numbers."""

    id: str
    text: str
    today: date
    channel: Channel = "web"
    intent: str = ""
    """What it is taken for on its own."""
    confidence: float = 0.0
    form: str | None = None
    """Name of the form whose question it may answer."""
    pending: str | None = None
    """What kind of question of ours is open."""
    danger: HeardDanger = field(default_factory=HeardDanger)
    """What is heard of danger in it alone."""
    at: float = 0.0
    """When it came: seconds since 1970."""
    parse: Mapping[str, Any] = field(default_factory=dict)
    """Rasa's parse of it, for rules that rank subjects; JSON whose shape is the pipeline's."""

    @property
    def near(self) -> tuple[NearUnit, ...]:
        """The answer units that come nearest, best first."""
        return tuple(NearUnit(**one) for one in self.parse.get(UNITS) or ())

    @property
    def asks(self) -> bool:
        """Whether something is asked in so many words."""
        return asks_something(self.text)

    @property
    def is_free(self) -> bool:
        """Whether it answers no form: none is open, or it asks something beside one that only asks a few questions."""
        return self.form is None or (self.form in {NOTICE_FORM, RULE_FORM} and self.asks)

    @property
    def ranking(self) -> Ranking:
        """What it may be about on its own."""
        found = self.parse.get(SUBJECTS)
        return EMPTY if found is None else Ranking.from_output(found)

    @property
    def named_item(self) -> str | None:
        """The item whose name was said, in these words or sounding the same."""
        found = self.parse.get(_CANDIDATES) or ()
        return next((one["code"] for one in found if one["how"] != "like" and one["confidence"] >= NAMED), None)


def topic_of(frame: Frame, message: DialogueMessage) -> str | None:
    """The topic of what is talked about."""
    return frame.topic or next((one.topic for one in message.ranking.subjects if one.label == frame.item), None)
