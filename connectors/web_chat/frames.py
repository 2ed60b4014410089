"""What travels over a browser's socket."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from backend.client import Message, NewMessage


class Say(BaseModel):
    """The citizen wrote something."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["say"]
    message_id: str
    text: str

    def as_message(self) -> NewMessage:
        """As the backend stores it."""
        return NewMessage(message_id=self.message_id, text=self.text)


class Choose(BaseModel):
    """The citizen pressed a button."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["choose"]
    message_id: str
    choice: str = Field(max_length=200)
    shown: str = Field(default="", max_length=200)

    def as_message(self) -> NewMessage:
        """As the backend stores it."""
        return NewMessage(message_id=self.message_id, choice=self.choice, shown=self.shown)


FromBrowser: TypeAdapter[Say | Choose] = TypeAdapter(Say | Choose)


def hello(conversation: str, *, ready: bool) -> dict[str, Any]:
    """The first frame: which conversation, and whether the assistant can answer yet."""
    return {"type": "hello", "conversation": conversation, "assistant": _state(ready=ready)}


def assistant_state(*, ready: bool) -> dict[str, Any]:
    """The assistant became ready, or is warming up again."""
    return {"type": "assistant", "state": _state(ready=ready)}


def typing(*, on: bool) -> dict[str, Any]:
    """The assistant is working on an answer."""
    return {"type": "typing", "on": on}


def message(stored: Message) -> dict[str, Any]:
    """A message; of a reply only what the web shows."""
    shown = stored.model_dump(mode="json")
    if stored.content is not None:
        shown["content"] = {"web": stored.content["web"]}
    return {"type": "message", "message": shown}


def refused(message_id: str, detail: str, field: str | None) -> dict[str, Any]:
    """The message was not stored; the sentence says what to do."""
    return {"type": "refused", "message_id": message_id, "detail": detail, "field": field}


def _state(*, ready: bool) -> str:
    return "ready" if ready else "warming"
