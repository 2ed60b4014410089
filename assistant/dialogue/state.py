"""What the assistant knows of a conversation beside its messages: small, without personal data, kept in the tracker."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.dialogue.danger_mode import DangerMode
from assistant.dialogue.rule_progress import RuleForm
from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.facts import ME, KnownFact
from backend.contracts.notices import SituationQuestion

SLOT = "dialogue"
"""Rasa's slot that holds the state."""
OBSERVED = "dialogue"
"""Key, in the metadata of a message, of the state with that message in it."""
MAX_RULES = 12
MAX_FRAMES = 5
LISTED_MESSAGES = 12
"""Messages of either side (about four turns) for which the parts of a message can be pointed at."""
NEXT_MESSAGE = 3
"""The citizen's next message is two on, or three where our reply had two parts."""
FRAME_MESSAGES = 30
"""Messages of either side (about ten turns) after which a frame is no longer gone on about without being named."""


class Computed(BaseModel):
    """A calculation that a message may go on from: which rule, for whom, at which message."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    rule: str
    holder: str
    seq: int
    facts: tuple[KnownFact, ...] = ()
    """What it was begun with and what was told in it, suppositions too."""
    form: RuleForm | None = None
    """The answers that the last result stands on."""
    questions: tuple[RuleQuestion, ...] = ()
    """The calculator's questions, by which a correction of an answer is read."""


class Judged(BaseModel):
    """A verdict on whether somebody is entitled, that a message may go on from."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    item: str
    holder: str
    seq: int
    facts: tuple[KnownFact, ...] = ()
    """What it stands on, suppositions too."""
    asks: str | None = None
    """The fact that was asked for with it."""
    asked: int = 0
    """How often in a row that was."""
    given_up: tuple[str, ...] = ()
    """The facts that they cannot tell."""


class Frame(BaseModel):
    """What is talked about: an item, or a policy answer; what was asked of it, and for whom."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: Literal["item", "answer"] = "item"
    id: str
    """Code of the item, or id of the policy answer."""
    item: str | None = None
    """The item, or that of the policy answer if it has one."""
    name: str = ""
    """As people call it."""
    topic: str = ""
    asked: str = "ask_guide"
    """What was asked last of it (an intent)."""
    holder: str = ME
    seq: int = 0
    computes: tuple[str, ...] = ()
    """Calculators that give a figure for what was told of it, once somebody tells the facts."""

    def is_of(self, other: Frame) -> bool:
        """Whether both are about the same: a policy answer is about its item."""
        return (self.item or self.id) == (other.item or other.id)


class Open(BaseModel):
    """Our open question: what it is about, and how often it was put."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    about: str
    asked: int = 1


class AwaitedWords(BaseModel):
    """What the next message is taken for: the words of a complaint, a level. ``text``: words that are there already."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: Literal["complaint", "suggestion", "praise", "rating", "supplement", "decision_day", "wrong_field"]
    seq: int
    text: str = ""
    about: str = ""
    """Id of the case (and of its field), or the kind of decision, where one is meant."""


class Listed(BaseModel):
    """A part of a message that asked several things, as it was answered: 「第二个再说细点」 goes on from it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: Literal["item", "answer", "hall", "body", "none"]
    id: str
    """Code of the item, id of the policy answer, the words about the hall, whose it is."""
    asked: str = "ask_guide"
    number: str = ""
    """Telephone of another body."""


class Noticed(BaseModel):
    """The notice told last: for which item, at which message, and what it stands on."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    item: str
    seq: int
    answered: tuple[SituationQuestion, ...] = ()
    """The questions that were answered or known, the oldest first."""
    situation: dict[str, bool] = {}


class DialogueState(BaseModel):
    """The state after a message; a value that is never changed, only replaced (``model_copy``)."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    message_id: str = ""
    """The message that was read last: reading it again changes nothing."""
    seq: int = 0
    """Messages of the citizen so far."""
    rules: tuple[str, ...] = ()
    """Names of the rules that answered, newest first, at most ``MAX_RULES``."""

    facts: tuple[KnownFact, ...] = ()
    """What people told of themselves and of others, the newest last."""
    computed: Computed | None = None
    """What was computed last."""
    judged: Judged | None = None
    """The verdict given last on whether somebody is entitled."""

    danger: DangerMode = DangerMode()
    """Whether danger was heard, which and whose; it stays for the messages that follow."""
    spoken_of: str = ME
    """Whom the last message that names somebody is about."""
    frames: tuple[Frame, ...] = ()
    """What is and was talked about, newest first, at most ``MAX_FRAMES``."""
    open: Open | None = None
    """The question that we asked last, while it is open."""

    listed: tuple[Listed, ...] = ()
    """What a message asked that asked several things, in its order,"""
    listed_at: int = 0
    """and which message that was."""

    awaited: AwaitedWords | None = None
    """What we asked for, if the next message is to be it."""
    noticed: Noticed | None = None
    """The notice told last."""

    @property
    def noticed_now(self) -> Noticed | None:
        """The notice that this message comes right after."""
        return self.noticed if self.noticed is not None and self.seq - self.noticed.seq <= NEXT_MESSAGE else None

    @property
    def awaited_words(self) -> AwaitedWords | None:
        """What this message is taken for; only the one right after our question is."""
        return self.awaited if self.awaited is not None and self.seq - self.awaited.seq <= NEXT_MESSAGE else None

    @property
    def parts(self) -> tuple[Listed, ...]:
        """The parts that can still be pointed at."""
        return self.listed if self.seq - self.listed_at <= LISTED_MESSAGES else ()

    @property
    def frame(self) -> Frame | None:
        """What is talked about now; None after a long talk about something else."""
        newest = self.frames[0] if self.frames else None
        return newest if newest is not None and self.seq - newest.seq <= FRAME_MESSAGES else None

    def about(self, frame: Frame) -> DialogueState:
        """From now on this is talked about; the frame keeps for whom it was asked if it goes on."""
        frame = frame.model_copy(update={"seq": self.seq, "holder": self.spoken_of})
        rest = [one for one in self.frames if not one.is_of(frame)]
        return self.model_copy(update={"frames": (frame, *rest)[:MAX_FRAMES]})

    def asking(self, about: str | None) -> DialogueState:
        """Note the question that is open now; the same one again counts."""
        if about is None:
            return self.model_copy(update={"open": None})
        again = self.open is not None and self.open.about == about
        count = self.open.asked + 1 if again and self.open is not None else 1
        return self.model_copy(update={"open": Open(about=about, asked=count)})

    def answered_by(self, rule: str) -> DialogueState:
        """Note that a rule answers this message."""
        return self.model_copy(update={"rules": (rule, *self.rules)[:MAX_RULES]})


def read_state(stored: Any) -> DialogueState:
    """Read a stored state; what cannot be read is a new conversation's: the tracker is a cache."""
    try:
        return DialogueState.model_validate(stored or {})
    except ValidationError:
        return DialogueState()
