"""How much danger is heard, and how often wrongly: ``python -m tests.benchmarks.danger``.

Learns from nlu_data only and reads tests/data/danger_held_aside.yml, from which nothing was learnt or tuned. A conversation of
several turns counts as heard if it is by its last turn. Prints recall and false alarms with 95 % Wilson intervals.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from assistant.dialogue.danger_mode import DangerMode, after
from assistant.dialogue.message import DialogueMessage
from assistant.understanding.danger_examples import Template, danger_examples
from assistant.understanding.danger_model import DangerModel
from assistant.understanding.danger_words import heard_danger

FILE = Path(__file__).parents[1] / "data" / "danger_held_aside.yml"
DISMISSED = FILE.with_name("danger_dismissed_aside.yml")
"""Harmless: dismissed or refused in words of being abandoned."""
Z = 1.96


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    share, z2 = hits / of, Z * Z
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of * of)) / (1 + z2 / of)
    return middle - half, middle + half


def mode_after(model: DangerModel, turns: Sequence[str]) -> tuple[DangerMode, bool]:
    """The mode after all turns, and whether danger was heard or a number told in any."""
    mode, told = DangerMode(), False
    for place, text in enumerate(turns):
        heard = heard_danger(text, model)
        mode = after(mode, DialogueMessage(id=f"m{place}", text=text, today=date(2026, 3, 2), danger=heard))
        told = told or mode.says is not None
    return mode, told


def _line(name: str, hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{name:<44}{hits:>5}/{of:<5}{hits / of:7.2%}   [{low:.2%}, {high:.2%}]"


def main() -> None:
    """Learn, measure, print."""
    model = DangerModel.from_bytes(DangerModel.fit(list(danger_examples())).to_bytes())
    unseen: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    heard, told, of, whose = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    cases = [(group, [text]) for group in unseen["dangerous"] for text in group["sentences"]]
    cases += [(talk, talk["turns"]) for talk in unseen["talks"]]
    for group, turns in cases:
        mode, any_told = mode_after(model, turns)
        kind = group["kind"] if len(turns) == 1 else "several turns"
        for name in (kind, "all"):
            of[name] += 1
            heard[name] += mode.mode == "danger"
            told[name] += any_told
            whose[name] += mode.mode == "danger" and mode.whose.value == group["whose"]
    harmless = [*unseen["harmless"], *unseen["from_dialogues"]] + [
        text for template in unseen["harmless_templates"] for text in Template.model_validate(template).filled()
    ]
    modes = [mode_after(model, [text])[0] for text in harmless]
    print(_line("recall (alarm)", heard["all"], of["all"]))
    print(_line("recall (alarm, or a number beside the answer)", told["all"], of["all"]))
    print(_line("whose, of those heard", whose["all"], max(1, heard["all"])))
    print(_line("false alarms", sum(mode.mode == "danger" for mode in modes), len(modes)))
    written = len(unseen["harmless"]) + len(unseen["from_dialogues"])
    print(_line("false alarms, written ones only", sum(mode.mode == "danger" for mode in modes[:written]), written))
    print(_line("a number beside a harmless answer", sum(mode.says == "care" for mode in modes), len(modes)))
    dismissed = [mode_after(model, [text])[0] for text in yaml.safe_load(DISMISSED.read_text("utf-8"))]
    print(_line("false alarms, dismissals", sum(mode.mode == "danger" for mode in dismissed), len(dismissed)))
    print(_line("a number beside a dismissal", sum(mode.says == "care" for mode in dismissed), len(dismissed)))
    for name in sorted(of.keys() - {"all"}):
        print(_line(f"  {name}", heard[name], of[name]))


if __name__ == "__main__":
    main()
