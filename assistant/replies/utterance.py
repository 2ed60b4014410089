"""One message of ours as the tracker keeps it: what was said, and what it takes to say it again or to go on from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from backend.contracts.replies import Expects, Handover, ReplyMessage, Understood
from backend.contracts.wire import Wire

PAYLOAD = "daoban"
"""Its key in the custom data of Rasa's bot events."""


class Utterance(Wire):
    """A message with its name among the reply texts. ``plainly``: the same in few words; ``asks_for``: id of a form's field."""

    message: ReplyMessage
    name: str
    plainly: str
    expects: Expects
    understood: Understood
    handover: Handover | None = None
    asks_for: str | None = None

    def as_custom(self) -> dict[str, Any]:
        """As Rasa keeps it beside the text."""
        return {PAYLOAD: self.model_dump(mode="json")}


def utterance_in(data: Mapping[str, Any] | None) -> Utterance | None:
    """The message in the data of a bot event; None where there is none, or of a shape that is no longer known."""
    kept = ((data or {}).get("custom") or {}).get(PAYLOAD)
    try:
        return None if not kept else Utterance.model_validate(kept)
    except ValidationError:
        return None
