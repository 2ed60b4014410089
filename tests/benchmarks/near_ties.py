"""Which sentences of the dialogues are understood by a hair: ``python -m tests.benchmarks.near_ties [MODEL.tar.gz] [--all]``.

Every sentence is understood again with what the model learnt shaken as much as two models of different seeds differ: the
subjects by as much as the model's own two networks disagree, the intents by a little. Printed is what came out otherwise in
some of the draws: the decision, what is offered (as a set), the intent. Such a turn must not be compared word for word
(tests/dialogues/README.md): reword the sentence, or state what the reply tells. Turns that state so already are left out
without ``--all``; ``--say SENTENCE`` tries one that is not there yet. The sentence is taken by itself, without what was said
before; answers to a form's questions are in the list too, where their meaning is of no account. Without MODEL, that of
today's inputs under ``var/models``.
"""

from __future__ import annotations

import argparse
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from assistant.training import model_path
from assistant.understanding.decision import Kind, decide
from assistant.understanding.item_index import ItemIndex
from assistant.understanding.linear import LinearModel
from assistant.understanding.network import NetworkModel
from assistant.understanding.normaliser import normalise
from assistant.understanding.questions import delivered_index
from assistant.understanding.ranking import Learnt, rank
from assistant.understanding.trained import FILE

DIALOGUES = Path(__file__).parents[1] / "dialogues"
DRAWS = 24
LEAST, INTENTS = 0.15, 0.12
"""How far logarithms of probabilities are shaken: of subjects at least, of intents (measured between seeds)."""


@dataclass(frozen=True)
class Understander:
    """The learnt parts of a model, without Rasa around them."""

    index: ItemIndex
    subjects: NetworkModel
    intents: LinearModel

    def draws(self, text: str) -> Iterator[dict[str, str]]:
        """What is understood, as it is first, then shaken."""
        chance = np.random.default_rng(7)
        linked = self.index.link(text)
        opinions = np.log(self.subjects.opinions(normalise(text)) + 1e-9)
        middle, apart = np.log(np.exp(opinions).mean(axis=0)), np.ptp(opinions, axis=0) / 2
        scores = self.intents.scores(linked.masked)
        for draw in range(DRAWS + 1):
            shaken = middle + (apart + LEAST) * chance.standard_normal(middle.shape) * bool(draw)
            raised = np.exp(shaken - shaken.max())
            learnt = Learnt(dict(zip(self.subjects.labels, (raised / raised.sum()).tolist(), strict=True)))
            place = np.argmax(scores + INTENTS * chance.standard_normal(scores.shape) * bool(draw))
            intent = self.intents.labels[int(place)]
            decision = decide(rank(self.index, learnt, linked), intent)
            offered = sorted(option.id for option in decision.options) if decision.kind is Kind.WHICH else ()
            yield {
                "intent": intent,
                "decision": f"{decision.kind} {decision.id or ''}".strip(),
                "offers": "、".join(offered),
            }


def read(model: Path) -> Understander:
    """The two learnt parts out of a model's archive."""
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(model) as archive:
        archive.extractall(scratch, filter="data")
        (subjects,) = Path(scratch).glob(f"components/*SubjectClassifier*/{FILE}")
        (intents,) = Path(scratch).glob(f"components/*LinearIntentClassifier*/{FILE}")
        return Understander(
            ItemIndex(delivered_index()),
            NetworkModel.from_bytes(subjects.read_bytes()),
            LinearModel.from_bytes(intents.read_bytes()),
        )


def main() -> None:
    """Print the sentences, those that turn most often first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--say", action="append")
    options = parser.parse_args()
    understander = read(options.model or model_path(Path("var/models")))
    found = []
    tried = [("", {"say": text, "reply": ""}) for text in options.say or ()]
    for where, turn in tried or _turns():
        if "reply" in turn or options.all:
            told = list(understander.draws(turn["say"]))
            turned = _turned(told)
            if turned:
                found.append((turned[0], f"{where}「{turn['say']}」{turned[1]}"))
    for _, line in sorted(found, reverse=True):
        print(line)
    print(f"{len(found)} sentences")


def _turns() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(DIALOGUES.glob("*.yaml")):
        for dialogue in yaml.safe_load(path.read_text("utf-8")):
            for turn in dialogue["turns"]:
                if "say" in turn:
                    yield f"{path.stem}:{dialogue['name']}", turn


def _turned(told: list[dict[str, str]]) -> tuple[int, str] | None:
    """In how many draws something else came out, and what."""
    first, parts, most = told[0], [], 0
    for name, value in first.items():
        others = Counter(one[name] for one in told[1:] if one[name] != value)
        if others and (name != "offers" or value):
            most = max(most, sum(others.values()))
            parts.append(
                f" {name}: {value} → " + ", ".join(f"{other} {times}" for other, times in others.most_common(3))
            )
    return (most, ";".join(parts) + f" (of {DRAWS})") if parts else None


if __name__ == "__main__":
    main()
