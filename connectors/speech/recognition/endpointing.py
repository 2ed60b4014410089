"""When somebody begins to speak and when they have finished: a pure state machine over voiced and silent frames."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import webrtcvad

from connectors.speech.recognition.recognition_data import EndpointingTimeouts, VoiceActivity
from connectors.speech.recognition.transcription import EndReason

FRAME_SECONDS = 0.02
VOICE_RATES = (8_000, 16_000)

Voiced = Callable[[bytes], bool]


class Endpointer:
    """Feed one frame of 20 ms at a time; ``ended`` is the reason it is over, None while it is not."""

    def __init__(self, timeouts: EndpointingTimeouts, activity: VoiceActivity) -> None:
        self._timeouts = timeouts
        self._begin = activity.begin
        self._recent: deque[bool] = deque(maxlen=activity.of)
        self._frames = 0
        self._last_voiced = 0
        self._first_voiced: int | None = None
        self.ended: EndReason | None = None

    @property
    def started(self) -> bool:
        """Somebody has begun to speak."""
        return self._first_voiced is not None

    @property
    def seconds(self) -> float:
        """Sound fed so far."""
        return self._frames * FRAME_SECONDS

    @property
    def speech_seconds(self) -> float:
        """From the first voiced frame to the last."""
        return 0.0 if self._first_voiced is None else (self._last_voiced - self._first_voiced) * FRAME_SECONDS

    def feed(self, *, voiced: bool, enough: bool = False) -> bool:
        """One frame; ``enough``: everything expected has been understood. True when speech begins with this frame."""
        self._frames += 1
        self._recent.append(voiced)
        began = False
        if self._first_voiced is None:
            if sum(self._recent) >= self._begin:
                self._first_voiced = self._frames - len(self._recent)
                self._last_voiced = self._frames
                began = True
        elif voiced and sum(self._recent) >= 2:  # one voiced frame alone is a click, not speech
            self._last_voiced = self._frames
        self.ended = self._reason(enough=enough)
        return began

    def _reason(self, *, enough: bool) -> EndReason | None:
        silent = (self._frames - self._last_voiced) * FRAME_SECONDS
        if self._first_voiced is None:
            return EndReason.NOTHING if self.seconds >= self._timeouts.start else None
        if enough and silent >= self._timeouts.enough - 1e-9:
            return EndReason.ENOUGH
        if silent >= self._timeouts.trailing - 1e-9:
            return EndReason.SILENCE
        if self.seconds - self._first_voiced * FRAME_SECONDS >= self._timeouts.max_utterance:
            return EndReason.TOO_LONG
        return None


def voice_detector(rate: int, activity: VoiceActivity) -> Voiced:
    """The detector webrtcvad at 8 or 16 kHz; 15 µs a frame."""
    detector = webrtcvad.Vad(activity.sternness)
    return lambda frame: bool(detector.is_speech(frame, rate))


def loud(frame: bytes) -> bool:
    """Any sample above a whisper: the null twin's voice detector."""
    return any(abs(int.from_bytes(frame[at : at + 2], "little", signed=True)) > 500 for at in range(0, len(frame), 16))


class Framer:
    """Cuts a stream of bytes into frames of 20 ms."""

    def __init__(self, rate: int) -> None:
        self._size = int(rate * FRAME_SECONDS) * 2
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Whole frames; the rest waits."""
        self._rest += data
        while len(self._rest) >= self._size:
            frame, self._rest = self._rest[: self._size], self._rest[self._size :]
            yield frame
