"""「户口簿行不」 while an item is talked about or filled in: a question about that item, not about the office of the paper."""

from __future__ import annotations

from assistant.actions.backend import backend
from assistant.actions.base import Events
from assistant.actions.items import carried_item, now_about
from assistant.actions.turn import TurnView, hotline_of, plain_name
from assistant.dialogue.other_body import asks_whether_it_does, paper_named
from backend.client.notices import NoticesClient
from backend.contracts.notices import LineKind, NoticeRequest


async def answer_whether_it_does(turn: TurnView) -> Events | None:
    """Tell whether the paper is in the item's list, and what else is; None where no paper is asked of an item."""
    paper = paper_named(turn.text) if asks_whether_it_does(turn.text) else None
    code = None if paper is None else carried_item(turn)
    if code is None or paper is None:
        return None
    situation = turn.tracker.get_slot("situation") or {}
    preview = await backend(NoticesClient).preview(NoticeRequest(item=code, situation=dict(situation)))
    lines = [line.name for line in preview.lines if line.kind is not LineKind.NOT_ASKED]
    listed = [name for name in lines if paper[:-1] in name]
    turn.say(
        "answers.whether_it_does",
        about=code,
        item_name=plain_name(code),
        paper=paper,
        listed=listed,
        lines=lines,
        hotline=hotline_of(code)[0],
    )
    return now_about(turn, code)
