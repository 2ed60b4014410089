"""Courtesies, a person, complaints, other offices, saying it again, not understanding."""

from __future__ import annotations

import re
from typing import ClassVar

from assistant.actions import feedback
from assistant.actions.answer import REPLIES, answer, by_decision, not_sure, say_whose
from assistant.actions.base import DaobanAction, Events
from assistant.actions.items import carried_item, common_choices
from assistant.actions.of_the_item import answer_whether_it_does
from assistant.actions.turn import TurnView, hotline_of
from assistant.dialogue.other_body import asks_whether_it_does
from assistant.replies.utterance import Utterance
from assistant.understanding.decision import Kind
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.offices import office_of, says_ours
from assistant.understanding.several import ASKS
from backend.contracts.feedback import FeedbackKind
from backend.contracts.replies import Handover, Outcome

_ASKED = frozenset({Kind.ITEM, Kind.ANSWER, Kind.WHICH})
_TALK = frozenset({"greeting", "thanks", "goodbye", "help", "abuse"})
SURE = 0.5
LIKELY_OURS = 0.4
"""Another office's matter in the middle of one of ours must be this clear."""
PRAISE = ("表扬", "点赞", "服务好", "态度好", "锦旗")
_ABOUT_US = re.compile(r"窗口|大厅|工作人员|办事员|你们|态度|热线|打不通|没人接|1[02]\d{3}|排队|跑了.趟")
_LOST = re.compile(r"没听懂|听不懂|没看懂|看不懂|不懂|不明白|没明白")
"""Said of what was already said plainly: words of ours will not do."""
FORM_QUESTIONS = frozenset(
    {"cases.ask", "cases.summary", "cases.which_field", "notice.question", "notice.goes_on", "rules.ask"}
)


class Talk(DaobanAction):
    """Greeting, thanks, goodbye, help, abuse answered calmly."""

    action_name: ClassVar[str] = "action_talk"

    async def act(self, turn: TurnView) -> Events:
        """One sentence; a greeting offers how to begin."""
        asked = next((part.intent for part in turn.parts if part.intent in REPLIES), None)
        code = turn.named_item() or (turn.item if asked is not None else None)
        if turn.intent != "abuse" and code is not None:
            return await answer(turn, asked or "ask_guide", code)
        told = next((part for part in turn.parts if part.decision.kind in _ASKED and part.intent not in _TALK), None)
        if told is not None and ASKS.search(told.text):
            return await by_decision(told, told.intent if told.intent in REPLIES else "ask_guide")
        choices = common_choices() if turn.intent in {"greeting", "help"} else []
        turn.say(f"talk.{turn.intent}", choices=choices, outcome=Outcome.CHAT)
        return []


class Person(DaobanAction):
    """Somebody wants a person: who really answers."""

    action_name: ClassVar[str] = "action_person"

    async def act(self, turn: TurnView) -> Events:
        """The line of the item talked about."""
        number, name = hotline_of(turn.sure_item() or turn.item)
        entry = HOLDER.current.entries.get(turn.item or "")
        wanted = Handover(reason="person", topic=None if entry is None else entry.topic)
        turn.say("talk.person", outcome=Outcome.HANDOVER, handover=wanted, topic="hall_service", hotline=number,
                 hotline_name=name)  # fmt: skip
        return []


class Complaint(DaobanAction):
    """A complaint goes to people."""

    action_name: ClassVar[str] = "action_complaint"

    async def act(self, turn: TurnView) -> Events:
        """Where complaints are heard; a complaint about an employer is an item of ours."""
        if any(word in turn.text for word in PRAISE):
            return feedback.offer(turn, FeedbackKind.PRAISE)
        if (
            not _ABOUT_US.search(turn.text)
            and turn.decision.topic != "hall_service"
            and turn.decision.kind in {Kind.ITEM, Kind.ANSWER}
        ):
            return await by_decision(turn, "ask_guide")
        return feedback.offer(turn, FeedbackKind.COMPLAINT)


class NotOurs(DaobanAction):
    """Another office's matter: whose it is."""

    action_name: ClassVar[str] = "action_not_ours"

    async def act(self, turn: TurnView) -> Events:
        """Unless it is about something of ours after all: what it is about decides before the way it is asked."""
        if turn.tracker.active_loop_name is not None and office_of(turn.text) is None and not says_ours(turn.text):
            turn.say("talk.not_caught", outcome=Outcome.NOT_UNDERSTOOD)
            return []
        beside = await answer_whether_it_does(turn)
        if beside is not None:
            return beside
        carried = carried_item(turn)
        if carried is not None and asks_whether_it_does(turn.text):
            return await answer(turn, "ask_eligibility", carried)
        if carried is not None and turn.confidence < SURE and office_of(turn.text) is None and ASKS.search(turn.text):
            return await not_sure(turn, carried)
        heard = turn.sounding_item()
        ours = says_ours(turn.text) or turn.decision.kind in {Kind.ITEM, Kind.ANSWER} or _likely_ours(turn)
        if heard is None and (turn.decision.kind is Kind.NOT_OURS or not ours):
            say_whose(turn)
            return []
        return await by_decision(turn, "ask_guide")


def _likely_ours(turn: TurnView) -> bool:
    """Not clear which of our matters, but likely one of them."""
    return turn.decision.kind is Kind.WHICH and turn.decision.confidence >= LIKELY_OURS


class Repeat(DaobanAction):
    """Says the last answer again: as it was, or in fewer words."""

    action_name: ClassVar[str] = "action_repeat"

    async def act(self, turn: TurnView) -> Events:
        """In a form its own question comes again by itself."""
        before = [said for said in turn.answers_before if said]
        if turn.intent == "simpler" or _LOST.search(turn.text):
            before = [said for said in before if _understood(said)] or before
            if before and before[0][0].name == "talk.plainly":
                number, name = hotline_of(turn.item)
                turn.say("talk.plainly_again", about=turn.item, outcome=Outcome.CHAT, hotline=number, hotline_name=name)
                return []
        said = next(iter(before), [])
        said = [one for one in said if not (turn.tracker.active_loop_name and one.name in FORM_QUESTIONS)]
        if not said:
            asking = turn.tracker.active_loop_name is not None
            choices = [] if asking else common_choices()
            turn.say("talk.asked_again" if asking else "talk.nothing_to_repeat", choices=choices, outcome=Outcome.CHAT)
        for one in said:
            turn.repeat(one, plainly=turn.intent == "simpler")
        return []


def _understood(said: list[Utterance]) -> bool:
    """「没听懂」 is said of an answer of ours, not of our own not understanding."""
    return said[0].understood.outcome is not Outcome.NOT_UNDERSTOOD


class NotUnderstood(DaobanAction):
    """Nothing is close: say so, offer the nearest and a person."""

    action_name: ClassVar[str] = "action_not_understood"

    async def act(self, turn: TurnView) -> Events:
        """Never a guess."""
        return await by_decision(turn, "ask_guide")
