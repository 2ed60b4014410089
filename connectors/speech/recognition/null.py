"""The null recogniser: returns the transcriptions of a test's script, at the ends of utterances that the real endpointing finds."""

from __future__ import annotations

from collections import deque

from connectors.speech.recognition.endpointing import Endpointer, Framer, loud
from connectors.speech.recognition.recognition_data import recognition_data
from connectors.speech.recognition.transcription import (
    EndReason,
    Event,
    Expected,
    Partial,
    SpeechStarted,
    Transcription,
)


class Script:
    """Transcriptions to return, in order; then empty ones."""

    def __init__(self, *transcriptions: Transcription) -> None:
        self._next = deque(transcriptions)

    def add(self, *transcriptions: Transcription) -> None:
        """Append transcriptions."""
        self._next.extend(transcriptions)

    def take(self) -> Transcription:
        """Remove the next transcription."""
        return self._next.popleft() if self._next else Transcription("", 0.0, ended=EndReason.NOTHING)


class NullDecoder:
    """Loud frames are speech, quiet ones silence; the transcriptions come from the script."""

    def __init__(self, script: Script, rate: int, expected: Expected, whole: bool) -> None:
        self._script = script
        self._whole = whole
        self._framer = Framer(rate)
        self.expect(expected)

    def expect(self, expected: Expected) -> None:
        """Begin anew."""
        self._expected = expected
        self._endpointer = Endpointer(recognition_data().timeouts[expected.kind], recognition_data().voice_activity)

    def accept(self, data: bytes) -> list[Event]:
        """Frames of 20 ms."""
        events: list[Event] = []
        for frame in self._framer.feed(data):
            if self._endpointer.feed(voiced=loud(frame)):
                events.append(SpeechStarted(self._endpointer.seconds))
            if self._endpointer.ended is not None and not self._whole:
                events.extend(self._transcription())
        return events

    def finish(self) -> list[Event]:
        """Whoever was speaking has finished."""
        return self._transcription() if self._whole or self._endpointer.started else []

    def _transcription(self) -> list[Event]:
        transcription = (
            self._script.take() if self._endpointer.started else Transcription("", 0.0, ended=EndReason.NOTHING)
        )
        self.expect(self._expected)
        return [Partial(transcription.text), transcription] if transcription.text else [transcription]
