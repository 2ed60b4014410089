"""Messages as the database keeps them: JSON of this and of earlier versions, read into the shapes of today."""

from __future__ import annotations

from typing import Any

import structlog
from pydantic import ValidationError

from backend.contracts.replies import DeskRendering, Expects, ReplyMessage, WebRendering

log = structlog.get_logger(__name__)


def read_content(kept: dict[str, Any] | None) -> ReplyMessage | None:
    """What was said, in its renderings.

    Words are never lost: of what no version can read any more (a card of a kind that is gone, a button that means nothing)
    only the words are given.
    """
    if kept is None:
        return None
    try:
        return ReplyMessage.model_validate(kept)
    except ValidationError:
        log.warning("message.only_words_readable")
    web, desk = kept.get("web") or {}, kept.get("desk") or {}
    text = str(web.get("text") or "")
    return ReplyMessage(
        web=WebRendering(text=text),
        speech=str(kept.get("speech") or text),
        desk=DeskRendering(script=str(desk.get("script") or text)),
    )


def read_expects(kept: dict[str, Any] | None) -> Expects | None:
    """What a reply waits for; None where that means nothing any more."""
    try:
        return None if kept is None else Expects.model_validate(kept)
    except ValidationError:
        return None
