"""Several questions in one message: up to three are answered in a line or two each, in their order; the rest is named and offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from rasa_sdk.executor import CollectingDispatcher

from assistant.actions.answer import REPLIES, answer, by_decision, tell_answer
from assistant.actions.base import DaobanAction, Events, now_state
from assistant.actions.each_part import answer_piece
from assistant.actions.items import known_options, now_about, offer, says_nothing
from assistant.actions.turn import TurnView, plain_name
from assistant.dialogue.computing import wants_figure
from assistant.dialogue.hall.questions import HallQuestion, hall_question
from assistant.dialogue.message import NAMED, points_back
from assistant.dialogue.rules.hall import Hall
from assistant.dialogue.state import DialogueState, Listed
from assistant.replies.utterance import Utterance, utterance_in
from assistant.understanding.decision import ANSWER_SURE, Decision, Kind, Option, decide
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_linker import CANDIDATES
from assistant.understanding.offices import office_of, says_ours
from assistant.understanding.ranking import EMPTY, SUBJECTS, Ranking
from assistant.understanding.several import LONG_STORY, MAX_QUESTIONS
from backend.contracts.replies import Choice, Outcome

SEVERAL, CORRECTION = "ask_several", "correct_item"
COURTESIES = frozenset({"greeting", "thanks", "goodbye", "abuse"})
"""A question may come along with them: 「谢谢，那要多久呢」."""
SURE = 0.4
"""An intent this probable is what a piece asks."""
SHORT = 9
"""Characters: 「要多久」「几天能拿到」 asks of the item named elsewhere."""
OWN = 0.5
"""A piece whose own subject is this sure asks of it, however short."""
SENTENCE = 5
"""Characters: shorter is no question of its own unless it is clear."""
LINES, CHARACTERS = 2, 90
"""A part longer than this is told in few words."""
NOT_OURS = "talk.not_ours"
_ANY_DAY = date(2024, 1, 1)
_HERE = ("你们", "大厅", "单位", "中心")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece of a message asks (intent) and of what: an item, a policy answer, the hall, another body, or what the others are about."""

    text: str
    intent: str
    item: str | None
    decision: Decision
    clear: bool
    facet: bool
    hall: bool
    body: str | None

    @classmethod
    def of(cls, parsed: Mapping[str, Any]) -> Piece:
        """From Rasa's parse of the piece."""
        text = str(parsed["text"])
        intent = str(parsed["intent"].get("name") or "")
        named = [c["code"] for c in parsed.get(CANDIDATES) or () if c["how"] != "like" and c["confidence"] >= NAMED]
        ranking = Ranking.from_output(parsed[SUBJECTS]) if SUBJECTS in parsed else EMPTY
        decision = decide(ranking, intent if intent in REPLIES else "ask_guide")
        sure = intent in REPLIES and parsed["intent"].get("confidence", 0.0) >= SURE
        facet = sure and intent != "ask_guide" and not named and not says_ours(text)
        facet = facet and (says_nothing(text) or (len(text) <= SHORT and decision.confidence < OWN))
        of_story = points_back(text)
        policy = decision.kind is Kind.ANSWER and decision.confidence >= ANSWER_SURE and not of_story
        office = None if named or says_ours(text) else office_of(text)
        hall = office is None and _hall(text, _ANY_DAY, named=bool(named)) is not None
        own = decision.kind in ({Kind.ITEM} if of_story else {Kind.ITEM, Kind.ANSWER}) and (
            says_ours(text) or decision.confidence >= OWN
        )
        clear = policy or facet or own or hall or office is not None or (sure and bool(named)) or wants_figure(text)
        item = named[0] if named else str(decision.id) if decision.kind is Kind.ITEM and not facet else None
        return cls(text, intent, item, decision, clear, facet, hall, None if office is None else office.owner)

    @property
    def is_answer(self) -> bool:
        """Whether a policy answer says it."""
        return self.decision.kind is Kind.ANSWER and (self.item is None or self.decision.confidence >= ANSWER_SURE)

    @property
    def subject(self) -> str | None:
        """The item that it is about; of a policy answer its item, or itself."""
        if not self.is_answer:
            return self.item
        known = HOLDER.current.answers.get(str(self.decision.id))
        return self.decision.id if known is None or known.item is None else known.item

    @property
    def likely(self) -> bool:
        """Whether it is about one of ours, only not clear which."""
        ours = says_ours(self.text) or self.decision.confidence >= OWN
        return self.decision.kind is Kind.WHICH and ours and len(self.text) >= SENTENCE

    @property
    def about(self) -> tuple[str, str | None]:
        """What tells it from another piece."""
        if self.body is not None:
            return "body", self.body
        if self.hall:
            return "hall", self.text
        if self.is_answer:
            return "answer", self.decision.id
        asked = self.intent if self.intent in REPLIES else "ask_guide"
        if self.item is None and wants_figure(self.text):
            return "figure", self.text
        return asked, self.item or (None if says_nothing(self.text) else self.text)


