"""The acoustic network: 40 cepstra with their neighbours to one of the phones' states every 30 ms. Trained with the TensorFlow that Rasa brings."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from connectors.voice_training.training_audio import CEPSTRA

OFFSETS = ((-2, -1, 0, 1, 2), (-1, 0, 1), (-3, 0, 3), (-3, 0, 3), (-3, 0, 3))
"""Neighbours each layer sees, in frames of 10 ms. From the second layer on only every third frame is computed."""
STRIDED = 1
SUBSAMPLING = 3
CONTEXT = 2 + 1 + 3 * 3
CHUNK = 50
"""Decisions per training piece."""
BATCH = 48
PASSES = ((4, 3e-3), (2, 1.5e-3))
"""Rounds, and the highest rate of learning in them: the second pass begins warm and goes on where the first came to rest."""
SMOOTHING = 0.05
PRIOR_FLOOR = 3e-3
UNLABELLED = -1

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layer:
    """One affine layer as Kaldi has it: ``weights`` out x (offsets * in), offset-major."""

    offsets: tuple[int, ...]
    weights: Floats
    biases: Floats


@dataclass(frozen=True, slots=True)
class Trained:
    """Layers with normalisation folded in, and how common each state is."""

    layers: tuple[Layer, ...]
    priors: Floats


@dataclass(frozen=True, slots=True)
class _Piece:
    file: int
    frame: int
    frames: int
    label: int
    labels: int
    start: int


class _TrainingSet:
    """All training files, cut into pieces."""

    def __init__(self, paths: list[Path], rng: np.random.Generator) -> None:
        self._files = []
        pieces: list[_Piece] = []
        for number, path in enumerate(paths):
            with np.load(path) as loaded:
                self._files.append((loaded["features"], loaded["labels"]))
                pieces.extend(_cut(number, loaded["lengths"]))
        order = rng.permutation(len(pieces))
        self.pieces = [pieces[place] for place in order]
        sample = np.concatenate([features[::7].astype(np.float32) for features, _ in self._files])
        self.mean, self.deviation = sample.mean(0), sample.std(0)

    def counts(self, states: int) -> Floats:
        found: Floats = sum(
            (np.bincount(labels, minlength=states).astype(np.float64) for _, labels in self._files), np.zeros(states)
        )
        return found

    def batch(self, pieces: list[_Piece]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int32]]:
        wide = SUBSAMPLING * (CHUNK - 1) + 1 + 2 * CONTEXT
        features = np.empty((len(pieces), wide, CEPSTRA), np.float32)
        labels = np.full((len(pieces), CHUNK), UNLABELLED, np.int32)
        for row, piece in enumerate(pieces):
            source, known = self._files[piece.file]
            places = np.arange(SUBSAMPLING * piece.start - CONTEXT, SUBSAMPLING * piece.start - CONTEXT + wide)
            features[row] = source[np.clip(places, 0, piece.frames - 1) + piece.frame]
            count = min(piece.labels - piece.start, CHUNK)
            labels[row, :count] = known[piece.label + piece.start :][:count]
        return (features - self.mean) / self.deviation, labels


def _cut(file: int, lengths: npt.NDArray[np.int64]) -> Iterator[_Piece]:
    frame = label = 0
    for frames in map(int, lengths):
        labels = (frames + SUBSAMPLING - 1) // SUBSAMPLING
        for start in range(0, max(labels - CHUNK // 3, 1), CHUNK):
            yield _Piece(file, frame, frames, label, labels, start)
        frame += frames
        label += labels


class _Network(tf.Module):  # type: ignore[misc]
    """Splice, affine, batch normalisation, ReLU; five times, then an affine layer."""

    def __init__(self, width: int, states: int) -> None:
        super().__init__()
        sizes = [CEPSTRA, *[width] * (len(OFFSETS) - 1)]
        start = tf.keras.initializers.HeNormal(seed=1)
        self.affine = [
            tf.Variable(start((size * len(offsets), width))) for size, offsets in zip(sizes, OFFSETS, strict=True)
        ]
        self.bias = [tf.Variable(tf.zeros(width)) for _ in OFFSETS]
        self.scale = [tf.Variable(tf.ones(width)) for _ in OFFSETS]
        self.shift = [tf.Variable(tf.zeros(width)) for _ in OFFSETS]
        self.running_mean = [tf.Variable(tf.zeros(width), trainable=False) for _ in OFFSETS]
        self.running_variance = [tf.Variable(tf.ones(width), trainable=False) for _ in OFFSETS]
        self.out = tf.Variable(start((width, states)))
        self.out_bias = tf.Variable(tf.zeros(states))

    def __call__(self, inputs: tf.Tensor, *, training: bool) -> tf.Tensor:
        """States' logits, one row per 30 ms."""
        hidden = inputs
        for number, offsets in enumerate(OFFSETS):
            stride = SUBSAMPLING if number == STRIDED else 1
            count = (hidden.shape[1] - len(offsets)) // stride + 1
            spliced = tf.concat(
                [hidden[:, at : at + stride * (count - 1) + 1 : stride] for at in range(len(offsets))], axis=2
            )
            flat = tf.reshape(spliced, (-1, spliced.shape[2]))
            flat = tf.matmul(flat, self.affine[number]) + self.bias[number]
            flat = tf.nn.relu(self._normalised(flat, number, training=training))
            hidden = tf.reshape(flat, (-1, count, flat.shape[1]))
        flat = tf.matmul(tf.reshape(hidden, (-1, hidden.shape[2])), self.out) + self.out_bias
        return tf.reshape(flat, (-1, hidden.shape[1], flat.shape[1]))

    def _normalised(self, values: tf.Tensor, number: int, *, training: bool) -> tf.Tensor:
        mean, variance = self.running_mean[number], self.running_variance[number]
        if training:
            mean, variance = tf.nn.moments(values, axes=[0])
            self.running_mean[number].assign(0.9 * self.running_mean[number] + 0.1 * mean)
            self.running_variance[number].assign(0.9 * self.running_variance[number] + 0.1 * variance)
        return (values - mean) / tf.sqrt(variance + 1e-5) * self.scale[number] + self.shift[number]


