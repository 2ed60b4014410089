"""The second sentence: what is asked on about what is talked about, answered by the one thing that it asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.dialogue.facts.reading import read_facts
from assistant.dialogue.follow_up import FollowUp, follow_up, goes_back
from assistant.dialogue.message import NOTICE_FORM, OWN_SURE, DialogueMessage, NearUnit, topic_of
from assistant.dialogue.other_body import asks_whether_it_does, office_asked_for
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState, Frame
from assistant.dialogue.units.building import FURTHER
from assistant.understanding.decision import Decision, Kind, decide
from assistant.understanding.offices import deed_words, says_ours
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.facts import ME, holder_list
from backend.contracts.replies import Choice, Outcome

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_ELSEWHERE = frozenset(
    {"distress", "complaint", "person", "start_case", "case_status", "withdraw_case", "cancel", "greeting", "goodbye",
     "ask_several", "correct_item", "affirm", "deny", "choose_worded", "repeat", "simpler", "abuse", "compute"}
)  # fmt: skip
"""Taken for one of these, a message is not asked on about a frame unless its words leave nothing else."""
MATERIALS = "ask_materials"
"""What to bring is told by a notice of its own."""
_SURE_INTENT, _LIKELY_INTENT = 0.5, 0.35
ANSWERS = 0.65
"""From this chance on a unit is the answer: on the items that no weight was learnt from 8 of 10 such are right, and 1 of 12 sentences of small talk
is told one (tests/benchmarks/unit_chances.py)."""
ANSWERS_OF_FRAME = 0.5
"""The same where the sentence alone is about the frame's item too: what is at stake is only which of its units."""
SURE = 0.8
"""From here on it goes before another item that is named in the question (「一定要先办失业登记吗」), and what is said of another item is told."""
LIKELY = 0.45
"""From here on it goes before another item of its topic that is only likely; told as what comes near where nothing is asked in so many words."""
NEAREST = 0.4
"""From here on it is told as what comes near, and marked so: 7 of 10 such are right, and an overview or a list helps less."""
ALIKE = 0.5
"""Few words that ask for a facet (「怎么进」) ask for something else only where they are this like it too."""
NEVER = 2.0
AS_NEAR = 0.77
"""A second unit within this share of the first is told beside it: on ``build`` 7 of 8 right seconds are so near."""
OTHER_SURE = 0.85
"""Confidence from which on another item is meant, however short the sentence."""
_LONGEST = 45
_MAY_WAIT = frozenset({None, "which_item"})
"""While another question of ours is open, a message is an answer to it."""
_PLAIN = frozenset({"ask_steps", "ask_place", "ask_time_limit", "ask_fee"})
_SHORT = 8
"""Characters: 「那怎么存」 asks for the steps and nothing more."""
_WHAT_ABOUT = 12
"""Characters: 「那产假呢」 brings up something else."""
_ANSWERED_BY_ITEM = frozenset({"ask_steps", "ask_place", "ask_time_limit", "ask_fee", "ask_eligibility", "ask_deadline", "ask_result",
                               "ask_amount", "ask_legal_basis", "ask_hours", MATERIALS})  # fmt: skip
"""Anything else asked of an item is answered by its overview."""
_CONDITIONS = re.compile(
    r"条件|要求|资格|什么人|哪些人|哪种人|(?:谁|哪个)(?:都|才)?(?:可以|能)|符合|够不够|够吗|(?:能|可以|能不能|可不可以)(?:办|领|申请|享受|报)理?(?:吗|不|么|嘛)?[?？]?$"
)
"""The conditions as a whole are asked for; 「办了登记就能领钱吗」 asks something else, however it is put."""
_AS_ASKED = {"limit": "ask_time_limit", "fee": "ask_fee", "places": "ask_place", "counter": "ask_place"}
"""Units that the item's own reply tells better."""
WHOLE_LIST = re.compile(
    r"(?:带|准备|交|提供|拿|出|要|需要)(?:些|上)?(?:什么|啥|哪些|哪样)|(?:什么|啥子?|哪些|哪样)(?:材料|资料|证件|东西|手续)|材料呢"
)
"""The list of materials is asked for, not one of them."""
TO_CONFIRM = "to_confirm"
"""What the centre has not said yet: the answer itself, wherever it comes near."""
_BESIDE = frozenset({"condition", "note", "mistake", "material", "not_asked", "missing", "policy", "further"})
_CHANNELS = frozenset({"online", "app", "post"})
_PAPER = re.compile(r"要(?!多|好|几)|带|原件|复印|没有|交|看")
_FIRST = re.compile(r"要先|先要|先办|先去|一定要|必须|要不要|需不需要|需要|用不用|非得|同时|一起|还要")
"""「一定要先办失业登记吗」 asks of what is talked about, although another item is named."""
_OF_PAPERS = frozenset({"material", "not_asked", "missing", "policy", "field"})


