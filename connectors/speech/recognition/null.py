"""The null recogniser: hears what a test tells it to, at the ends of utterances that the real endpointing finds."""

from __future__ import annotations

from collections import deque

from connectors.speech.recognition.endpointing import Endpointer, Framer, loud
from connectors.speech.recognition.heard import Ended, Event, Expected, Heard, Partial, SpeechStarted
from connectors.speech.recognition.listening_data import listening


class Script:
    """What will be heard, in order; then nothing is understood."""

    def __init__(self, *heard: Heard) -> None:
        self._next = deque(heard)

    def add(self, *heard: Heard) -> None:
        """Afterwards."""
        self._next.extend(heard)

    def take(self) -> Heard:
        """The next one."""
        return self._next.popleft() if self._next else Heard("", 0.0, ended=Ended.NOTHING)


class NullDecoder:
    """Loud frames are speech, quiet ones silence; what was said comes from the script."""

    def __init__(self, script: Script, rate: int, expected: Expected, whole: bool) -> None:
        self._script = script
        self._whole = whole
        self._framer = Framer(rate)
        self.expect(expected)

    def expect(self, expected: Expected) -> None:
        """Begin anew."""
        self._expected = expected
        self._endpointer = Endpointer(listening().waits[expected.kind], listening().voice_activity)

    def accept(self, data: bytes) -> list[Event]:
        """Frames of 20 ms."""
        events: list[Event] = []
        for frame in self._framer.feed(data):
            if self._endpointer.feed(voiced=loud(frame)):
                events.append(SpeechStarted(self._endpointer.seconds))
            if self._endpointer.ended is not None and not self._whole:
                events.extend(self._said())
        return events

    def finish(self) -> list[Event]:
        """Whoever was speaking has finished."""
        return self._said() if self._whole or self._endpointer.started else []

    def _said(self) -> list[Event]:
        heard = self._script.take() if self._endpointer.started else Heard("", 0.0, ended=Ended.NOTHING)
        self.expect(self._expected)
        return [Partial(heard.text), heard] if heard.text else [heard]
