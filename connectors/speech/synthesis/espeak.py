"""espeak-ng as an engine: understandable, robotic, always there; 0.004 of real time."""

from __future__ import annotations

import numpy as np

from connectors.speech.audio import Audio
from connectors.speech.synthesis.engine import Manner
from connectors.speech.synthesis.espeak_library import EspeakLibrary, Prosody
from connectors.speech.text.espeak_input import VOICE, espeak_text

WORDS_PER_MINUTE = 160
"""A little slower than espeak's own: most who call are old."""
PITCH, RANGE = 50, 60
LAST_PAUSE_SECONDS = 0.12


class EspeakEngine:
    """One voice variant of espeak-ng's Mandarin."""

    def __init__(self, variant: str = "f2") -> None:
        """Raises EspeakError for a variant that is not there when it first speaks."""
        self.name = f"espeak-ng {variant}".strip()
        self._voice = f"{VOICE}+{variant}" if variant else VOICE
        self._library = EspeakLibrary()

    def speak(self, spelled: str, manner: Manner) -> Audio:
        """22,050 Hz; the library's own pause at the end is cut short."""
        prosody = Prosody(round(WORDS_PER_MINUTE * manner.rate), PITCH, RANGE, round(100 * manner.volume))
        samples = self._library.speak(espeak_text(spelled), self._voice, prosody).samples
        loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > 100)
        end = len(samples) if len(loud) == 0 else int(loud[-1]) + int(LAST_PAUSE_SECONDS * self._library.rate)
        return Audio(samples[:end], self._library.rate)
