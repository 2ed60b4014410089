# ruff: noqa: E402 - the threads of the algebra libraries are set before they are loaded
"""How long one sentence takes to be understood: ``taskset -c 1 python -m tests.benchmarks.parse [MODEL.tar.gz] [--profile]``.

The whole of Rasa's ``parse_message`` with our pipeline, on ONE core (the process keeps one CPU; the algebra libraries get one
thread), over tests/benchmarks/questions and a sample of nlu_data of mixed length. Without MODEL, that of today's inputs under
``var/models``. Prints milliseconds by length of the sentence: wall clock, and the processor's own time, which a busy
machine's other work does not lengthen. Each sentence counts with the median of its rounds. Target: p50 of 6 ms.
"""

from __future__ import annotations

import os

ONE_CORE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS")
for name in ONE_CORE:
    os.environ[name] = "1"  # read when the libraries are loaded, so it stands before their import
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import argparse
import asyncio
import cProfile
import json
import pstats
import random
import time
from pathlib import Path
from typing import Any

import numpy as np

from assistant.training import model_path, prepare_rasa
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.questions import delivered_index, learnt_questions
from backend.telemetry.logs import configure_logs

QUESTIONS = Path(__file__).parent / "questions"
LENGTHS = ((1, 8), (9, 20), (21, 45), (46, 10_000))
"""Letters, both ends included."""
SAMPLED = 50
"""Sentences of nlu_data for each length."""
ROUNDS = 5
TARGET_MS = 6.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path, nargs="?")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    prepare_rasa()
    from rasa.core.agent import Agent

    configure_logs(json=True)  # as in the product: no sentence is written to a log
    HOLDER.swap(delivered_index())
    agent = Agent.load(model_path=str(options.model or model_path(Path("var/models"))))
    asyncio.run(_measure(agent, sentences(), profile=options.profile))


def sentences() -> list[str]:
    """The questions kept here, and as many of every length from what is learnt."""
    kept = [
        json.loads(line)["text"] for file in sorted(QUESTIONS.glob("*.jsonl")) for line in file.read_text().splitlines()
    ]
    learnt = sorted({question.text for question in learnt_questions()})
    chance = random.Random(5)
    for low, high in LENGTHS:
        fitting = [text for text in learnt if low <= len(text) <= high]
        kept += chance.sample(fitting, min(SAMPLED, len(fitting)))
    return kept


async def _measure(agent: Any, texts: list[str], *, profile: bool) -> None:
    for text in texts:  # caches warm, as in a process that serves
        await agent.parse_message(text)
    if profile:
        await _profile(agent, texts)
        return
    wall, used = np.empty((ROUNDS, len(texts))), np.empty((ROUNDS, len(texts)))
    for turn in range(ROUNDS):
        for place, text in enumerate(texts):
            began, worked = time.perf_counter(), time.process_time()
            await agent.parse_message(text)
            used[turn, place] = (time.process_time() - worked) * 1000
            wall[turn, place] = (time.perf_counter() - began) * 1000
    _print(texts, np.median(wall, axis=0), np.median(used, axis=0))


def _print(texts: list[str], wall: np.ndarray[Any, Any], used: np.ndarray[Any, Any]) -> None:
    lengths = np.array([len(text) for text in texts])
    print(
        f"CPU {sorted(os.sched_getaffinity(0))}, load {os.getloadavg()[0]:.1f}, {ROUNDS} rounds, milliseconds a parse"
    )
    print(f"{'letters':<12}{'n':>5}{'wall p50':>10}{'p95':>7}{'cpu p50':>10}{'p95':>7}")
    for low, high in (*LENGTHS, (1, 10_000)):
        here = (lengths >= low) & (lengths <= high)
        label = "all" if (low, high) == (1, 10_000) else f"{low}-{high if high < 10_000 else ''}"
        figures = [float(np.percentile(times[here], at)) for times in (wall, used) for at in (50, 95)]
        print(f"{label:<12}{here.sum():>5}{figures[0]:>10.2f}{figures[1]:>7.2f}{figures[2]:>10.2f}{figures[3]:>7.2f}")
    reached = float(np.median(wall)) <= TARGET_MS
    print(f"target: p50 of {TARGET_MS:.0f} ms {'reached' if reached else 'MISSED'}")


async def _profile(agent: Any, texts: list[str]) -> None:
    watched = cProfile.Profile()
    watched.enable()
    for text in texts:
        await agent.parse_message(text)
    watched.disable()
    pstats.Stats(watched).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
