"""``data/listening.yaml``, checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.digits import DIGIT_VALUES
from connectors.speech.recognition.heard import Kind

_FILE = Path(__file__).parents[1] / "data" / "listening.yaml"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Patience(_Data):
    """Seconds."""

    start: float = Field(gt=0)
    trailing: float = Field(gt=0)
    enough: float = Field(gt=0)
    longest: float = Field(gt=0)


class VoiceActivity(_Data):
    """``begin`` voiced frames among the last ``of`` begin an utterance."""

    sternness: int = Field(ge=0, le=3)
    begin: int = Field(ge=1)
    of: int = Field(ge=1)


class NearSounds(_Data):
    """Cost of a syllable heard as a similar one."""

    same_folded: float
    same_final: float
    same_initial: float


class Listening(_Data):
    """The whole file."""

    waits: dict[Kind, Patience]
    voice_activity: VoiceActivity
    always: tuple[str, ...]
    check_letters: dict[str, str]
    near_sounds: NearSounds
    too_close: float


@lru_cache(maxsize=1)
def listening() -> Listening:
    """Read once."""
    return Listening.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def said_figures() -> dict[str, str]:
    """What is said for a figure, or for the X of an identity card, and how it is written."""
    return {character: str(value) for character, value in DIGIT_VALUES.items()} | listening().check_letters
