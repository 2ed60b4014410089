"""Ways of finding out what a question is about, side by side: ``python -m tests.benchmarks.understanding FILE.jsonl [--diet]``.

FILE holds labelled questions (fields as ``./daoban evaluate`` reads them). Every way learns from nlu_data and the delivered
content only. Prints a row a way: topic first and among three, item first and among three, other offices' matters told as such,
seconds to learn, milliseconds a question. ``--diet`` adds Rasa's DIET classifier for what is asked (minutes).
"""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.evaluation.scoring import OUT_OF_SCOPE, Question
from assistant.understanding import ranking
from assistant.understanding.item_index import ItemIndex
from assistant.understanding.linear import LinearModel
from assistant.understanding.normaliser import normalise
from assistant.understanding.questions import NOT_OURS, TOPIC, Asked, delivered_index, learnt_questions, topic_of
from assistant.understanding.ranking import rank
from assistant.understanding.similarity import Similarity
from assistant.understanding.subject_classifier import learn_subjects, learnt_of

Scores = Mapping[str, float]
Scorer = Callable[[str], Scores]


@dataclass(frozen=True)
class Way:
    """One way: its name and how it is learnt."""

    name: str
    learn: Callable[[Sequence[Asked]], Scorer]


def bm25(asked: Sequence[Asked]) -> Scorer:
    """BM25 over single characters and pairs, a document a subject."""
    documents: dict[str, Counter[str]] = defaultdict(Counter)
    for question in asked:
        documents[question.subject].update(_grams(question.text))
    frequency = Counter(gram for grams in documents.values() for gram in grams)
    lengths = {label: sum(grams.values()) for label, grams in documents.items()}
    average = sum(lengths.values()) / len(lengths)

    def score(text: str) -> Scores:
        scores: dict[str, float] = {}
        for label, grams in documents.items():
            norm = 1.2 * (0.25 + 0.75 * lengths[label] / average)
            scores[label] = sum(
                math.log(1 + (len(documents) - frequency[g] + 0.5) / (frequency[g] + 0.5)) * grams[g] * 2.2
                / (grams[g] + norm)
                for g in set(_grams(text))
                if g in grams
            )  # fmt: skip
        return scores

    return score


def _grams(text: str) -> list[str]:
    said = normalise(text)
    return [*said, *(said[i : i + 2] for i in range(len(said) - 1))]


def nearest(asked: Sequence[Asked]) -> Scorer:
    """Character n-gram likeness to the nearest question."""
    texts: dict[str, list[str]] = defaultdict(list)
    for question in asked:
        texts[question.subject].append(normalise(question.text))
    similarity = Similarity(texts)
    return lambda text: dict(similarity.scores(normalise(text)))


def names_and_examples(_asked: Sequence[Asked]) -> Scorer:
    """The item index alone: names, sounds, likeness to names and examples (sentence templates with a slot for the item)."""
    index = ItemIndex(delivered_index())
    return lambda text: {found.code: found.confidence for found in index.link(text).candidates}


def linear(asked: Sequence[Asked]) -> Scorer:
    """Logistic regression over character n-grams."""
    model = LinearModel.fit([normalise(q.text) for q in asked], [q.subject for q in asked])
    return lambda text: dict(zip(model.labels, model.scores(normalise(text)).tolist(), strict=True))


def network(asked: Sequence[Asked]) -> Scorer:
    """Two networks of one hidden layer over the same n-grams."""
    model = learn_subjects(asked)
    return lambda text: learnt_of(model, text).subjects


def _together(asked: Sequence[Asked], *, named: float, like: float, words: float) -> Scorer:
    model = learn_subjects(asked)
    index = ItemIndex(delivered_index())

    def score(text: str) -> Scores:
        before = ranking.NAMED_WEIGHT, ranking.LIKE_WEIGHT, ranking.WORD_WEIGHT
        ranking.NAMED_WEIGHT, ranking.LIKE_WEIGHT, ranking.WORD_WEIGHT = named, like, words
        found = rank(index, learnt_of(model, text), index.link(text))
        ranking.NAMED_WEIGHT, ranking.LIKE_WEIGHT, ranking.WORD_WEIGHT = before
        return {**{subject.label: subject.confidence for subject in found.subjects}, NOT_OURS: found.not_ours}

    return score


WAYS = (
    Way("names, sounds, examples (index)", names_and_examples),
    Way("BM25 over questions", bm25),
    Way("nearest question, n-grams", nearest),
    Way("logistic regression, n-grams", linear),
    Way("networks, n-grams", network),
    Way("  and index", lambda asked: _together(asked, named=1.0, like=0.7, words=0)),
    Way("  and index, words (kept)", lambda asked: _together(asked, named=1.0, like=0.7, words=2.5)),
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--diet", action="store_true")
    options = parser.parse_args()
    questions = [Question.model_validate_json(line) for line in options.file.read_text("utf-8").splitlines() if line]
    asked = list(learnt_questions())
    print(f"{len(asked)} sentences learnt from, {len(questions)} questions")
    print(f"{'':36}{'topic 1':>9}{'of 3':>8}{'item 1':>9}{'of 3':>8}{'not ours':>10}{'learn s':>9}{'ms':>7}")
    for way in WAYS:
        print(_row(way, asked, questions), flush=True)
    if options.diet:
        _diet()


def _row(way: Way, asked: Sequence[Asked], questions: Sequence[Question]) -> str:
    topics = {entry.code: entry.topic for entry in delivered_index().items}
    began = time.perf_counter()
    scorer = way.learn(asked)
    learnt = time.perf_counter() - began
    hits: dict[str, list[bool]] = defaultdict(list)
    began = time.perf_counter()
    for question in questions:
        ordered = sorted(scorer(question.text).items(), key=lambda entry: -entry[1])
        labels = [label for label, _ in ordered]
        if question.topic == OUT_OF_SCOPE:
            hits["other"].append(labels[:1] == [NOT_OURS])
            continue
        ours = [label for label in labels if label != NOT_OURS]
        right = {question.topic, *question.alt_topics}
        found = [topic_of(label, topics) in right for label in ours[:3]]
        hits["t1"].append(found[:1] == [True])
        hits["t3"].append(any(found))
        if question.item_codes and not question.policy:
            items = [label for label in ours if not label.startswith(TOPIC)]
            hits["i1"].append(bool(items) and items[0] in question.item_codes)
            hits["i3"].append(bool(set(items[:3]) & set(question.item_codes)))
    each = (time.perf_counter() - began) / len(questions) * 1000
    shares = [f"{100 * sum(hits[k]) / max(len(hits[k]), 1):.1f}%" for k in ("t1", "t3", "i1", "i3", "other")]
    return f"{way.name:36}{shares[0]:>9}{shares[1]:>8}{shares[2]:>9}{shares[3]:>8}{shares[4]:>10}{learnt:>9.1f}{each:>7.1f}"


def _diet() -> None:
    """What is asked, DIET against the classifier kept: the same examples, every fifth held out."""
    from tests.benchmarks.intents import compare

    for line in compare():
        print(line, flush=True)


if __name__ == "__main__":
    main()
