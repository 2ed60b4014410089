"""What travels over a browser's socket."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from backend.client import Message, NewMessage, Recognised
from connectors.web_chat.voice import Pace, Sentence, Verdict


class Say(BaseModel):
    """The citizen wrote something."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["say"]
    message_id: str
    text: str
    recognised: Recognised | None = None
    """Where it was spoken, and is sent as it was heard."""

    def as_message(self) -> NewMessage:
        """As the backend stores it."""
        return NewMessage(message_id=self.message_id, text=self.text, recognised=self.recognised)


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


FrameId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class Listen(BaseModel):
    """The microphone was opened; binary frames with its sound follow: samples of 16 bits, 16,000 a second, one channel."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["listen"]
    id: FrameId
    rate: Literal[16_000]


class Listened(BaseModel):
    """The citizen has finished speaking, or does not want it."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["listened", "unlisten"]
    id: FrameId


class Read(BaseModel):
    """Read a message of this conversation aloud, or one of our own sentences about what was said."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["read"]
    id: FrameId
    seq: int = Field(default=0, ge=0)
    said: Sentence | None = None
    pace: Pace = "normal"


class Hush(BaseModel):
    """Stop reading."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["hush"]


AnyFrame = Say | Choose | Listen | Listened | Read | Hush
FromBrowser: TypeAdapter[AnyFrame] = TypeAdapter(Annotated[AnyFrame, Field(discriminator="type")])


def voice(offered: dict[str, Any]) -> dict[str, Any]:
    """What of voice this page may offer, with the sentence about it."""
    return {"type": "voice", **offered}


def listening(recording: str, longest: int) -> dict[str, Any]:
    """There is a place: go on speaking, at most so many seconds."""
    return {"type": "listening", "id": recording, "longest": longest}


def partial(recording: str, text: str) -> dict[str, Any]:
    """What was understood so far."""
    return {"type": "partial", "id": recording, "text": text}


def heard(recording: str, verdict: Verdict) -> dict[str, Any]:
    """The recording is over; close the microphone."""
    told = verdict.model_dump(mode="json")
    return {"type": "heard", "id": recording, "sentence": verdict.sentence, **told}


def unheard(recording: str, name: str, sentence: str) -> dict[str, Any]:
    """Nothing was listened to; the sentence says why and what to do."""
    return {"type": "unheard", "id": recording, "name": name, "sentence": sentence}


def sound(reading: str) -> dict[str, Any]:
    """The next binary frame is a WAV file of this reading."""
    return {"type": "sound", "id": reading}


def read_out(reading: str) -> dict[str, Any]:
    """There is no more sound."""
    return {"type": "read_out", "id": reading}


def unread(reading: str, sentence: str) -> dict[str, Any]:
    """Nothing is read; the sentence says why."""
    return {"type": "unread", "id": reading, "sentence": sentence}


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
