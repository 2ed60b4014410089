"""What can be done about a decision: of a case, or told in words; to the day where it is known when it came."""

from __future__ import annotations

from assistant.actions.backend import backend
from assistant.actions.base import Events, now_pending
from assistant.actions.status import offered_cases, which_case
from assistant.actions.turn import CHOICE, TurnView
from assistant.dialogue.case_path import Appeal
from assistant.dialogue.state import AwaitedWords, DialogueState
from backend.client.cases import CasesClient
from backend.contracts.cards import CaseCard
from backend.contracts.cases import Case
from backend.contracts.choices import ChoiceKind
from backend.contracts.remedies import DecisionKind, RemediesQuery
from backend.contracts.replies import Outcome

TOPIC = "hall_service"


async def tell(turn: TurnView, found: Appeal, state: DialogueState) -> tuple[DialogueState, Events]:
    """Of the one decided case; of several it is asked which; else of what was told."""
    cases = [case for case in await backend(CasesClient).of_conversation(turn.conversation) if case.number]
    decided = [case for case in cases if _fits(case, found)]
    if len(decided) > 1:
        turn.say("cases.appeal_which", choices=offered_cases(decided, ChoiceKind.APPEAL), expects=CHOICE,
                 outcome=Outcome.CLARIFY)  # fmt: skip
        return state, [which_case(decided, ChoiceKind.APPEAL)]
    if decided:
        tell_of(turn, decided[0])
        return state.model_copy(update={"awaited": None}), [now_pending(None)]
    item = turn.named_item() or (None if state.frame is None else state.frame.item)
    query = RemediesQuery(
        decision=found.kind, item="" if found.kind is not None else item or "", refused=found.refused,
        received_on=found.received_on,
    )  # fmt: skip
    remedies = await backend(CasesClient).remedies(query)
    asks_day = found.received_on is None and any(one.term for one in remedies.remedies)
    running = next((case for case in cases if case.remedies is None), None) if found.kind is None else None
    turn.say("cases.appeal", topic=TOPIC, case=None, running=running, remedies=remedies, asks_day=asks_day)
    awaited = AwaitedWords(kind="decision_day", seq=state.seq, about=remedies.decision) if asks_day else None
    return state.model_copy(update={"awaited": awaited}), [now_pending(None)]


def tell_of(turn: TurnView, case: Case) -> None:
    """What can be done about the decision of a case."""
    if case.remedies is None:
        turn.say("cases.status", card=CaseCard.of(case), about=case.item, case=case)
        return
    turn.say("cases.appeal", card=CaseCard.of(case), about=case.item, case=case, running=None, remedies=case.remedies,
             asks_day=False)  # fmt: skip


def _fits(case: Case, found: Appeal) -> bool:
    """Whether a decided case can be meant: what was said of the decision is true of it."""
    if case.remedies is None or found.received_on is not None:
        return False
    named = found.kind not in {None, DecisionKind.ADMINISTRATIVE}
    return not named or case.remedies.decision is found.kind
