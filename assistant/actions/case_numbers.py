"""Several of somebody's numbers in one message at a form: each goes to its own field, and a name told beside them to its."""

from __future__ import annotations

import re

from assistant.actions.backend import backend
from assistant.actions.kept_numbers import tell_left_over
from assistant.actions.turn import TurnView
from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.contracts.cases import Case, DraftAnswer, FieldView
from backend.contracts.catalogue_content import FieldKind
from backend.language.names import is_full_name, is_introduced, read_name
from backend.language.placeholders import replace_placeholders
from backend.language.remarks import is_no_name

KINDS: dict[FieldKind, str] = {FieldKind.ID_NUMBER: "id", FieldKind.PHONE: "phone", FieldKind.BANK_CARD: "bank"}
_INVALID = 422
_NAMES_OF_NUMBERS = re.compile(
    r"(?:我的|本人的?)?(?:身份证|电话|手机|银行卡|社保卡|卡|证件|联系方式)(?:号码|号)?(?:是|为)?|[\s，,。、；;：:（）()]+"
)


def name_beside_numbers(text: str) -> str | None:
    """The name in a message that tells nothing else but numbers: 「和秀英，身份证…，电话…」; None where words are left over."""
    words = _NAMES_OF_NUMBERS.sub(" ", replace_placeholders(text, " ")).strip()
    name = read_name(words)
    if name is None or is_no_name(name):
        return None
    return words if is_introduced(words) or is_full_name(name) or "·" in name else None


async def take_others(turn: TurnView, before: Case, filled: Case, answered: str) -> None:
    """Put the message's other numbers into the fields that still wait for one of their kind, and say each back masked.

    Only beside a name or a number: in a story somebody tells the numbers of others.
    """
    field = next((one for one in before.fields if one.id == answered), None)
    if turn.choice is not None or field is None or field.kind not in {FieldKind.NAME, *KINDS}:
        return
    case = filled
    for place, placeholder in _places(turn, field, filled):
        answer = DraftAnswer(field=place.id, value=placeholder)
        try:
            case = await backend(CasesClient).answer(
                case.id, answer, conversation=turn.conversation, key=turn.key(f"case_numbers:{place.id}")
            )
        except BackendProblem as refusal:
            if refusal.problem.status != _INVALID:
                raise
            continue
        now = next(one for one in case.fields if one.id == place.id)
        turn.say("cases.noted", about=case.item, label=now.label, value=now.value)
    tell_left_over(turn, case)


def _places(turn: TurnView, answered: FieldView, case: Case) -> list[tuple[FieldView, str]]:
    """The empty fields and the numbers that hold for them, each once; never the one that was just answered."""
    free = [one for one in case.fields if one.kind in KINDS and not one.value and one.id != answered.id]
    found = []
    for entry in turn.identifiers:
        place = next((one for one in free if KINDS[one.kind] == entry.kind), None)
        if place is not None and entry.valid:
            free.remove(place)
            found.append((place, entry.placeholder))
    return found
