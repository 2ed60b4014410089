"""What happens to a voice on its way: loudness, noise, a room, a telephone line. All on float samples in int16 range at 16 kHz."""

from __future__ import annotations

import random

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, fftconvolve, lfilter, resample_poly, sosfilt

RATE = 16_000
Wave = npt.NDArray[np.float64]

_LINE = butter(4, [280, 3450], "bandpass", fs=8000, output="sos")
_MU = 255.0


def damaged(wave: Wave, rng: random.Random) -> Wave:
    """A random mixture of all of it."""
    wave = wave * 10 ** (rng.uniform(-18, 3) / 20)
    if rng.random() < 0.65:
        wave = noisy(wave, rng, rng.uniform(8, 40))
    if rng.random() < 0.3:
        wave = _in_a_room(wave, rng)
    if rng.random() < 0.4:
        wave = resample_poly(over_the_phone(wave, band_pass=rng.random() < 0.8), 2, 1)
    return clipped(wave)


def noisy(wave: Wave, rng: random.Random, decibels: float) -> Wave:
    """Noise of some colour, so many decibels below the voice."""
    power = np.sqrt((wave**2).mean() + 1.0)
    noise: Wave = np.random.default_rng(rng.getrandbits(32)).standard_normal(len(wave))
    if rng.random() < 0.6:
        noise = lfilter([1], [1, -rng.choice([0.5, 0.8, 0.9, 0.97])], noise)
    mixed: Wave = wave + noise / (noise.std() + 1e-9) * power * 10 ** (-decibels / 20)
    return mixed


def over_the_phone(wave: Wave, *, band_pass: bool = True) -> Wave:
    """8 kHz samples as a telephone exchange passes them on: band limits and μ-law."""
    narrow = resample_poly(wave, 1, 2)
    if band_pass:
        narrow = sosfilt(_LINE, narrow)
    level = np.clip(narrow / 32768, -1, 1)
    steps = np.round(np.sign(level) * np.log1p(_MU * np.abs(level)) / np.log1p(_MU) * 127) / 127
    said: Wave = np.round(np.sign(steps) * ((1 + _MU) ** np.abs(steps) - 1) / _MU * 32767)
    return said


def clipped(wave: Wave) -> Wave:
    """Whole numbers in int16 range."""
    whole: Wave = np.clip(np.round(wave), -32768, 32767)
    return whole


def _in_a_room(wave: Wave, rng: random.Random) -> Wave:
    length = int(rng.uniform(0.05, 0.25) * RATE)
    echo = np.random.default_rng(rng.getrandbits(32)).standard_normal(length)
    echo *= np.exp(-np.arange(length) / (length / 5)) * rng.uniform(0.02, 0.08)
    echo[0] = 1.0
    said: Wave = fftconvolve(wave, echo)[: len(wave)]
    return said
