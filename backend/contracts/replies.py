"""JSON shapes of a reply: what the assistant makes of a turn, the backend keeps, and the connectors deliver."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from backend.contracts.cards import Card
from backend.contracts.choices import SentChoice
from backend.contracts.facts import MAX_FACTS, KnownFact
from backend.contracts.wire import Wire

MAX_MESSAGES = 10
"""Messages of one reply."""


class Choice(Wire):
    """A button: what it says, and what is sent when it is pressed."""

    say: str
    choice: SentChoice


class WebRendering(Wire):
    """What the web page shows: plain text (line breaks kept, no markup), buttons, at most one card."""

    text: str
    choices: tuple[Choice, ...] = ()
    card: Card | None = None


class DeskRendering(Wire):
    """What the inquiry desk shows its staff member: a card and a sentence to say."""

    card: Card | None = None
    script: str


class ReplyMessage(Wire):
    """One message in its three renderings."""

    web: WebRendering
    speech: str
    desk: DeskRendering

    @classmethod
    def plain(cls, text: str) -> ReplyMessage:
        """The same words in all three."""
        return cls(web=WebRendering(text=text), speech=text, desk=DeskRendering(script=text))


class DigitsExpected(Wire):
    """Which digits are awaited and how many."""

    of: Literal["id", "phone", "bank", "document", "case", "code"]
    length: int = Field(ge=1, le=20)


class Expects(Wire):
    """What the reply waits for next; sets end-pointing, grammar and keypad on the phone."""

    kind: Literal["free", "choice", "yes_no", "digits", "none"]
    digits: DigitsExpected | None = None


class Outcome(StrEnum):
    """How the turn went."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    HANDOVER = "handover"
    NOT_OURS = "not_ours"
    CHAT = "chat"
    NOT_UNDERSTOOD = "not_understood"


class AlternativeItem(Wire):
    """Another item it could have been about."""

    item: str
    item_name: str
    topic: str
    confidence: float


class Understood(Wire):
    """What was understood. ``topic`` belongs to the answer."""

    intent: str
    item: str | None = None
    item_name: str | None = None
    topic: str | None = None
    confidence: float = 0.0
    alternatives: tuple[AlternativeItem, ...] = ()
    outcome: Outcome
    rule: str = ""
    """Name of the dialogue's rule that answered; ``legacy:ACTION`` for an action of a question on its own."""


class DangerSeen(Wire):
    """Somebody is in danger: what kind, and whether the person who speaks (``self``) or another. No text."""

    kind: str = Field(max_length=40)
    whose: Literal["self", "other"]


class Handover(Wire):
    """A person is needed; ``danger`` where that is why."""

    reason: str
    topic: str | None = None
    danger: DangerSeen | None = None


class Reply(Wire):
    """The assistant's answer to one turn."""

    messages: tuple[ReplyMessage, ...] = Field(min_length=1, max_length=MAX_MESSAGES)
    expects: Expects
    understood: Understood
    handover: Handover | None = None
    catalogue_version: int
    facts: tuple[KnownFact, ...] | None = Field(default=None, max_length=MAX_FACTS)
    """All that the conversation knows of people after this turn; None leaves what is stored as it is."""
