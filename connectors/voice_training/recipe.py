"""The whole recipe: audio, network, graph, files. Seeded; about half an hour on two free cores."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import yaml

from connectors.voice_training.corpus import NUMBERS, Corpus, corpus, segmented, spoken_number, twins
from connectors.voice_training.graph import PhoneTable, write_graph
from connectors.voice_training.kaldi_model import write_model
from connectors.voice_training.language import Sequence, counted, estimated, pruned
from connectors.voice_training.network import PASSES, Layer, Trained, train
from connectors.voice_training.phones import Syllables, inventory, learn_syllables
from connectors.voice_training.training_audio import write_training_audio
from connectors.voice_training.words import vocabulary

CARD = "daoban-model.yaml"
_MFCC = """--sample-frequency=16000
--use-energy=false
--num-mel-bins=40
--num-ceps=40
--low-freq=20
--high-freq=7600
--dither=1.0
--allow-upsample=true
--allow-downsample=true
"""
_DECODING = """--min-active=200
--max-active=3000
--beam=13.0
--lattice-beam=6.0
--acoustic-scale={scale}
--frame-subsampling-factor=3
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What may be changed; the committed model is made with these figures."""

    seed: int = 1
    processes: int = 2
    utterances: int = 15_000
    """Per process."""
    width: int = 224
    general_words: int = 12_000
    general_share: float = 0.03
    """Probability kept for words that the repository never uses."""
    language_size: int = 110_000
    """Word pairs and triples of the language model: what the size allows."""
    spoken_numbers: int = 1_500
    acoustic_scale: float = 0.45
    """Set on the development questions with voices that are not blind: 0.4 and 0.5 are alike, 0.3 and 0.85 worse."""
    prior_power: float = 0.2
    """Kaldi divides by how common a state is. Labels were smoothed in training, so the whole of it would bring rare words into
    every pause (round trip of replies with the network before this one: 5.0 % with 1.0, 1.8 to 2.6 % with 0.2)."""


def make(work: Path, model: Path, recipe: Recipe, say: Callable[[str], None]) -> None:
    """Make the model in ``model``; what is half done in ``work`` is used again."""
    work.mkdir(parents=True, exist_ok=True)
    with _children(1) as child:
        syllables = child.submit(learn_syllables, work / "syllables.json").result()
    phones = inventory(syllables)
    trained = _kept_network(work / "network.npz")
    if trained is None:
        paths = _audio(work, recipe, say)
        say("训练声学网络……")
        trained = train(paths, 2 * len(phones), recipe.width, recipe.seed, work / "rounds", say)
        _keep_network(work / "network.npz", trained)
    say("写词图和语言模型……")
    words = _write(model, phones, syllables, trained, recipe)
    size = sum(path.stat().st_size for path in model.rglob("*") if path.is_file())
    say(f"好了：{words}个词，{size / 1e6:.2f} MB，在 {model}")


def _audio(work: Path, recipe: Recipe, say: Callable[[str], None]) -> list[Path]:
    say(f"合成训练语音：{recipe.processes * recipe.utterances}句……")
    seeds = [recipe.seed + place for place in range(recipe.processes)]
    for seed in seeds:
        folder = work / f"narrator_{seed}"
        folder.mkdir(exist_ok=True)
        shutil.copy(work / "syllables.json", folder)
    with _children(recipe.processes) as pool:
        return list(pool.map(write_training_audio, [work] * len(seeds), seeds, [recipe.utterances] * len(seeds)))


def _children(count: int) -> ProcessPoolExecutor:
    """Fresh processes: espeak-ng can be started with one set of voices only, and a fork would inherit ours."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), max_tasks_per_child=1)


def _write(model: Path, phones: list[str], syllables: Syllables, trained: Trained, recipe: Recipe) -> int:
    texts = corpus()
    numbers = spoken_numbers(recipe)
    known = vocabulary(texts, numbers, syllables, recipe.general_words)
    counts = counted(weighted(texts, numbers), known.words)
    grams = pruned(estimated(counts, known.general, recipe.general_share), counts, recipe.language_size)
    table = PhoneTable(phones)
    for folder in ("am", "conf"):
        (model / folder).mkdir(parents=True, exist_ok=True)
    write_model(model / "am" / "final.mdl", table.states(), _tuned(trained, recipe))
    (model / "conf" / "mfcc.conf").write_text(_MFCC, "ascii")
    (model / "conf" / "model.conf").write_text(_DECODING.format(scale=recipe.acoustic_scale), "ascii")
    write_graph(model / "graph", table, known, grams)
    card = {"kind": "synthetic", "made_by": "./daoban voices train", "seed": recipe.seed, "words": len(known.words),
            "utterances": recipe.processes * recipe.utterances, "rounds": sum(count for count, _ in PASSES), "width": recipe.width}  # fmt: skip
    (model / CARD).write_text(yaml.safe_dump(card, allow_unicode=True, sort_keys=False), "utf-8")
    return len(known.words)


def _tuned(trained: Trained, recipe: Recipe) -> Trained:
    return Trained(trained.layers, trained.priors**recipe.prior_power)


def spoken_numbers(recipe: Recipe) -> list[str]:
    """Numbers for the language model."""
    rng = random.Random(recipe.seed)
    said = [spoken_number(rng, rng.choice(NUMBERS)) for _ in range(recipe.spoken_numbers)]
    return said + [twins(rng) for _ in range(recipe.spoken_numbers // 15)]


def weighted(texts: Corpus, numbers: list[str]) -> list[tuple[Sequence, float]]:
    """Sentences of the language model and how much each counts: what people ask first (set on the development questions)."""
    groups = ((texts.asked, 1.0), (texts.product, 0.4), (texts.joined, 0.07), (texts.written, 0.2), (numbers, 0.1))
    return [(segmented(sentence), weight) for sentences, weight in groups for sentence in sentences]


def _keep_network(path: Path, trained: Trained) -> None:
    arrays = {"priors": trained.priors, "offsets": np.array(json.dumps([layer.offsets for layer in trained.layers]))}
    for place, layer in enumerate(trained.layers):
        arrays |= {f"weights{place}": layer.weights, f"biases{place}": layer.biases}
    np.savez(path, **arrays)


def _kept_network(path: Path) -> Trained | None:
    if not path.exists():
        return None
    with np.load(path) as kept:
        offsets = json.loads(str(kept["offsets"]))
        layers = tuple(Layer(tuple(o), kept[f"weights{n}"], kept[f"biases{n}"]) for n, o in enumerate(offsets))
        return Trained(layers, kept["priors"])
