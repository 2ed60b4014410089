"""Voices to learn from: espeak-ng's own and many random ones. The blind voices are never among them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import espeakng_loader

BLIND = ("m8", "f5", "shelby", "benjamin", "Lee", "marcelo", "grandpa", "steph2")
"""StoredIdentifier for the test."""
STOCK = (
    *("m1", "m2", "m3", "m4", "m5", "m6", "m7", "f1", "f2", "f3", "f4", "Andy", "Alicia", "linda", "steph", "rob", ""),
    *(
        "ed",
        "max",
        "Michael",
        "anika",
        "belinda",
        "edward",
        "Mario",
        "Hugo",
        "Marco",
        "aunty",
        "grandma",
        "klatt",
        "klatt2",
    ),
    *(
        "klatt3",
        "klatt4",
        "klatt5",
        "klatt6",
        "pablo",
        "victor",
        "adam",
        "john",
        "zac",
        "Alex",
        "Andrea",
        "Annie",
        "boris",
    ),
    *(
        "AnxiousAndy",
        "Denis",
        "Diogo",
        "Gene",
        "Gene2",
        "Henrique",
        "Jacky",
        "Mike",
        "Mr serious",
        "Nguyen",
        "Reed",
        "Storm",
    ),
    *(
        "antonio",
        "caleb",
        "david",
        "edward2",
        "gustave",
        "ian",
        "iven",
        "iven2",
        "iven3",
        "iven4",
        "kaukovalta",
        "michel",
    ),
    *(
        "miguel",
        "mike2",
        "norbert",
        "paul",
        "pedro",
        "quincy",
        "robert",
        "sandro",
        "travis",
        "RicishayMax",
        "RicishayMax2",
    ),
)
"""Those that sound like a person. Of the blind ones' twins (steph3) none is taught."""
RANDOM_VOICES = 240
ODD_SHARE = 0.35
"""Of the random voices so many are far from any person: thin, muffled, with formants out of place, as espeak-ng's own are."""
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
    for voice in (data / _VARIANTS).iterdir():
        if voice.name not in STOCK:
            voice.unlink()
    rng = random.Random(seed)
    for name in random_names():
        (data / _VARIANTS / name).write_text(_variant(rng, name), "utf-8")
    return data


def random_names() -> list[str]:
    """Names of the random voices."""
    return [f"rv{number}" for number in range(RANDOM_VOICES)]


def _variant(rng: random.Random, name: str) -> str:
    """A voice file: formants moved together (length of the vocal tract) and each a little by itself, pitch, roughness."""
    odd = rng.random() < ODD_SHARE
    low = rng.uniform(60, 220)
    return "\n".join(
        [
            "language variant",
            f"name {name}",
            f"flutter {rng.randint(0, 6)}",
            f"roughness {rng.randint(0, 3)}",
            *_formants(rng, odd=odd),
            f"pitch {low:.0f} {low * rng.uniform(1.2, 2.1):.0f}",
            f"voicing {rng.randint(40, 150)}",
            f"consonants {rng.randint(60, 150)} {rng.randint(60, 150)}",
            *_sometimes(rng, odd=odd),
            "",
        ]
    )


def _formants(rng: random.Random, *, odd: bool) -> Iterator[str]:
    tract = rng.uniform(0.82, 1.22)
    apart = 0.25 if odd else 0.1
    yield f"formant 0 {100 * (tract if odd else 1):.0f} {rng.randint(70, 160)} {rng.randint(60, 190)}"
    for formant in range(1, 9):
        height = 100 * rng.uniform(0.5, 1.4 if odd else 1.2) * (1 if formant < 4 else rng.choice([1, 0.6, 0.2]))
        place = tract * rng.uniform(1 - apart, 1 + apart)
        if odd and formant > 2 and rng.random() < 0.25:  # lost, or in quite another place
            place, height = rng.choice([(rng.uniform(0.1, 0.5), 10), (rng.uniform(1.5, 2.9), 100), (place, 0)])
        yield f"formant {formant} {100 * place:.0f} {height:.0f} {rng.randint(30, 190)}"


def _sometimes(rng: random.Random, *, odd: bool) -> Iterator[str]:
    """What only some voices have: an echo, breath, another synthesis, a filter, uneven stress."""
    if rng.random() < 0.3:
        yield f"echo {rng.randint(20, 140)} {rng.randint(5, 20)}"
    if rng.random() < 0.3:
        yield f"breath 0 {rng.randint(1, 5)} {rng.randint(1, 6)} {rng.randint(1, 6)}"
    if rng.random() < 0.15:
        yield f"klatt {rng.choice([1, 2, 3, 4, 5, 6])}"
    if rng.random() < (0.5 if odd else 0.2):
        steps = sorted(rng.sample(range(100, 5000), 3))
        yield "tone " + " ".join(f"{step} {rng.randint(40, 255)}" for step in steps)
    if rng.random() < (0.4 if odd else 0.15):
        yield "stressAdd " + " ".join(str(rng.randint(-30, 200)) for _ in range(8))
    if rng.random() < 0.3:
        yield "stressAmp " + " ".join(str(rng.randint(14, 34)) for _ in range(8))
