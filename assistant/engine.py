"""Rasa behind the conversation API: one turn in, one reply out, idempotent by message id."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from assistant.actions.backend import BackendGone, backend
from assistant.actions.dialogue import RULE, RULE_LEAVING_FORM, RULE_NAME
from assistant.actions.executor import InProcessActions
from assistant.actions.look_up import concerns
from assistant.actions.several import CORRECTION, COURTESIES, SEVERAL, asks_several
from assistant.actions.turn import PARTS, TAKEN_FOR, TAKEN_SURELY
from assistant.dialogue.follow_up import meant_of
from assistant.dialogue.matter import matter_of
from assistant.dialogue.message import UNITS, DialogueMessage
from assistant.dialogue.observing import observed, today_in_china, watched
from assistant.dialogue.order import ANSWERING
from assistant.dialogue.rule import first_match
from assistant.dialogue.state import OBSERVED, SLOT, DialogueState, read_state
from assistant.dialogue.units.holding import near_units
from assistant.replies.rendering import render
from assistant.replies.utterance import Utterance, utterance_in
from assistant.stores import lock_store, tracker_store
from assistant.switches import guarded, instead, switched_off
from assistant.understanding.danger import read_heard
from assistant.understanding.danger_examples import DISTRESS
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_linker import CANDIDATES
from assistant.understanding.ranking import SUBJECTS, Ranking
from assistant.understanding.several import LONG_STORY, meant, questions
from assistant.understanding.typed_pinyin import in_characters
from backend.client import BackendProblem, BackendUnavailable
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.contracts.cases import CaseState
from backend.contracts.pending import Pending, read_pending
from backend.contracts.replies import Expects, Outcome, Reply, Understood
from backend.contracts.turns import Turn
from backend.language.script import simplified

START = "start_case"
NAMING = "case_form"
"""The form in which names and addresses are written: there nothing typed is taken for pinyin."""
POLL_INTERVAL_SECONDS = 0.05
"""Seconds between looks whether the conversation's turn before is done."""


