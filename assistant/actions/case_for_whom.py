"""For whom a form is filled, said in the middle of it: 「代我妈办」「我是帮我爸办的」「我自己办」. The draft stays, what it asks changes."""

from __future__ import annotations

import re
from functools import lru_cache

from rasa_sdk.events import SlotSet

from assistant.actions.backend import backend
from assistant.actions.base import Events
from assistant.actions.case_beside import PROXY
from assistant.actions.turn import TurnView
from assistant.dialogue.facts.words import holder_words
from backend.client.cases import CasesClient
from backend.contracts.cases import Case, NewCase
from backend.contracts.catalogue_content import FieldKind
from backend.language.alternatives import any_of

_LEAD = r"(?:我|这个?|这份|这件|其实|不是|是|要|想|来|就|现在|对了|哦|啊|[，, ])*"
_DOES = r"(?:去|来)?(?:代)?(?:办|填|弄|整|申请|申领|登记|领|报|问|跑|交|搞)"
_AFTER = r"(?:理|的|了|嘛|吧|呢|啊|哈|一下|一哈|个|这个|这件事|手续|登记|申请)*"
_MYSELF = re.compile(rf"{_LEAD}(?:给|帮|替)?(?:我)?(?:自己|本人){_DOES}{_AFTER}")
_OTHERS = ("别人", "人家", "家里人", "家人", "老人", "亲戚", "朋友", "邻居", "同事", "村里人", "他", "她")


def told_for_another(text: str) -> bool | None:
    """Whether a whole message says that it is done for somebody else (True) or for oneself (False); None for any other."""
    said = text.strip("。！!~～ ")
    if _MYSELF.fullmatch(said):
        return False
    return True if _for_another().fullmatch(said) else None


async def change_for_whom(turn: TurnView, case: Case, *, by_proxy: bool) -> Events:
    """Change it in the draft, and say what that changes."""
    changed = await backend(CasesClient).start(
        NewCase(item=case.item, situation={PROXY: by_proxy}),
        conversation=turn.conversation,
        key=turn.key(f"for_whom:{case.id}"),
    )
    name = next((one.value for one in changed.fields if one.kind is FieldKind.NAME and one.value), None)
    turn.say("cases.now_for_whom", about=case.item, by_proxy=by_proxy, applicant=name)
    situation = turn.tracker.get_slot("situation") or {}
    return [SlotSet("situation", {**situation, PROXY: by_proxy})]


@lru_cache(maxsize=1)
def _for_another() -> re.Pattern[str]:
    people = any_of([*(word for words in holder_words().values() for word in words), *_OTHERS])
    why = rf"(?:(?:我|我们)?(?:{people})[^，,。]{{1,10}}[，,。 ]+)?"
    return re.compile(
        rf"{why}{_LEAD}(?:代|帮|替|给|代替|帮着)(?:我们?|俺|咱)?(?:家)?(?:的)?(?:{people})(?:家)?{_DOES}{_AFTER}"
    )
