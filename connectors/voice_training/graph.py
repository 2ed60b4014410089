"""The search graph: words.txt, HCLr.fst (phones to words), and beside it Gr.fst (the language model); joined at run time.

HCLr is a tree of the words' phones, written directly: a word's label stands where its sound parts from all others', words
that sound alike part at their end, and equal tails are shared. Each phone is one state that may repeat (Kaldi's reordered
self-loops: the step in comes first).
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from connectors.voice_training.grammar_file import write_grammar
from connectors.voice_training.kaldi_model import STAY
from connectors.voice_training.language import LanguageModel, Sequence
from connectors.voice_training.lookahead import Arc, Transducer, reachable, relabelled, write_lookahead
from connectors.voice_training.phones import SILENCE
from connectors.voice_training.words import Lexicon, cost

UNKNOWN = "[unk]"
PAUSE_AT_START, PAUSE_AFTER_WORD = 0.5, 0.2
UNKNOWN_COST = 2.0
UNKNOWN_FRAMES = 5
ANYTHING = "ANY"
"""The phone of any speech; its score is a constant (see ``kaldi_model``)."""
POSITIONS = {"B": "begin", "I": "internal", "E": "end", "S": "singleton"}
_STEP = -math.log(1 - STAY)
_LOOP = -math.log(STAY)


@dataclass(slots=True)
class PhoneTable:
    """Kaldi's phones: silence is 1, then every phone at the four places in a word."""

    inventory: list[str]
    numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        spoken = [*self.inventory[1:], ANYTHING]
        names = [SILENCE, *(f"{phone}_{place}" for phone in spoken for place in POSITIONS)]
        self.numbers = {name: number for number, name in enumerate(names, 1)}

    def states(self) -> list[tuple[int, int]]:
        """Network outputs of each phone: (first frame, later frames)."""
        core = {phone: place for place, phone in enumerate([*self.inventory, ANYTHING])}
        cores = [core[name] if name == SILENCE else core[name[:-2]] for name in self.numbers]
        return [(2 * place, 2 * place + 1) for place in cores]

    def in_word(self, phones: Sequence) -> tuple[int, ...]:
        """A word's phones with their places."""
        if len(phones) == 1:
            return (self.numbers[f"{phones[0]}_S"],)
        places = ["B", *"I" * (len(phones) - 2), "E"]
        return tuple(self.numbers[f"{phone}_{place}"] for phone, place in zip(phones, places, strict=True))

    def boundaries(self) -> str:
        """``word_boundary.int``."""
        lines = [
            "1 nonword",
            *(f"{number} {POSITIONS[name[-1]]}" for name, number in self.numbers.items() if number > 1),
        ]
        return "\n".join(lines) + "\n"


def step_in(phone: int) -> int:
    """Kaldi's number of the transition into a phone."""
    return 2 * phone


def repeat(phone: int) -> int:
    """Kaldi's number of its self-loop."""
    return 2 * phone - 1


class _Tree:
    """Builds HCLr."""

    def __init__(self, phones: PhoneTable) -> None:
        self._phones = phones
        self.arcs: list[list[Arc]] = []
        self.start, self.words, self.after_word = self._state(), self._state(), self._state()
        self._pause = self._repeating(1)
        self._arc(self.start, 0, 0, cost(1 - PAUSE_AT_START), self.words)
        self._arc(self.start, step_in(1), 0, cost(PAUSE_AT_START), self._pause)
        self._arc(self.after_word, 0, 0, cost(1 - PAUSE_AFTER_WORD), self.words)
        self._arc(self.after_word, step_in(1), 0, cost(PAUSE_AFTER_WORD), self._pause)
        self._arc(self._pause, 0, 0, _STEP, self.words)
        self._tails: dict[tuple[int, ...], int] = {}

    def _state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def _arc(self, source: int, label: int, output: int, weight: float, target: int) -> None:
        self.arcs[source].append((label, output, weight, target))

    def _repeating(self, phone: int) -> int:
        state = self._state()
        self._arc(state, repeat(phone), 0, _LOOP, state)
        return state

    def add(self, entries: list[tuple[tuple[int, ...], int]], leaving: float = 0.0) -> None:
        """Words: (phones, label); ``leaving`` is the cost of beginning one."""
        self._branch(self.words, leaving, entries, 0)

    def _branch(self, source: int, leaving: float, entries: list[tuple[tuple[int, ...], int]], depth: int) -> None:
        groups: dict[int, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
        for phones, label in entries:
            if len(phones) == depth:
                self._arc(source, 0, label, leaving, self.after_word)
            else:
                groups[phones[depth]].append((phones, label))
        for phone, group in sorted(groups.items()):
            if len(group) == 1:
                phones, label = group[0]
                self._arc(source, step_in(phone), label, leaving, self._tail(phones[depth:]))
                continue
            node = self._repeating(phone)
            self._arc(source, step_in(phone), 0, leaving, node)
            self._branch(node, _STEP, group, depth + 1)

    def _tail(self, phones: tuple[int, ...]) -> int:
        """The state of the first of these phones, on the way to the end of a word whose label is already out."""
        found = self._tails.get(phones)
        if found is None:
            found = self._tails[phones] = self._repeating(phones[0])
            if len(phones) == 1:
                self._arc(found, 0, 0, _STEP, self.after_word)
            else:
                self._arc(found, step_in(phones[1]), 0, _STEP, self._tail(phones[1:]))
        return found

    def add_unknown(self, label: int) -> None:
        """[unk]: any speech of at least five frames. In no language model; only a grammar that lists it can use it."""
        self.add([(self._phones.in_word((ANYTHING,) * UNKNOWN_FRAMES), label)], leaving=UNKNOWN_COST)


def write_graph(folder: Path, phones: PhoneTable, vocabulary: Lexicon, model: LanguageModel) -> None:
    """Write ``graph/`` of a model."""
    labels = {word: number for number, word in enumerate([*vocabulary.words, UNKNOWN], 1)}
    tree = _Tree(phones)
    tree.add(
        [
            (phones.in_word(reading), labels[word])
            for word, readings in vocabulary.pronunciations.items()
            for reading in readings
        ]
    )
    tree.add_unknown(labels[UNKNOWN])
    fst = Transducer(len(tree.arcs), tree.start, tree.arcs, {tree.words: 0.0})
    found = reachable(fst)
    numbers = {word: found.numbers[label] for word, label in labels.items()}
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    write_lookahead(folder / "HCLr.fst", relabelled(fst, found.numbers), found)
    write_grammar(folder / "Gr.fst", model, numbers)
    (folder / "disambig_tid.int").write_text(
        f"{2 * len(phones.numbers) + 1}\n", "ascii"
    )  # vosk wants one; none is used
    lines = ["<eps> 0", *(f"{word} {number}" for word, number in sorted(numbers.items(), key=lambda pair: pair[1]))]
    (folder / "words.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "phones" / "word_boundary.int").write_text(phones.boundaries(), "ascii")
