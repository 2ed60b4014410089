"""A case that was begun elsewhere: its number, the phone told then, a code to that phone, the case.

Whatever is found out about a number is said only after the code, and then in the same words whether there is no such case
or it is somebody else's: a stranger learns nothing (backend, cases/service.py: by_number).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from assistant.actions.backend import backend
from assistant.actions.base import Events, now_pending
from assistant.actions.turn import FREE, TurnView, digits, hotline_of
from assistant.replies.rendering import button
from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.client.verification import VerificationClient
from backend.contracts.cards import CaseCard
from backend.contracts.cases import Case
from backend.contracts.choices import ChoiceKind
from backend.contracts.pending import LookUp, Pending
from backend.contracts.replies import Choice, Expects, Outcome
from backend.contracts.verification import CheckCode, SendCode
from backend.language.digits import to_arabic
from backend.language.placeholders import has_placeholder
from backend.language.serial_numbers import group, ungroup

CHOICES = frozenset({ChoiceKind.SEND_AGAIN, ChoiceKind.HAS_NONE})
"""What our buttons send."""
NUMBER, PHONE, CODE = digits("case", 12), digits("phone", 11), digits("code", 6)
_CASE_NUMBER = re.compile(r"(?<!\d)1\d{3}[\s\-]?\d{4}[\s\-]?\d{4}(?!\d)")
_CODE = re.compile(r"(?<!\d)\d(?:\s?\d){5}(?!\d)")
_BARE = re.compile(r"(?:我的?|查一?下|受理|办件|编号|号码?|是|[:：。，,\s])*")
_SEND_AGAIN = re.compile(r"再发|重发|重新发|没收到|没有收到|收不到")
_WITHDRAWS = "撤"
_HAS_NONE = re.compile(r"没有?编号|没记|忘|不记得|找不到|不知道|丢|换(?:了|过)?(?:手机)?号|不用了|停机")
MAX_REGRET = 15
"""Characters: 「编号找不到了」 to our question; a longer sentence asks something else."""
_UNKNOWN, _WRONG_CODE = "case.unknown", "verification.wrong_code"


def concerns(text: str, pending: Pending | None) -> bool:
    """Whether a message goes on looking up a case, whatever else its digits resemble."""
    plain = to_arabic(text)
    if not isinstance(pending, LookUp):
        return _CASE_NUMBER.search(plain) is not None and _BARE.fullmatch(_CASE_NUMBER.sub("", plain)) is not None
    if _WITHDRAWS in text:
        return False
    if has_placeholder(text) or re.search(r"\d{4}", ungroup(plain)):
        return True
    return _SEND_AGAIN.search(text) is not None or (len(text) <= MAX_REGRET and _HAS_NONE.search(text) is not None)


def number_in(text: str) -> str | None:
    """The case number in a message: 12 digits."""
    found = _CASE_NUMBER.search(to_arabic(text))
    return None if found is None else ungroup(found.group())


async def begin(turn: TurnView, choices: Sequence[Choice] = (), topic: str | None = None) -> Events:
    """Nothing was begun in this conversation: ask for the number, if a code can be sent at all.

    ``choices``: what else may have been meant; ``topic``: of the question.
    """
    about = topic or "hall_service"
    if turn.tracker.active_loop_name is not None:
        turn.say("cases.none_now", topic=about)
        return []
    if not await _can_verify(turn):
        turn.say("cases.none", choices=choices, topic=about, hotline=hotline_of(None, topic)[0])
        return []
    turn.say(
        "cases.ask_number", choices=[*choices, button("no_number", ChoiceKind.HAS_NONE)], expects=NUMBER, topic=about
    )
    return _pending("number")


async def by_number(turn: TurnView, number: str) -> Events:
    """A number was told: one of this conversation's cases, or one that needs the phone first."""
    for case in await backend(CasesClient).of_conversation(turn.conversation):
        if case.number == number:
            turn.say("cases.status", card=CaseCard.of(case), about=case.item, case=case)
            return [now_pending(None)]
    if turn.tracker.active_loop_name is not None:
        turn.say("cases.none_now", topic="hall_service")
        return []
    if turn.verified:
        return await _tell(turn, number, "cases.status")
    if not await _can_verify(turn):
        turn.say("cases.elsewhere_no_code", topic="hall_service", hotline=hotline_of(None)[0])
        return [now_pending(None)]
    turn.say("cases.ask_phone", choices=[button("no_phone", ChoiceKind.HAS_NONE)], expects=PHONE, outcome=Outcome.CLARIFY,
             number=group(number))  # fmt: skip
    return _pending("phone", number)


