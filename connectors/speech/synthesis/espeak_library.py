"""The espeak-ng library through ctypes: text in, samples and the exact place of every phoneme out.

The library has one global state per process: it is started once, and one lock lets one caller speak at a time.
"""

from __future__ import annotations

import ctypes
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import espeakng_loader
import numpy as np
import numpy.typing as npt

SYNCHRONOUS, PHONEME_EVENTS, IPA = 2, 1, 2
RATE, VOLUME, PITCH, RANGE = 1, 2, 3, 4
CHARACTER_POSITIONS, UTF8, PHONEME_INPUT = 1, 1, 0x100
END_OF_LIST, PHONEME = 0, 7

Samples = npt.NDArray[np.int16]


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class Prosody:
    """How to speak: words per minute 80 to 450, the rest 0 to 100 (volume to 200)."""

    rate: int = 175
    pitch: int = 50
    range: int = 50
    volume: int = 100


@dataclass(frozen=True, slots=True)
class Phone:
    """A phoneme in IPA (empty: a pause) and the sample at which it begins."""

    name: str
    sample: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """Samples at the library's rate, and the phonemes in them."""

    samples: Samples
    phones: tuple[Phone, ...]


class EspeakError(RuntimeError):
    """The library or its data cannot be used; the message says which."""


_lock = threading.Lock()
_started: dict[str, int] = {}
"""The data folder the library was started with, and its rate; at most one."""


def _start(library: Any, data: str) -> int:
    with _lock:
        if data not in _started:
            if _started:
                raise EspeakError(f"espeak-ng already runs with the data in {next(iter(_started))}")
            rate = int(library.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), PHONEME_EVENTS | IPA))
            if rate <= 0:
                raise EspeakError(f"espeak-ng did not start with the data in {data}")
            _started[data] = rate
        return _started[data]


class EspeakLibrary:
    """espeak-ng 1.52 of the espeakng-loader wheel. Debian's 1.51 speaks Mandarin wrongly and is not used."""

    def __init__(self, data: Path | None = None) -> None:
        self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate = _start(self._library, str(data or espeakng_loader.get_data_path()))
        """Samples a second of what it speaks."""
        self._samples: list[Samples] = []
        self._phones: list[Phone] = []
        self._callback = _Callback(self._receive)  # kept: the library holds only its address

    def speak(self, text: str, voice: str, prosody: Prosody) -> Spoken:
        """Synthesise; raises EspeakError for a voice that is not there."""
        with _lock:
            return self._speak(text, voice, prosody)

    def _speak(self, text: str, voice: str, prosody: Prosody) -> Spoken:
        self._samples, self._phones = [], []
        self._library.espeak_SetSynthCallback(self._callback)
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise EspeakError(f"espeak-ng has no voice {voice}")
        for parameter, value in (
            (RATE, prosody.rate),
            (VOLUME, prosody.volume),
            (PITCH, prosody.pitch),
            (RANGE, prosody.range),
        ):
            self._library.espeak_SetParameter(parameter, value, 0)
        encoded = text.encode("utf-8")
        self._library.espeak_Synth(
            encoded, len(encoded) + 1, 0, CHARACTER_POSITIONS, 0, UTF8 | PHONEME_INPUT, None, None
        )
        self._library.espeak_Synchronize()
        samples = np.concatenate(self._samples) if self._samples else np.zeros(0, np.int16)
        return Spoken(samples, tuple(self._phones))

    def _receive(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._samples.append(np.ctypeslib.as_array(wave, (count,)).copy())
        place = 0
        while events and events[place].type != END_OF_LIST:
            event = events[place]
            if event.type == PHONEME:
                raw = ctypes.string_at(ctypes.addressof(event.id), 8).split(b"\0")[0]
                self._phones.append(Phone(raw.decode("utf-8", "replace"), event.sample))
            place += 1
        return 0
