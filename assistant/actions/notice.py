"""The one-time notice: the few questions that change the list, then the numbered notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from rasa_sdk.events import ActiveLoop, SlotSet

from assistant.actions.answer import FACET, asked_instead, known_question, say_whose, tell_answer
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending, now_state
from assistant.actions.items import ask_which, item_of, now_about, which_again
from assistant.actions.turn import CHOICE, TurnView
from assistant.dialogue.facts.situation import facts_of_the_person, facts_told_now, known_situation
from assistant.dialogue.notice_answers import MAX_ANSWER, TakenBack, meant, taken_back
from assistant.dialogue.state import DialogueState, Noticed
from assistant.replies.rendering import button
from assistant.understanding.decision import Kind
from assistant.understanding.several import ASKS
from backend.client.notices import NoticesClient
from backend.contracts.cards import NoticeCard
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.notices import LineKind, Notice, NoticePreview, NoticeRequest, SituationQuestion
from backend.contracts.replies import Choice, Outcome
from backend.language.corrections import read_correction
from backend.language.field_remarks import FieldRemark, read_field_remark
from backend.language.ordinals import read_place
from backend.language.verb_answers import read_yes_no_to

_YES_INTENTS, _NO_INTENTS = {"affirm"}, {"deny"}
QUESTIONS = frozenset({"notice.question", "notice.goes_on"})
"""Messages that offer the two answers: in so many words, and as buttons after something else was answered."""
MOST_ASKED = 2
"""So often they are offered; an answer is still understood afterwards."""
HALL = "hall_service"
_BESIDE = {
    FieldRemark.WAITING: "notice.waiting",
    FieldRemark.HESITATING: "notice.unsure",
    FieldRemark.WHY: "notice.why",
    FieldRemark.PRIVACY: "notice.privacy",
    FieldRemark.DECLINING: "notice.unsure",
    FieldRemark.SKIPPING: "notice.unsure",
    FieldRemark.BACK: "notice.first",
}
_OF_THE_FORM = frozenset({*_BESIDE.values(), "cases.none_now", "notice.corrected"})
"""Messages that speak of the question itself, so that its answers belong beside them."""
_FOR_ME = re.compile(r"帮我(?:办|弄|申请|填|提交|办理)|给我办|直接办")
"""「直接帮我办」 is said to us; it does not say that somebody else goes for them."""


class BeginNotice(DaobanAction):
    """Somebody asks what to bring: find the item, then the form takes over."""

    action_name: ClassVar[str] = "action_begin_notice"

    async def act(self, turn: TurnView) -> Events:
        """``next_step``: notice when the item is clear."""
        told = known_question(turn)
        again = which_again(turn)
        if told is not None or again is not None:
            done = again if told is None else await tell_answer(turn, told)
            return [*(done or []), SlotSet("next_step", "none")]
        if not (ASKS.search(turn.text) or FACET.search(turn.text)):
            return [*await asked_instead(turn), SlotSet("next_step", "none")]
        code = item_of(turn)
        if code is None and turn.decision.kind is Kind.NOT_OURS:
            say_whose(turn)
            return [now_pending(None), SlotSet("next_step", "none")]
        if code is None:
            pending = ask_which(turn, "ask_materials", "notice.which_item", items_only=True)
            return [now_pending(pending), SlotSet("next_step", "none")]
        return [*begin_notice(turn, code), SlotSet("next_step", "notice")]


async def issue_again(turn: TurnView, noticed: Noticed, wrong: TakenBack) -> tuple[DialogueState, Events]:
    """Make a notice anew that was told already, with one answer replaced; ask on where the list now hangs on more."""
    code = noticed.item
    answered = {**noticed.situation, wrong.question.fact: wrong.holds}
    situation, preview, _ = await _with_what_is_told(turn, code, answered)
    about = now_about(turn, code, "ask_materials")
    if preview.questions:
        turn.say("notice.corrected", outcome=Outcome.CHAT, about=code, value=wrong.label)
        _ask(turn, preview, [])
        return turn.state, [*about, SlotSet("situation", situation), SlotSet("notice_ready", None), ActiveLoop("notice_form"),
                            SlotSet("requested_slot", "notice_ready")]  # fmt: skip
    turn.lead_with("notice.corrected", value=wrong.label)
    state, issued = await _issue(turn, code, situation, [])
    return state, [*about, *(event for event in issued if event.get("name") != "notice_ready")]


async def _issue(
    turn: TurnView, code: str, situation: dict[str, bool], told: Sequence[str]
) -> tuple[DialogueState, Events]:
    """Issue the notice and tell it; the state remembers what it stands on, so that an answer can be taken back."""
    request = NoticeRequest(item=code, situation=situation)
    notice = await backend(NoticesClient).issue(
        request, conversation=turn.conversation, key=turn.key(f"{ValidateNoticeForm.action_name}:{code}")
    )
    _tell(turn, notice, told)
    answered = await _answered(code, situation)
    noticed = Noticed(item=code, seq=turn.state.seq, answered=tuple(answered), situation=situation)
    kept = turn.state.model_copy(update={"noticed": noticed})
    return kept, [
        SlotSet("situation", situation),
        SlotSet("notice_ready", True),
        SlotSet("notice", notice.number),
    ]


async def _answered(code: str, situation: dict[str, bool]) -> list[SituationQuestion]:
    """The questions whose answers the situation holds, in its order."""
    found = []
    for fact in situation:
        rest = {other: holds for other, holds in situation.items() if other != fact}
        preview = await _preview(code, rest)
        found += [question for question in preview.questions if question.fact == fact]
    return found


async def _taken_back(turn: TurnView, code: str, now: SituationQuestion) -> TakenBack | None:
    """The answer given before that the message turns round; None where it can be the answer to the open question."""
    situation = turn.tracker.get_slot("situation") or {}
    if turn.choice is not None or not situation or read_correction(turn.text) is None:
        return None
    wrong = taken_back(turn.text, await _answered(code, situation), situation)
    return None if wrong is None or meant(now, turn.text) is not None else wrong


def begin_notice(turn: TurnView, code: str) -> Events:
    """Start the notice of an item anew."""
    return [*now_about(turn, code, "ask_materials"), SlotSet("situation", {}), SlotSet("notice_ready", None)]


class ValidateNoticeForm(DaobanAction):
    """Takes the answer to the question asked; when none is left, issues the notice."""

    action_name: ClassVar[str] = "validate_notice_form"
    may_decline: ClassVar[bool] = True

    async def act(self, turn: TurnView) -> Events:
        """Empty events: the message was no answer, other rules go on."""
        code = turn.item
        if code is None:
            return []
        situation, preview, told = await _with_what_is_told(turn, code)
        events: Events = []
        if preview.questions and turn.answers_form("notice_form"):
            wrong = await _taken_back(turn, code, preview.questions[0])
            if wrong is not None:
                return await self._correct(turn, code, wrong)
            turn.leave_out_what_was_taken_back()
            answered = _answer(turn, preview.questions[0])
            if answered is None:
                return _beside(turn, situation)
            situation, preview, _ = await _with_what_is_told(
                turn, code, {**situation, preview.questions[0].fact: answered}
            )
            events.append(SlotSet("situation", situation))
        if preview.questions:
            return events
        state, issued = await _issue(turn, code, situation, [] if turn.tracker.get_slot("situation") else told)
        return [*events, now_state(state), *issued]

    async def _correct(self, turn: TurnView, code: str, wrong: TakenBack) -> Events:
        """Replace an answer given before and say it back; what is asked on is asked after it."""
        answered = {**(turn.tracker.get_slot("situation") or {}), wrong.question.fact: wrong.holds}
        situation, preview, _ = await _with_what_is_told(turn, code, answered)
        if preview.questions:
            turn.say("notice.corrected", outcome=Outcome.CHAT, about=code, value=wrong.label)
            return [SlotSet("situation", situation)]
        turn.lead_with("notice.corrected", value=wrong.label)
        state, issued = await _issue(turn, code, situation, [])
        return [now_state(state), *issued]


class AskNoticeReady(DaobanAction):
    """Asks the next question that changes the list."""

    action_name: ClassVar[str] = "action_ask_notice_ready"

    async def act(self, turn: TurnView) -> Events:
        """One question with its two answers as buttons."""
        code = turn.item
        if code is None:
            return []
        _, preview, told = await _with_what_is_told(turn, code)
        if not preview.questions:
            return []
        _ask(turn, preview, told)
        return []


def _ask(turn: TurnView, preview: NoticePreview, told: Sequence[str]) -> None:
    """Put the first open question, unless it was put often enough or waits after what was said now."""
    code, question = preview.item, preview.questions[0]
    before = _times_asked(turn, code, question)
    unread = bool(turn.said_now) and turn.said_now[-1].name == "talk.not_caught"
    if before >= MOST_ASKED or (turn.said_now and not unread and _rests(turn, code)):
        return
    last = turn.answers_before[0] if turn.answers_before else []
    asked = any(said.name in QUESTIONS and said.understood.item == code for said in last)
    turn.say(
        "notice.goes_on" if turn.said_now and before and not unread else "notice.question",
        choices=[
            Choice(say=question.no, choice=ChoiceValue.fact(question.fact, holds=False)),
            Choice(say=question.yes, choice=ChoiceValue.fact(question.fact, holds=True)),
        ],
        expects=CHOICE,
        about=code,
        first=not asked and not turn.tracker.get_slot("situation"),
        told=told,
        plain_name=preview.plain_name,
        question=question.question,
    )


def _times_asked(turn: TurnView, code: str, question: SituationQuestion) -> int:
    """How often these two answers were offered already, since the list was last told."""
    choices = {ChoiceValue.fact(question.fact, holds=holds) for holds in (True, False)}
    count = 0
    for said in (one for told in turn.answers_before for one in told):
        if said.name == "notice.issued" and said.understood.item == code:
            break
        if said.name in QUESTIONS and said.understood.item == code:
            count += choices <= {choice.choice for choice in said.message.web.choices}
    return count


def _rests(turn: TurnView, code: str) -> bool:
    """Whether the question waits after what was said now: a courtesy, danger, a person, another subject."""
    return any(
        said.name not in _OF_THE_FORM
        and (
            said.understood.outcome is not Outcome.ANSWERED
            or said.understood.item not in {None, code}
            or said.understood.topic == HALL
        )
        for said in turn.said_now
    )  # fmt: skip


class AfterNotice(DaobanAction):
    """The form is done: ready for the next one."""

    action_name: ClassVar[str] = "action_after_notice"

    async def act(self, turn: TurnView) -> Events:  # noqa: ARG002
        """Forget that the notice was ready; keep its number for a case that follows."""
        return [SlotSet("notice_ready", None)]


def _answer(turn: TurnView, question: SituationQuestion) -> bool | None:
    for holds in (True, False):
        if turn.choice == ChoiceValue.fact(question.fact, holds=holds):
            return holds
    said = turn.text.strip("。，,.!！ ")
    if _FOR_ME.search(said):
        return None
    told = known_situation([question], facts_told_now(turn.state, turn.message.id))
    if told and len(said) <= MAX_ANSWER:
        return told[0][1]
    named = meant(question, said)
    if named is not None:
        return named
    place = read_place(said, 2)
    if place is not None:  # the first button is no
        return place == 1
    if "还是" in question.question or turn.intent == "cancel":  # 「不要了」 leaves, although it is a no elsewhere
        return None
    answer = read_yes_no_to(question.question, said)
    if answer is None and turn.intent in _YES_INTENTS | _NO_INTENTS:
        return turn.intent in _YES_INTENTS
    return answer


def _beside(turn: TurnView, situation: dict[str, bool]) -> Events:
    """What follows from a remark at a question; nothing from what is none. The question is asked again after it."""
    remark = None if turn.choice is not None or turn.intent == "distress" else read_field_remark(turn.text)
    if remark is None:
        return []
    answered = list(turn.tracker.get_slot("situation") or {})
    if remark is FieldRemark.BACK and answered:
        return [SlotSet("situation", {fact: holds for fact, holds in situation.items() if fact != answered[-1]})]
    turn.say(_BESIDE[remark], outcome=Outcome.CHAT, about=turn.item)
    return [SlotSet("situation", situation)]


async def _preview(code: str, situation: dict[str, bool]) -> NoticePreview:
    return await backend(NoticesClient).preview(NoticeRequest(item=code, situation=situation))


async def _with_what_is_told(
    turn: TurnView, code: str, answered: dict[str, bool] | None = None
) -> tuple[dict[str, bool], NoticePreview, list[str]]:
    """The situation with what was told of the person before, the list for it, and what of it nobody has to be asked.

    ``answered``: the situation with an answer in it; what the slot holds unless given.
    """
    situation = dict(turn.tracker.get_slot("situation") or {}) if answered is None else dict(answered)
    answers = answered is None and turn.answers_form("notice_form")
    facts = facts_of_the_person(turn.state, turn.message.id if answers else "")
    told: list[str] = []
    preview = await _preview(code, situation)
    while known := known_situation(preview.questions, facts):
        situation |= {question.fact: holds for question, holds in known}
        told += [question.yes if holds else question.no for question, holds in known]
        preview = await _preview(code, situation)
    return situation, preview, told


def _tell(turn: TurnView, notice: Notice, told: Sequence[str]) -> None:
    turn.say(
        "notice.issued",
        choices=[button("start", ChoiceKind.START, notice.item), button("ask_place", ChoiceKind.ASK, "ask_place")],
        card=NoticeCard(notice=notice),
        outcome=Outcome.ANSWERED,
        about=notice.item,
        notice=notice,
        told=told,
        ask=[line for line in notice.lines if line.kind is not LineKind.NOT_ASKED],
        shared=[line.name for line in notice.lines if line.kind is LineKind.NOT_ASKED],
    )
