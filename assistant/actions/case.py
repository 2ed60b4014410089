"""Starting a case: a draft in the backend is filled field by field; nothing personal is kept here."""

from __future__ import annotations

import re
from typing import ClassVar

from rasa_sdk.events import SlotSet

from assistant.actions.answer import asked_instead, say_whose
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending
from assistant.actions.case_answers import read_answer
from assistant.actions.case_beginning import fill_from_start
from assistant.actions.case_beside import PROXY, say_beside
from assistant.actions.case_echo import noted_field
from assistant.actions.case_for_whom import change_for_whom
from assistant.actions.case_given import Given
from assistant.actions.case_numbers import take_others
from assistant.actions.items import ask_which, item_of, now_about, which_again
from assistant.actions.turn import CHOICE, FREE, YES_NO, TurnView, digits, plain_name
from assistant.replies.rendering import button
from assistant.understanding.decision import Kind
from assistant.understanding.people import names_another
from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.contracts.cards import CaseCard
from backend.contracts.cases import Case, CaseState, DraftAnswer, FieldView, NewCase
from backend.contracts.catalogue_content import FieldKind
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import EditField, ForWhom, RepeatCard, RepeatText, WhichDay
from backend.contracts.replies import Choice, Expects, Outcome
from backend.language.dates import day_text, two_readings
from backend.language.documents import document_kinds
from backend.language.field_texts import begins_anew, read_field_text

_EXPECTED = {
    FieldKind.ID_NUMBER: digits("id", 18),
    FieldKind.PHONE: digits("phone", 11),
    FieldKind.BANK_CARD: digits("bank", 19),
    FieldKind.CHOICE: CHOICE,
    FieldKind.YES_NO: YES_NO,
}
INVALID = 422
WORDS = frozenset({FieldKind.NAME, FieldKind.TEXT})
_REST = "field.text_rest"
_SAID_ONCE_MORE = {"field.text_doubtful", _REST, "field.text_unlike", "field.employer", "field.name_unlike"}
"""Refusals of words that are taken when they come once more."""


_WISH = re.compile(r"帮|办|申请|申领|申报|填|报名|开始|提交|登记|给我|替|代|我要领|继续|接着|弄|来一|bang|ban")
"""Without such a word nobody has asked us to start: 「社保卡密码忘了」 is told about, not filled in."""
FORM_SURE = 0.6
"""An item this probable is begun without asking which; a form that was not wanted costs more than a question."""
_GO_ON = re.compile(r"继续|接着")
_SIGNS = "。，,.!！~～ "


class BeginCase(DaobanAction):
    """Somebody wants to apply: find the item, open (or continue) the draft, then the form takes over."""

    action_name: ClassVar[str] = "action_begin_case"

    async def act(self, turn: TurnView) -> Events:
        """``next_step``: case when the item is clear."""
        if not _WISH.search(turn.text.lower()):
            return [*await asked_instead(turn), SlotSet("next_step", "none")]
        draft = await _open_draft(turn) if _GO_ON.search(turn.text) and turn.named_item() is None else None
        code = draft or item_of(turn)
        if code is None and turn.decision.kind is Kind.NOT_OURS:
            say_whose(turn)
            return [now_pending(None), SlotSet("next_step", "none")]
        if code is None or _only_likely(turn, code, draft):
            again = which_again(turn)
            if again is not None:
                return [*again, SlotSet("next_step", "none")]
            pending = ask_which(turn, "start_case", "cases.which_item", items_only=True)
            return [now_pending(pending), SlotSet("next_step", "none")]
        return await ask_or_begin(turn, code)


def _only_likely(turn: TurnView, code: str, draft: str | None) -> bool:
    """Whether an item is meant that is only the likeliest of several: a form is not opened on a guess."""
    if code in {draft, turn.item} or code == turn.named_item():
        return False
    best = turn.ranking.subjects[0] if turn.ranking.subjects else None
    return best is None or best.confidence < FORM_SURE


async def _open_draft(turn: TurnView) -> str | None:
    """「继续办」: the item of the newest draft."""
    cases = await backend(CasesClient).of_conversation(turn.conversation)
    return next((case.item for case in cases if case.state is CaseState.DRAFT), None)


async def ask_or_begin(turn: TurnView, code: str) -> Events:
    """Begin; where somebody else is spoken of, first ask for whom it is: 「帮我妈」 is said by both."""
    if isinstance(turn.pending, ForWhom):
        another = for_another(turn)
        if another is not None:
            return [*await begin_case(turn, code, by_proxy=another), SlotSet("next_step", "case")]
    told = turn.item == code and PROXY in (turn.tracker.get_slot("situation") or {})
    if told or not names_another(turn.text):
        return [*await begin_case(turn, code), SlotSet("next_step", "case")]
    choices = [button("for_myself", ChoiceKind.WHO, "self"), button("for_another", ChoiceKind.WHO, "other")]
    turn.say("cases.for_whom", choices=choices, expects=CHOICE, about=code, outcome=Outcome.CLARIFY,
             item_name=plain_name(code))  # fmt: skip
    return [*now_about(turn, code), now_pending(ForWhom(item=code)), SlotSet("next_step", "none")]


