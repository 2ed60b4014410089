"""Issue 12: how well the unit that answers what is asked on is found, and how far its chance can be trusted.

    python -m tests.benchmarks.unit_chances [--learn]

Measures on the items in odd places of tests/dialogue/written/asks_on.yaml and further_questions.yaml, and on the part of units.yaml set aside;
``--learn`` learns the weights (assistant/dialogue/data/unit_chances.yaml) from the rest first.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

from assistant.dialogue.units import chances as units_chances
from assistant.dialogue.units.chances import (
    FACETS,
    MESSAGE_MEASURES,
    UNIT_MEASURES,
    Numbers,
    chance_weights,
    chances_of,
    measures,
)
from tests.dialogue.asks_on import AskedOn, asked_of_units, asked_on, small_talk, unit_index

FILE = Path(units_chances.__file__).parents[1] / "data" / "unit_chances.yaml"
PENALTY = 0.003
TALK_EVERY = 8
"""One sentence in so many of the small talk."""
UNITS_COUNT = 4.0
"""So often a question of units.yaml counts: there are few of them, and they alone ask for notes, mistakes and policy answers."""
HEAD = (
    "# Weights of the measures by which the chance of a unit to answer is reckoned (assistant/dialogue/units/chances.py); none of them scores 0.\n"
    "# Learnt: python -m tests.benchmarks.unit_chances --learn\n"
)


@dataclass(frozen=True)
class Case:
    """The measures of a question's units, and which of them are right; ``times``: how often it counts."""

    rows: Numbers
    right: Numbers
    times: float = 1.0


def case_of(asked: AskedOn) -> Case:
    """Compare a question with the units of its item, policy answers only where it was looked whether they answer."""
    compared = unit_index(asked.item).compare(asked.said)
    rows = measures(asked.said, compared)
    kept = [at for at, one in enumerate(compared) if asked.judged_policies or one.unit.policy is None]
    right = np.array([float(compared[at].unit.id in asked.right) for at in kept])
    return Case(rows[kept], right, UNITS_COUNT if asked.right and asked.judged_policies else 1.0)


def learn(cases: Sequence[Case]) -> Numbers:
    """The weights under which what is right is likeliest; large ones cost, on a common scale."""
    every = np.concatenate([one.rows for one in cases])
    scale = every.std(axis=0)
    scale[scale < 1e-6] = 1.0
    always = len(UNIT_MEASURES) + len(FACETS) + MESSAGE_MEASURES.index("always")
    free = np.ones(len(scale))
    free[always] = 0.0

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        cost, slope = 0.0, np.zeros_like(weights)
        for one in cases:
            rows = one.rows / scale
            found = chances_of(rows, weights)
            right = float(found @ one.right) if one.right.any() else 1.0 - float(found.sum())
            cost -= one.times * float(np.log(right + 1e-9))
            wanted = found * one.right / (right + 1e-9) if one.right.any() else np.zeros_like(found)
            slope += one.times * (rows.T @ (found - wanted))
        count = sum(one.times for one in cases)
        return cost / count + PENALTY * float(weights * free @ weights), slope / count + 2 * PENALTY * weights * free

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B", options={"maxiter": 400})
    return np.asarray(found.x / scale)


def write(weights: Numbers) -> None:
    """Keep the weights."""
    names = iter(weights.round(3).tolist())
    content = {
        part: {name: next(names) for name in measure_names}
        for part, measure_names in (("unit", UNIT_MEASURES), ("facet", FACETS), ("message", MESSAGE_MEASURES))
    }
    FILE.write_text(HEAD + yaml.safe_dump(content, sort_keys=False, allow_unicode=True), "utf-8")
    chance_weights.cache_clear()


def report(cases: Sequence[Case], weights: Numbers) -> None:
    """Print how many are told from which chance on, and how many of those are right."""
    found = [chances_of(one.rows, weights) for one in cases]
    best = [int(one.argmax()) for one in found]
    right = np.array([bool(one.right[at]) for one, at in zip(cases, best, strict=True)])
    answered = np.array([bool(one.right.any()) for one in cases])
    chance = np.array([float(one[at]) for one, at in zip(found, best, strict=True)])
    print(
        f"{len(cases)} questions, {answered.sum()} with an answer; first is right {right[answered].mean() if answered.any() else 0:.3f}"
    )
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        told = chance >= least
        print(
            f"  from {least}: {told.sum()} told, {(right & told).sum() / max(told.sum(), 1):.3f} of them right; "
            f"{(right & told).sum() / max(answered.sum(), 1):.3f} of those with an answer; "
            f"{(told & ~answered).sum()} of {(~answered).sum()} without one are told something"
        )


def main() -> None:
    """Learn if wanted, then measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learn", action="store_true")
    if parser.parse_args().learn:
        learnt = (*asked_on(even=True), *asked_of_units("build"), *small_talk("build", TALK_EVERY))
        write(learn([case_of(one) for one in learnt]))
    measured = {
        "items in odd places": asked_on(even=False),
        "units aside": asked_of_units("aside"),
        "small talk aside": small_talk("aside", TALK_EVERY),
    }
    for name, asked in measured.items():
        print(name)
        report([case_of(one) for one in asked], chance_weights().vector())


if __name__ == "__main__":
    main()
