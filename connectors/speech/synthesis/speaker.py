"""Speaks a reply sentence by sentence: the first is heard while the next is made. Recordings first, then the cache, then the engine."""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from connectors.speech.audio import Audio, Samples, pcm
from connectors.speech.synthesis.engine import Manner, SynthesisEngine
from connectors.speech.synthesis.recordings import Recordings
from connectors.speech.text.spelling import spell

BETWEEN_SENTENCES_SECONDS = 0.25
CACHE_BYTES = 32 * 1024 * 1024
_SENTENCE = re.compile(r"[^。？！!?；;\n]*[。？！!?；;\n]+|[^。？！!?；;\n]+$")
_LONG = 60
"""Characters: a longer sentence is begun at its commas."""

_Key = tuple[str, Manner, int]


def sentences(text: str) -> list[str]:
    """Pieces to speak one after the other; a long first sentence is cut at a comma, so that it is heard soon."""
    found = [piece.strip() for piece in _SENTENCE.findall(text) if spell(piece)]
    cut: list[str] = []
    for piece in found:
        comma = piece.find("，", 8) if len(piece) > _LONG else -1
        cut.extend([piece[: comma + 1], piece[comma + 1 :]] if comma > 0 else [piece])
    return cut


class Speaker:
    """One engine with its own thread: engines have one state each."""

    def __init__(self, engine: SynthesisEngine, recordings: Recordings | None = None) -> None:
        self.engine = engine
        self._recordings = recordings or Recordings()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="speaker")
        self._cache: OrderedDict[_Key, Samples] = OrderedDict()
        self._fixed: dict[_Key, Samples] = {}
        self._cached_bytes = 0

    async def speak(self, text: str, rate: int = 16_000, manner: Manner | None = None) -> AsyncIterator[bytes]:
        """16-bit samples at ``rate``, a sentence (and the pause after it) at a time."""
        manner = (manner or Manner()).within_limits()
        pause = pcm(np.zeros(int(BETWEEN_SENTENCES_SECONDS * rate), np.int16))
        first = True
        for sentence in sentences(text):
            samples = await self._sentence(sentence, rate, manner)
            if not first:
                yield pause
            first = False
            yield pcm(samples)

    async def whole(self, text: str, rate: int = 16_000, manner: Manner | None = None) -> Audio:
        """The same in one piece."""
        data = b"".join([part async for part in self.speak(text, rate, manner)])
        return Audio(np.frombuffer(data, "<i2").astype(np.int16), rate)

    async def prepare(self, phrases: Iterable[str], rate: int = 16_000, manner: Manner | None = None) -> None:
        """Make fixed phrases beforehand; they are kept for good."""
        manner = (manner or Manner()).within_limits()
        for phrase in phrases:
            for sentence in sentences(phrase):
                self._fixed[(sentence, manner, rate)] = await self._sentence(sentence, rate, manner)

    def close(self) -> None:
        """End the thread."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    async def _sentence(self, sentence: str, rate: int, manner: Manner) -> Samples:
        key = (sentence, manner, rate)
        if key in self._fixed:
            return self._fixed[key]
        if key in self._cache:
            self._cache.move_to_end(key)
            return self._cache[key]
        samples = await asyncio.get_running_loop().run_in_executor(self._worker, self._make, sentence, rate, manner)
        self._keep(key, samples)
        return samples

    def _make(self, sentence: str, rate: int, manner: Manner) -> Samples:
        recorded = self._recordings.find(sentence)
        if recorded is None:
            return self.engine.speak(spell(sentence), manner).at(rate).samples
        louder = np.clip(recorded.at(rate).samples.astype(np.float32) * manner.volume, -32768, 32767)
        return louder.astype(np.int16)

    def _keep(self, key: _Key, samples: Samples) -> None:
        if key not in self._cache:  # two callers may have asked at once
            self._cached_bytes += samples.nbytes
        self._cache[key] = samples
        while self._cached_bytes > CACHE_BYTES:
            self._cached_bytes -= self._cache.popitem(last=False)[1].nbytes