def for_another(turn: TurnView) -> bool | None:
    """The answer to 「是给您自己办，还是帮别人办」; None if it is none."""
    said = turn.text
    another = names_another(said) or any(word in said for word in ("别人", "代办", "帮", "替"))
    myself = any(word in said for word in ("自己", "本人", "我的"))
    return None if another == myself else another


async def begin_case(turn: TurnView, code: str, *, by_proxy: bool | None = None) -> Events:
    """Open the draft of an item in the backend. ``by_proxy``: whether somebody else does it for the person."""
    notice = turn.tracker.get_slot("notice") if turn.item == code else None
    situation = dict(turn.tracker.get_slot("situation") or {}) if turn.item == code else {}
    if by_proxy is not None:
        situation[PROXY] = by_proxy
    case = await backend(CasesClient).start(
        NewCase(item=code, notice=notice, situation=situation),
        conversation=turn.conversation,
        key=turn.key(f"begin_case:{code}"),
    )
    resumed = any(field.value or field.skipped for field in case.fields)
    turn.say("cases.resumed" if resumed else "cases.begun", about=code, case=case, by_proxy=situation.get(PROXY, False))
    if not situation.get(PROXY):
        await fill_from_start(turn, case)
    return [
        *now_about(turn, code),
        SlotSet("case", case.id),
        SlotSet("case_done", None),
        SlotSet("case_progress", 0),
    ]


class ValidateCaseForm(DaobanAction):
    """Offers what was said to the draft's next field; submits when told to."""

    action_name: ClassVar[str] = "validate_case_form"
    may_decline: ClassVar[bool] = True

    async def act(self, turn: TurnView) -> Events:
        """Empty events: the message was no answer, other rules go on."""
        case_id = turn.tracker.get_slot("case")
        if not case_id or not turn.answers_form("case_form"):
            return []
        case = await backend(CasesClient).case(case_id, conversation=turn.conversation)
        given = read_answer(turn, case)
        if case.state is not CaseState.DRAFT:
            return await _again(turn, case, given)
        return [] if given is None else await self._take(turn, case, given)

    async def _take(self, turn: TurnView, case: Case, given: Given) -> Events:
        progress = SlotSet("case_progress", int(turn.tracker.get_slot("case_progress") or 0) + 1)
        if given.kind == "submit":
            return await _submit(turn, case)
        if await say_beside(turn, case, given):
            return [progress]
        if given.kind in {"for_another", "for_myself"}:
            return [progress, *await change_for_whom(turn, case, by_proxy=given.kind == "for_another")]
        if given.kind == "review":
            return [progress, now_pending(None)]
        if given.kind == "edit":
            return [progress, now_pending(EditField(field=given.field))]
        if given.kind == "documents" and not given.value:
            choices = [
                Choice(say=kind.label, choice=ChoiceValue(ChoiceKind.FORM_VALUE, name))
                for name, kind in document_kinds().items()
            ]
            turn.say("cases.which_document", choices=choices, expects=CHOICE, about=case.item, outcome=Outcome.CLARIFY)
            return [progress]
        answer = _draft_answer(turn, case, given)
        try:
            filled = await backend(CasesClient).answer(
                case.id, answer, conversation=turn.conversation, key=turn.key(self.action_name)
            )
        except BackendProblem as refusal:
            if refusal.problem.status != INVALID:
                raise
            turn.say("cases.ask_again", about=case.item, outcome=Outcome.CLARIFY, problem=refusal.problem.detail)
            again = _to_ask_again(turn, answer, refusal)
            return [progress, *(again or ([now_pending(EditField(field=given.field))] if given.corrects else []))]
        noted = noted_field(turn, case, filled, answer.field, always=given.corrects)
        if noted is not None:
            as_told = noted.unverified and noted.kind in WORDS
            text = "cases.corrected" if given.corrects else "cases.noted_as_told" if as_told else "cases.noted"
            turn.say(text, about=case.item, label=noted.label, value=noted.value)
        await take_others(turn, case, filled, answer.field)
        return [progress, now_pending(None)]


def _to_ask_again(turn: TurnView, answer: DraftAnswer, refusal: BackendProblem) -> Events:
    """Remember a card that only its check digit speaks against: the same once more is taken. Or the days that are meant."""
    if refusal.problem.type.endswith("which_day"):
        days = two_readings(answer.value, turn.message.today)
        return [] if days is None else [now_pending(WhichDay(field=answer.field, days=days))]
    name = refusal.problem.type.rsplit(":", 1)[-1]
    if name in _SAID_ONCE_MORE:
        told = answer.value.strip()
        return [now_pending(RepeatText(field=answer.field, told=told, begun=name == _REST))]
    if not (refusal.problem.type.endswith("bank_doubtful") and turn.identifiers):
        return []
    return [now_pending(RepeatCard(field=answer.field, placeholder=turn.identifiers[0].placeholder))]


