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
RANDOM_VOICES = 160
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
    """A voice file: formants moved together (length of the vocal tract) and each a little by itself, pitch, timbre, stress."""
    tract, wild = rng.uniform(0.8, 1.3), rng.random() < 0.4
    apart, loud = (0.15, 1.8) if wild else (0.1, 1.2)
    lines = [
        "language variant",
        f"name {name}",
        f"flutter {rng.randint(0, 12 if wild else 6)}",
        f"roughness {rng.randint(0, 3)}",
        f"formant 0 {rng.randint(85, 125)} {rng.randint(80, 200)} {rng.randint(80, 170)}",
    ]
    for formant in range(1, 9):
        height = 100 * rng.uniform(0.45, loud) * (1 if formant < 4 else rng.choice([1, 0.6, 0.2, 0]))
        shift = f" {rng.randint(-200, 200)}" if wild and formant < 4 and rng.random() < 0.3 else ""
        frequency = 100 * tract * rng.uniform(1 - apart, 1 + apart)
        lines.append(f"formant {formant} {frequency:.0f} {height:.0f} {rng.randint(50, 170)}{shift}")
    low = rng.uniform(55, 240)
    lines.append(f"pitch {low:.0f} {low * rng.uniform(1.2, 2.2):.0f}")
    lines.append(f"voicing {rng.randint(30, 140)}")
    lines.append(f"consonants {rng.randint(30, 160)} {rng.randint(30, 160)}")
    if rng.random() < 0.3:
        lines.append(f"echo {rng.randint(20, 140)} {rng.randint(5, 50 if wild else 20)}")
    if rng.random() < 0.3:
        lines.append(f"breath 0 {rng.randint(1, 5)} {rng.randint(1, 6)} {rng.randint(1, 6)}")
    if rng.random() < 0.3:
        heights = [rng.randint(20, 255) for _ in range(4)]
        lines.append(
            "tone " + " ".join(f"{hertz} {h}" for hertz, h in zip((100, 600, 1500, 3000), heights, strict=True))
        )
    if rng.random() < 0.25:
        lines.append("stressAdd " + " ".join(str(rng.randint(-20, 100)) for _ in range(8)))
        lines.append("stressAmp " + " ".join(str(rng.randint(12, 26)) for _ in range(8)))
    if rng.random() < 0.12:
        lines.append(f"klatt {rng.randint(1, 5)}")
    return "\n".join(lines) + "\n"
