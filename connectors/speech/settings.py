"""Settings of speech, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PLACES_PER_CORE = 8
"""Streams at once; measured in tests/benchmarks/speech.py."""


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """Which model and voice, how many at once."""

    fetched: Path
    """Folder of fetched models."""
    model: Path | None = None
    free_speech: bool = False
    """Listen to free speech although the model has heard synthetic voices only."""
    places: int = PLACES_PER_CORE
    workers: int = 1
    voice: str = "espeak:f2"
    """``espeak:VARIANT``, ``sherpa:FOLDER`` or ``null``."""
    recordings: Path | None = None
    rate: float = 1.0
    volume: float = 1.0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> SpeechSettings:
        """Read ``DAOBAN_SPEECH_*``; recordings are looked for in ``recordings`` of the data folder unless set."""
        env = os.environ if environ is None else environ
        data = Path(env.get("DAOBAN_DATA", "var"))
        model = env.get("DAOBAN_SPEECH_MODEL", "")
        cores = os.cpu_count() or 1
        return cls(
            fetched=data / "voices",
            model=Path(model) if model else None,
            free_speech=env.get("DAOBAN_SPEECH_FREE", "") in ("1", "yes", "true"),
            places=int(env.get("DAOBAN_SPEECH_PLACES", str(PLACES_PER_CORE * cores))),
            workers=int(env.get("DAOBAN_SPEECH_WORKERS", str(cores))),
            voice=env.get("DAOBAN_SPEECH_VOICE", "espeak:f2"),
            recordings=Path(env.get("DAOBAN_SPEECH_RECORDINGS", str(data / "recordings"))),
            rate=float(env.get("DAOBAN_SPEECH_RATE", "1.0")),
            volume=float(env.get("DAOBAN_SPEECH_VOLUME", "1.0")),
        )
