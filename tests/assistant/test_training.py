"""Training: the same weights on every processor, others with another seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.training import fingerprint
from assistant.understanding import questions
from assistant.understanding.seed import SEED, VARIABLE, training_seed

ROOT = Path(__file__).parents[2]
LEARN = """
import hashlib
from assistant.understanding.linear import LinearModel
from assistant.understanding.network import NetworkModel

words = "社保 医保 养老 失业 工伤 怎么 多少 补办 报销 转移".split()
texts = [f"{one}{other}{end}" for one in words for other in words for end in ("", "吗", "怎么办")]
labels = [text[:2] for text in texts]
kept = NetworkModel.fit(texts, labels, [label[-1] for label in labels]), LinearModel.fit(texts, labels)
print(hashlib.sha256(b"".join(model.to_bytes() for model in kept)).hexdigest())
"""
PROCESSORS = (
    {},
    {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1"},
    {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "AVX2,FMA3", "PYTHONHASHSEED": "1"},
)
"""Algebra of other processors, as far as this one can run it."""


def test_the_processor_leaves_no_trace_in_the_weights() -> None:
    """A model trained on another machine understands the same."""
    learners = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", LEARN],
            cwd=ROOT,
            env={**os.environ, **processor},
            stdout=subprocess.PIPE,
        )
        for processor in PROCESSORS
    ]
    digests = {learner.communicate()[0] for learner in learners}
    assert [learner.returncode for learner in learners] == [0] * len(PROCESSORS)
    assert len(digests) == 1


def test_another_seed_is_another_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seed belongs to what a model is trained from."""
    monkeypatch.delenv(VARIABLE, raising=False)
    delivered = fingerprint()
    monkeypatch.setenv(VARIABLE, str(SEED))
    assert fingerprint() == delivered
    monkeypatch.setenv(VARIABLE, "1")
    assert training_seed() == 1
    assert fingerprint() != delivered


@pytest.mark.parametrize("given", ["-1", "一", "1.5", str(2**32)])
def test_a_seed_is_a_whole_number(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Anything else is refused before training begins."""
    monkeypatch.setenv(VARIABLE, given)
    with pytest.raises(ValueError, match=VARIABLE):
        fingerprint()


def test_what_is_told_of_an_item_changes_without_a_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Materials, steps and answers are no part of the model; how people ask for it is."""
    content = questions.CONTENT
    for part, name in (("items", "LJ-SY-001"), ("policy_answers", "pension")):
        (tmp_path / part).mkdir()
        shutil.copyfile(content / part / f"{name}.yaml", tmp_path / part / f"{name}.yaml")
    shutil.copyfile(content / "topics.yaml", tmp_path / "topics.yaml")
    monkeypatch.setattr(questions, "CONTENT", tmp_path)

    def printed(path: Path, old: str, new: str) -> str:
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
        questions.delivered_index.cache_clear()
        return fingerprint()

    item, answers = tmp_path / "items" / "LJ-SY-001.yaml", tmp_path / "policy_answers" / "pension.yaml"
    try:
        before = printed(item, "", "")
        assert printed(item, "result: ", "result: 另外的") == before
        assert printed(answers, "  answer: ", "  answer: 另外的") == before
        assert printed(item, "examples:\n", "examples:\n  - 换一种问法\n") != before
        assert printed(item, "  - 换一种问法\n", "") == before
        assert printed(answers, "  questions:\n", "  questions:\n    - 换一种问法\n") != before
    finally:
        questions.delivered_index.cache_clear()
