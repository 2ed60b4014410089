"""What an action knows of the turn it serves, and how it says something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.dialogue.message import NAMED, DialogueMessage
from assistant.dialogue.state import OBSERVED, SLOT, DialogueState, Frame, read_state
from assistant.replies.rendering import in_short, render
from assistant.replies.utterance import Utterance, utterance_in
from assistant.understanding.danger import read_heard
from assistant.understanding.decision import Option, decide, options, sure_item
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_index import Candidate, names_of
from assistant.understanding.item_linker import CANDIDATES
from assistant.understanding.normaliser import normalise
from assistant.understanding.ranking import EMPTY, SUBJECTS, Ranking
from backend.contracts.cards import Card
from backend.contracts.choices import ChoiceValue, readable_choice
from backend.contracts.pending import Pending, read_pending
from backend.contracts.replies import AlternativeItem, Choice, DigitsExpected, Expects, Handover, Outcome, Understood
from backend.contracts.turns import Identifier
from backend.language.corrections import without_taken_back

MAX_ALTERNATIVES_COUNT = 3
CASE_QUESTIONS = frozenset({"cases.ask", "cases.summary"})
TAKEN_FOR = "taken_for"
"""Key of the intent of a message that a rule of the dialogue answers, in Rasa's parse."""
TAKEN_SURELY = "taken_surely"
"""Key of that intent's confidence."""
PARTS = "parts"
"""Key of the parses of a message's pieces in Rasa's parse."""
FREE = Expects(kind="free")
CHOICE = Expects(kind="choice")
YES_NO = Expects(kind="yes_no")


def digits(of: Any, length: int) -> Expects:
    """Digits are awaited."""
    return Expects(kind="digits", digits=DigitsExpected(of=of, length=length))


@dataclass(frozen=True, slots=True)
class Said:
    """A name of an item that was said."""

    code: str
    name: str


