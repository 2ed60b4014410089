"""What the other side expects, and the transcription of one utterance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from backend.contracts.replies import Reply

ExpectedKind = Literal["free", "choice", "yes_no", "digits", "none"]
DigitsOf = Literal["id", "phone", "bank", "document", "case", "code"]


@dataclass(frozen=True, slots=True)
class Expected:
    """What the other side waits for; sets grammar and endpointing of one utterance."""

    kind: ExpectedKind = "free"
    phrases: tuple[str, ...] = ()
    """Of a choice (and added to yes or no): everything that may be said, as people say it."""
    of: DigitsOf | None = None
    length: int | None = None
    """Of digits: how many."""

    @classmethod
    def by(cls, reply: Reply) -> Expected:
        """As the assistant's reply says; the phrases are those of its buttons."""
        expects = reply.expects
        phrases = tuple(choice.say for message in reply.messages for choice in message.web.choices)
        if expects.digits is not None:
            return cls("digits", of=expects.digits.of, length=expects.digits.length)
        if expects.kind == "choice" and not phrases:
            return FREE
        return cls(expects.kind, phrases if expects.kind in ("choice", "yes_no") else ())

    def choosing(self, *phrases: str) -> Expected:
        """The same with further phrases."""
        return replace(self, phrases=(*self.phrases, *phrases))


FREE = Expected()


class EndReason(StrEnum):
    """Why an utterance ended."""

    SILENCE = "silence"
    ENOUGH = "enough"
    """All expected digits are there."""
    TOO_LONG = "too_long"
    NOTHING = "nothing"
    """Nobody spoke in time."""
    FINISHED = "finished"
    """The sound ended."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its time in the utterance's sound, seconds."""

    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to understand it; ``confidence`` between 0 and 1, of all alternatives together at most 1 for free speech."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Transcription:
    """What the recogniser understood of one utterance."""

    text: str
    confidence: float
    words: tuple[Word, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    """Best first, without ``text`` itself."""
    raw: str = ""
    """What the recogniser wrote, before it was mapped to an expected phrase."""
    digits: str | None = None
    """Where digits were expected: figures, X upper case."""
    ended: EndReason = EndReason.FINISHED
    speech_seconds: float = 0.0
    """Length of the utterance from the first to the last voiced frame."""

    @property
    def empty(self) -> bool:
        """Whether nothing was understood."""
        return not self.text


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody has begun to speak (barge-in); ``at`` seconds of the stream."""

    at: float


@dataclass(frozen=True, slots=True)
class Partial:
    """What has been understood so far; may still change."""

    text: str


Event = SpeechStarted | Partial | Transcription
