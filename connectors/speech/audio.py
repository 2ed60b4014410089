"""Audio formats: WAV files in and out, μ-law and A-law telephone samples, 16-bit samples, other rates."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soxr

from connectors.errors import InvalidError

Samples = npt.NDArray[np.int16]

_PCM, _FLOAT, _A_LAW, _MU_LAW, _EXTENSIBLE = 1, 3, 6, 7, 0xFFFE
MIN_RATE, MAX_RATE = 8_000, 192_000
MAX_SECONDS = 120
"""Of one file; a message for the assistant is never longer."""


@dataclass(frozen=True, slots=True)
class Audio:
    """One channel of 16-bit samples."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate

    def at(self, rate: int) -> Audio:
        """The same at another rate."""
        return self if rate == self.rate else Audio(resampled(self.samples, self.rate, rate), rate)


def pcm(samples: Samples) -> bytes:
    """16-bit little-endian."""
    return samples.astype("<i2", copy=False).tobytes()


def from_pcm(data: bytes) -> Samples:
    """The other way round; a last odd byte is left out."""
    return np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.int16, copy=False)


def resampled(samples: Samples, rate: int, to: int) -> Samples:
    """All at once; band-limited, so that nothing of the higher rate folds back."""
    if rate == to or len(samples) == 0:
        return samples
    return np.asarray(soxr.resample(samples, rate, to), np.int16)


class Resampler:
    """A stream at another rate. 8 to 16 kHz in quality QQ holds back a quarter of a millisecond, HQ 29 ms."""

    def __init__(self, rate: int, to: int, quality: str = "HQ") -> None:
        self._stream = None if rate == to else soxr.ResampleStream(rate, to, 1, dtype="int16", quality=quality)

    def feed(self, samples: Samples, *, last: bool = False) -> Samples:
        """What is ready; everything after ``last``."""
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples, last=last), np.int16)


def read_wav(data: bytes) -> Audio:
    """A WAV file: 8 to 32 bits, float, μ-law or A-law, any number of channels (mixed to one).

    Raises InvalidError ``speech.audio_unreadable`` or ``speech.audio_too_long``.
    """
    if len(data) < 12 or data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise InvalidError("speech.audio_unreadable")
    described: bytes | None = None
    place = 12
    while place + 8 <= len(data):
        name, size = data[place : place + 4], struct.unpack_from("<I", data, place + 4)[0]
        body = data[place + 8 : place + 8 + size]
        if name == b"fmt ":
            described = body
        elif name == b"data":
            if described is None or len(described) < 16:
                break
            return _decoded(described, body)
        place += 8 + size + size % 2
    raise InvalidError("speech.audio_unreadable")


def _decoded(described: bytes, body: bytes) -> Audio:
    kind, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", described)
    if kind == _EXTENSIBLE and len(described) >= 26:
        kind = struct.unpack_from("<H", described, 24)[0]
    if not channels or not block or not MIN_RATE <= rate <= MAX_RATE:
        raise InvalidError("speech.audio_unreadable")
    if len(body) // block > MAX_SECONDS * rate:
        raise InvalidError("speech.audio_too_long", seconds=MAX_SECONDS)
    body = body[: len(body) // block * block]
    samples = _values(kind, bits, body)
    if channels > 1:
        samples = samples.reshape(-1, channels).astype(np.int32).mean(axis=1).astype(np.int16)
    return Audio(samples, rate)


def _values(kind: int, bits: int, body: bytes) -> Samples:
    if kind == _MU_LAW and bits == 8:
        return from_mu_law(body)
    if kind == _A_LAW and bits == 8:
        return from_a_law(body)
    if kind == _FLOAT and bits == 32:
        return (np.clip(np.nan_to_num(np.frombuffer(body, "<f4")), -1, 1) * 32767).astype(np.int16)
    if kind == _PCM and bits == 8:
        return ((np.frombuffer(body, np.uint8).astype(np.int16) - 128) << 8).astype(np.int16)
    if kind == _PCM and bits == 16:
        return from_pcm(body)
    if kind == _PCM and bits in (24, 32):
        raw = np.frombuffer(body, np.uint8).reshape(-1, bits // 8)
        return np.ascontiguousarray(raw[:, -2:]).view("<i2").reshape(-1).astype(np.int16)
    raise InvalidError("speech.audio_unreadable")


def write_wav(audio: Audio) -> bytes:
    """A 16-bit WAV file."""
    body = pcm(audio.samples)
    described = struct.pack("<HHIIHH", _PCM, 1, audio.rate, audio.rate * 2, 2, 16)
    return b"".join(
        (b"RIFF", struct.pack("<I", 36 + len(body)), b"WAVEfmt ", struct.pack("<I", 16), described, b"data",
         struct.pack("<I", len(body)), body)
    )  # fmt: skip


# --- G.711, by table: every 8-bit code has one value (ITU-T G.711)


def _mu_law_values() -> Samples:
    code = ~np.arange(256, dtype=np.uint8)
    magnitude = (((code & 0x0F).astype(np.int32) << 3) + 0x84 << ((code & 0x70) >> 4)) - 0x84
    return np.where(code & 0x80, -magnitude, magnitude).astype(np.int16)


def _a_law_values() -> Samples:
    code = np.arange(256, dtype=np.uint8) ^ 0x55
    mantissa, exponent = (code & 0x0F).astype(np.int32) << 4, (code & 0x70).astype(np.int32) >> 4
    magnitude = np.where(exponent == 0, mantissa + 8, (mantissa + 0x108) << np.maximum(exponent - 1, 0))
    return np.where(code & 0x80, magnitude, -magnitude).astype(np.int16)


def _nearest_codes(values: Samples) -> npt.NDArray[np.uint8]:
    """For each of the 65,536 samples the code whose value is nearest."""
    order = np.argsort(values, kind="stable")
    ranked = values[order].astype(np.int32)
    every = np.arange(-32768, 32768, dtype=np.int32)
    right = np.clip(np.searchsorted(ranked, every), 1, 255)
    nearer = np.where(every - ranked[right - 1] <= ranked[right] - every, right - 1, right)
    codes: npt.NDArray[np.uint8] = order[nearer].astype(np.uint8)
    return codes


_MU_VALUES, _A_VALUES = _mu_law_values(), _a_law_values()
_MU_CODES, _A_CODES = _nearest_codes(_MU_VALUES), _nearest_codes(_A_VALUES)


def from_mu_law(data: bytes) -> Samples:
    """G.711 μ-law to 16 bits."""
    return np.take(_MU_VALUES, np.frombuffer(data, np.uint8))


def to_mu_law(samples: Samples) -> bytes:
    """16 bits to G.711 μ-law."""
    return np.take(_MU_CODES, samples.astype(np.int32) + 32768).tobytes()


def from_a_law(data: bytes) -> Samples:
    """G.711 A-law to 16 bits."""
    return np.take(_A_VALUES, np.frombuffer(data, np.uint8))


def to_a_law(samples: Samples) -> bytes:
    """16 bits to G.711 A-law."""
    return np.take(_A_CODES, samples.astype(np.int32) + 32768).tobytes()
