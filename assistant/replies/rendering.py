"""One reply in its three renderings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.replies.speech import for_ear
from assistant.replies.texts import fill, labels, texts
from backend.contracts.cards import Card
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.replies import Choice, DeskRendering, ReplyMessage, WebRendering


def render(
    name: str, choices: Sequence[Choice] = (), card: Card | None = None, lead: str | None = None, **values: Any
) -> ReplyMessage:
    """The message ``name`` (``file.name`` of texts/) filled with values, after the text ``lead`` if there is one."""
    text = texts()[name]
    first = None if lead is None else texts()[lead]
    speech = for_ear(("" if first is None else fill(first.speech, values)) + fill(text.speech, values))
    script = speech if text.desk is None else fill(text.desk, values)
    web = fill(text.web, values) if first is None else f"{fill(first.web, values)}\n{fill(text.web, values)}"
    return ReplyMessage(
        web=WebRendering(text=web, choices=tuple(choices), card=card),
        speech=speech,
        desk=DeskRendering(card=card, script=script),
    )


def in_short(name: str, **values: Any) -> str:
    """The same message for the eye in few words: what would be spoken, with figures as they are written."""
    return fill(texts()[name].speech, values)


def button(label: str, kind: ChoiceKind, argument: str = "") -> Choice:
    """A button whose words are in labels.yaml."""
    return Choice(say=labels().labels[label], choice=ChoiceValue(kind, argument))
