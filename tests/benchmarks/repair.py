"""Gain of the repair of recognised speech on a noise-simulated copy of the questions.

    python -m tests.benchmarks.repair [--seed N] [--every N] [--audio N]

Every 20th question of nlu_data/questions is held out; the models, and the pairs of characters that repair weighs by, come
from the rest. Noise is by character: a homophone (pypinyin's dictionary reversed, common characters only), a character of
a syllable that Yunnan Mandarin confuses with it (nlu_data/confusions.yml), or nothing at all. Real recognisers err by whole
words and read better; this is the harder case for repair by phrases. ``--audio N``: N of the held-out questions are also
spoken by voices that the bundled recogniser never heard, through a telephone's band, and what it heard is repaired.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from pypinyin.pinyin_dict import pinyin_dict

from assistant.understanding.confusions import distance, fold
from assistant.understanding.item_index import ItemIndex
from assistant.understanding.normaliser import normalise
from assistant.understanding.questions import (
    NOT_OURS,
    QUESTIONS,
    TOPIC,
    Asked,
    delivered_index,
    learnt_questions,
    questions_of,
    topic_of,
)
from assistant.understanding.ranking import rank
from assistant.understanding.repair import Repair, Speech, lexicon
from assistant.understanding.subject_classifier import learn_subjects, learnt_of
from backend.language.pinyin import syllables

LEVELS = {"light": (0.05, 0.03, 0.01), "heavy": (0.12, 0.06, 0.02)}
"""Share of characters heard as a homophone, as a confused syllable, not heard."""


class Noise:
    """Mishears; the same seed mishears the same."""

    def __init__(self, seed: int, level: tuple[float, float, float]) -> None:
        self._chance = random.Random(seed)
        self._level = level
        self._same: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        for code in sorted(pinyin_dict):
            character = chr(code)
            if _everyday(character):
                (sound,) = syllables(character)
                self._same[sound].append(character)
                self._near[fold(sound)].append(character)

    def __call__(self, text: str) -> str:
        return "".join(map(self._heard, text)) or text

    def _heard(self, character: str) -> str:
        (sound,) = syllables(character)
        same, confused, dropped = self._level
        drawn = self._chance.random()
        if not sound or drawn >= same + confused + dropped:
            return character
        if drawn < same:
            return self._chance.choice([other for other in self._same[sound] if other != character] or [character])
        if drawn < same + confused:
            near = [other for other in self._near[fold(sound)] if 0 < distance(sound, syllables(other)[0]) < 1]
            return self._chance.choice(near or [character])
        return ""


def _everyday(character: str) -> bool:
    """One of the 3,755 common characters, which GB 2312 puts first."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


