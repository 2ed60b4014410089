"""Training audio: a sentence spoken by a random voice, damaged, as features with the right phone for every 30 ms."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import kaldi_native_fbank
import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from connectors.speech.synthesis.espeak_library import EspeakLibrary, Prosody, Spoken
from connectors.speech.text.espeak_input import VOICE, espeak_text
from connectors.speech.text.pronunciation import syllables
from connectors.voice_training.corpus import NUMBERS, corpus, general_words, spoken_number, twins, weights
from connectors.voice_training.damage import RATE, Wave, damaged
from connectors.voice_training.phones import halved, inventory, learn_syllables, plain, toned, without_gaps
from connectors.voice_training.speakers import STOCK, own_data, random_names

CEPSTRA = 40
FRAME, CENTRE = 0.030, 0.0125
"""Seconds: one decision for every third frame of 10 ms; its centre lies 12.5 ms after its start."""
SPEEDS = (1, 1, 0.82, 0.88, 0.94, 1.06, 1.12, 1.2)
MIN_SAMPLES = 2000
SILENT_SHARE = 0.02
SHORT = 8
"""Characters: a shorter sentence is mostly followed by another, for more speech in less silence."""

Features = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class TrainingSample:
    """Features (frames of 10 ms x 40) and labels (frames of 30 ms)."""

    features: Features
    labels: Labels


def cepstra(wave: Wave) -> Features:
    """40 mel cepstra every 10 ms, as the model's mfcc.conf asks Kaldi for."""
    options = kaldi_native_fbank.MfccOptions()
    options.frame_opts.samp_freq = RATE
    options.frame_opts.dither = 1.0
    options.frame_opts.snip_edges = True
    options.frame_opts.window_type = "povey"
    options.mel_opts.num_bins = CEPSTRA
    options.mel_opts.low_freq = 20
    options.mel_opts.high_freq = 7600
    options.num_ceps = CEPSTRA
    options.use_energy = False
    computer = kaldi_native_fbank.OnlineMfcc(options)
    computer.accept_waveform(RATE, wave.astype(np.float32))
    computer.input_finished()
    frames = [computer.get_frame(place) for place in range(computer.num_frames_ready)]
    return np.stack(frames) if frames else np.zeros((0, CEPSTRA), np.float32)


class Narrator:
    """Speaks training sentences; one per process, seeded."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._rng = random.Random(seed)
        self._library = EspeakLibrary(own_data(folder, seed))
        self._syllables = learn_syllables(folder / "syllables.json")
        self._numbers = {name: place for place, name in enumerate(inventory(self._syllables))}
        self._sentences = list(corpus().spoken)
        self._weights = list(accumulate(weights(self._sentences)))
        general = general_words()
        self._words = list(general)
        self._word_weights = list(accumulate(count**0.35 for count in general.values()))

    def utterances(self, count: int) -> Iterator[TrainingSample]:
        """So many utterances."""
        made = 0
        while made < count:
            found = self._silence() if self._rng.random() < SILENT_SHARE else self._utterance(self._text())
            if found is not None:
                made += 1
                yield found

    def _text(self) -> str:
        share = self._rng.random()
        if share < 0.45:
            said = self._rng.choices(self._sentences, cum_weights=self._weights, k=2)
            return said[0] + (said[1] if len(said[0]) < SHORT and self._rng.random() < 0.6 else "")
        if share < 0.58:
            return spoken_number(self._rng, self._rng.choice(NUMBERS))
        if share < 0.62:
            return twins(self._rng)
        return "".join(self._rng.choices(self._words, cum_weights=self._word_weights, k=self._rng.randint(2, 7)))

    def _utterance(self, text: str) -> TrainingSample | None:
        rng = self._rng
        if rng.random() < 0.1 and len(text) > 4:
            place = rng.randint(2, len(text) - 2)
            text = f"{text[:place]}，{text[place:]}"
        name = rng.choice(STOCK) if rng.random() < 0.35 else rng.choice(random_names())
        prosody = Prosody(rate=rng.randint(110, 250), pitch=rng.randint(20, 85), range=rng.randint(20, 80))
        spoken = self._library.speak(espeak_text(text), f"{VOICE}+{name}" if name else VOICE, prosody)
        end = len(spoken.samples)
        phones = plain(spoken.phones)
        if phones is None or end < MIN_SAMPLES:
            return None
        right = toned(halved(without_gaps(phones, end, self._library.rate), end), syllables(text), self._syllables)
        return None if right is None else self._laid_out(spoken, right)

    def _laid_out(self, spoken: Spoken, phones: list[tuple[str, int]]) -> TrainingSample:
        rng = self._rng
        speed = rng.choice(SPEEDS)
        wave = resample_poly(spoken.samples.astype(np.float64), 320, round(441 * speed))
        before = rng.uniform(0, 0.5)
        padded = np.concatenate([np.zeros(int(before * RATE)), wave, np.zeros(int(rng.uniform(0, 0.6) * RATE))])
        features = cepstra(damaged(padded, rng))
        starts = [(0.0, 0)] + [(sample / self._library.rate / speed + before, self._numbers[p]) for p, sample in phones]
        return TrainingSample(features, labels_of(starts, (len(features) + 2) // 3))

    def _silence(self) -> TrainingSample:
        """Digital silence, or noise: neither is a word."""
        wave = np.zeros(int(self._rng.uniform(0.6, 3) * RATE))
        if self._rng.random() < 0.6:
            noise = np.random.default_rng(self._rng.getrandbits(32)).standard_normal(len(wave))
            wave = noise * 10 ** self._rng.uniform(0.3, 3.2)
        features = cepstra(wave)
        return TrainingSample(features, labels_of([(0.0, 0)], (len(features) + 2) // 3))


def labels_of(starts: list[tuple[float, int]], count: int) -> Labels:
    """(second, phone) to one label per 30 ms: twice the phone for its first frame, twice the phone plus one after it."""
    placed: list[tuple[int, int]] = []
    for second, phone in starts:
        place = max(int(np.ceil((second - CENTRE) / FRAME - 1e-6)), 0)
        if placed and place <= placed[-1][0]:
            place = placed[-1][0] + 1
        placed.append((place, phone))
    labels = np.zeros(count, np.int16)
    for number, (place, phone) in enumerate(placed):
        if place >= count:
            break
        after = placed[number + 1][0] if number + 1 < len(placed) else count
        labels[place:after] = 2 * phone + 1
        if not (phone == 0 and number and placed[number - 1][1] == 0):
            labels[place] = 2 * phone
    return labels


def write_training_audio(folder: Path, seed: int, count: int) -> Path:
    """Make ``count`` utterances and keep them in one file; made once."""
    path = folder / f"training_audio_{seed}_{count}.npz"
    if path.exists():
        return path
    features, labels, lengths = [], [], []
    for sample in Narrator(folder / f"narrator_{seed}", seed).utterances(count):
        features.append(sample.features.astype(np.float16))
        labels.append(sample.labels)
        lengths.append(len(sample.features))
    unfinished = path.with_suffix(".part.npz")
    np.savez(unfinished, features=np.concatenate(features), labels=np.concatenate(labels), lengths=np.array(lengths))
    unfinished.rename(path)
    return path


__all__ = ["CEPSTRA", "Features", "Labels", "Narrator", "cepstra", "labels_of", "write_training_audio"]
