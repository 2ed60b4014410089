"""Reads replies of the socket's own conversation aloud, a sentence at a time as WAV files. It says nothing that a browser sends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import structlog

from backend.client import BackendClient, BackendProblem, BackendUnavailable
from backend.client.conversations import ConversationsClient
from backend.contracts.conversations import Message
from backend.limiting.counting import RateLimiter
from connectors.errors import TooOftenError
from connectors.speech.audio import Audio, from_pcm, write_wav
from connectors.speech.speech import RATE, SpeechEngines
from connectors.speech.synthesis.engine import Manner
from connectors.web_chat import frames
from connectors.web_chat.frames import Send
from connectors.web_chat.voice import Pace, SentenceName, readable, voice_data

log = structlog.get_logger(__name__)

SendBytes = Callable[[bytes], Awaitable[None]]


class SpeechOutput:
    """Of one socket; one reading at a time, the newest wins."""

    def __init__(
        self,
        find: Callable[[], SpeechEngines | None],
        send: Send,
        send_bytes: SendBytes,
        backend: BackendClient,
        conversation: str,
        limits: RateLimiter,
    ) -> None:
        self._find = find
        self._send = send
        self._send_bytes = send_bytes
        self._backend = backend
        self._conversation = conversation
        self._limits = limits
        self._task: asyncio.Task[None] | None = None

    async def read(self, frame: frames.ReadAloud) -> None:
        """Begin; what was being read ends."""
        await self.close()
        speech = self._find()
        if speech is None:
            await self._refuse(frame.id, "no_voice")
            return
        if wait := await self._limits.hit("read_aloud", self._conversation):
            refusal = TooOftenError("limit.read_aloud", wait)
            await self._send(frames.ReadingRefused(id=frame.id, sentence=refusal.detail))
            return
        self._task = asyncio.create_task(self._read(speech, frame))

    async def close(self) -> None:
        """Stop."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _read(self, speech: SpeechEngines, frame: frames.ReadAloud) -> None:
        try:
            text = await self._text(frame)
            sentences = 0
            async for samples in speech.speak(text, RATE, manner(speech, frame.pace)):
                await self._send(frames.AudioFrame(id=frame.id))
                await self._send_bytes(write_wav(Audio(from_pcm(samples), RATE)))
                sentences += 1
            if sentences:
                await self._send(frames.ReadingFinished(id=frame.id))
            else:
                await self._refuse(frame.id, "nothing_to_read")
        except (BackendUnavailable, BackendProblem):
            await self._refuse(frame.id, "no_voice")
        except ConnectionError:
            log.info("reading.gone", conversation=self._conversation)

    async def _text(self, frame: frames.ReadAloud) -> str:
        if frame.sentence_name is not None:
            return voice_data().sentences[frame.sentence_name]
        found = await self._backend.part(ConversationsClient).messages(self._conversation, max(frame.seq - 1, 0))
        wanted = next((message for message in found.messages if message.seq == frame.seq), None)
        return "" if wanted is None or _own(wanted) else readable(wanted)

    async def _refuse(self, reading: str, name: SentenceName) -> None:
        await self._send(frames.ReadingRefused(id=reading, sentence=voice_data().sentences[name]))


def manner(speech: SpeechEngines, pace: Pace) -> Manner:
    """The operator's voice at the listener's pace."""
    return replace(speech.manner, rate=speech.manner.rate * voice_data().paces[pace])


async def prepare(speech: SpeechEngines) -> None:
    """Synthesise the fixed sentences beforehand, so that they play at once."""
    data = voice_data()
    for pace in data.paces:
        await speech.speaker.prepare([data.sentences[name] for name in data.read_aloud], RATE, manner(speech, pace))


def _own(message: Message) -> bool:
    return message.sender == "citizen"
