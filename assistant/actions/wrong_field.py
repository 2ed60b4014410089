"""A slip in a form that is handed in: told to the case's clerk in the applicant's words; what else can be done about it."""

from __future__ import annotations

from typing import Any

from assistant.actions.backend import backend
from assistant.actions.base import Events, now_pending
from assistant.actions.case_numbers import KINDS
from assistant.actions.turn import TurnView, hotline_of
from assistant.dialogue.case_path import WrongField
from assistant.dialogue.field_naming import NamedField, field_named
from assistant.dialogue.state import AwaitedWords, DialogueState
from assistant.replies.rendering import button
from backend.client.cases import CasesClient
from backend.client.catalogue import CatalogueClient
from backend.contracts.cards import CaseCard
from backend.contracts.cases import UNDECIDED, Case, CaseState, CaseStep, FieldView, NewStatement
from backend.contracts.choices import ChoiceKind
from backend.contracts.replies import Outcome
from backend.language.number_parts import figures_told
from backend.language.placeholders import has_placeholder

_HANDED_IN = frozenset(CaseState) - {CaseState.DRAFT, CaseState.WITHDRAWN}


async def keep(turn: TurnView, found: WrongField, state: DialogueState) -> tuple[DialogueState, Events] | None:
    """Keep what is wrong, and what is right if it was told; None where no case was handed in, or its form has no such field."""
    cases = await backend(CasesClient).of_conversation(turn.conversation)
    awaited = state.awaited_words
    asked = awaited is not None and awaited.kind == "wrong_field" and found == WrongField("", told=True)
    case_id, _, field_id = (awaited.about if awaited is not None and asked else "").partition(" ")
    case = next((one for one in cases if one.state in _HANDED_IN and case_id in {"", one.id}), None)
    if case is None:
        return None
    field = _meant(found, case) if not field_id else next((one for one in case.fields if one.id == field_id), None)
    if field is None and found.of:
        return None
    if case.state not in UNDECIDED or field is None:
        _say(
            turn,
            "cases.wrong_late" if case.state not in UNDECIDED else "cases.wrong_which",
            case,
            field,
            **await _way(case),
        )
        return state, [now_pending(None)]
    if not found.told or (field.kind in KINDS and not (has_placeholder(turn.text) or figures_told(turn.text))):
        turn.say("cases.wrong_what", about=case.item, outcome=Outcome.CLARIFY, case=case, label=field.label)
        wanted = AwaitedWords(kind="wrong_field", seq=state.seq, about=f"{case.id} {field.id}")
        return state.model_copy(update={"awaited": wanted}), [now_pending(None)]
    statement = NewStatement(field=field.id, text=turn.text)
    kept = await backend(CasesClient).state(
        case.id, statement, conversation=turn.conversation, key=turn.key("wrong_field")
    )
    _say(turn, "cases.wrong_noted", kept, field, statement=kept.statements[-1], **await _way(kept))
    return state, [now_pending(None)]


def _say(turn: TurnView, name: str, case: Case, field: FieldView | None, **values: Any) -> None:
    may = any(choice.step is CaseStep.WITHDRAW for choice in case.steps)
    turn.say(name, choices=[button("status", ChoiceKind.STATUS)], card=CaseCard.of(case), about=case.item, case=case,
             label="" if field is None else field.label, may_withdraw=may, **values)  # fmt: skip


def _meant(found: WrongField, case: Case) -> FieldView | None:
    fields = [NamedField(field.id, field.label, field.kind) for field in case.fields]
    named = field_named(found.of, fields) if found.of else None
    return next((field for field in case.fields if field.id == named), None)


async def _way(case: Case) -> dict[str, str]:
    """Where it can be put right in person, and whom to ring."""
    item = (await backend(CatalogueClient).guide(case.item)).item
    return {"hall": item.hall, "hotline": hotline_of(case.item)[0]}
