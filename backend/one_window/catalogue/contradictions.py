"""Fields of an item that contradict each other: what one says for sure another calls open, or the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backend.contracts.catalogue_content import Basis, Item, Place, PolicyAnswer, TimeLimit

_ONLINE = {"online", "app"}
_ANYWHERE = re.compile(r"哪里都(?:能|可以)办|任何(?:一个)?(?:窗口|地方)都|全国(?:任何|各地|通办)|哪个窗口都")
_WHERE = re.compile(r"在哪里?办|哪里办|办理地点|窗口地址|网上能不能办")
_CHARGE = re.compile(r"收不收费|收多少|收费标准|工本费")
_TIME = re.compile(r"办理时限|多久办好|几天办(?:好|完)|办多久")


def contradictions(item: Item) -> Iterator[tuple[str, str]]:
    """Field and what contradicts what in it."""
    open_matters = "；".join(item.to_confirm)
    yield from _places(item, open_matters)
    if item.fee.basis is not Basis.LOCAL_TO_CONFIRM and _CHARGE.search(open_matters):
        yield "to_confirm", "收费已经写明了依据，这里又说收费待确认，请删去一处"
    yield from _limits(item, open_matters)


def _places(item: Item, open_matters: str) -> Iterator[tuple[str, str]]:
    unsure = item.handled_at.basis is Basis.LOCAL_TO_CONFIRM
    online = any(channel.kind in _ONLINE for channel in item.channels)
    if online != (Place.ONLINE in item.handled_at.places):
        yield "handled_at.places", "places 里有没有 online，要和 channels 里有没有网上、手机的办法一致"
    if not unsure and _WHERE.search(open_matters):
        yield "to_confirm", "在哪里办已经写明了依据，这里又说待确认，请删去一处"
    told = [item.summary, item.serves, *(channel.text for channel in item.channels), *item.notes]
    if unsure and any(map(_ANYWHERE.search, told)):
        yield "handled_at.basis", "说了哪里都能办，在哪里办又写着待中心确认，请改成一种"


def _limits(item: Item, open_matters: str) -> Iterator[tuple[str, str]]:
    limits = item.time_limits
    given = limits.on_the_spot or limits.statutory is not None or limits.promised is not None
    if given and _TIME.search(open_matters):
        yield "to_confirm", "时限已经写明了，这里又说时限待确认，请删去一处"
    if limits.on_the_spot and limits.promised is not None:
        yield "time_limits", "写了当场办好，又写了承诺时限，请留一种"
    if limits.statutory is not None and limits.promised is not None and _longer(limits.promised, limits.statutory):
        yield "time_limits.promised", "承诺时限比法定时限还长，请核对"


def _longer(one: TimeLimit, other: TimeLimit) -> bool:
    return one.unit is other.unit and one.value > other.value


def answer_contradicts(answer: PolicyAnswer, item: Item) -> bool:
    """Whether an answer says that it can be done anywhere while its item leaves open where."""
    return item.handled_at.basis is Basis.LOCAL_TO_CONFIRM and bool(_ANYWHERE.search(answer.answer + answer.speech))
