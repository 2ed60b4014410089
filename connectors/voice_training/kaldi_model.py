"""Writes ``am/final.mdl``: Kaldi's transition model and nnet3 network, in its binary format."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from connectors.voice_training.network import Layer, Trained
from connectors.voice_training.training_audio import CEPSTRA

STAY = 0.5
"""Probability of every self-loop and of every step on: the network alone decides how long a phone lasts."""


ANYTHING_SCORE = -1.5
"""Log-likelihood of "any speech" in every frame: below that of the right phone, above that of a wrong one."""


def write_model(path: Path, states: list[tuple[int, int]], trained: Trained) -> None:
    """``states``: (first-frame state, later-frames state) of every phone in turn; two more outputs stand for any speech."""
    with path.open("wb") as file:
        writer = _Writer(file)
        _transitions(writer, states)
        _network(writer, trained.layers)
        writer.token("<LeftContext>")
        writer.integer(0)  # recomputed when loaded
        writer.token("<RightContext>")
        writer.integer(0)
        writer.token("<Priors>")
        writer.vector(np.concatenate([trained.priors, [1.0, 1.0]]))


class _Writer:
    """Kaldi's binary basics: tokens, sized scalars, vectors, 16-bit compressed matrices."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.raw(b"\0B")

    def raw(self, data: bytes) -> None:
        self._file.write(data)

    def token(self, token: str) -> None:
        self.raw(token.encode("ascii") + b" ")

    def integer(self, value: int) -> None:
        self.raw(b"\x04" + struct.pack("<i", value))

    def number(self, value: float) -> None:
        self.raw(b"\x04" + struct.pack("<f", value))

    def truth(self, *, value: bool) -> None:
        self.raw(b"T" if value else b"F")

    def integers(self, values: Iterable[int]) -> None:
        array = np.fromiter(values, "<i4")
        self.raw(b"\x04" + struct.pack("<i", len(array)) + array.tobytes())

    def vector(self, values: npt.NDArray[np.float64]) -> None:
        self.token("FV")
        self.integer(len(values))
        self.raw(values.astype("<f4").tobytes())

    def matrix(self, values: npt.NDArray[np.float64]) -> None:
        """16 bits a value: the same error rates as 32, half the size (measured)."""
        low, span = float(values.min()), float(values.max() - values.min()) or 1e-5
        self.token("CM2")
        self.raw(struct.pack("<ffii", low, span, *values.shape))
        self.raw(np.round((values - low) / span * 65535).astype("<u2").tobytes())


def _transitions(writer: _Writer, states: list[tuple[int, int]]) -> None:
    phones = len(states)
    writer.token("<TransitionModel>")
    writer.token("<Topology>")
    writer.integers(range(1, phones + 1))
    writer.integers([-1, *[0] * phones])
    for value in (-1, 1, 2):  # self-loops have states of their own; one entry; of two states
        writer.integer(value)
    for value in (0, 1, 2):  # emitting: class of the first frame, of the later ones; two transitions
        writer.integer(value)
    for destination in (0, 1):
        writer.integer(destination)
        writer.number(STAY)
    for value in (-1, -1, 0):  # final
        writer.integer(value)
    writer.token("</Topology>")
    writer.token("<Tuples>")
    writer.integer(phones)
    for phone, (first, later) in enumerate(states, 1):
        for value in (phone, 0, first, later):
            writer.integer(value)
    writer.token("</Tuples>")
    writer.token("<LogProbs>")
    writer.vector(np.concatenate([[0.0], np.full(2 * phones, np.log(STAY))]))
    writer.token("</LogProbs>")
    writer.token("</TransitionModel>")


def _network(writer: _Writer, layers: tuple[Layer, ...]) -> None:
    """The layers, and behind them two more outputs of constant score: a loop of all phones instead would choke the lattice."""
    names: list[str] = []
    for number in range(len(layers)):
        names += [f"tdnn{number}", f"relu{number}" if number < len(layers) - 1 else "logsoftmax"]
    writer.token("<Nnet3>")
    described = [f"input-node name=input dim={CEPSTRA}"]
    for before, name in zip(["input", *names[:-1]], names, strict=True):
        described.append(f"component-node name={name} component={name} input={before}")
    described.append(f"output-node name=output input=Append({names[-1]}, Const({ANYTHING_SCORE}, 2)) objective=linear")
    writer.raw(b"\n" + "\n".join(described).encode("ascii") + b"\n\n")
    writer.token("<NumComponents>")
    writer.integer(len(names))
    for number, layer in enumerate(layers):
        writer.token("<ComponentName>")
        writer.token(names[2 * number])
        _affine(writer, layer)
        writer.token("<ComponentName>")
        writer.token(names[2 * number + 1])
        kind = "LogSoftmaxComponent" if number == len(layers) - 1 else "RectifiedLinearComponent"
        _elementwise(writer, kind, len(layer.biases))
    writer.token("</Nnet3>")


def _affine(writer: _Writer, layer: Layer) -> None:
    writer.token("<TdnnComponent>")
    writer.token("<LearningRate>")
    writer.number(0.001)
    writer.token("<TimeOffsets>")
    writer.integers(layer.offsets)
    writer.token("<LinearParams>")
    writer.matrix(layer.weights)
    writer.token("<BiasParams>")
    writer.vector(layer.biases)
    writer.token("<OrthonormalConstraint>")
    writer.number(0)
    writer.token("<UseNaturalGradient>")
    writer.truth(value=True)
    writer.token("<NumSamplesHistory>")
    writer.number(2000)
    writer.token("<AlphaInOut>")
    writer.number(4)
    writer.number(4)
    writer.token("<RankInOut>")
    writer.integer(20)
    writer.integer(80)
    writer.token("</TdnnComponent>")


def _elementwise(writer: _Writer, kind: str, size: int) -> None:
    writer.token(f"<{kind}>")
    writer.token("<Dim>")
    writer.integer(size)
    for name in ("ValueAvg", "DerivAvg"):
        writer.token(f"<{name}>")
        writer.vector(np.zeros(0))
    writer.token("<Count>")
    writer.number(0)
    writer.token("<OderivRms>")
    writer.vector(np.zeros(0))
    for name in ("OderivCount", "NumDimsSelfRepaired", "NumDimsProcessed"):
        writer.token(f"<{name}>")
        writer.number(0)
    writer.token(f"</{kind}>")