async def go_on(turn: TurnView) -> Events:
    """What was told next: the number, the phone, the code; or that there is none."""
    pending, pressed = turn.pending, None if turn.choice is None else turn.choice.kind
    number, phone = (pending.number, pending.phone) if isinstance(pending, LookUp) else (None, None)
    regrets = turn.choice is None and len(turn.text) <= MAX_REGRET and _HAS_NONE.search(turn.text)
    if pressed is ChoiceKind.HAS_NONE or regrets:
        turn.say("cases.look_up_otherwise", topic="hall_service", hotline=hotline_of(None)[0])
        return [now_pending(None)]
    told = number_in(turn.text)
    if told is not None:
        return await by_number(turn, told)
    if pressed is ChoiceKind.SEND_AGAIN and phone is None:
        return await begin(turn)
    if number is None:
        turn.say("cases.number_wrong", expects=NUMBER, outcome=Outcome.CLARIFY)
        return []
    if phone is None or turn.identifiers:
        return await _take_phone(turn, number)
    if pressed is ChoiceKind.SEND_AGAIN or _SEND_AGAIN.search(turn.text):
        return await _send(turn, number, phone)
    return await _take_code(turn, number, phone)


async def _take_phone(turn: TurnView, number: str) -> Events:
    told = next((note for note in turn.identifiers if note.kind == "phone" and note.valid), None)
    if told is not None:
        return await _send(turn, number, told.placeholder)
    turn.say("cases.phone_wrong", expects=PHONE, outcome=Outcome.CLARIFY)
    return []


async def _send(turn: TurnView, number: str, phone: str) -> Events:
    """Have a code sent. One that was sent a moment ago still counts: the phone is kept either way."""
    kept = _pending("code", number, phone)
    try:
        sent = await backend(VerificationClient).send_code(
            SendCode(phone=phone), conversation=turn.conversation, key=turn.key("send_code")
        )
    except BackendProblem as refusal:
        _not_sent(turn, refusal.problem.detail, CODE)
        return kept
    if not sent.sent:
        _not_sent(turn, sent.sentence)
        return [now_pending(None)]
    turn.say("cases.code_sent", choices=[button("send_again", ChoiceKind.SEND_AGAIN)], expects=CODE, outcome=Outcome.CLARIFY,
             sentence=sent.sentence)  # fmt: skip
    return kept


async def _take_code(turn: TurnView, number: str, phone: str) -> Events:
    found = _CODE.search(to_arabic(turn.text))
    again = [button("send_again", ChoiceKind.SEND_AGAIN)]
    if turn.verified:  # this turn has been begun before: the code is used up
        return await _tell(turn, number)
    if found is None:
        turn.say("cases.code_wanted", choices=again, expects=CODE, outcome=Outcome.CLARIFY)
        return []
    try:
        await backend(VerificationClient).check_code(
            CheckCode(code=re.sub(r"\s", "", found.group())), conversation=turn.conversation
        )
    except BackendProblem as refusal:
        choices = [] if refusal.problem.type.endswith(_WRONG_CODE) else again
        turn.say("cases.code_wrong", choices=choices, expects=CODE, outcome=Outcome.CLARIFY,
                 problem=refusal.problem.detail)  # fmt: skip
        return _pending("code", number, phone)
    return await _tell(turn, number)


async def _tell(turn: TurnView, number: str, said: str = "cases.found") -> Events:
    """The case, for whoever has been verified (just now, unless ``said`` otherwise)."""
    try:
        case: Case = await backend(CasesClient).by_number(number, conversation=turn.conversation)
    except BackendProblem as refusal:
        if not refusal.problem.type.endswith(_UNKNOWN):
            raise
        turn.say("cases.not_found", expects=NUMBER, outcome=Outcome.CLARIFY, number=group(number))
        return _pending("number")
    turn.say(said, card=CaseCard.of(case), about=case.item, case=case)
    return [now_pending(None)]


async def _can_verify(turn: TurnView) -> bool:
    return turn.verified or await backend(VerificationClient).can_send_codes(turn.conversation)


def _not_sent(turn: TurnView, problem: str, expects: Expects = FREE) -> None:
    choices = [button("send_again", ChoiceKind.SEND_AGAIN)] if expects is CODE else []
    turn.say(
        "cases.code_not_sent",
        choices=choices,
        expects=expects,
        topic="hall_service",
        problem=problem,
        hotline=hotline_of(None)[0],
    )


def _pending(step: Literal["number", "phone", "code"], number: str | None = None, phone: str | None = None) -> Events:
    return [now_pending(LookUp(step=step, number=number, phone=phone))]
