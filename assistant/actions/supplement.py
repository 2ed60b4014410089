"""Supplements in words: what lacks, till when, where; what the applicant says of it is kept with the case."""

from __future__ import annotations

import re
from typing import Any

from assistant.actions import look_up
from assistant.actions.backend import backend
from assistant.actions.base import Events, now_pending
from assistant.actions.status import offered_cases, which_case
from assistant.actions.turn import CHOICE, TurnView, hotline_of
from assistant.dialogue.case_path import case_path_words
from assistant.dialogue.state import AwaitedWords, DialogueState
from backend.client.cases import CasesClient
from backend.client.catalogue import CatalogueClient
from backend.contracts.cards import CaseCard
from backend.contracts.cases import Case, NewStatement
from backend.contracts.choices import ChoiceKind
from backend.contracts.replies import Outcome

LONGEST = 500
"""Characters that are kept of one message."""
_SHARED = 2
"""Characters that a line's name shares with what is said of it."""
_COMMON = re.compile(r"本人|证明|材料|资料|证件|单子|表格|那张表|复印件|原件|[或和与、（）()]|一份")
"""Says not which."""


async def tell(turn: TurnView, state: DialogueState) -> tuple[DialogueState, Events] | None:
    """What lacks; of several cases it is asked which. None where nothing lacks."""
    lacking = [case for case in await _cases(turn) if case.supplement]
    if len(lacking) > 1:
        turn.say("cases.supplement_which", choices=offered_cases(lacking, ChoiceKind.SUPPLEMENT), expects=CHOICE,
                 outcome=Outcome.CLARIFY)  # fmt: skip
        return state, [which_case(lacking, ChoiceKind.SUPPLEMENT)]
    if lacking:
        return await tell_of(turn, lacking[0], state)
    return None


async def tell_none(turn: TurnView, state: DialogueState) -> tuple[DialogueState, Events]:
    """Nothing lacks; without a case of the conversation a number is asked for."""
    cases = await _cases(turn)
    if cases:
        turn.say("cases.supplement_none", card=CaseCard.of(cases[0]), about=cases[0].item, case=cases[0])
        return state, [now_pending(None)]
    return state, await look_up.begin(turn)


async def tell_of(turn: TurnView, case: Case, state: DialogueState) -> tuple[DialogueState, Events]:
    """The lines of one case; what is said next of them is kept."""
    turn.say("cases.supplement", card=CaseCard.of(case), about=case.item, case=case, **await _way(case))
    awaited = AwaitedWords(kind="supplement", seq=state.seq, about=case.id)
    return state.model_copy(update={"awaited": awaited}), [now_pending(None)]


async def keep(turn: TurnView, state: DialogueState) -> tuple[DialogueState, Events] | None:
    """Keep what was said with the case; None where nothing lacks."""
    lacking = [case for case in await _cases(turn) if case.supplement]
    awaited = state.awaited_words
    meant = [case for case in lacking if awaited is not None and case.id == awaited.about] or [
        case for case in lacking if line_in(turn.text, case) is not None
    ]
    if not lacking:
        return None
    if (len(lacking) > 1 and len(meant) != 1) or _another_paper(turn.text, lacking):
        return await tell(turn, state)
    case = (meant or lacking)[0]
    statement = NewStatement(line=line_in(turn.text, case), text=turn.text[:LONGEST])
    kept = await backend(CasesClient).state(
        case.id, statement, conversation=turn.conversation, key=turn.key("statement")
    )
    turn.say("cases.supplement_noted", about=case.item, case=kept, statement=kept.statements[-1], **await _way(kept))
    again = AwaitedWords(kind="supplement", seq=state.seq, about=case.id)
    return state.model_copy(update={"awaited": again}), [now_pending(None)]


def _another_paper(text: str, cases: list[Case]) -> bool:
    """Whether a paper is named that nobody asks for: that is no statement of the supplement."""
    named = case_path_words().paper.search(_COMMON.sub(" ", text)) is not None
    return named and all(line_in(text, case) is None for case in cases)


def line_in(text: str, case: Case) -> int | None:
    """Place of the one line of the supplement that a sentence names; the only line where it names a paper at all."""
    shared = [_shared(text, _COMMON.sub(" ", line.name)) for line in case.supplement]
    best = max(shared, default=0)
    if best >= _SHARED and shared.count(best) == 1:
        return shared.index(best)
    only = len(shared) == 1 and case_path_words().paper.search(text) is not None
    return 0 if only else None


def _shared(text: str, name: str) -> int:
    """Length of the longest run of characters in both."""
    runs = (name[at : at + size] for size in range(len(name), 0, -1) for at in range(len(name) - size + 1))
    return next((len(run) for run in runs if run in text and not run.isspace()), 0)


async def _cases(turn: TurnView) -> list[Case]:
    return [case for case in await backend(CasesClient).of_conversation(turn.conversation) if case.number]


async def _way(case: Case) -> dict[str, Any]:
    """Where the papers go: the counter, or by post where the guide says so; who answers questions."""
    item = (await backend(CatalogueClient).guide(case.item)).item
    until = case.supplement_until
    return {
        "hall": item.hall,
        "post": next((channel.text for channel in item.channels if channel.kind == "post"), ""),
        "until": "" if until is None else f"{until.year}年{until.month}月{until.day}日",
        "hotline": hotline_of(case.item)[0],
    }
