"""What is asked: DIET, Rasa's logistic regression and the classifier kept, on the same examples; every fifth is held out.

``python -m tests.benchmarks.intents``; only the examples of nlu_data/nlu, so that DIET is done in minutes.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.training import DATA, ROOT, prepare_rasa
from backend.telemetry.logs import configure_logs

EVERY = 5
CONFIGS: dict[str, list[dict[str, Any]]] = {
    "logistic regression, kept": [
        {"name": "assistant.understanding.item_linker.ItemLinker"},
        {"name": "assistant.understanding.intent_classifier.LinearIntentClassifier"},
    ],
    "Rasa's logistic regression": [
        {"name": "assistant.understanding.item_linker.ItemLinker"},
        {"name": "assistant.understanding.tokenizer.MaskedTextTokenizer", "granularity": "text"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char", "min_ngram": 1, "max_ngram": 4},
        {"name": "LogisticRegressionClassifier", "class_weight": "balanced", "max_iter": 300},
    ],
    "DIET, 60 epochs": yaml.safe_load((ROOT / "assistant" / "config.diet.yml").read_text("utf-8"))["pipeline"],
}


def compare() -> Iterator[str]:
    """A line a classifier: right on the held-out examples, seconds to train, milliseconds a sentence, size of the model."""
    os.environ["DAOBAN_LOG_LEVEL"] = "error"
    configure_logs(json=True)
    prepare_rasa()
    taught, held = _split()
    yield f"{sum(map(len, taught.values()))} examples learnt from, {len(held)} held out"
    for name, pipeline in CONFIGS.items():
        with tempfile.TemporaryDirectory() as scratch:
            yield f"{name:28}{_measure(Path(scratch), pipeline, taught, held)}"


def _split() -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    taught: dict[str, list[str]] = defaultdict(list)
    held: list[tuple[str, str]] = []
    for path in sorted((DATA / "nlu").glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for place, line in enumerate(entry["examples"].splitlines()):
                text = line.removeprefix("- ").strip()
                if place % EVERY == EVERY - 1:
                    held.append((text, entry["intent"]))
                elif text:
                    taught[entry["intent"]].append(text)
    return taught, held


def _measure(
    folder: Path, pipeline: list[dict[str, Any]], taught: dict[str, list[str]], held: list[tuple[str, str]]
) -> str:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    nlu = {
        "version": "3.1",
        "nlu": [{"intent": i, "examples": "".join(f"- {t}\n" for t in texts)} for i, texts in taught.items()],
    }
    config = {"recipe": "default.v1", "language": "zh", "assistant_id": "daoban", "pipeline": pipeline}
    for name, content in (("nlu.yml", nlu), ("config.yml", config)):
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    began = time.perf_counter()
    model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "models"))
    trained = time.perf_counter() - began
    agent = Agent.load(model)

    async def parse_all() -> list[bool]:
        return [(await agent.parse_message(text))["intent"]["name"] == intent for text, intent in held]

    began = time.perf_counter()
    right = asyncio.run(parse_all())
    each = (time.perf_counter() - began) / len(held) * 1000
    size = Path(str(model)).stat().st_size / 1e6
    return f"{sum(right) / len(right):7.1%} right {trained:7.0f} s {each:7.1f} ms {size:7.2f} MB"


if __name__ == "__main__":
    for printed in compare():
        print(printed, flush=True)
