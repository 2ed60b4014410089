"""``data/recognition.yaml``, checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.digits import DIGIT_VALUES
from connectors.speech.recognition.transcription import ExpectedKind

_FILE = Path(__file__).parents[1] / "data" / "recognition.yaml"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EndpointingTimeouts(_Data):
    """Seconds until an utterance counts as missing, finished or too long; the file says which."""

    start: float = Field(gt=0)
    trailing: float = Field(gt=0)
    enough: float = Field(gt=0)
    max_utterance: float = Field(gt=0)


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


class RecognitionData(_Data):
    """All of ``data/recognition.yaml``."""

    timeouts: dict[ExpectedKind, EndpointingTimeouts]
    voice_activity: VoiceActivity
    always: tuple[str, ...]
    check_letters: dict[str, str]
    near_sounds: NearSounds
    too_close: float


@lru_cache(maxsize=1)
def recognition_data() -> RecognitionData:
    """Read once."""
    return RecognitionData.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def said_figures() -> dict[str, str]:
    """Map the spoken word for a figure, or for the X of an identity card, to how it is written."""
    return {character: str(value) for character, value in DIGIT_VALUES.items()} | recognition_data().check_letters
