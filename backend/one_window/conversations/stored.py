"""Messages as the database keeps them: JSON of this and of earlier versions, read into the shapes of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from pydantic import ValidationError

from backend.contracts.choices import readable_choice
from backend.contracts.conversations import Message
from backend.contracts.replies import DeskRendering, Expects, ReplyMessage, WebRendering
from backend.contracts.turns import Identifier, MessageTranscription
from backend.language.identifiers_in_text import find_identifiers
from backend.one_window.conversations.models import MessageRow
from backend.platform.vault import StoredIdentifier

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


def read_message(row: MessageRow, identifiers: Sequence[StoredIdentifier]) -> Message:
    """One message with the identifiers told in it."""
    return Message.model_validate(
        {
            "seq": row.seq,
            "message_id": row.message_id,
            "sender": row.sender,
            "at": row.at,
            "text": row.text,
            "choice": readable_choice(row.choice),
            "identifiers": [_identifier(kept) for kept in identifiers],
            "content": read_content(row.content),
            "expects": read_expects(row.expects),
            "in_reply_to": row.in_reply_to,
            "recognised": row.recognised,
        }
    )


def _identifier(kept: StoredIdentifier) -> Identifier:
    kind = "number" if kept.kind == "credit" else kept.kind
    return Identifier(
        placeholder=kept.placeholder, kind=kind, valid=kept.valid, problem=kept.problem, masked=kept.masked
    )


def kept_transcription(recognised: MessageTranscription, *, identifiers: bool) -> dict[str, Any]:
    """As stored: what else was heard holds no personal number, nor stands beside one."""
    others = () if identifiers else recognised.alternatives
    plain = [other for other in others if not find_identifiers(other)]
    return MessageTranscription(confidence=recognised.confidence, alternatives=tuple(plain)).model_dump(mode="json")
