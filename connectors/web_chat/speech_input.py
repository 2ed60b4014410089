"""Transcribes one browser's recordings: 16 kHz 16-bit audio in, partial transcriptions and a decision out. One recording at a time; nothing is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from backend.limiting.counting import RateLimiter
from connectors.errors import ConnectorError, TooOftenError
from connectors.speech.policy import Next, policy
from connectors.speech.recognition.recogniser import RecognitionStream
from connectors.speech.recognition.transcription import FREE, EndReason, Expected, Partial, Transcription
from connectors.speech.speech import RATE, SpeechEngines
from connectors.web_chat import frames
from connectors.web_chat.frames import Send
from connectors.web_chat.voice import SentenceName, TranscriptionDecision, decide, voice_data

log = structlog.get_logger(__name__)

BYTES_PER_SECOND = RATE * 2
_CONTAINERS = (b"RIFF", b"OggS", b"\x1aE\xdf\xa3", b"fLaC", b"ID3")
"""Beginnings of sound files: what is sent is bare samples."""


class _Recording:
    """One press of the button."""

    def __init__(self, recording: str, expected: Expected) -> None:
        self.id = recording
        self.expected = expected
        self.sound = bytearray()
        self.over = False
        """No more sound is taken."""
        self.finished = False
        self.stream: RecognitionStream | None = None

    def take(self, data: bytes) -> None:
        """A piece of sound. A line that stuttered brings many at once; ``max_seconds`` bounds what may wait."""
        self.sound += data
        if self.stream is not None:
            self.stream.feed(data, live=False)

    def finish(self) -> None:
        """The person has pressed again."""
        self.over = self.finished = True
        if self.stream is not None:
            self.stream.finish()

    def begin(self, stream: RecognitionStream) -> None:
        """A place is free: what came meanwhile goes first."""
        self.stream = stream
        stream.feed(bytes(self.sound), live=False)
        if self.finished:
            stream.finish()


class SpeechInput:
    """Of one socket. ``find`` gives the process's speech, None where there is none."""

    def __init__(
        self, find: Callable[[], SpeechEngines | None], send: Send, conversation: str, limits: RateLimiter
    ) -> None:
        self.expected = FREE
        """What the conversation waits for; sets the grammar of the next recording."""
        self._find = find
        self._send = send
        self._conversation = conversation
        self._limits = limits
        self._now: _Recording | None = None
        self._task: asyncio.Task[None] | None = None
        self._asked_again = 0

    async def start(self, recording: str) -> None:
        """Start a recording."""
        speech = self._find()
        if speech is None or not speech.free_speech:
            await self._refuse(recording, "closed")
        elif self._now is not None:
            await self._refuse(recording, "already")
        else:
            self._now = _Recording(recording, self.expected)
            self._task = asyncio.create_task(self._listen(speech, self._now))

    async def feed(self, data: bytes) -> None:
        """A piece of sound. What comes after the end of a recording is late and dropped."""
        now = self._now
        if now is None or now.over:
            return
        seconds = len(now.sound) // BYTES_PER_SECOND
        if len(data) % 2 or (not now.sound and data.startswith(_CONTAINERS)):
            await self._break_off(now, "wrong_format")
            return
        for _ in range((len(now.sound) + len(data)) // BYTES_PER_SECOND - seconds + (not now.sound)):
            if wait := await self._limits.hit("listen", self._conversation):
                await self._break_off(now, TooOftenError("limit.listen", wait))
                return
        if self._now is not now or now.over:  # it ended while it was counted
            return
        now.take(data[: voice_data().max_seconds * BYTES_PER_SECOND - len(now.sound)])
        if len(now.sound) >= voice_data().max_seconds * BYTES_PER_SECOND:
            now.finish()

    def finish(self, recording: str) -> None:
        """Stop the recording; its transcription follows."""
        if self._now is not None and self._now.id == recording and not self._now.over:
            self._now.finish()

    async def cancel(self, recording: str) -> None:
        """Cancel the recording; nothing is transcribed."""
        if self._now is not None and self._now.id == recording:
            await self.close()

    async def close(self) -> None:
        """Give up what is under way; its place is free again."""
        task, self._now, self._task = self._task, None, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _listen(self, speech: SpeechEngines, recording: _Recording) -> None:
        try:
            async with speech.stream(RATE, _first(recording.expected)) as stream:
                await self._send(frames.RecordingFrame(id=recording.id, max_seconds=voice_data().max_seconds))
                recording.begin(stream)
                transcription = await self._transcription(recording, stream)
            recording.over = True
            decision = decide(transcription, recording.expected, self._asked_again)
            if recording.expected.kind in ("choice", "yes_no"):
                decision = await self._as_choice(speech, recording, decision)
            await self._tell(recording, transcription, decision)
        except ConnectorError as refusal:  # all places are taken
            await self._send(frames.RecordingRefused(id=recording.id, name=refusal.name, sentence=refusal.detail))
        except ConnectionError:
            log.info("voice.gone", conversation=self._conversation)
        finally:
            if self._now is recording:
                self._now = self._task = None

    async def _transcription(self, recording: _Recording, stream: RecognitionStream) -> Transcription:
        async for event in stream:
            if isinstance(event, Partial):
                await self._send(frames.PartialTranscription(id=recording.id, text=event.text))
            elif isinstance(event, Transcription):
                return event
        return Transcription("", 0.0, ended=EndReason.NOTHING)

    async def _as_choice(
        self, speech: SpeechEngines, recording: _Recording, free: TranscriptionDecision
    ) -> TranscriptionDecision:
        """One of the buttons, where it was surely one; else what was said freely."""
        transcription = await speech.recogniser.transcribe(bytes(recording.sound), RATE, recording.expected)
        chosen = decide(transcription, recording.expected, self._asked_again)
        if chosen.advice is Next.ACCEPT:
            return chosen
        understood = (Next.CONFIRM, Next.CHOOSE)
        return chosen if chosen.advice in understood and free.advice not in (Next.ACCEPT, Next.CONFIRM) else free

    async def _tell(self, recording: _Recording, transcription: Transcription, decision: TranscriptionDecision) -> None:
        again = decision.advice in (Next.ASK_AGAIN, Next.PERSON)
        self._asked_again = min(self._asked_again + 1, policy().tries) if again else 0
        log.info("voice.transcribed", conversation=self._conversation, advice=decision.advice, ended=transcription.ended,
                 confidence=round(transcription.confidence, 2), seconds=round(len(recording.sound) / BYTES_PER_SECOND, 1))  # fmt: skip
        await self._send(frames.TranscriptionFrame.of(recording.id, decision))

    async def _refuse(self, recording: str, name: SentenceName) -> None:
        await self._send(frames.RecordingRefused(id=recording, name=name, sentence=voice_data().sentences[name]))

    async def _break_off(self, recording: _Recording, why: SentenceName | TooOftenError) -> None:
        await self.close()
        if isinstance(why, TooOftenError):
            await self._send(frames.RecordingRefused(id=recording.id, name=why.name, sentence=why.detail))
        else:
            await self._refuse(recording.id, why)


def _first(expected: Expected) -> Expected:
    """What is listened for while somebody speaks: they may always say something else than a button."""
    return FREE if expected.kind in ("choice", "yes_no") else expected
