"""SpeechEngines recognition and synthesis as the channels use them.

speech = await open_speech(SpeechSettings.from_environment())
transcription = await speech.transcribe(wav, Expected.by(reply))
async for samples in speech.speak(reply.messages[0].speech): …
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import structlog

from connectors.errors import ConflictError, InvalidError
from connectors.speech.audio import Audio, pcm, read_wav
from connectors.speech.models import VoiceModel, active_model
from connectors.speech.recognition.null import NullDecoder, Script
from connectors.speech.recognition.recogniser import Recogniser, RecognitionStream
from connectors.speech.recognition.transcription import FREE, Expected, Transcription
from connectors.speech.recognition.vocabulary import UNKNOWN
from connectors.speech.recognition.vosk_decoding import Decoding, Model
from connectors.speech.settings import SpeechSettings
from connectors.speech.synthesis.engine import Manner, NullEngine, SynthesisEngine
from connectors.speech.synthesis.espeak import EspeakEngine
from connectors.speech.synthesis.recordings import read_recordings
from connectors.speech.synthesis.sherpa import SherpaEngine
from connectors.speech.synthesis.speaker import Speaker

log = structlog.get_logger(__name__)

RATE = 16_000


class SpeechEngines:
    """One recogniser and one speaker, shared by all channels of a process."""

    def __init__(
        self,
        recogniser: Recogniser,
        speaker: Speaker,
        *,
        sentence: str,
        model: str,
        free_speech: bool,
        synthetic: bool = False,
        manner: Manner,
    ) -> None:
        self.recogniser = recogniser
        self.speaker = speaker
        self.sentence = sentence
        """Which model is active and what that means; for pages."""
        self.free_speech = free_speech
        """Whether people may speak freely; else keys, typing and a person."""
        self.synthetic = synthetic
        """Whether the model has heard synthetic voices only and understands no people."""
        self.manner = manner
        """The operator's rate and loudness."""
        self._model = model

    async def transcribe(self, wav: bytes, expected: Expected = FREE) -> Transcription:
        """Transcribe a recorded message. Raises InvalidError for what is no sound, Busy, ConflictError ``speech.free_speech_off``."""
        self._check(expected)
        audio = read_wav(wav).at(RATE)
        return await self.recogniser.transcribe(pcm(audio.samples), RATE, expected)

    def stream(self, rate: int, expected: Expected = FREE) -> AbstractAsyncContextManager[RecognitionStream]:
        """Open a stream of audio; raises as ``transcribe``."""
        self._check(expected)
        return self.recogniser.stream(rate, expected)

    def speak(self, text: str, rate: int = RATE, manner: Manner | None = None) -> AsyncIterator[bytes]:
        """16-bit samples, a sentence at a time."""
        return self.speaker.speak(text, rate, manner or self.manner)

    async def wav(self, text: str, rate: int = RATE, manner: Manner | None = None) -> Audio:
        """All of it at once, for a player that wants a file."""
        return await self.speaker.whole(text, rate, manner or self.manner)

    def health(self) -> dict[str, Any]:
        """For /health."""
        return {
            "model": self._model,
            "sentence": self.sentence,
            "free_speech": self.free_speech,
            "synthetic": self.synthetic,
            "voice": self.speaker.engine.name,
            "places": self.recogniser.places,
            "taken": self.recogniser.taken,
        }

    def close(self) -> None:
        """End the workers."""
        self.recogniser.close()
        self.speaker.close()

    def _check(self, expected: Expected) -> None:
        if expected.kind in ("free", "none") and not self.free_speech:
            raise ConflictError("speech.free_speech_off")


async def open_speech(settings: SpeechSettings) -> SpeechEngines:
    """Load the model and the voice. Raises InvalidError where one of them cannot be used; the message says what to do."""
    loop = asyncio.get_running_loop()
    chosen = active_model(settings.model, settings.fetched)
    engine = await loop.run_in_executor(None, _engine, settings.voice)
    model = await loop.run_in_executor(None, _load, chosen)
    recordings = read_recordings(settings.recordings)
    words = len(model.vocabulary.words - {UNKNOWN})
    free = chosen.free_speech(allowed=settings.free_speech)
    sentence = chosen.sentence(words, free_allowed=settings.free_speech)
    log.info("speech.ready", model=chosen.name, synthetic=chosen.synthetic, free_speech=free, voice=engine.name,
             recordings=len(recordings.audio), meaning=sentence)  # fmt: skip
    for problem in recordings.problems:
        log.warning("speech.recording", problem=problem)
    return SpeechEngines(
        Recogniser(
            lambda rate, expected, whole: Decoding(model, rate, expected, whole=whole),
            places=settings.places,
            workers=settings.workers,
        ),
        Speaker(engine, recordings),
        sentence=sentence,
        model=chosen.name,
        free_speech=free,
        synthetic=chosen.synthetic,
        manner=Manner(settings.rate, settings.volume),
    )


def null_speech(script: Script, *, places: int = 4) -> SpeechEngines:
    """SpeechEngines for tests: transcribes as the script says, speaks tones."""
    recogniser = Recogniser(
        lambda rate, expected, whole: NullDecoder(script, rate, expected, whole), places=places, workers=1
    )
    return SpeechEngines(
        recogniser, Speaker(NullEngine()), sentence="", model="null", free_speech=True, manner=Manner()
    )


def _load(chosen: VoiceModel) -> Model:
    if not chosen.complete:
        raise InvalidError("speech.no_model", folder=chosen.name, problem="文件不全")
    return Model(chosen.folder)


def _engine(voice: str) -> SynthesisEngine:
    kind, _, name = voice.partition(":")
    if kind == "espeak":
        return EspeakEngine(name)
    if kind == "sherpa":
        return SherpaEngine(Path(name))
    if kind == "null":
        return NullEngine()
    raise InvalidError("speech.no_voice", voice=voice, problem="只有espeak、sherpa和null三种")
