"""What is said at a field of a case to whoever did not answer it: waiting, why it is asked, who sees it, what if they will not tell."""

from __future__ import annotations

from assistant.actions.backend import backend
from assistant.actions.case_given import Given
from assistant.actions.turn import TurnView
from backend.client.notices import NoticesClient
from backend.contracts.cases import Case
from backend.contracts.notices import LineKind, NoticeRequest
from backend.contracts.replies import Outcome

PROXY = "by_proxy"
"""The situation in which somebody else does it for the person (catalogue's situation_facts.yaml)."""
_SAID = {
    "no_digits": "cases.no_digits",
    "wait": "cases.waiting",
    "doubtful": "cases.name_or_word",
    "nickname": "cases.nickname",
    "fixed_line": "cases.fixed_line",
    "needed": "cases.needed",
    "declined": "cases.declined",
    "lacking": "cases.no_telephone",
    "why": "cases.why",
    "privacy": "cases.privacy",
    "first": "cases.first_field",
}
_CLARIFY = frozenset({"no_digits", "doubtful", "needed", "nickname", "fixed_line"})


async def say_beside(turn: TurnView, case: Case, given: Given) -> bool:
    """Say what follows from a message that fills no field; whether it was one. The question is asked again after it."""
    name = _SAID.get(given.kind)
    if name is None:
        return False
    field = next((one for one in case.fields if one.id == given.field), None)
    materials = await _to_bring(turn, case) if given.kind == "declined" else []
    turn.say(
        name,
        about=case.item,
        outcome=Outcome.CLARIFY if given.kind in _CLARIFY else Outcome.CHAT,
        said=given.value,
        asked=field,
        materials=materials,
    )
    return True


async def _to_bring(turn: TurnView, case: Case) -> list[str]:
    """Names of what is brought to the counter, for the person's own situation as far as it is known."""
    told = turn.tracker.get_slot("situation") or {} if turn.item == case.item else {}
    request = NoticeRequest(item=case.item, situation={PROXY: False, **told})
    preview = await backend(NoticesClient).preview(request)
    return [line.name for line in preview.lines if line.kind is not LineKind.NOT_ASKED]
