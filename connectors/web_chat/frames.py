"""What travels over a browser's socket, both ways; ``type`` names the frame (``one_window/conversations/static/`` reads them)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from backend.contracts.choices import LONGEST_CHOICE, ChoiceValue, SentChoice
from backend.contracts.conversations import Message, NewMessage
from backend.contracts.replies import Expects, WebRendering
from backend.contracts.turns import Identifier, MessageId, Recognised
from backend.contracts.wire import Wire
from connectors.speech.policy import Next
from connectors.web_chat.voice import Pace, Sentence, Verdict, VoiceOffer

# --- from the browser


class Say(Wire):
    """The citizen wrote something."""

    type: Literal["say"]
    message_id: MessageId
    text: str
    recognised: Recognised | None = None
    """Where it was spoken, and is sent as it was heard."""

    def as_message(self) -> NewMessage:
        """As the backend stores it."""
        return NewMessage(message_id=self.message_id, text=self.text, recognised=self.recognised)


class Choose(Wire):
    """The citizen pressed a button."""

    type: Literal["choose"]
    message_id: MessageId
    choice: str = Field(max_length=LONGEST_CHOICE)
    shown: str = Field(default="", max_length=200)

    def as_message(self) -> NewMessage:
        """As the backend stores it. Raises UnknownChoice."""
        return NewMessage(message_id=self.message_id, choice=ChoiceValue.parse(self.choice), shown=self.shown)


FrameId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class Listen(Wire):
    """The microphone was opened; binary frames with its sound follow: samples of 16 bits, 16,000 a second, one channel."""

    type: Literal["listen"]
    id: FrameId
    rate: Literal[16_000]


class Listened(Wire):
    """The citizen has finished speaking, or does not want it."""

    type: Literal["listened", "unlisten"]
    id: FrameId


class Read(Wire):
    """Read a message of this conversation aloud, or one of our own sentences about what was said."""

    type: Literal["read"]
    id: FrameId
    seq: int = Field(default=0, ge=0)
    said: Sentence | None = None
    pace: Pace = "normal"


class Hush(Wire):
    """Stop reading."""

    type: Literal["hush"]


AnyFrame = Say | Choose | Listen | Listened | Read | Hush
FromBrowser: TypeAdapter[AnyFrame] = TypeAdapter(Annotated[AnyFrame, Field(discriminator="type")])


# --- to the browser

AssistantState = Literal["ready", "warming"]


def assistant_state(*, ready: bool) -> AssistantState:
    """Whether the assistant can answer yet."""
    return "ready" if ready else "warming"


class Hello(Wire):
    """The first frame: which conversation, and whether the assistant can answer yet."""

    type: Literal["hello"] = "hello"
    conversation: str
    assistant: AssistantState


class Assistant(Wire):
    """The assistant became ready, or is warming up again."""

    type: Literal["assistant"] = "assistant"
    state: AssistantState


class Typing(Wire):
    """The assistant is working on an answer."""

    type: Literal["typing"] = "typing"
    on: bool


class ShownContent(Wire):
    """Of a message's renderings the one that the page shows."""

    web: WebRendering


class ShownMessage(Wire):
    """A stored message as the page shows it."""

    seq: int
    message_id: str
    sender: Literal["citizen", "assistant", "staff", "system"]
    at: datetime
    text: str
    choice: SentChoice | None
    identifiers: tuple[Identifier, ...]
    content: ShownContent | None
    expects: Expects | None
    in_reply_to: str | None


class MessageFrame(Wire):
    """A message of the conversation, whoever said it."""

    type: Literal["message"] = "message"
    message: ShownMessage

    @classmethod
    def of(cls, stored: Message) -> MessageFrame:
        """A stored message; of a reply only what the web shows."""
        return cls(
            message=ShownMessage(
                seq=stored.seq,
                message_id=stored.message_id,
                sender=stored.sender,
                at=stored.at,
                text=stored.text,
                choice=stored.choice,
                identifiers=stored.identifiers,
                content=None if stored.content is None else ShownContent(web=stored.content.web),
                expects=stored.expects,
                in_reply_to=stored.in_reply_to,
            )
        )


class Refused(Wire):
    """The message was not stored; the sentence says what to do, ``field`` what is wrong with it."""

    type: Literal["refused"] = "refused"
    message_id: str
    detail: str
    field: str | None


class ListeningFrame(Wire):
    """There is a place: go on speaking, at most so many seconds."""

    type: Literal["listening"] = "listening"
    id: FrameId
    longest: int


class PartialFrame(Wire):
    """What was understood so far."""

    type: Literal["partial"] = "partial"
    id: FrameId
    text: str


class HeardFrame(Wire):
    """The recording is over; close the microphone."""

    type: Literal["heard"] = "heard"
    id: FrameId
    advice: Next
    name: Sentence
    sentence: str
    text: str
    confidence: float
    alternatives: tuple[str, ...]

    @classmethod
    def of(cls, recording: str, verdict: Verdict) -> HeardFrame:
        """What is told of a verdict."""
        return cls(id=recording, sentence=verdict.sentence, **verdict.model_dump())


class Unheard(Wire):
    """Nothing was listened to; the sentence says why and what to do."""

    type: Literal["unheard"] = "unheard"
    id: FrameId
    name: str
    sentence: str


class Sound(Wire):
    """The next binary frame is a WAV file of this reading."""

    type: Literal["sound"] = "sound"
    id: FrameId


class ReadOut(Wire):
    """There is no more sound."""

    type: Literal["read_out"] = "read_out"
    id: FrameId


class Unread(Wire):
    """Nothing is read; the sentence says why."""

    type: Literal["unread"] = "unread"
    id: FrameId
    sentence: str


ToBrowser = (
    Hello
    | Assistant
    | Typing
    | MessageFrame
    | Refused
    | VoiceOffer
    | ListeningFrame
    | PartialFrame
    | HeardFrame
    | Unheard
    | Sound
    | ReadOut
    | Unread
)
"""Everything that goes to a browser."""
Send = Callable[[ToBrowser], Awaitable[None]]


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schemas of what goes over the socket, one for each direction."""
    return {
        "to_browser": TypeAdapter(ToBrowser).json_schema(mode="serialization"),
        "from_browser": FromBrowser.json_schema(mode="validation"),
    }
