"""Questions about an item: steps, time, fee, place, hours, eligibility, result, legal basis, amount."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from rasa_sdk.events import SlotSet

from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events
from assistant.actions.items import ask_which, common_choices, item_of
from assistant.actions.turn import TurnView, hotline_of
from assistant.replies.rendering import Card, button
from assistant.replies.texts import labels
from assistant.wire import Choice, Outcome
from backend.client import Guide, LineKind, NoticeRequest

UNSURE_INTENT = 0.22
"""Below this what is asked is not clear; with a clear item its overview is given."""
REPLIES = {
    "ask_steps": "answers.steps",
    "ask_time_limit": "answers.time_limit",
    "ask_deadline": "answers.deadline",
    "ask_fee": "answers.fee",
    "ask_amount": "answers.amount",
    "ask_place": "answers.place",
    "ask_hours": "answers.hours",
    "ask_eligibility": "answers.eligibility",
    "ask_result": "answers.result",
    "ask_legal_basis": "answers.legal_basis",
    "ask_guide": "answers.guide",
    "ask_materials": "answers.materials_short",
}
FACETS = ("ask_materials", "ask_steps", "ask_time_limit", "ask_place")
_DEADLINE_FACT = re.compile(r"[日天月年]内|之前|以前|截止|时效|逾期")
_AMOUNT_FACT = re.compile(r"元|%|个月|标准|比例|最长|倍|金额")


class Answer(DaobanAction):
    """Answers what is asked of the item that is meant."""

    action_name: ClassVar[str] = "action_answer"

    async def act(self, turn: TurnView) -> Events:
        """Answer, or ask which item."""
        intent = turn.intent if turn.intent in REPLIES and turn.confidence >= UNSURE_INTENT else "ask_guide"
        if turn.intent not in REPLIES and turn.identifiers and not turn.candidates:
            masked = turn.identifiers[0].masked
            turn.say("talk.identifier_kept", choices=common_choices(), outcome=Outcome.CHAT, masked=masked)
            return []
        code = item_of(turn) if turn.intent in REPLIES else turn.sure_item()
        if code is None:
            return await _without_item(turn, intent)
        return await answer(turn, intent, code)


async def answer(turn: TurnView, intent: str, code: str) -> Events:
    """Answer one question about one item, with its source on a card."""
    guide = await backend().guide(code)
    values = await _values(turn, intent, guide)
    turn.say(
        REPLIES[intent], choices=facet_choices(intent, code), card=guide_card(guide), about=code, guide=guide, **values
    )
    return [SlotSet("item", code), SlotSet("pending", None)]


async def _without_item(turn: TurnView, intent: str) -> Events:
    if intent in {"ask_hours", "ask_place"} and not turn.possible_items():
        centre = (await backend().centre()).centre
        turn.say(
            "answers.hours" if intent == "ask_hours" else "answers.centre_place",
            topic="hall_service",
            hours=centre.office_hours,
            address=centre.address,
            centre=centre.name,
        )
        return [SlotSet("pending", {"kind": "which_item", "then": intent, "codes": []})]
    understood = turn.intent in REPLIES and turn.confidence >= UNSURE_INTENT and intent != "ask_guide"
    fallback = "talk.which_item_first" if understood else not_understood_text(turn)
    return [SlotSet("pending", ask_which(turn, intent, fallback))]


def not_understood_text(turn: TurnView) -> str:
    """The second time in a row another sentence, with a way out."""
    return "talk.not_understood_again" if turn.pending.get("codes") == [] else "talk.not_understood"


async def _values(turn: TurnView, intent: str, guide: Guide) -> dict[str, Any]:
    item = guide.item
    values: dict[str, Any] = {"item": item, "hotline": hotline_of(item.code)[0]}
    if intent in {"ask_place", "ask_hours"}:
        centre = (await backend().centre()).centre
        values |= {"address": centre.address, "hours": centre.office_hours}
    if intent == "ask_deadline":
        values["facts"] = _telling(item.notes + tuple(c.text for c in item.conditions), _DEADLINE_FACT)
    if intent == "ask_amount":
        values["facts"] = _telling(item.notes, _AMOUNT_FACT)
    if intent == "ask_materials":
        situation = turn.tracker.get_slot("situation") or {}
        preview = await backend().preview_notice(NoticeRequest(item=item.code, situation=situation))
        values["lines"] = [line for line in preview.lines if line.kind is not LineKind.NOT_ASKED]
        values["shared"] = [line.name for line in preview.lines if line.kind is LineKind.NOT_ASKED]
    return values


def _telling(notes: tuple[str, ...], about: re.Pattern[str]) -> list[str]:
    return [note for note in notes if about.search(note)]


def facet_choices(intent: str, code: str) -> list[Choice]:
    """What people ask next."""
    facets = [button(facet, f"ask:{facet}") for facet in FACETS if facet != intent]
    return [*facets, Choice(say=labels().labels["start"], choice=f"start:{code}")]


def guide_card(guide: Guide) -> Card:
    """Source of the answer: item, version, date, legal basis."""
    item = guide.item
    return {
        "kind": "guide",
        "guide": {
            "code": item.code,
            "name": item.name,
            "plain_name": item.plain_name,
            "version": guide.version,
            "published_on": guide.published_on,
            "answers": [],
            "basis": [f"{rule.title}{rule.article}" for rule in item.legal_basis],
            "page": "",
        },
    }
