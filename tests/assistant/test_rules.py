"""Which rule answers what, without a model: every rule has its table in rules/."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.order import RULES
from assistant.dialogue.rule import first_match
from assistant.dialogue.state import DialogueState, read_state
from assistant.understanding.danger_kinds import HeardDanger

TABLES = Path(__file__).parent / "rules"
CASES = [
    (path.stem, case) for path in sorted(TABLES.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))
]
MIN_CASES = 8


@pytest.mark.parametrize(("table", "case"), CASES, ids=[f"{table}: {case['text']}"[:60] for table, case in CASES])
def test_which_rule_answers(table: str, case: dict[str, Any]) -> None:  # shown in the test's name
    """The first rule that applies, from the message and the state alone."""
    about = {key: value for key, value in case.items() if key not in {"state", "rule"}}
    danger = HeardDanger.model_validate(about.pop("danger", {}))
    message = DialogueMessage(id="table", today=date(2026, 3, 2), danger=danger, **about)
    rule = first_match(RULES.values(), message, read_state(case.get("state")))
    assert (None if rule is None else rule.name) == case["rule"]


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_its_table(name: str) -> None:
    """Where it applies and where it must not."""
    cases = [case for table, case in CASES if table == name]
    assert len(cases) >= MIN_CASES
    assert {case["rule"] == name for case in cases} == {True, False}


def test_a_state_that_cannot_be_read_is_a_new_one() -> None:
    """The tracker is a cache: an older or broken state never stops a conversation."""
    assert read_state({"seq": "many"}) == DialogueState()
    assert read_state({"seq": 3, "gone": 1}).seq == 3
