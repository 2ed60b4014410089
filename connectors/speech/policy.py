"""What to do with a transcription of low confidence. Pure: no sound, no socket.

Money, eligibility and personal numbers are never answered from low confidence: such an answer, once given, sends somebody
home without what is theirs. Asked again twice at most; then a person.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from connectors.speech.recognition.transcription import Expected, Transcription

_FILE = Path(__file__).parent / "data" / "policy.yaml"


class ConfidenceThresholds(BaseModel):
    """Confidence from which on a meaning is taken, or read back."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    accept: float = Field(ge=0, le=1)
    confirm: float = Field(ge=0, le=1)


class Policy(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plain: ConfidenceThresholds
    weighty: ConfidenceThresholds
    too_close: float = Field(ge=0, le=1)
    tries: int = Field(ge=0)
    weighty_intents: frozenset[str]
    weighty_digits: frozenset[str]


@lru_cache(maxsize=1)
def policy() -> Policy:
    """Read once."""
    return Policy.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


class Next(StrEnum):
    """What the channel does."""

    ACCEPT = "accept"
    CONFIRM = "confirm"
    """Read the transcription back and ask whether that is right."""
    CHOOSE = "choose"
    """Two meanings are nearly equal: ask which."""
    ASK_AGAIN = "ask_again"
    PERSON = "person"


def weighty(expected: Expected, intent: str | None = None) -> bool:
    """Whether money, eligibility or a personal number hangs on it."""
    return intent in policy().weighty_intents or (
        expected.kind == "digits" and (expected.of or "code") in policy().weighty_digits
    )


def next_step(
    transcription: Transcription, expected: Expected, *, intent: str | None = None, asked_again: int = 0
) -> Next:
    """What to do; ``asked_again`` counts how often this was already asked again, ``intent`` is what was understood, if known."""
    limits = policy().weighty if weighty(expected, intent) else policy().plain
    if transcription.empty or transcription.confidence < limits.confirm:
        return Next.PERSON if asked_again >= policy().tries else Next.ASK_AGAIN
    rival = transcription.alternatives[0].confidence if transcription.alternatives else 0.0
    if (
        expected.kind in ("choice", "yes_no")
        and transcription.confidence < 1
        and transcription.confidence - rival < policy().too_close
    ):
        return Next.CHOOSE
    return Next.ACCEPT if transcription.confidence >= limits.accept else Next.CONFIRM
