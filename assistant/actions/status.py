"""Where my case stands; taking it back."""

from __future__ import annotations

from typing import Any, ClassVar

from assistant.actions import look_up
from assistant.actions.answer import tell_answer
from assistant.actions.backend import backend
from assistant.actions.base import DaobanAction, Events, now_pending
from assistant.actions.items import known_options, offer
from assistant.actions.turn import CHOICE, YES_NO, TurnView
from assistant.replies.rendering import button
from assistant.understanding.decision import Kind
from assistant.understanding.offices import says_ours
from backend.client.cases import CasesClient
from backend.contracts.cards import CaseCard
from backend.contracts.cases import Case, CaseState, CaseStep
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.pending import ConfirmWithdrawal, LookUp, WhichCase
from backend.contracts.replies import Choice, Outcome

MAX_SHOWN_COUNT = 5


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
            turn.say("cases.kept", outcome=Outcome.CHAT)
            return [now_pending(None)]
        cases = [
            case
            for case in await backend(CasesClient).of_conversation(turn.conversation)
            if any(choice.step is CaseStep.WITHDRAW for choice in case.steps)
        ]
        if not cases:
            turn.say("cases.withdraw_none")
            return []
        if len(cases) > 1:
            turn.say("cases.withdraw_which", choices=offered_cases(cases, ChoiceKind.WITHDRAW), expects=CHOICE,
                     outcome=Outcome.CLARIFY)  # fmt: skip
            return [which_case(cases, ChoiceKind.WITHDRAW)]
        return ask_withdrawal(turn, cases[0])


def tell_status(turn: TurnView, case: Case) -> None:
    """One case."""
    choices = [button("go_on", ChoiceKind.START, case.item)] if case.state is CaseState.DRAFT else []
    turn.say("cases.status", choices=choices, card=CaseCard.of(case), about=case.item, case=case)


def ask_withdrawal(turn: TurnView, case: Case) -> Events:
    """Ask once whether it is really meant."""
    choices = [button("yes_withdraw", ChoiceKind.WITHDRAW_YES, case.id), button("no_withdraw", ChoiceKind.WITHDRAW_NO)]
    turn.say("cases.withdraw_confirm", choices=choices, expects=YES_NO, about=case.item, outcome=Outcome.CLARIFY,
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
