"""Sound keeps its meaning through every format a channel brings."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.errors import InvalidError
from connectors.speech.audio import (
    MAX_SECONDS,
    Audio,
    Resampler,
    from_a_law,
    from_mu_law,
    from_pcm,
    pcm,
    read_wav,
    resampled,
    to_a_law,
    to_mu_law,
    write_wav,
)


def tone(rate: int, hertz: float = 440, seconds: float = 0.5) -> np.ndarray:
    return (np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate) * 12000).astype(np.int16)


def wav(kind: int, channels: int, rate: int, bits: int, body: bytes) -> bytes:
    block = channels * bits // 8
    described = struct.pack("<HHIIHH", kind, channels, rate, rate * block, block, bits)
    extra = b"LIST" + struct.pack("<I", 3) + b"abc\0"
    return (
        b"RIFF" + struct.pack("<I", 0) + b"WAVE" + extra + b"fmt " + struct.pack("<I", 16) + described
        + b"data" + struct.pack("<I", len(body)) + body
    )  # fmt: skip


def test_a_file_comes_back_as_it_was_written() -> None:
    audio = Audio(tone(16000), 16000)
    read = read_wav(write_wav(audio))
    assert read.rate == 16000
    assert np.array_equal(read.samples, audio.samples)


def test_stereo_is_mixed_to_one() -> None:
    both = np.stack([tone(16000), -tone(16000)], axis=1).reshape(-1)
    assert np.abs(read_wav(wav(1, 2, 16000, 16, pcm(both))).samples).max() <= 1


def test_the_telephone_codes_are_read_from_files() -> None:
    samples = tone(8000)
    for kind, encode in ((7, to_mu_law), (6, to_a_law)):
        read = read_wav(wav(kind, 1, 8000, 8, encode(samples))).samples
        assert np.abs(read.astype(int) - samples).max() < 600


def test_other_widths_are_read() -> None:
    samples = tone(16000)
    wide = b"".join(b"\0" + struct.pack("<h", value) for value in samples.tolist())
    assert np.array_equal(read_wav(wav(1, 1, 16000, 24, wide)).samples, samples)
    floats = (samples / 32767).astype("<f4").tobytes()
    assert np.abs(read_wav(wav(3, 1, 16000, 32, floats)).samples.astype(int) - samples).max() <= 1
    bytes8 = ((samples.astype(int) >> 8) + 128).astype(np.uint8).tobytes()
    assert np.abs(read_wav(wav(1, 1, 16000, 8, bytes8)).samples.astype(int) - samples).max() < 256


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda data: b"RIFF\0\0\0\0WAVE" + data))
def test_what_is_no_sound_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(InvalidError) as refusal:
        read_wav(data)
    assert "WAV" in refusal.value.detail


@pytest.mark.parametrize(("kind", "channels", "rate", "bits"), [(1, 0, 16000, 16), (1, 1, 100, 16), (85, 1, 16000, 16)])
def test_formats_we_cannot_read_are_refused(kind: int, channels: int, rate: int, bits: int) -> None:
    with pytest.raises(InvalidError):
        read_wav(wav(kind, channels, rate, bits, b"\0" * 64))


def test_a_recording_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidError) as refusal:
        read_wav(wav(7, 1, 8000, 8, b"\xff" * (8000 * MAX_SECONDS + 1)))
    assert str(MAX_SECONDS) in refusal.value.detail


@given(st.binary(min_size=1, max_size=64))
def test_telephone_codes_survive_the_way_there_and_back(data: bytes) -> None:
    assert np.array_equal(from_mu_law(to_mu_law(from_mu_law(data))), from_mu_law(data))
    assert to_a_law(from_a_law(data)) == data


@given(st.lists(st.integers(-32768, 32767), max_size=50))
def test_samples_survive_as_bytes(values: list[int]) -> None:
    assert from_pcm(pcm(np.array(values, np.int16))).tolist() == values


def test_a_lower_rate_keeps_the_voice_and_drops_what_it_cannot_carry() -> None:
    low = resampled(tone(22050, 440), 22050, 8000)
    assert np.sqrt((low.astype(float) ** 2).mean()) == pytest.approx(12000 / np.sqrt(2), rel=0.05)
    high = resampled(tone(22050, 6000), 22050, 8000)
    assert np.abs(high[200:-200]).max() < 200


def test_a_stream_resampled_in_pieces_is_the_same_as_in_one() -> None:
    samples = tone(8000, seconds=1)
    stream = Resampler(8000, 16000)
    pieces = [stream.feed(samples[at : at + 160], last=at + 160 >= len(samples)) for at in range(0, len(samples), 160)]
    whole = resampled(samples, 8000, 16000)
    joined = np.concatenate(pieces)
    assert abs(len(joined) - len(whole)) <= 2
    assert np.abs(joined[500:15000].astype(int) - whole[500:15000]).max() < 400
