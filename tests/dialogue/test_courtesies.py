"""Thanks, acknowledgements, pauses and noise are heard as such; a question that begins with one is a question."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.dialogue.rules.courtesy import courtesy_in
from assistant.replies.texts import texts

WRITTEN: dict[str, dict[str, str | None]] = yaml.safe_load(
    (Path(__file__).parent / "written" / "courtesies.yaml").read_text("utf-8")
)
RIGHT_ASIDE = 0.85
LONGEST = 30


@pytest.mark.parametrize("sentence", WRITTEN["build"])
def test_what_asks_nothing(sentence: str) -> None:
    """As written."""
    assert courtesy_in(sentence) == WRITTEN["build"][sentence]


def test_sentences_set_aside() -> None:
    """Most are heard; no question is taken for a courtesy."""
    wrong = {said: courtesy_in(said) for said, kind in WRITTEN["aside"].items() if courtesy_in(said) != kind}
    assert 1 - len(wrong) / len(WRITTEN["aside"]) >= RIGHT_ASIDE, wrong
    assert not [said for said in wrong if WRITTEN["aside"][said] is None and len(said) > 5], wrong


def test_the_replies_are_short_and_ask_nothing() -> None:
    """At most thirty characters, in writing and in speech."""
    for name in ("thanks", "ack", "wait", "noise"):
        text = texts()[f"courtesy.{name}"]
        for said in (text.web, text.speech):
            assert len(said) <= LONGEST
            assert "？" not in said