class Engine:
    """A loaded model with its tracker store."""

    def __init__(
        self,
        model: Path,
        tracker_file: Path,
        executor: ActionExecutor,
        *,
        tracker_url: str = "",
        redis_url: str = "",
        today: Callable[[], date] = today_in_china,
    ) -> None:
        self._today = today
        self._store = tracker_store(tracker_file, tracker_url)
        self._locks = lock_store(redis_url)
        self._agent = Agent.load(
            model_path=str(model),
            tracker_store=self._store,
            lock_store=self._locks,
            action_endpoint=InProcessActions(executor),
        )
        gc.collect()
        gc.freeze()  # what is loaded stays: looking through it for rubbish would stop a turn for most of a second

    async def turn(self, conversation: str, turn: Turn) -> Reply:
        """The reply to a turn; a message that is already in the tracker gets the reply it got before.

        One turn at a time per conversation, whichever assistant takes it. Raises BackendGone: nothing of the turn is
        kept, it can be repeated.
        """
        told = switched_off(HOLDER.current.switches, "channel", turn.channel)
        if told is not None:
            return instead(told, Outcome.HANDOVER)
        async with self._locks.lock(f"turn:{conversation}", wait_time_in_seconds=POLL_INTERVAL_SECONDS):
            return await self._take(conversation, turn)

    async def _take(self, conversation: str, turn: Turn) -> Reply:
        tracker = await self._agent.tracker_store.get_or_create_tracker(conversation)
        known = _reply_in(tracker.events, turn.message_id)
        if known is not None:
            return guarded(_with_facts(known, tracker), first=turn.seq == 1)
        if turn.seq > 1 and not any(isinstance(event, UserUttered) for event in tracker.events):
            await self._rebuild(conversation, tracker)
        if turn.text and turn.recognised is None and tracker.active_loop_name != NAMING:
            turn = turn.model_copy(update={"text": simplified(in_characters(turn.text))})
        filling = tracker.active_loop is not None
        text, metadata = heard(turn, filling=filling)
        today = self._today()
        state = observed(read_state(tracker.get_slot(SLOT)), turn, text, today)
        said = text if turn.recognised else turn.text or ""
        pending = read_pending(tracker.get_slot("pending"))
        parsed: dict[str, Any] | None = None
        if turn.choice is None:
            parsed = await _with_units(await self._understand(text, said, pending, state, filling=filling), state)
            message = DialogueMessage(
                id=turn.message_id,
                text=text,
                today=today,
                channel=turn.channel,
                form=tracker.active_loop_name,
                pending=None if pending is None else pending.kind,
            )
            message = understood(message, parsed, time.time())
            state = watched(state, message)
            parsed = ruled(parsed, state, message)
        metadata |= {"today": today.isoformat(), OBSERVED: state.model_dump(mode="json")}
        await self._agent.handle_message(
            UserMessage(
                text=text,
                output_channel=CollectingOutputChannel(),
                sender_id=conversation,
                parse_data=parsed,
                input_channel="daoban",
                metadata=metadata,
            )
        )
        tracker = await self._agent.tracker_store.get_or_create_tracker(conversation)
        reply = _reply_in(tracker.events, turn.message_id) or _nothing_said()
        return guarded(_with_facts(reply, tracker), first=turn.seq == 1)

    async def parse(self, text: str) -> dict[str, Any]:
        """What is understood of a sentence, without a conversation."""
        parsed: dict[str, Any] = await self._agent.parse_message(text)
        return parsed

    async def _understand(
        self, text: str, said: str, pending: Pending | None, state: DialogueState, *, filling: bool
    ) -> dict[str, Any]:
        """The parse of a message. Its pieces are understood one by one where it asks several things or corrects us.

        ``pending``: our last question; ``filling``: a form asks its own. A case's number, the phone and the code asked
        for it are about the case, whatever their digits resemble.
        """
        parsed = await self.parse(text)
        intent = parsed["intent"].get("name")
        if not filling and intent != DISTRESS and concerns(text, pending):
            return {**parsed, "intent": {"name": "case_status", "confidence": 1.0}, SUBJECTS: None, CANDIDATES: []}
        if intent == CORRECTION:
            what = meant_of(state.frame, said) or meant(said)
            parsed[PARTS] = [] if what is None else [await self.parse(what)]
        elif intent != DISTRESS:
            if intent == START and not filling:
                parsed |= await self._matter(parsed, said)
            asked = questions(said)
            several = len(asked) > 1 or intent in COURTESIES or len(said) >= LONG_STORY
            parts = [await self.parse(question) for question in asked] if several else []
            parsed[PARTS] = parts
            if asks_several(parsed, parts):
                parsed["intent"] = {"name": SEVERAL, "confidence": 1.0}
        return parsed

    async def _matter(self, parsed: Mapping[str, Any], said: str) -> dict[str, Any]:
        """What a wish to begin something is about, by its matter alone where that is clearer."""
        matter = matter_of(said)
        alone = {} if matter is None else await self.parse(matter)
        if not alone or _likeliest(alone) <= _likeliest(parsed):
            return {}
        return {key: alone[key] for key in (SUBJECTS, CANDIDATES) if key in alone}

    async def events(self, conversation: str) -> list[dict[str, Any]]:
        """Everything the tracker holds of a conversation: placeholders, never a personal identifier."""
        tracker = await self._store.retrieve_full_tracker(conversation)
        return [] if tracker is None else [event.as_dict() for event in tracker.events]

    def erase(self, conversation: str) -> None:
        """Drop the tracker of a conversation; it is rebuilt from the backend when somebody goes on."""
        with self._store.session_scope() as session:
            session.query(self._store.SQLEvent).filter_by(sender_id=conversation).delete()
            session.commit()

    async def _rebuild(self, conversation: str, tracker: DialogueStateTracker) -> None:
        """The tracker is a cache: after its loss facts, open draft and last item come back from the backend."""
        try:
            cases = await backend(CasesClient).of_conversation(conversation)
            facts = await backend(ConversationsClient).facts(conversation)
        except BackendUnavailable as away:
            raise BackendGone(str(away)) from away
        except BackendProblem:
            return
        events: list[Event] = [ActionExecuted("action_listen")]
        if facts:
            events.append(SlotSet(SLOT, DialogueState(facts=facts).model_dump(mode="json")))
        if cases:
            events.append(SlotSet("item", cases[0].item))
        if len(events) == 1:
            return
        draft = next((case for case in cases if case.state is CaseState.DRAFT), None)
        if draft is not None:
            events += [SlotSet("case", draft.id), ActiveLoop("case_form"), SlotSet("requested_slot", "case_done")]
        for event in [*events, ActionExecuted("action_listen")]:
            tracker.update(event, self._agent.domain)
        await self._agent.tracker_store.save(tracker)


