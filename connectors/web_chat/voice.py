"""Rules of voice in the web chat: what is offered, what is decided on a transcription, how a stored reply is read. Pure.

A transcription is shown before it is sent: on the page that is the reading back which ``speech/policy.py`` asks for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.contracts.conversations import Message
from backend.language.digits import DIGIT_CHARACTERS
from backend.language.numerals import NUMERAL_CHARACTERS
from connectors.speech.policy import Next, next_step, policy
from connectors.speech.recognition.transcription import FREE, EndReason, Expected, Transcription
from connectors.speech.speech import SpeechEngines

_FILE = Path(__file__).parent / "data" / "voice.yaml"

Pace = Literal["normal", "slower"]
SentenceName = Literal[
    "accept", "confirm", "confirm_weighty", "choose", "ask_again", "nothing", "person", "too_long", "wrong_format",
    "already", "closed", "unsure_number", "unknown_choice", "nothing_to_read", "no_voice",
]  # fmt: skip


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weighty(_Data):
    """What must not be transcribed wrongly: ``figures`` in a row, sums of ``money``."""

    figures: int = Field(ge=1)
    money: tuple[str, ...]


class Offer(_Data):
    """What the page says of the microphone."""

    people: str
    synthetic: str
    closed: str
    privacy: str
    """What becomes of the sound."""


class VoiceOffer(_Data):
    """What of voice this page may offer now, with the sentence about it; ``privacy``: what becomes of the sound."""

    type: Literal["voice"] = "voice"
    can_record: bool
    can_read: bool
    sentence: str
    privacy: str | None = Field(default=None, exclude_if=lambda text: text is None)


class VoiceData(_Data):
    """The data file."""

    max_seconds: int = Field(ge=1, le=120)
    paces: dict[Pace, float]
    weighty: Weighty
    offer: Offer
    sentences: dict[SentenceName, str]
    read_aloud: tuple[SentenceName, ...]

    @model_validator(mode="after")
    def _complete(self) -> VoiceData:
        missing = set(SentenceName.__args__) - self.sentences.keys()  # type: ignore[attr-defined]  # arguments of a Literal
        if missing:
            raise ValueError(f"sentences: {sorted(missing)}")
        return self


@lru_cache(maxsize=1)
def voice_data() -> VoiceData:
    """Read once."""
    return VoiceData.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def offer(speech: SpeechEngines | None) -> VoiceOffer:
    """What the page may offer now."""
    texts = voice_data().offer
    if speech is None:
        return VoiceOffer(can_record=False, can_read=False, sentence=texts.closed)
    if not speech.free_speech:
        return VoiceOffer(can_record=False, can_read=True, sentence=texts.closed)
    sentence = texts.synthetic if speech.synthetic else texts.people
    return VoiceOffer(can_record=True, can_read=True, sentence=sentence, privacy=texts.privacy)


# --- the decision on a transcription


class TranscriptionDecision(_Data):
    """What the page shows of a transcription: ``advice`` for its look, ``sentence`` for people."""

    advice: Next
    name: SentenceName
    text: str = ""
    """Empty where the confidence is too low to show it."""
    confidence: float = 0.0
    alternatives: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For people."""
        return voice_data().sentences[self.name]


def decide(transcription: Transcription, expected: Expected, asked_again: int) -> TranscriptionDecision:
    """Decide what to do with a transcription. Numbers and money count as weighty wherever they are said."""
    weighty = expected.kind == "digits" or holds_weighty(transcription.text)
    step = next_step(transcription, _WEIGHTY if weighty else expected, asked_again=asked_again)
    if step is Next.PERSON:
        return TranscriptionDecision(advice=step, name="person")
    if step is Next.ASK_AGAIN:
        return TranscriptionDecision(
            advice=step,
            name="nothing" if transcription.empty and transcription.ended is EndReason.NOTHING else "ask_again",
        )
    name: SentenceName = "choose" if step is Next.CHOOSE else "accept"
    if step is Next.CONFIRM:
        name = "confirm_weighty" if weighty else "confirm"
    elif transcription.ended is EndReason.TOO_LONG:
        name = "too_long"
    return TranscriptionDecision(
        advice=step,
        name=name,
        text=transcription.text,
        confidence=transcription.confidence,
        alternatives=tuple(other.text for other in transcription.alternatives[:2]),
    )


_WEIGHTY = Expected("digits")


@lru_cache(maxsize=1)
def _weighty_pattern() -> re.Pattern[str]:
    data = voice_data().weighty
    money = "|".join(sorted(data.money, key=len, reverse=True))
    return re.compile(rf"[0-9{DIGIT_CHARACTERS}xX]{{{data.figures},}}|[0-9{NUMERAL_CHARACTERS}点.]+(?:{money})")


def holds_weighty(text: str) -> bool:
    """Whether a personal number or a sum of money is in it."""
    return _weighty_pattern().search(text) is not None


def too_unsure_to_send(text: str, confidence: float) -> bool:
    """Numbers and money are not taken from below the line at which they may be read back, whoever sends them."""
    return confidence < policy().weighty.confirm and holds_weighty(text)


def expected_after(message: Message) -> Expected:
    """What the conversation waits for after a reply: digits, one of the buttons, or anything."""
    awaited = message.expects
    if awaited is None:
        return FREE
    if awaited.digits is not None:
        return Expected("digits", of=awaited.digits.of, length=awaited.digits.length)
    if awaited.kind in ("choice", "yes_no") and message.content is not None:
        said = tuple(choice.say for choice in message.content.web.choices)
        return Expected(awaited.kind, said) if said else FREE
    return FREE


# --- what is read

_MASKED = re.compile(r"[0-9A-Za-z]*\*{3,}([0-9A-Za-z]{2,4})(?![0-9A-Za-z])")
_MASKED_NAME = re.compile(r"(?<=[\u4e00-\u9fff])\*{1,3}(?!\*)")
_MASKED_WHOLLY = re.compile(r"[0-9A-Za-z]*\*{2,}[0-9A-Za-z]*")


def readable(message: Message) -> str:
    """What is read of a message: its rendering for speech. Of a personal number only the tail that is shown is said."""
    text = (message.content.speech if message.content is not None else "") or message.text
    for found in message.identifiers:
        text = text.replace(found.placeholder, found.masked)
    text = _MASKED.sub(lambda masked: f"尾号{masked[1]}", text)
    text = _MASKED_NAME.sub("某某", text)
    return _MASKED_WHOLLY.sub("号码", text)
