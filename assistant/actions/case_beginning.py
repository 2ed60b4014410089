"""What is told with the wish to begin a case: 「我叫和丽芬，电话138…，想登记失业」. It goes into its fields, read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from assistant.actions.backend import backend
from assistant.actions.case_numbers import KINDS
from assistant.actions.turn import TurnView
from assistant.understanding.people import names_another
from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.contracts.cases import Case, DraftAnswer
from backend.contracts.catalogue_content import FieldKind
from backend.contracts.turns import Identifier
from backend.language.field_texts import is_no_person
from backend.language.names import is_full_name, is_introduced, read_name
from backend.language.remarks import is_no_name

_INVALID = 422
MESSAGES = 4
"""So many messages, the one that begins the case included, are looked through for what was told."""
_PARTS = re.compile(r"[，,。；;、！!？?\s]+")


def introduced_name(text: str) -> str | None:
    """The speaker's name where a part of the message says it (「我叫和丽芬，想登记失业」); None where none does."""
    for part in _PARTS.split(text):
        name = read_name(part) if part and is_introduced(part) else None
        if name is not None and is_full_name(name) and not is_no_name(name) and not is_no_person(name):
            return name
    return None


async def fill_from_start(turn: TurnView, case: Case) -> None:
    """Fill the draft's empty fields with the name and the numbers that were told, now or shortly before, and say each back.

    Nothing of a message that speaks of somebody else: whose they are is not known then.
    """
    told = [one for one in _told(turn) if not names_another(one.text)]
    name = next((name for one in told if (name := introduced_name(one.text))), None)
    answers = [] if name is None else [(FieldKind.NAME, name)]
    for kind, of in KINDS.items():
        placeholder = next((n.placeholder for one in told for n in one.identifiers if n.kind == of and n.valid), None)
        answers += [] if placeholder is None else [(kind, placeholder)]
    for kind, value in answers:
        field = next((one for one in case.fields if one.kind is kind), None)
        if field is None or field.value:
            continue
        try:
            case = await backend(CasesClient).answer(
                case.id,
                DraftAnswer(field=field.id, value=value),
                conversation=turn.conversation,
                key=turn.key(f"case_beginning:{field.id}"),
            )
        except BackendProblem as refusal:
            if refusal.problem.status != _INVALID:
                raise
            continue
        now = next(one for one in case.fields if one.id == field.id)
        turn.say("cases.noted", about=case.item, label=now.label, value=now.value)


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    identifiers: tuple[Identifier, ...]


def _told(turn: TurnView) -> Iterator[_Message]:
    """What was written in this message and in the few before it, newest first."""
    heard = (event for event in reversed(turn.tracker.events) if event.get("event") == "user")
    for event in islice(heard, MESSAGES):
        notes = (event.get("metadata") or {}).get("identifiers") or ()
        yield _Message(str(event.get("text") or ""), tuple(Identifier.model_validate(note) for note in notes))
