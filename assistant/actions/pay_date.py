"""When money comes: the case first, then what the item tells; the day is local and not published, and is never made up."""

from __future__ import annotations

from assistant.actions.backend import backend
from assistant.actions.base import Events, now_pending
from assistant.actions.items import now_about
from assistant.actions.turn import TurnView, hotline_of
from assistant.dialogue.case_path import case_path_words
from assistant.dialogue.state import DialogueState
from backend.client.cases import CasesClient
from backend.client.catalogue import CatalogueClient
from backend.contracts.cards import CaseCard, GuideCard
from backend.contracts.cases import CaseState
from backend.contracts.catalogue_content import Item

_GONE = frozenset({CaseState.WITHDRAWN, CaseState.DRAFT})


async def tell(turn: TurnView, state: DialogueState) -> Events:
    """Of the item that is named, else of the newest case, else of what is talked about."""
    cases = await backend(CasesClient).of_conversation(turn.conversation)
    named = turn.named_item()
    case = next((one for one in cases if one.state not in _GONE and named in {None, one.item}), None)
    framed = None if state.frame is None else state.frame.item
    code = named or (None if case is None else case.item) or framed or turn.sure_item()
    if code is None:
        turn.say("cases.pay_date_of_what", topic="hall_service", hotline=hotline_of(None)[0])
        return [now_pending(None)]
    guide = await backend(CatalogueClient).guide(code)
    limits = guide.item.time_limits
    turn.say(
        "cases.pay_date",
        card=GuideCard.of(guide) if case is None else CaseCard.of(case),
        about=code,
        case=case,
        item=guide.item,
        limits=guide.time_limits_text if limits.statutory or limits.promised or limits.on_the_spot else "",
        says=_says(guide.item),
        hotline=hotline_of(code)[0],
    )
    return now_about(turn, code)


def _says(item: Item) -> list[str]:
    """What the item tells of how the money comes."""
    told = (item.result, *item.notes)
    return [text.rstrip("。") for text in told if case_path_words().pay_date.says.search(text)]
