"""Voices to learn from: espeak-ng's own and many random ones. The blind voices are never among them."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import espeakng_loader

BLIND = ("m8", "f5", "shelby", "benjamin", "Lee", "marcelo", "grandpa", "steph2")
"""Kept for the test."""
STOCK = (
    *("m1", "m2", "m3", "m4", "m5", "m6", "m7", "f1", "f2", "f3", "f4", "Andy", "Alicia", "linda", "steph", "rob"),
    *("ed", "max", "Michael", "anika", "belinda", "edward", "Mario", "Hugo", "Marco", "aunty", "grandma", "klatt2"),
    *("klatt4", "pablo", "victor", "adam", "john", "zac", ""),
)
RANDOM_VOICES = 120
_VARIANTS = "voices/!v"


def own_data(folder: Path, seed: int) -> Path:
    """A copy of espeak-ng's data with random voices added; returns it. The library knows at most 350 voices."""
    data = folder / "espeak-ng-data"
    if data.exists():
        return data
    shutil.copytree(espeakng_loader.get_data_path(), data)
    for dictionary in data.glob("*_dict"):
        if dictionary.name not in ("cmn_dict", "en_dict"):
            dictionary.unlink()
    for kept in list((data / "lang").rglob("*")):
        if kept.is_file() and kept.parent.name != "sit" and kept.name != "en":
            kept.unlink()
    rng = random.Random(seed)
    for name in random_names():
        (data / _VARIANTS / name).write_text(_variant(rng, name), "utf-8")
    return data


def random_names() -> list[str]:
    """Names of the random voices."""
    return [f"rv{number}" for number in range(RANDOM_VOICES)]


def _variant(rng: random.Random, name: str) -> str:
    """A voice file: formants moved together (length of the vocal tract) and each a little by itself, pitch, roughness."""
    tract = rng.uniform(0.82, 1.22)
    lines = [
        "language variant",
        f"name {name}",
        f"flutter {rng.randint(0, 6)}",
        f"roughness {rng.randint(0, 3)}",
        f"formant 0 100 {rng.randint(80, 130)} {rng.randint(80, 170)}",
    ]
    for formant in range(1, 9):
        height = 100 * rng.uniform(0.5, 1.2) * (1 if formant < 4 else rng.choice([1, 0.6, 0.2]))
        lines.append(f"formant {formant} {100 * tract * rng.uniform(0.9, 1.1):.0f} {height:.0f} {rng.randint(70, 160)}")
    low = rng.uniform(60, 200)
    lines.append(f"pitch {low:.0f} {low * rng.uniform(1.3, 2.1):.0f}")
    lines.append(f"voicing {rng.randint(50, 120)}")
    lines.append(f"consonants {rng.randint(60, 150)} {rng.randint(60, 150)}")
    if rng.random() < 0.3:
        lines.append(f"echo {rng.randint(20, 140)} {rng.randint(5, 20)}")
    if rng.random() < 0.3:
        lines.append(f"breath 0 {rng.randint(1, 5)} {rng.randint(1, 6)} {rng.randint(1, 6)}")
    return "\n".join(lines) + "\n"
