"""A browser's voice line, driven by a test: sound spoken by our own synthesis goes up, frames and WAV files come down."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import numpy as np

from connectors.speech.audio import pcm, read_wav
from connectors.speech.speech import RATE, SpeechEngines
from tests.browser.house import House

FRAME_TIMEOUT_SECONDS = 20.0
PIECE = 3200
"""Bytes: a tenth of a second, as the page sends it."""
SECOND_OF_SILENCE = bytes(2 * RATE)


async def spoken(speech: SpeechEngines, text: str) -> bytes:
    """Half a second of quiet, the sentence, a second and a half of quiet: 16 kHz, 16 bits."""
    audio = await speech.wav(text)
    quiet = np.zeros(RATE // 2, np.int16)
    return pcm(np.concatenate([quiet, audio.samples, quiet, quiet, quiet]))


@dataclass
class VoiceLine:
    """One socket of the chat page."""

    socket: aiohttp.ClientWebSocketResponse
    frames: list[dict[str, Any]] = field(default_factory=list)
    sounds: list[bytes] = field(default_factory=list)

    async def until(self, *kinds: str) -> dict[str, Any]:
        """The next frame of a kind; everything on the way is kept."""
        async with asyncio.timeout(FRAME_TIMEOUT_SECONDS):
            async for received in self.socket:
                if received.type is aiohttp.WSMsgType.BINARY:
                    self.sounds.append(received.data)
                    continue
                frame: dict[str, Any] = json.loads(received.data)
                self.frames.append(frame)
                if frame["type"] in kinds:
                    return frame
        raise AssertionError(f"the line ended without {kinds}: {self.frames}")

    async def send(self, **frame: Any) -> None:
        """A frame of the page."""
        await self.socket.send_json(frame)

    async def start_recording(self, recording: str = "recording-1") -> dict[str, Any]:
        """Press the button; returns what the server says to it."""
        await self.send(type="start_recording", id=recording, rate=RATE)
        return await self.until("recording", "recording_refused")

    async def pour(self, sound: bytes) -> None:
        """Sound in pieces as the page sends them."""
        for at in range(0, len(sound), PIECE):
            await self.socket.send_bytes(sound[at : at + PIECE])

    async def speak(self, sound: bytes, recording: str = "recording-1") -> dict[str, Any]:
        """A whole recording; returns its transcription or the refusal."""
        begun = await self.start_recording(recording)
        if begun["type"] == "recording_refused":
            return begun
        await self.pour(sound)
        return await self.until("transcription", "recording_refused")

    async def say(self, text: str, message_id: str, recognised: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a text; returns the reply to it, or the refusal."""
        about = {} if recognised is None else {"recognised": recognised}
        await self.send(type="say", message_id=message_id, text=text, **about)
        while True:
            frame = await self.until("message", "refused")
            if frame["type"] == "refused" or frame["message"]["in_reply_to"] == message_id:
                return frame

    async def read(self, seq: int, **about: Any) -> list[bytes]:
        """Have a message read; returns its WAV files."""
        self.sounds.clear()
        await self.send(type="read_aloud", id="reading-1", seq=seq, **about)
        await self.until("reading_finished", "reading_refused")
        return list(self.sounds)

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Frames of a kind seen so far."""
        return [frame for frame in self.frames if frame["type"] == kind]


@asynccontextmanager
async def voice_line(house: House, *, origin: str | None = None, voiceless: bool = False) -> AsyncIterator[VoiceLine]:
    """The line of somebody who has never been here, once the voice is loaded (``voiceless``: there is none)."""
    async with house.hall.browser() as browser:
        _, ticket = await browser.post("/socket-tickets")
        headers = {"Origin": house.hall.base if origin is None else origin}
        address = f"{ticket['url']}?ticket={ticket['ticket']}"
        async with browser.session.ws_connect(address, headers=headers) as socket:
            line = VoiceLine(socket)
            while not (await line.until("voice"))["can_read"] and not voiceless:
                continue  # it is still loading: the next one tells
            yield line


def as_samples(wavs: list[bytes]) -> bytes:
    """WAV files of 16 kHz one after the other."""
    return b"".join(pcm(read_wav(wav).at(RATE).samples) for wav in wavs)
