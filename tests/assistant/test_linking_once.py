"""A sentence is linked once: what the item linker found is what the ranking stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rasa.shared.nlu.training_data.message import Message

from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_index import ItemIndex
from assistant.understanding.item_linker import ItemLinker
from assistant.understanding.questions import delivered_index
from assistant.understanding.ranking import SUBJECTS
from assistant.understanding.subject_classifier import SubjectClassifier

SAID = "失业保险金怎么领"


@pytest.fixture
def index() -> Iterator[ItemIndex]:
    """The delivered index in force; afterwards what was in force before."""
    before = HOLDER.current
    HOLDER.swap(delivered_index())
    yield HOLDER.current
    HOLDER.restore(before)


def test_the_ranking_links_nothing_again(index: ItemIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking costs a millisecond of the six that a parse may take (DESIGN: parse p50)."""
    message = Message.build(SAID)
    ItemLinker().process([message])
    monkeypatch.setattr(ItemIndex, "link", lambda *_: pytest.fail("linked again"))
    classifier = SubjectClassifier.__new__(SubjectClassifier)
    classifier.model = None
    classifier.process([message])
    assert message.get(SUBJECTS)["subjects"][0]["label"] == "LJ-SY-001"


def test_a_sentence_that_no_linker_saw_is_linked_by_the_ranking(index: ItemIndex) -> None:
    """The classifier also works in a pipeline of its own."""
    message = Message.build(SAID)
    classifier = SubjectClassifier.__new__(SubjectClassifier)
    classifier.model = None
    classifier.process([message])
    assert message.get(SUBJECTS)["subjects"][0]["label"] == "LJ-SY-001"