class TurnView:
    """The turn as an action sees it."""

    def __init__(
        self,
        tracker: Tracker,
        dispatcher: CollectingDispatcher,
        heard: Mapping[str, Any] | None = None,
        opened: list[Frame] | None = None,
    ) -> None:
        """``heard``: the parse of a piece of the message; the whole message unless given. ``opened``: of the whole turn."""
        self.tracker = tracker
        self._dispatcher = dispatcher
        latest = tracker.latest_message or {}
        self._metadata: dict[str, Any] = latest.get("metadata") or {}
        latest = latest if heard is None else heard
        self.heard: Mapping[str, Any] = latest
        self.opened: list[Frame] = [] if opened is None else opened
        """What was answered in this turn: the frames that it opens, in order."""
        self.asked_about: str | None = None
        """The list that was offered in this turn, if one was."""
        self.parts = tuple(TurnView(tracker, dispatcher, part, self.opened) for part in latest.get(PARTS) or ())
        self.text: str = latest.get("text") or ""
        self.intent: str = latest.get(TAKEN_FOR) or (latest.get("intent") or {}).get("name") or ""
        confidence = latest.get(TAKEN_SURELY, (latest.get("intent") or {}).get("confidence"))
        self.confidence: float = float(confidence or 0.0)
        self.candidates = [Candidate(**found) for found in latest.get(CANDIDATES) or ()]
        found = latest.get(SUBJECTS)
        self.ranking = EMPTY if found is None else Ranking.from_output(found)
        self.decision = decide(self.ranking, self.intent)
        self.rule = ""
        """Name of what answers, as ``understood.rule`` records it."""
        self._lead: tuple[str, dict[str, Any]] | None = None
        self.awaits = False
        """Whether what was said last in this turn offers buttons or waits for a certain answer."""
        self.leaves_form = False
        """Whether the form that is open is put aside in this turn."""
        self.corrects_itself = False
        """Whether a value was taken back and told anew within the message."""

    @property
    def whole(self) -> str:
        """The whole message, of which this may be a piece."""
        return str((self.tracker.latest_message or {}).get("text") or "")

    @property
    def conversation(self) -> str:
        """Id of the conversation."""
        return str(self.tracker.sender_id)

    @property
    def state(self) -> DialogueState:
        """The dialogue's state with this message in it."""
        kept = read_state(self.tracker.get_slot(SLOT))
        observed = self._metadata.get(OBSERVED)
        return kept if observed is None or observed["message_id"] == kept.message_id else read_state(observed)

    @property
    def message(self) -> DialogueMessage:
        """The message as the dialogue's rules see it."""
        return DialogueMessage(
            id=str(self._metadata.get("message_id", "")),
            text=self.text,
            today=date.fromisoformat(self._metadata["today"]),
            channel=self._metadata["channel"],
            intent=self.intent,
            confidence=self.confidence,
            form=self.tracker.active_loop_name,
            pending=None if self.pending is None else self.pending.kind,
            danger=read_heard(self.heard),
            parse=self.heard,
        )

    @property
    def choice(self) -> ChoiceValue | None:
        """What a pressed button sent."""
        found = next(self.tracker.get_latest_entity_values("choice"), None)
        return None if self.intent != "choose" or found is None else readable_choice(str(found))

    @property
    def identifiers(self) -> list[Identifier]:
        """Identifiers in the message, with their verdicts; without those that were taken back."""
        known = [Identifier.model_validate(note) for note in self._metadata.get("identifiers", ())]
        return [one for one in known if one.placeholder in self.text] if self.corrects_itself else known

    def leave_out_what_was_taken_back(self) -> None:
        """From here on only the last of a value and its correction stands in the text: 「3年，不对，是5年半」 is 「5年半」."""
        meant = without_taken_back(self.text)
        self.corrects_itself, self.text = self.corrects_itself or meant != self.text, meant

    @property
    def verified(self) -> bool:
        """Whether the citizen has been verified, for a while (by a code to the phone, or at the counter)."""
        return str(self._metadata.get("verified") or "none") != "none"

    @property
    def item(self) -> str | None:
        """The item being talked about."""
        item = self.tracker.get_slot("item")
        return item if item in HOLDER.current.entries else None

    @property
    def item_before(self) -> str | None:
        """The item talked about before that."""
        item = self.tracker.get_slot("item_before")
        return item if item in HOLDER.current.entries else None

    @property
    def asked(self) -> str | None:
        """What was asked last of an item (an intent)."""
        asked = self.tracker.get_slot("asked")
        return None if asked is None else str(asked)

    @property
    def said_now(self) -> list[Utterance]:
        """What the actions before this one said in this turn."""
        return self._said_in_turns[0]

    @property
    def answers_before(self) -> list[list[Utterance]]:
        """What we said in the turns before this one, newest first."""
        return self._said_in_turns[1:]

    @property
    def _said_in_turns(self) -> list[list[Utterance]]:
        turns: list[list[Utterance]] = [[]]
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                turns.append([])
            elif event.get("event") == "bot":
                said = utterance_in(event.get("data"))
                turns[-1] += [] if said is None else [said]
        return [list(reversed(turn)) for turn in turns]

    def said_before(self, name: str) -> bool:
        """Whether an action before this one said the text ``name`` in this turn."""
        for event in reversed(self.tracker.events):
            if event.get("event") == "user":
                return False
            said = utterance_in(event.get("data")) if event.get("event") == "bot" else None
            if said is not None and said.name == name:
                return True
        return False

    @property
    def last_form_question(self) -> Utterance | None:
        """The newest message in which the case's form asked for something; ``asks_for`` is the field's id."""
        found = (said for turn in self.answers_before for said in turn if said.name in CASE_QUESTIONS)
        return next(found, None)

    @property
    def misunderstood(self) -> int:
        """How many turns in a row before this one were not understood."""
        count = 0
        for said in self.answers_before:
            if not said or said[0].understood.outcome is not Outcome.NOT_UNDERSTOOD:
                break
            count += 1
        return count

    @property
    def pending(self) -> Pending | None:
        """What our last question was about."""
        return read_pending(self.tracker.get_slot("pending"))

    @property
    def asks_freely(self) -> bool:
        """Whether no form waits for an answer of its own: then what we say may have buttons."""
        return self.tracker.active_loop_name is None or self.leaves_form

    def answers_form(self, form: str) -> bool:
        """Whether the message came while the form's question was open: not at its start, not after an interruption.

        Rasa puts the form itself at the end of the events while it validates.
        """
        if self.tracker.active_loop_name != form:
            return False
        before = [event for event in self.tracker.events if event.get("event") in {"user", "action"}]
        if before and before[-1].get("event") == "action" and before[-1].get("name") == form:
            before.pop()
        return bool(before) and before[-1].get("event") == "user"

    def key(self, action: str) -> str:
        """Idempotency key of a change this action makes in this turn."""
        return f"{self._metadata.get('message_id', 'shell')}:{action}"

    def sure_item(self) -> str | None:
        """The one item the sentence is clearly about."""
        found = sure_item(self.ranking)
        return None if found is None or found.label not in HOLDER.current.entries else found.label

    def decide_as(self, intent: str) -> None:
        """Decide anew what the sentence is about, as if this were asked."""
        self.decision = decide(self.ranking, intent)

    @property
    def named(self) -> list[Said]:
        """The names of items as they stand in the sentence."""
        said = normalise(self.text)
        entries = HOLDER.current.entries
        return [
            Said(found.code, name)
            for found in self.candidates
            if found.how == "name" and found.code in entries
            for name in names_of(entries[found.code])
            if normalise(name) in said
        ]

    def sounding_item(self) -> str | None:
        """The item whose name was heard in typed pinyin or in characters that sound the same."""
        return next((found.code for found in self.candidates if found.how in {"sound", "pinyin"}), None)

    def named_item(self) -> str | None:
        """The item whose name was said."""
        named = [found.code for found in self.candidates if found.how != "like" and found.confidence >= NAMED]
        return named[0] if named else None

    def say(
        self,
        name: str,
        *,
        choices: Sequence[Choice] = (),
        card: Card | None = None,
        expects: Expects = FREE,
        outcome: Outcome = Outcome.ANSWERED,
        about: str | None = None,
        topic: str | None = None,
        handover: Handover | None = None,
        lead: str | None = None,
        **values: Any,
    ) -> None:
        """Say one message; its texts are in replies/texts.

        ``about``: code of the item it is about. ``lead``: name of a text that goes before it.
        """
        if self._lead is not None:
            lead, more = self._lead
            values, self._lead = {**more, **values}, None
        self._utter(
            Utterance(
                message=render(name, choices, card, lead=lead, **values),
                name=name,
                plainly=in_short(name, **values),
                expects=expects,
                understood=self._understood(outcome, about, topic),
                handover=handover,
                asks_for=getattr(values.get("field"), "id", None),
            )
        )

    def lead_with(self, name: str, **values: Any) -> None:
        """Begin the next message with the text ``name``."""
        self._lead = (name, values)

    def repeat(self, said: Utterance, *, plainly: bool = False) -> None:
        """Say an earlier message of ours again: as it was, or in fewer words."""
        understood = said.understood
        if plainly:
            self.say("talk.plainly", choices=said.message.web.choices, expects=said.expects, about=understood.item,
                     topic=understood.topic, outcome=understood.outcome, text=said.plainly)  # fmt: skip
            return
        again = understood.model_copy(update={"intent": self.intent})
        self._utter(said.model_copy(update={"understood": again}))

    def forward(self, said: Utterance, *, text: str, choices: Sequence[Choice]) -> None:
        """Say a message that was prepared for a part of the turn, with this text and these buttons."""
        if self._lead is not None:
            (name, values), self._lead = self._lead, None
            text = f"{render(name, **values).web.text}\n{text}"
        web = said.message.web.model_copy(update={"text": text, "choices": tuple(choices)})
        self._utter(said.model_copy(update={"message": said.message.model_copy(update={"web": web})}))

    def saying_to(self, dispatcher: CollectingDispatcher) -> TurnView:
        """The same view with what it says collected instead of said."""
        return TurnView(self.tracker, dispatcher, self.heard, self.opened)

    def _utter(self, said: Utterance) -> None:
        self.awaits = said.expects != FREE or bool(said.message.web.choices)
        self._dispatcher.utter_message(text=said.message.web.text, json_message=said.as_custom())

    def _understood(self, outcome: Outcome, item: str | None, topic: str | None) -> Understood:
        entries = HOLDER.current.entries
        asked_which = outcome is Outcome.CLARIFY and item is None
        offered = options(self.ranking)
        best = next((option.id for option in offered if option.kind == "item"), None) if asked_which else item
        entry = None if best is None else entries.get(best)
        return Understood(
            intent=self.intent,
            item=None if entry is None else entry.code,
            item_name=None if entry is None else entry.name,
            topic=topic or (None if entry is None else entry.topic),
            confidence=self._confidence(best),
            alternatives=tuple(
                _alternative(option)
                for option in offered
                if option.id != item and (option.kind != "item" or option.id in entries)
            )[:MAX_ALTERNATIVES_COUNT],
            outcome=outcome,
            rule=self.rule,
        )

    def _confidence(self, item: str | None) -> float:
        ranked = next((found.confidence for found in self.ranking.subjects if found.label == item), None)
        return round(self.confidence if ranked is None else min(ranked, 1.0), 4)


def _alternative(option: Option) -> AlternativeItem:
    index = HOLDER.current
    if option.kind == "item":
        entry = index.entries[option.id]
        code, name = entry.code, entry.name
    elif option.kind == "answer":
        answer = index.answers[option.id]
        code, name = answer.item or "", answer.title
    else:
        code, name = "", index.topics.get(option.id, option.id)
    return AlternativeItem(item=code, item_name=name, topic=option.topic, confidence=round(option.confidence, 4))


def plain_name(code: str) -> str:
    """What people call an item."""
    return HOLDER.current.entries[code].plain_name


def hotline_of(code: str | None, topic: str | None = None) -> tuple[str, str]:
    """(number, name) of the line that answers for an item or a topic."""
    if (code is not None and code.startswith("LJ-YB")) or topic in {"medical", "maternity"}:
        return "12393", "医保服务热线"
    return "12333", "人社服务热线"