def train(paths: list[Path], states: int, width: int, seed: int, kept: Path, say: Callable[[str], None]) -> Trained:
    """Train on the files of ``write_training_audio``; what an interrupted run kept in ``kept`` after its last round is used again."""
    tf.random.set_seed(seed)
    tf.config.threading.set_intra_op_parallelism_threads(2)
    training_set = _TrainingSet(paths, np.random.default_rng(seed))
    checked, taught = training_set.pieces[:400], training_set.pieces[400:]
    network = _Network(width, states)
    steps = len(taught) // BATCH
    optimiser = tf.keras.optimizers.legacy.Adam(_Rate(steps))
    rounds = sum(count for count, _ in PASSES)
    done = tf.Variable(0)
    rest = tf.train.CheckpointManager(
        tf.train.Checkpoint(network=network, optimiser=optimiser, done=done), str(kept), max_to_keep=1
    )
    rest.restore_or_initialize()

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def step(features: tf.Tensor, labels: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = _loss(network(features, training=True), labels, states)
        variables = network.trainable_variables
        optimiser.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return loss

    began = time.monotonic()
    for number in range(int(done), rounds):
        rng = np.random.default_rng([seed, number])
        order = rng.permutation(len(taught))
        losses = []
        for at in range(steps):
            features, labels = training_set.batch([taught[place] for place in order[at * BATCH : (at + 1) * BATCH]])
            losses.append(step(tf.constant(_varied(features, rng)), tf.constant(labels)))
            if at % 200 == 199:
                say(
                    f"  {number + 1}/{rounds} {at + 1}/{steps} 损失{np.mean(losses[-200:]):.3f}，{time.monotonic() - began:.0f}秒"
                )
        done.assign(number + 1)
        rest.save()
        right = _right(network, training_set, checked)
        say(f"第{number + 1}轮：损失{np.mean(losses):.3f}，帧正确率{right:.3f}，{time.monotonic() - began:.0f}秒")
    counts = training_set.counts(states)
    priors = np.maximum(counts / counts.sum(), PRIOR_FLOOR)
    return Trained(_folded(network, training_set.mean, training_set.deviation), priors / priors.sum())


class _Rate(tf.keras.optimizers.schedules.LearningRateSchedule):  # type: ignore[misc]
    """In every pass up for a tenth of the steps, then down along a cosine."""

    def __init__(self, steps: int) -> None:
        self._steps = float(max(steps, 10))

    def __call__(self, step: tf.Tensor) -> tf.Tensor:
        done = tf.cast(step, tf.float32) / self._steps
        rate, before = tf.constant(0.0), 0
        for rounds, peak in PASSES:
            rate = tf.where(done >= before, peak * _shape((done - before) / rounds), rate)
            before += rounds
        return rate


def _shape(done: tf.Tensor) -> tf.Tensor:
    down = 0.5 * (1 + tf.cos(np.pi * tf.minimum((done - 0.1) / 0.9, 1.0)))
    return tf.where(done < 0.1, done / 0.1 * 0.96 + 0.04, down * 0.999 + 0.001)


def _loss(logits: tf.Tensor, labels: tf.Tensor, states: int) -> tf.Tensor:
    known = tf.cast(labels != UNLABELLED, tf.float32)
    wanted = tf.one_hot(tf.maximum(labels, 0), states) * (1 - SMOOTHING) + SMOOTHING / states
    losses = tf.nn.softmax_cross_entropy_with_logits(wanted, logits)
    return tf.reduce_sum(losses * known) / tf.reduce_sum(known)


def _varied(features: npt.NDArray[np.float32], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """A random equaliser for half the pieces (one offset per cepstrum), a little noise for half."""
    equalised = rng.normal(0, 0.3, (len(features), 1, CEPSTRA)) * (rng.random((len(features), 1, 1)) < 0.5)
    noise = rng.normal(0, 0.1, features.shape) * (rng.random((len(features), 1, 1)) < 0.5)
    varied: npt.NDArray[np.float32] = (features + equalised + noise).astype(np.float32)
    return varied


def _right(network: _Network, training_set: _TrainingSet, pieces: list[_Piece]) -> float:
    right = known = 0
    for at in range(0, len(pieces), 100):
        features, labels = training_set.batch(pieces[at : at + 100])
        guessed = np.argmax(network(tf.constant(features), training=False).numpy(), axis=2)
        right += int(((guessed == labels) & (labels != UNLABELLED)).sum())
        known += int((labels != UNLABELLED).sum())
    return right / max(known, 1)


def _folded(network: _Network, mean: npt.NDArray[np.float32], deviation: npt.NDArray[np.float32]) -> tuple[Layer, ...]:
    """Input and batch normalisation folded into the affine layers."""
    layers = []
    for number, offsets in enumerate(OFFSETS):
        weights = network.affine[number].numpy().astype(np.float64).T
        biases = network.bias[number].numpy().astype(np.float64)
        if number == 0:
            biases = biases - weights @ np.tile(mean / deviation, len(offsets))
            weights = weights / np.tile(deviation, len(offsets))
        gain = network.scale[number].numpy() / np.sqrt(network.running_variance[number].numpy() + 1e-5)
        biases = (biases - network.running_mean[number].numpy()) * gain + network.shift[number].numpy()
        layers.append(Layer(offsets, weights * gain[:, None], biases))
    out = Layer((0,), network.out.numpy().astype(np.float64).T, network.out_bias.numpy().astype(np.float64))
    return (*layers, out)
