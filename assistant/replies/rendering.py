"""One reply in its three renderings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.replies.speech import for_ear
from assistant.replies.texts import fill, labels, texts
from assistant.wire import Choice, DeskRendering, ReplyMessage, WebRendering

Card = dict[str, Any]


def render(name: str, choices: Sequence[Choice] = (), card: Card | None = None, **values: Any) -> ReplyMessage:
    """The message ``name`` (``file.name`` of texts/) filled with values."""
    text = texts()[name]
    speech = for_ear(fill(text.speech, values))
    script = speech if text.desk is None else fill(text.desk, values)
    return ReplyMessage(
        web=WebRendering(text=fill(text.web, values), choices=tuple(choices), card=card),
        speech=speech,
        desk=DeskRendering(card=card, script=script),
    )


def button(label: str, choice: str) -> Choice:
    """A button whose words are in labels.yaml."""
    return Choice(say=labels().labels[label], choice=choice)
