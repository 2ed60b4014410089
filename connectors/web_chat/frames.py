"""What travels over a browser's socket, both ways; ``type`` names the frame (``one_window/conversations/static/`` reads them)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter

from backend.contracts.choices import MAX_CHOICE, ChoiceValue, SentChoice
from backend.contracts.conversations import Message, NewMessage
from backend.contracts.replies import Expects, WebRendering
from backend.contracts.turns import Identifier, MessageId, MessageTranscription
from backend.contracts.wire import Wire
from connectors.speech.policy import Next
from connectors.web_chat.voice import Pace, SentenceName, TranscriptionDecision, VoiceOffer

# --- from the browser


class Say(Wire):
    """The citizen wrote something."""

    type: Literal["say"]
    message_id: MessageId
    text: str
    recognised: MessageTranscription | None = None
    """Set where the citizen spoke it and sends it as transcribed."""

    def as_message(self) -> NewMessage:
        """As the backend stores it."""
        return NewMessage(message_id=self.message_id, text=self.text, recognised=self.recognised)


class PressChoice(Wire):
    """The citizen pressed a button."""

    type: Literal["choose"]
    message_id: MessageId
    choice: str = Field(max_length=MAX_CHOICE)
    shown: str = Field(default="", max_length=200)

    def as_message(self) -> NewMessage:
        """As the backend stores it. Raises UnknownChoice."""
        return NewMessage(message_id=self.message_id, choice=ChoiceValue.parse(self.choice), shown=self.shown)


FrameId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]


class StartRecording(Wire):
    """Starts a recording; binary frames with its audio follow: samples of 16 bits, 16,000 a second, one channel."""

    type: Literal["start_recording"]
    id: FrameId
    rate: Literal[16_000]


class EndRecording(Wire):
    """Ends a recording: the citizen has finished speaking, or does not want it."""

    type: Literal["stop_recording", "cancel_recording"]
    id: FrameId


class ReadAloud(Wire):
    """Read a message of this conversation aloud, or one of our own sentences about a recording."""

    type: Literal["read_aloud"]
    id: FrameId
    seq: int = Field(default=0, ge=0)
    sentence_name: SentenceName | None = None
    pace: Pace = "normal"


class StopReading(Wire):
    """Stop reading."""

    type: Literal["stop_reading"]


AnyFrame = Say | PressChoice | StartRecording | EndRecording | ReadAloud | StopReading
FromBrowser: TypeAdapter[AnyFrame] = TypeAdapter(Annotated[AnyFrame, Field(discriminator="type")])


# --- to the browser

AssistantState = Literal["ready", "warming"]


def assistant_state(*, ready: bool) -> AssistantState:
    """Whether the assistant can answer yet."""
    return "ready" if ready else "warming"


class Hello(Wire):
    """The first frame: which conversation, what is history in it, and whether the assistant can answer yet."""

    type: Literal["hello"] = "hello"
    conversation: str
    last: int
    """Sequence number of the newest message stored when the line was opened, 0 for none: what comes after it is news."""
    assistant: AssistantState


class AssistantChanged(Wire):
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


class RecordingFrame(Wire):
    """The recording has begun: the citizen may speak for ``max_seconds``."""

    type: Literal["recording"] = "recording"
    id: FrameId
    max_seconds: int


class PartialTranscription(Wire):
    """What was understood so far; may still change."""

    type: Literal["partial_transcription"] = "partial_transcription"
    id: FrameId
    text: str


class TranscriptionFrame(Wire):
    """The transcription of a recording that is over, and what to do with it; the page closes the microphone."""

    type: Literal["transcription"] = "transcription"
    id: FrameId
    advice: Next
    name: SentenceName
    sentence: str
    text: str
    confidence: float
    alternatives: tuple[str, ...]

    @classmethod
    def of(cls, recording: str, decision: TranscriptionDecision) -> TranscriptionFrame:
        """Build the frame of a decision."""
        return cls(id=recording, sentence=decision.sentence, **decision.model_dump())


class RecordingRefused(Wire):
    """No transcription follows; the sentence says why and what to do."""

    type: Literal["recording_refused"] = "recording_refused"
    id: FrameId
    name: str
    sentence: str


class AudioFrame(Wire):
    """The next binary frame is a WAV file of this reading."""

    type: Literal["audio"] = "audio"
    id: FrameId


class ReadingFinished(Wire):
    """The reading is finished: no more audio follows."""

    type: Literal["reading_finished"] = "reading_finished"
    id: FrameId


class ReadingRefused(Wire):
    """Nothing is read; the sentence says why."""

    type: Literal["reading_refused"] = "reading_refused"
    id: FrameId
    sentence: str


ToBrowser = (
    Hello
    | AssistantChanged
    | Typing
    | MessageFrame
    | Refused
    | VoiceOffer
    | RecordingFrame
    | PartialTranscription
    | TranscriptionFrame
    | RecordingRefused
    | AudioFrame
    | ReadingFinished
    | ReadingRefused
)
"""Everything that goes to a browser."""
Send = Callable[[ToBrowser], Awaitable[None]]


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schemas of what goes over the socket, one for each direction."""
    return {
        "to_browser": TypeAdapter(ToBrowser).json_schema(mode="serialization"),
        "from_browser": FromBrowser.json_schema(mode="validation"),
    }
