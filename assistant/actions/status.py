"""Where my case stands; taking it back."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from assistant.actions import look_up
from assistant.actions.answer import asked_instead, tell_answer
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending
from assistant.actions.items import known_options, offer
from assistant.actions.turn import CHOICE, YES_NO, TurnView
from assistant.dialogue.case_path import Facet, case_path_words
from assistant.replies.rendering import button
from assistant.understanding.decision import Kind
from assistant.understanding.offices import says_ours
from backend.client.cases import CasesClient
from backend.contracts.cards import CaseCard
from backend.contracts.cases import WITH_US, Case, CaseState, CaseStep
from backend.contracts.catalogue_content import TimeUnit
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import ConfirmWithdrawal, LookUp, WhichCase
from backend.contracts.replies import Choice, Outcome

MAX_SHOWN_COUNT = 5
READ_BACK = "cases.withdraw_confirm"
FACETS: dict[Facet, str] = {"stage": "cases.status_stage", "who": "cases.status_who", "days": "cases.status_days"}


class CaseStatus(DaobanAction):
    """Tells where a case stands and what happens next."""

    action_name: ClassVar[str] = "action_case_status"

    async def act(self, turn: TurnView) -> Events:
        """One case is told at once, several are offered; one begun elsewhere is looked up."""
        pending = turn.pending
        if isinstance(pending, LookUp) and look_up.concerns(turn.text, pending):
            return await look_up.go_on(turn)
        number = look_up.number_in(turn.text)
        if number is not None:
            return await look_up.by_number(turn, number)
        cases = await backend(CasesClient).of_conversation(turn.conversation)
        turn.decide_as("ask_guide")
        if not cases and turn.decision.kind is Kind.ANSWER:
            return await tell_answer(turn, str(turn.decision.id))
        if not cases and not case_path_words().case_status.of_a_case.search(turn.text):
            return await asked_instead(turn)
        if not cases:
            about = turn.decision.topic if turn.decision.kind in {Kind.ITEM, Kind.ANSWER} else None
            near = known_options(turn.decision.options) if says_ours(turn.text) else []
            return await look_up.begin(turn, [*map(offer, near)], about)
        if len(cases) == 1:
            tell_status(turn, cases[0])
        else:
            turn.say("cases.which_case", choices=offered_cases(cases, ChoiceKind.STATUS), expects=CHOICE,
                     outcome=Outcome.CLARIFY, cases=cases)  # fmt: skip
            return [which_case(cases, ChoiceKind.STATUS)]
        return []


class WithdrawCase(DaobanAction):
    """Asks once whether the case is really to be withdrawn."""

    action_name: ClassVar[str] = "action_withdraw_case"

    async def act(self, turn: TurnView) -> Events:
        """The answer comes back to action_choose."""
        if isinstance(turn.pending, ConfirmWithdrawal) and turn.text.startswith(("不", "别", "先不")):
            return await answer_withdrawal(turn, yes=False)
        if case_path_words().withdraw.unless.search(turn.text):  # of an employer, a court: no case of ours
            return await asked_instead(turn)
        return await begin_withdrawal(turn) or []


async def begin_withdrawal(turn: TurnView) -> Events | None:
    """Read back the case that can be withdrawn; of several it is asked which; of a decided one it is told why not.

    None where there is no case, and the message is not taken for this wish on its own: something else is meant.
    """
    known = await backend(CasesClient).of_conversation(turn.conversation)
    cases = [case for case in known if any(choice.step is CaseStep.WITHDRAW for choice in case.steps)]
    if len(cases) > 1:
        turn.say("cases.withdraw_which", choices=offered_cases(cases, ChoiceKind.WITHDRAW), expects=CHOICE,
                 outcome=Outcome.CLARIFY)  # fmt: skip
        return [which_case(cases, ChoiceKind.WITHDRAW)]
    if cases:
        return ask_withdrawal(turn, cases[0])
    if known:
        turn.say("cases.withdraw_too_late", card=CaseCard.of(known[0]), about=known[0].item, case=known[0])
    elif turn.intent != "withdraw_case":
        return None
    else:
        turn.say("cases.withdraw_none")
    return []


async def answer_withdrawal(turn: TurnView, *, yes: bool) -> Events:
    """Yes or no to the read-back. A yes counts only right after it: later it may be said to something else."""
    pending = turn.pending
    if not yes or not isinstance(pending, ConfirmWithdrawal):
        turn.say("cases.kept", outcome=Outcome.CHAT)
        return [now_pending(None)]
    said = next(iter(turn.answers_before), [])
    if said and said[-1].name == READ_BACK:
        return await withdraw(turn, pending.case)
    return ask_withdrawal(turn, await backend(CasesClient).case(pending.case, conversation=turn.conversation))


async def tell_facet(turn: TurnView, facet: Facet) -> Events | None:
    """Stage, owner or days of the conversation's case; None where there is none and an item may be meant."""
    cases = [case for case in await backend(CasesClient).of_conversation(turn.conversation) if case.number]
    if not cases and facet != "who" and turn.intent != "case_status":
        return None
    if len(cases) != 1:
        return await CaseStatus().act(turn)
    (case,) = cases
    runs = [one for one in case.deadlines if one.due_on is not None and one.days_left is not None]
    first = min(runs, key=lambda one: one.due_on or date.max, default=None)
    turn.say(FACETS[facet], card=CaseCard.of(case), about=case.item, case=case, with_us=case.state in WITH_US,
             deadline=first, working=first is not None and first.unit is TimeUnit.WORKING_DAYS)  # fmt: skip
    return []


def tell_status(turn: TurnView, case: Case) -> None:
    """One case."""
    choices = [button("go_on", ChoiceKind.START, case.item)] if case.state is CaseState.DRAFT else []
    turn.say("cases.status", choices=choices, card=CaseCard.of(case), about=case.item, case=case)


def ask_withdrawal(turn: TurnView, case: Case) -> Events:
    """Ask once whether it is really meant."""
    choices = [button("yes_withdraw", ChoiceKind.WITHDRAW_YES, case.id), button("no_withdraw", ChoiceKind.WITHDRAW_NO)]
    turn.say(READ_BACK, choices=choices, expects=YES_NO, about=case.item, outcome=Outcome.CLARIFY,
             case=case)  # fmt: skip
    return [now_pending(ConfirmWithdrawal(case=case.id))]


async def withdraw(turn: TurnView, case_id: str) -> Events:
    """It is withdrawn."""
    case = await backend(CasesClient).withdraw(
        case_id, turn.text[:200] if turn.choice is None else "申请人撤回", conversation=turn.conversation,
        key=turn.key("withdraw_case"),
    )  # fmt: skip
    turn.say("cases.withdrawn", about=case.item, case=case)
    return [now_pending(None)]


def which_case(cases: list[Case], kind: ChoiceKind) -> dict[str, Any]:
    """What our question 「哪一件」 offered."""
    offered = offered_cases(cases, kind)
    codes, names = (choice.choice for choice in offered), (choice.say for choice in offered)
    return now_pending(WhichCase(codes=tuple(codes), names=tuple(names)))


def offered_cases(cases: list[Case], kind: ChoiceKind) -> list[Choice]:
    """A button for each case, at most five."""
    return [
        Choice(say=f"{case.plain_name} {case.number_text or ''}".strip(), choice=ChoiceValue(kind, case.id))
        for case in cases[:MAX_SHOWN_COUNT]
    ]