def asks_several(whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message is to be answered piece by piece: two clear questions, and no rule question as a whole."""
    pieces = [Piece.of(part) for part in parts]
    clear = [piece for piece in pieces if piece.clear]
    likely = [piece for piece in pieces if not piece.clear and piece.likely]
    if not clear or len({piece.about for piece in clear}) + len(likely) < MAX_QUESTIONS - 1:
        return False
    if any(piece.hall or piece.body for piece in clear) or len({piece.subject for piece in clear} - {None}) > 1:
        return True
    decision = Piece.of({**whole, "text": whole.get("text") or ""}).decision
    asked_before = {piece.decision.id for piece in clear if piece.decision.kind is Kind.ANSWER}
    return decision.kind is not Kind.ANSWER or decision.id in asked_before


class AnswerSeveral(DaobanAction):
    """Answers every question of the message, the last answer with the buttons."""

    action_name: ClassVar[str] = "action_answer_several"

    async def act(self, turn: TurnView) -> Events:
        """One message a question; the fourth and those after it are named and offered."""
        asked = _distinct(turn.parts)
        if not asked:
            return await by_decision(turn, "ask_guide")
        code = next((piece.item for _, piece in asked if piece.item), None) or turn.sure_item() or turn.item
        state = turn.state
        events: Events = []
        listed: list[Listed] = []
        said: list[Utterance] = []
        doubtful: list[Choice] = []
        for view, piece in asked[:MAX_QUESTIONS]:
            code = piece.item or code
            dispatcher = CollectingDispatcher()
            part = await _answered(view.saying_to(dispatcher), piece, code, state)
            events += part.events
            listed.append(part.listed)
            state = state if part.state is None else part.state
            code = part.listed.id if part.listed.kind == "item" else code
            doubtful += part.choices
            said += [one for one in map(utterance_in, dispatcher.messages) if one is not None][:1]
        rest = asked[MAX_QUESTIONS:]
        for place, one in enumerate(said, 1):
            last = place == len(said) and not rest
            choices = [*doubtful, *one.message.web.choices] if last and turn.asks_freely else []
            turn.forward(one, text=_in_a_line(one), choices=choices)
        _name_the_rest(turn, rest, [*(said[-1].message.web.choices if said else ()), *doubtful])
        events += _back_to_the_story(turn, listed)
        state = state.model_copy(update={"listed": tuple(listed), "listed_at": turn.state.seq})
        return [*events, now_state(state)]


def _back_to_the_story(turn: TurnView, listed: Sequence[Listed]) -> Events:
    """A long story is about what it asks first; the rest is asked beside it."""
    first = next((one for one in listed if one.kind == "item"), None)
    if len(turn.text) < LONG_STORY or first is None:
        return []
    return now_about(turn, first.id, first.asked or "ask_guide")


@dataclass(frozen=True, slots=True)
class _Part:
    """What a part was about, the events of its answer, and what it may be about as well."""

    listed: Listed
    events: Events
    choices: tuple[Choice, ...] = ()
    state: DialogueState | None = None
    """The dialogue's state after it, where a rule changed it."""


async def _answered(view: TurnView, piece: Piece, code: str | None, state: DialogueState) -> _Part:
    """Say a part. Where it is not clear which of ours it is, the likeliest is told and the two likeliest are offered."""
    office = None if piece.body is None else office_of(piece.text)
    if office is not None:
        view.say(NOT_OURS, topic="out_of_scope", owner=office.owner, number=office.number)
        return _Part(Listed(kind="body", id=office.owner, number=office.number), [])
    found = _hall(piece.text, view.message.today, named=False) if piece.hall else None
    if found is not None:
        await Hall().answer(view, found, view.state)
        return _Part(Listed(kind="hall", id=piece.text), [])
    sure = piece.is_answer and piece.decision.confidence >= ANSWER_SURE
    told = await answer_piece(view, piece.text, None if sure else piece.item or code, state)
    if told is not None:
        after, done, item = told
        return _Part(Listed(kind="item", id=item, asked=view.intent), done, state=after)
    intent = piece.intent if piece.intent in REPLIES else "ask_guide"
    if piece.is_answer and piece.decision.id in HOLDER.current.answers:
        return await _told(view, Option("answer", str(piece.decision.id), "", 1.0), intent)
    own = piece.item or (code if piece.facet else None)
    if own is not None:
        return await _told(view, Option("item", own, "", 1.0), intent)
    options = [option for option in known_options(piece.decision.options) if option.kind != "topic"][:2]
    if options:
        part = await _told(view, options[0], intent)
        return _Part(part.listed, part.events, tuple(map(offer, options)))
    ours = says_ours(piece.text) or piece.decision.kind is not Kind.NOT_OURS
    view.say("talk.part_unknown" if ours else "talk.part_not_ours", outcome=Outcome.CLARIFY, part=piece.text)
    return _Part(Listed(kind="none", id=""), [])


async def _told(view: TurnView, what: Option, intent: str) -> _Part:
    if what.kind == "answer":
        return _Part(Listed(kind="answer", id=what.id), await tell_answer(view, what.id))
    return _Part(Listed(kind="item", id=what.id, asked=intent), await answer(view, intent, what.id))


def _in_a_line(said: Utterance) -> str:
    """The text of a part: as it is, or in few words where it is long; it names what it is about."""
    text = said.message.web.text
    if said.name == REPLIES["ask_guide"]:
        return text.splitlines()[0]
    if len(text.splitlines()) > LINES or len(text) > CHARACTERS:
        text = said.plainly or text
    code = said.understood.item
    name = "" if code is None or said.name == "answers.policy" else plain_name(code)
    return text if name in text else f"{name}：{text}"


def _name_the_rest(turn: TurnView, rest: Sequence[tuple[TurnView, Piece]], others: Sequence[Choice]) -> None:
    """Name what waits; where it has no button of its own, those of the last answer stand there."""
    if not rest:
        return
    options = [option for option in (_option(piece) for _, piece in rest) if option is not None]
    choices = [*map(offer, known_options(options))] or [*others]
    names = [piece.text for _, piece in rest]
    turn.say("talk.several_rest", choices=choices if turn.asks_freely else [], names=names)


def _option(piece: Piece) -> Option | None:
    if piece.body is not None or piece.hall:
        return None
    if piece.is_answer:
        return Option("answer", str(piece.decision.id), str(piece.decision.topic), 1.0)
    return None if piece.item is None else Option("item", piece.item, str(piece.decision.topic), 1.0)


def _hall(text: str, today: date, *, named: bool) -> HallQuestion | None:
    return hall_question(text, today, item_named=named, item_spoken_of=not any(word in text for word in _HERE))


def _distinct(parts: Sequence[TurnView]) -> list[tuple[TurnView, Piece]]:
    """Every piece that asks something of its own; what says nothing beside the others is left out."""
    found: dict[tuple[str, str | None], tuple[TurnView, Piece]] = {}
    for view in parts:
        piece = Piece.of(view.heard)
        if piece.clear or (len(piece.text) >= SENTENCE and piece.intent not in COURTESIES):
            about = piece.about if piece.clear else ("which", piece.text)
            found.setdefault(about, (view, piece))
    return list(found.values())
