"""Settings of speech, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from backend.telemetry.settings import EnvironmentSettings, ProcessSettings, Variable

PLACES_PER_CORE = 8
"""Streams at once; measured in tests/benchmarks/speech.py."""


class SpeechSettings(EnvironmentSettings):
    """Which model and voice, how many at once."""

    model_config = SettingsConfigDict(env_prefix="DAOBAN_SPEECH_")

    fetched: Annotated[Path, Variable()]
    """Folder of fetched models."""
    model: Path | None = None
    """Folder of a model; None: the fetched one, else the bundled one."""
    free_speech: Annotated[bool, Variable("DAOBAN_SPEECH_FREE")] = False
    """Listen to free speech although the model has heard synthetic voices only."""
    places: int = Field(default=PLACES_PER_CORE, ge=1)
    """Streams at once."""
    workers: int = Field(default=1, ge=1)
    """Threads that decode."""
    voice: str = "espeak:f2"
    """``espeak:VARIANT``, ``sherpa:FOLDER`` or ``null``."""
    recordings: Path | None = None
    """Folder of the operator's own recordings of whole sentences."""
    rate: float = Field(default=1.0, gt=0)
    """Speed of the voice; 1.0 is its own."""
    volume: float = Field(default=1.0, ge=0)
    """Loudness of the voice; 1.0 is its own."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: object) -> Self:
        """Read ``DAOBAN_SPEECH_*``; recordings are looked for in ``recordings`` of the data folder unless set.

        Raises WrongSettingError.
        """
        env = os.environ if environ is None else environ
        data = ProcessSettings.from_environment(env).data
        cores = os.cpu_count() or 1
        known = {
            "fetched": data / "voices",
            "recordings": data / "recordings",
            "places": PLACES_PER_CORE * cores,
            "workers": cores,
        }
        return super().from_environment(env, **{**known, **given})