def _draft_answer(turn: TurnView, case: Case, given: Given) -> DraftAnswer:
    """What is offered to the draft; a card that comes a second time as it was is confirmed."""
    if given.kind == "documents":
        return DraftAnswer(field=given.field or "", document=given.value, value=given.number)
    pending, value = turn.pending, given.value
    label = next((one.label for one in case.fields if one.id == given.field), "")
    again = isinstance(pending, RepeatCard) and pending.placeholder in value
    if isinstance(pending, RepeatText) and pending.field == given.field:
        again = _same_words(pending.told, value)
        rest = read_field_text(label, value)
        if pending.begun and not again and rest.sure and not begins_anew(pending.told, value):
            value = f"{pending.told.rstrip(_SIGNS)}{rest.value}"
    skip = given.kind == "skip"
    return DraftAnswer(field=given.field or "", value=value, skip=skip, confirmed=again, in_parts=True)


def _same_words(one: str, other: str) -> bool:
    return re.sub(r"\W", "", one) == re.sub(r"\W", "", other)


async def _again(turn: TurnView, case: Case, given: Given | None) -> Events:
    """It is no draft any more: submitted by this very turn before a crash (then told again), or elsewhere."""
    if given is not None and given.kind == "submit":
        try:
            return await _submit(turn, case)
        except BackendProblem:
            turn.say("cases.status", card=CaseCard.of(case), about=case.item, case=case)
    return [SlotSet("case_done", True), now_pending(None)]


async def _submit(turn: TurnView, case: Case) -> Events:
    done = await backend(CasesClient).submit(case.id, conversation=turn.conversation, key=turn.key("submit_case"))
    turn.say(
        "cases.submitted",
        choices=[button("status", ChoiceKind.STATUS)],
        card=CaseCard.of(done),
        about=done.item,
        case=done,
    )
    return [SlotSet("case_done", True), now_pending(None)]


class AskCaseDone(DaobanAction):
    """Asks for the next field, or shows the filled form for submission."""

    action_name: ClassVar[str] = "action_ask_case_done"

    async def act(self, turn: TurnView) -> Events:
        """One question."""
        case_id = turn.tracker.get_slot("case")
        if not case_id:
            return []
        case = await backend(CasesClient).case(case_id, conversation=turn.conversation)
        pending = turn.pending
        if isinstance(pending, EditField | RepeatCard | RepeatText | WhichDay):
            edited = next((field for field in case.fields if field.id == pending.field), None)
            if edited is None:
                choices = [
                    Choice(say=field.label, choice=ChoiceValue(ChoiceKind.FIELD, field.id)) for field in case.fields
                ]
                turn.say("cases.which_field", choices=choices, expects=CHOICE, about=case.item, outcome=Outcome.CLARIFY)
            else:
                _ask(turn, case, edited)
        elif case.next_field is not None:
            _ask(turn, case, case.next_field)
        else:
            choices = [
                button("submit", ChoiceKind.CASE, "submit"),
                button("edit", ChoiceKind.CASE, "edit"),
                button("cancel", ChoiceKind.CASE, "cancel"),
            ]
            turn.say("cases.summary", choices=choices, expects=CHOICE, about=case.item, case=case)
        return []


def _ask(turn: TurnView, case: Case, field: FieldView) -> None:
    pending = turn.pending
    days = [day_text(day) for day in pending.days] if isinstance(pending, WhichDay) else []
    choices = [Choice(say=say, choice=ChoiceValue(ChoiceKind.FORM_VALUE, say)) for say in days or field.choices]
    if not field.required:
        choices.append(button("skip", ChoiceKind.SKIP))
    if field.kind is FieldKind.ID_NUMBER and field.document is None:
        choices.append(button("other_document", ChoiceKind.FORM_VALUE, "other_document"))
    expects: Expects = digits("document", 12) if field.document else _EXPECTED.get(field.kind, FREE)
    if field.figures and expects.digits is not None:
        expects = digits(expects.digits.of, field.figures_left)
    number = [other.id for other in case.fields].index(field.id) + 1
    turn.say(
        "cases.ask",
        choices=choices,
        expects=expects,
        about=case.item,
        field=field,
        number=number,
        total=len(case.fields),
    )


class AfterCase(DaobanAction):
    """The form is done: ready for the next one."""

    action_name: ClassVar[str] = "action_after_case"

    async def act(self, turn: TurnView) -> Events:  # noqa: ARG002
        """Forget the form; the case lives in the backend."""
        return [SlotSet("case_done", None), now_pending(None), SlotSet("notice", None)]


class StopForm(DaobanAction):
    """The citizen leaves the form; a draft is kept."""

    action_name: ClassVar[str] = "action_stop_form"

    async def act(self, turn: TurnView) -> Events:
        """Say what is kept."""
        said = {"case_form": "cases.stopped", "rule_form": "rules.left"}.get(
            turn.tracker.active_loop_name or "", "notice.left"
        )
        draft = turn.tracker.active_loop_name == "case_form" and turn.item is not None
        again = [button("go_on", ChoiceKind.START, str(turn.item))] if draft else []
        turn.say(said, about=turn.item, outcome=Outcome.CHAT, choices=again)
        return [now_pending(None)]
