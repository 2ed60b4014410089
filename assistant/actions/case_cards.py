"""The card of a case."""

from __future__ import annotations

from assistant.replies.rendering import Card
from backend.client import Case


def case_card(case: Case) -> Card:
    """What a citizen sees of a case at a glance; nothing personal."""
    return {
        "kind": "case",
        "case": {
            "number_text": case.number_text,
            "item_name": case.item_name,
            "state": case.state,
            "state_text": case.state_text,
            "sentence": case.sentence,
            "due_text": case.due_text,
            "supplement": [line.model_dump(mode="json") for line in case.supplement],
            "notice": case.notice,
            "owner": case.owner,
            "clocks": [{"sentence": clock.sentence} for clock in case.clocks],
        },
    }
