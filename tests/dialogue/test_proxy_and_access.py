"""Whether somebody else may come, and what somebody lacks, is heard; injuries and benefits are not taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.dialogue.rules.access import lack_in
from assistant.dialogue.rules.proxy import asks_for_proxy

WRITTEN: dict[str, dict[str, str | None]] = yaml.safe_load(
    (Path(__file__).parent / "written" / "proxy_and_access.yaml").read_text("utf-8")
)
RIGHT_ASIDE = 0.75


def heard(sentence: str) -> str | None:
    """Which of the two it is."""
    return "proxy" if asks_for_proxy(sentence) else lack_in(sentence)


@pytest.mark.parametrize("sentence", WRITTEN["build"])
def test_what_is_asked_or_lacking(sentence: str) -> None:
    """As written."""
    assert heard(sentence) == WRITTEN["build"][sentence]


def test_sentences_set_aside() -> None:
    """Most are heard, and no other matter is taken for it."""
    wrong = {said: heard(said) for said, right in WRITTEN["aside"].items() if heard(said) != right}
    assert 1 - len(wrong) / len(WRITTEN["aside"]) >= RIGHT_ASIDE, wrong