class FollowUpRule(DialogueRule[FollowUp]):
    """「那要多久」「要钱吗」「网上可以办吗」「那我妹呢」「前面那个呢」: the same subject, whatever the sentence would be alone."""

    name = "follow_up"

    def match(self, message: DialogueMessage, state: DialogueState) -> FollowUp | None:
        """Find what is asked of which frame."""
        if not message.is_free or message.intent == "distress" or is_elsewhere(message):
            return None
        found = follow_up(message.text, state)
        if found is None or found.asks == MATERIALS or (found.frame.item is None and not _again(found)):
            return None
        named = message.named_item
        return None if named is not None and named != found.frame.item else found

    async def answer(self, turn: TurnView, found: FollowUp, state: DialogueState) -> tuple[DialogueState, Events]:
        """Answer it of the frame's item; for another person the same with their name before it."""
        from assistant.actions.answer import REPLIES, answer, tell_answer

        if found.holder is not None and found.holder != found.frame.holder:
            whose = holder_list()[found.holder]
            if found.holder != ME:
                turn.lead_with("dialogue.same_for", holder_name=whose.name)
        if found.frame.item is None or (found.frame.kind == "answer" and _again(found)):
            return state, await tell_answer(turn, found.frame.id)
        if found.asks == "ask_channel":
            return state, await _tell_channels(turn, found.frame.item)
        asks = found.asks if found.asks in REPLIES else "ask_guide"
        return state, await answer(turn, asks, found.frame.item)


def _again(found: FollowUp) -> bool:
    """Whether the same is asked once more, of somebody else or after something else."""
    return found.asks == found.frame.asked


async def _tell_channels(turn: TurnView, code: str) -> Events:
    """Where it can be done without coming to the hall."""
    from assistant.actions.answer import facet_choices
    from assistant.actions.backend import backend
    from assistant.actions.items import now_about
    from assistant.actions.turn import hotline_of
    from backend.client.catalogue import CatalogueClient
    from backend.contracts.cards import GuideCard
    from backend.contracts.catalogue_content import ONLINE_KINDS

    guide = await backend(CatalogueClient).guide(code)
    item = guide.item
    online = [one for one in item.channels if one.kind in ONLINE_KINDS]
    sure = [one.text for one in online if item.is_sure(one)]
    post = [one.text for one in item.channels if one.kind == "post"]
    turn.say("dialogue.channels", choices=facet_choices("", code) if turn.asks_freely else [], card=GuideCard.of(guide),
             about=code, guide=guide, online=sure, post=post, unsure=[one.text for one in online if not item.is_sure(one)],
             hotline=hotline_of(code)[0])  # fmt: skip
    return now_about(turn, code, "ask_place")


@dataclass(frozen=True, slots=True)
class FoundUnits:
    """The units that answer, nearest first. ``marked``: they only come near."""

    frame: Frame
    units: tuple[NearUnit, ...]
    marked: bool