class Understanding:
    """The subject classifier, trained on what was not held out, and the item index."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.index = ItemIndex(delivered_index())
        self.topics_of_items = {code: entry.topic for code, entry in self.index.entries.items()}
        self._subjects = learn_subjects(asked)

    def topic(self, subject: str) -> str:
        return topic_of(subject, self.topics_of_items)

    def right(self, text: str, question: Asked) -> tuple[bool, bool]:
        """Whether the item is first (always for a question about a whole topic), and whether the topic is right."""
        found = rank(self.index, learnt_of(self._subjects, text), self.index.link(text))
        topic = max(found.topics, key=lambda one: found.topics[one])
        items = [subject.label for subject in found.subjects if subject.is_item]
        return items[:1] == [question.subject], topic == self.topic(question.subject)


def _figures(name: str, heard: Callable[[Asked], str], asked: Sequence[Asked], understanding: Understanding) -> None:
    outcomes = [(question, *understanding.right(heard(question), question)) for question in asked]
    items = [first for question, first, _ in outcomes if not question.subject.startswith(TOPIC)]
    topics = [topic for _, _, topic in outcomes]
    print(
        f"  {name:<20} item first {np.mean(items):.1%} (n={len(items)})  topic {np.mean(topics):.1%} (n={len(topics)})"
    )


def _not_ours(others: Sequence[Asked], understanding: Understanding, repair: Repair, seed: int) -> None:
    """Whether repair makes questions that are not ours look like ours."""
    print("  questions that are not ours, told so by topic:")
    for level, shares in ({"clean": (0.0, 0.0, 0.0)} | LEVELS).items():
        noise = Noise(seed, shares)
        heard = [noise(question.text) for question in others]
        kept = np.mean([understanding.right(text, one)[1] for text, one in zip(heard, others, strict=True)])
        mended = [repair.repair(text).text for text in heard]
        after = np.mean([understanding.right(text, one)[1] for text, one in zip(mended, others, strict=True)])
        print(f"    {level}: heard {kept:.1%}, repaired {after:.1%} (n={len(others)})")


def _report(asked: Sequence[Asked], understanding: Understanding, repair: Repair, seed: int) -> None:
    times: list[float] = []
    changed: dict[str, str] = {}

    def mend(text: str) -> str:
        began = time.thread_time()
        repaired = repair.repair(text)
        times.append((time.thread_time() - began) * 1000)
        if repaired.changes:
            changed[text] = repaired.text
        return repaired.text

    _figures("clean", lambda question: question.text, asked, understanding)
    _figures("clean, repaired", lambda question: mend(question.text), asked, understanding)
    print(f"  clean sentences changed: {len(changed)} of {len(asked)}")
    for before, after in list(changed.items())[:8]:
        print(f"    {before} → {after}")
    for level, shares in LEVELS.items():
        noise = Noise(seed, shares)
        heard = {question: noise(question.text) for question in asked}
        changed.clear()
        _figures(f"{level}, heard", heard.__getitem__, asked, understanding)
        _figures(f"{level}, repaired", lambda question, heard=heard: mend(heard[question]), asked, understanding)
        mended = [question for question in asked if heard[question] in changed]
        print(f"  only the {len(mended)} sentences that repair changed:")
        if mended:
            _figures(f"{level}, heard", heard.__getitem__, mended, understanding)
            _figures(
                f"{level}, repaired", lambda question, heard=heard: changed[heard[question]], mended, understanding
            )
    cuts = statistics.quantiles(times, n=100)
    print(f"  CPU ms a sentence: p50 {cuts[49]:.2f}, p95 {cuts[94]:.2f}, p99 {cuts[98]:.2f}")


def _spoken(asked: Sequence[Asked], count: int, understanding: Understanding, repair: Repair, seed: int) -> None:
    """The gain on recognised audio: blind voices in turn, telephone band."""
    from tests.benchmarks.speech import BANDS, BLIND, BUNDLED, Bench, Model, in_band

    bench, chance = Bench(Model(BUNDLED)), random.Random(seed)
    chosen = chance.sample(list(asked), min(count, len(asked)))
    heard = {
        question: bench.heard(
            *in_band(bench.said(question.text, BLIND[place % len(BLIND)], chance), BANDS[1], chance)
        ).text
        for place, question in enumerate(chosen)
    }
    mended = {question: repair.repair(text).text for question, text in heard.items()}
    print(f"  spoken by {len(BLIND)} blind voices, telephone band; repair changed"
          f" {sum(mended[question] != heard[question] for question in chosen)} of {len(chosen)}")  # fmt: skip
    _figures("typed", lambda question: question.text, chosen, understanding)
    _figures("heard", heard.__getitem__, chosen, understanding)
    _figures("heard, repaired", mended.__getitem__, chosen, understanding)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--seed", type=int, default=5)
    options.add_argument("--every", type=int, default=20)
    options.add_argument("--audio", type=int, default=0)
    chosen = options.parse_args()
    files = [question for path in sorted(QUESTIONS.rglob("*.yml")) for question in questions_of(path)]
    held_out = set(files[:: chosen.every])
    texts = {question.text for question in held_out}
    rest = [question for question in learnt_questions() if question.text not in texts]
    asked = sorted((one for one in held_out if one.subject != NOT_OURS), key=lambda one: (one.subject, one.text))
    understanding = Understanding(rest)
    repair = Repair(lexicon(understanding.index), Speech.of(normalise(question.text) for question in rest))
    print(f"{len(asked)} held out, {len(rest)} learnt from, seed {chosen.seed}")
    _report(asked, understanding, repair, chosen.seed)
    others = sorted((one for one in held_out if one.subject == NOT_OURS), key=lambda one: one.text)
    _not_ours(others, understanding, repair, chosen.seed)
    if chosen.audio:
        _spoken(asked, chosen.audio, understanding, repair, chosen.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