def heard(turn: Turn, *, filling: bool) -> tuple[str, dict[str, Any]]:
    """What Rasa is given, and what is kept beside it. Speech misheard is repaired, the original kept; typing stays.

    ``filling``: a form is open. Then what was said goes on as heard: a name, an address must not become a word of ours.
    """
    text, metadata = _as_text(turn), _metadata(turn)
    if turn.recognised is None or not turn.text or filling:
        return text, metadata
    repaired = HOLDER.repair.repair(text)
    if not repaired.changes:
        return text, metadata
    return repaired.text, metadata | {"heard": text, "repaired": [asdict(change) for change in repaired.changes]}


async def _with_units(parsed: dict[str, Any], state: DialogueState) -> dict[str, Any]:
    """The parse of a message with the answer units near to it, of the item that is talked about."""
    frame = state.frame
    if frame is None or frame.item is None or parsed["intent"].get("name") == DISTRESS:
        return parsed
    try:
        near = await near_units(frame.item, parsed["text"])
    except BackendProblem:  # the item is gone from the catalogue
        return parsed
    except BackendUnavailable as away:
        raise BackendGone(str(away)) from away
    return {**parsed, UNITS: [asdict(one) for one in near]}


def understood(message: DialogueMessage, parsed: dict[str, Any], at: float) -> DialogueMessage:
    """The message with what it is taken for on its own, and when it came (seconds since 1970)."""
    taken_for = parsed["intent"]
    return replace(
        message,
        intent=str(taken_for.get("name") or ""),
        confidence=float(taken_for.get("confidence") or 0.0),
        danger=read_heard(parsed),
        at=at,
        parse=parsed,
    )


def ruled(parsed: dict[str, Any], state: DialogueState, message: DialogueMessage) -> dict[str, Any]:
    """The parse of a message, its intent replaced where a rule of the dialogue answers it."""
    rule = first_match(ANSWERING, message, state)
    if rule is None:
        return _taken_calmly(parsed)
    intent = RULE_LEAVING_FORM if rule.leaves_form else RULE
    return {
        **parsed,
        "intent": {"name": intent, "confidence": 1.0},
        TAKEN_FOR: message.intent,
        TAKEN_SURELY: message.confidence,
        RULE_NAME: rule.name,
    }


def _taken_calmly(parsed: dict[str, Any]) -> dict[str, Any]:
    """The parse of what the rules of danger let pass (「让我想想」): taken for what it is likeliest to be else."""
    if parsed["intent"].get("name") != DISTRESS:
        return parsed
    others = (one for one in parsed.get("intent_ranking") or () if one.get("name") != DISTRESS)
    return {**parsed, "intent": next(others, {"name": "inform", "confidence": 0.0})}


def _as_text(turn: Turn) -> str:
    """What Rasa is given. Text that begins with a slash is text, never a payload."""
    if turn.choice is not None:
        safe = str(turn.choice).replace("\\", "").replace('"', "")
        return f'/choose{{"choice": "{safe}"}}'
    text = turn.text or turn.digits or ""
    return "／" + text[1:] if text.startswith("/") else text


def _metadata(turn: Turn) -> dict[str, Any]:
    return {
        "message_id": turn.message_id,
        "channel": turn.channel,
        "verified": turn.verified,
        "identifiers": [note.model_dump() for note in turn.identifiers],
    }


def _with_facts(reply: Reply, tracker: DialogueStateTracker) -> Reply:
    """The reply, with all that is known of people by now."""
    return reply.model_copy(update={"facts": read_state(tracker.get_slot(SLOT)).facts})


def _reply_in(events: Iterable[Event], message_id: str) -> Reply | None:
    """The reply to a message as the tracker holds it."""
    said: list[Utterance] = []
    found = False
    for event in events:
        if isinstance(event, UserUttered):
            found = (event.metadata or {}).get("message_id") == message_id
            said = [] if found else said
        elif found and isinstance(event, BotUttered):
            one = utterance_in(event.data)
            said += [] if one is None else [one]
        elif not found and said:
            break
    if not said:
        return None
    return Reply(
        messages=tuple(one.message for one in said),
        expects=said[-1].expects,
        understood=said[0].understood,
        handover=next((one.handover for one in said if one.handover is not None), None),
        catalogue_version=HOLDER.current.version,
    )


def _likeliest(parsed: Mapping[str, Any]) -> float:
    """How likely the likeliest subject of a parse is."""
    return max((subject.confidence for subject in Ranking.from_output(parsed[SUBJECTS]).subjects), default=0.0)


def _nothing_said() -> Reply:
    """No rule applied: that is told as not understood, never as silence."""
    return Reply(
        messages=(render("talk.not_understood"),),
        expects=Expects(kind="free"),
        understood=Understood(intent="", outcome=Outcome.NOT_UNDERSTOOD),
        catalogue_version=HOLDER.current.version,
    )