class AnswerByUnit(DialogueRule[FoundUnits]):
    """「没备案就住院了咋整」「旧卡要带吗」 while an item is talked about: the one condition, note, mistake or material asked for."""

    name = "unit"

    def match(self, message: DialogueMessage, state: DialogueState) -> FoundUnits | None:
        """Find the units near enough, where the sentence is not surer about a subject of its own."""
        frame = state.frame
        if frame is None or frame.item is None or not message.near or not may_go_on(message):
            return None
        best = message.near[0]
        own = decide(message.ranking, message.intent if message.intent.startswith("ask_") else "ask_guide")
        if follow_up(message.text, state) is not None or goes_back(message.text):
            return None
        if not _goes_on(message, frame, best, own):
            return None
        if best.chance < ANSWERS and asks_whether_it_does(message.text):
            return None
        near = (best, *(one for one in message.near[1:2] if _goes_beside(one, best)))
        if best.chance >= _answers_from(message, frame, best, own):
            return FoundUnits(frame, near, marked=False)
        amount = message.intent == "ask_amount"  # the item's own words about amounts are told for it
        if (
            best.own
            and not amount
            and message.form in {None, NOTICE_FORM}
            and best.chance >= _least(message, frame, own)
        ):
            return FoundUnits(frame, near, marked=best.facet != TO_CONFIRM)
        return None

    async def answer(self, turn: TurnView, found: FoundUnits, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say it in a sentence, with its basis; a policy answer as such."""
        from assistant.actions.answer import answer, facet_choices, tell_answer
        from assistant.actions.items import now_about, offer_name
        from assistant.actions.turn import hotline_of
        from assistant.dialogue.units.holding import units_about

        code = str(found.frame.item)
        first = found.units[0]
        if first.policy is not None and not found.marked:
            return state, await tell_answer(turn, first.policy)
        if first.facet in _AS_ASKED and not found.marked:
            return state, await answer(turn, _AS_ASKED[first.facet], code)
        if first.facet in _CHANNELS and not found.marked:
            return state, await _tell_channels(turn, code)
        known = {unit.id: unit for unit in (await units_about(code)).units}
        offered = [ChoiceValue(ChoiceKind.POLICY_ANSWER, one.policy) for one in found.units if one.policy is not None]
        choices = [Choice(say=offer_name(choice), choice=choice) for choice in offered]
        lines = [known[one.id] for one in found.units if one.policy is None and one.id in known]
        turn.say(
            "dialogue.nearest" if found.marked else "dialogue.unit",
            choices=[*choices, *facet_choices("", code)] if turn.asks_freely else [],
            about=code,
            outcome=Outcome.ANSWERED,
            lines=lines,
            titles=[choice.say for choice in choices],
            hotline=hotline_of(code)[0],
        )
        return state, now_about(turn, code, found.frame.asked)


def _answers_from(message: DialogueMessage, frame: Frame, best: NearUnit, own: Decision) -> float:
    """From which chance on the best unit is the answer."""
    same = own.kind is Kind.ITEM and own.id == frame.item
    if not best.own or (same and own.confidence >= OWN_SURE and not message.asks):
        return SURE  # trouble that is told, not asked about: the item itself is the answer
    if best.facet == FURTHER and told_by_item(message):
        return SURE  # what others asked of it comes near to many a plain question
    return ANSWERS_OF_FRAME if same else ANSWERS


def _goes_beside(second: NearUnit, best: NearUnit) -> bool:
    """Whether a second unit is told with the first: nearly as near, and a thing that people trip over."""
    return second.likeness >= AS_NEAR * best.likeness and second.facet in _BESIDE


def _least(message: DialogueMessage, frame: Frame, own: Decision) -> float:
    """From which chance on a unit is told as what comes near."""
    of_frame = own.id == frame.item or own.kind is not Kind.ITEM or own.confidence < OWN_SURE
    if message.near[0].facet == FURTHER and of_frame and not told_by_item(message, _LIKELY_INTENT):
        return NEAREST
    topic = topic_of(frame, message)
    of_topic = own.kind is Kind.WHICH and topic is not None and own.topic == topic
    asked = message.asks
    overview = own.kind is Kind.ITEM and own.id == frame.item and asked and not told_by_item(message, 0.0)
    if of_topic or overview:
        return NEAREST
    if own.kind is Kind.ITEM and own.id != frame.item and asked:
        return LIKELY  # enough to go before that item
    unsure = own.kind in {Kind.WHICH, Kind.UNKNOWN} or (
        own.kind is Kind.NOT_OURS and office_asked_for(message.text) is None
    )
    if not unsure:
        return NEVER
    if told_by_item(message):
        return ANSWERS
    return NEAREST if asked else LIKELY


def answered_further(message: DialogueMessage, state: DialogueState) -> bool:
    """Whether people ask just this on about what is talked about, and neither its conditions are asked for nor a fact is told that they hang on."""
    if state.frame is None or not message.near or _CONDITIONS.search(message.text):
        return False
    best = message.near[0]
    return best.facet == FURTHER and best.chance >= ANSWERS and not read_facts(message.text, message.today)


def told_by_item(message: DialogueMessage, sure: float = _SURE_INTENT) -> bool:
    """Whether what is asked is one of the things that an item's own replies tell; ``sure``: confidence at the least."""
    if message.intent == "ask_eligibility" and not _CONDITIONS.search(message.text):
        return False
    return message.intent in _ANSWERED_BY_ITEM and message.confidence >= sure


def _asks_for_paper(message: DialogueMessage, best: NearUnit) -> bool:
    """「居住证要原件吗」: another office's paper that is to be brought here."""
    return best.facet in _OF_PAPERS and best.chance >= ANSWERS and _PAPER.search(message.text) is not None


def may_go_on(message: DialogueMessage) -> bool:
    """Whether it can be asked on at all."""
    if len(message.text) > _LONGEST or message.intent == "distress" or message.pending not in _MAY_WAIT:
        return False
    if message.form is not None and message.form != NOTICE_FORM:
        asks = message.intent.startswith("ask_") and message.intent != "ask_several"
        return (asks and message.confidence >= _SURE_INTENT) or asks_whether_it_does(message.text)
    return message.is_free and not is_elsewhere(message)


def is_elsewhere(message: DialogueMessage) -> bool:
    """Whether it is surely something else than a question."""
    return message.intent in _ELSEWHERE and message.confidence >= _SURE_INTENT


def _goes_on(message: DialogueMessage, frame: Frame, best: NearUnit, own: Decision) -> bool:
    """Whether the frame is meant, not a subject of the sentence's own."""
    theirs = office_asked_for(message.text) is not None and not asks_whether_it_does(message.text)
    if theirs and not _asks_for_paper(message, best):
        return False
    named = message.named_item not in {None, frame.item}
    if says_what_about(message) and (named or best.chance < ANSWERS_OF_FRAME):
        return False
    facet = best.facet in _AS_ASKED
    if brings_a_deed(message, frame) and best.chance < (SURE if facet else ANSWERS):
        return False
    plain = message.intent in _PLAIN and message.confidence >= _SURE_INTENT
    least = ANSWERS if best.facet in _CHANNELS else SURE
    # than what the item's reply to a plain question says
    alike = best.facet in _CHANNELS or best.likeness >= ALIKE
    nearer = not facet and best.own and best.chance >= least and alike
    if plain and (message.named_item == frame.item or (len(message.text) <= _SHORT and not nearer)):
        return False
    if message.intent == "ask_amount" and best.facet == "fee":
        return False
    if message.intent == MATERIALS and (
        best.facet not in _OF_PAPERS or best.chance < ANSWERS or WHOLE_LIST.search(message.text)
    ):
        return False
    if named:
        return best.chance >= (ANSWERS if _FIRST.search(message.text) else SURE)
    if message.intent == MATERIALS:
        return True
    if own.kind is Kind.ANSWER:
        return best.chance > own.confidence
    if own.kind is Kind.ITEM and own.id != frame.item:
        return best.chance >= _against(message, frame, own)
    return True


def says_what_about(message: DialogueMessage) -> bool:
    """「那产假呢」: it brings up something else."""
    return len(message.text) <= _WHAT_ABOUT and message.text.rstrip("?？。").endswith(("呢", "咧", "嘞"))


def brings_a_deed(message: DialogueMessage, frame: Frame) -> bool:
    """Whether something is to be done that is not in the frame's name: 「补办要多久」 after a loss was reported."""
    return any(deed in message.text and deed not in frame.name for deed in deed_words())


def _against(message: DialogueMessage, frame: Frame, own: Decision) -> float:
    """From which chance on a unit is told where the sentence alone is likeliest about another item."""
    if topic_of(frame, message) == own.topic and own.confidence < OTHER_SURE:
        return ANSWERS if own.confidence >= OWN_SURE else LIKELY
    if says_ours(message.text) or own.confidence >= OTHER_SURE:
        return SURE
    if own.confidence < OWN_SURE:
        return ANSWERS
    return LIKELY if len(message.text) <= _WHAT_ABOUT else SURE
