"""The interface of synthesis engines, and the null one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from connectors.speech.audio import Audio

MIN_SPEED, MAX_SPEED = 0.5, 2.0
MAX_VOLUME = 2.0


@dataclass(frozen=True, slots=True)
class Manner:
    """How to speak: 1.0 is the voice's own."""

    rate: float = 1.0
    volume: float = 1.0

    def within_limits(self) -> Manner:
        """Half to double speed, silent to double loudness."""
        return Manner(min(max(self.rate, MIN_SPEED), MAX_SPEED), min(max(self.volume, 0.0), MAX_VOLUME))


class SynthesisEngine(Protocol):
    """A voice. Synchronous; called by one thread at a time."""

    name: str

    def speak(self, spelled: str, manner: Manner) -> Audio:
        """One sentence of spelt text (``text.spelling.spell``)."""


class NullEngine:
    """Speaks a tone of a fifth of a second per character: for tests that need sound and no meaning."""

    name = "null"

    def speak(self, spelled: str, manner: Manner) -> Audio:
        """8 kHz."""
        seconds = 0.2 * len(spelled) / manner.rate
        tone = np.sin(2 * np.pi * 440 * np.arange(int(seconds * 8000)) / 8000)
        return Audio((tone * 6000 * min(manner.volume, 2.0)).astype(np.int16), 8000)
