"""What a message gives the form of a case, and which field it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.actions.turn import CASE_QUESTIONS, TurnView
from backend.contracts.cases import Case, FieldView
from backend.contracts.pending import EditField, RepeatCard, RepeatText, WhichDay


@dataclass(frozen=True, slots=True)
class Given:
    """What was given: an answer to a field, a skip, the wish to correct one, the word to submit, no number where one is due.

    ``review``: nothing is to be corrected after all. ``wait``: they look for it. ``doubtful``: a word that may be a name.
    ``documents``: another document is used, ``value`` says which, empty where it is to be asked; ``number``: told with it.
    ``nickname``: what somebody is called, no name on a card; ``fixed_line``: a telephone that takes no messages;
    ``needed``: a field that cannot be skipped; ``declined``: one that they will not tell; ``lacking``: a
    telephone they do not have; ``why``, ``privacy``: they ask what it
    is for, who sees it; ``first``: nothing comes before it; ``for_another``, ``for_myself``: whose matter it is.
    """

    kind: Literal[
        "answer", "skip", "edit", "submit", "review", "no_digits", "wait", "doubtful", "documents",
        "needed", "declined", "lacking", "why", "privacy", "first", "nickname", "fixed_line",
        "for_another", "for_myself",
    ]  # fmt: skip
    field: str | None = None
    value: str = ""
    corrects: bool = False
    """Whether it replaces what was given before."""
    label: str = ""
    """What the corrected field is called."""
    number: str = ""
    """Of another document."""


def current_field(turn: TurnView, case: Case) -> FieldView | None:
    """The field that the message answers; None when the whole form was shown.

    It is the one that was asked for, not the next one to ask for: a turn that is repeated after a crash, when its answer is
    already in the draft, would otherwise give the same words to the next field, or submit.
    """
    pending = turn.pending
    if isinstance(pending, EditField | RepeatCard | RepeatText | WhichDay):
        return next((field for field in case.fields if field.id == pending.field), None)
    asked = turn.last_form_question
    if asked is not None and asked.asks_for is None:
        return None
    known = (field for field in case.fields if asked is not None and field.id == asked.asks_for)
    return next(known, case.next_field)


def asked_before(turn: TurnView, case: Case) -> Iterator[str]:
    """Ids of the fields that were asked for, the newest first; after them the form's own order from its end."""
    told = {field.id for field in case.fields if field.value or field.skipped}
    for said in (said for answers in turn.answers_before for said in reversed(answers)):
        if said.name in CASE_QUESTIONS and said.asks_for in told:
            yield said.asks_for
    yield from reversed([field.id for field in case.fields if field.id in told])


def previous_field(turn: TurnView, case: Case) -> FieldView | None:
    """The field that was answered last, before the one that is asked for; None at the first."""
    now = current_field(turn, case)
    found = next((one for one in asked_before(turn, case) if now is None or one != now.id), None)
    return next((field for field in case.fields if field.id == found), None)


def field_before(turn: TurnView, case: Case) -> FieldView | None:
    """The field that stands before the one that is asked for; the last one when the whole form was shown."""
    now = current_field(turn, case)
    if now is None:
        return case.fields[-1] if case.fields else None
    place = [field.id for field in case.fields].index(now.id)
    return case.fields[place - 1] if place else None
