"""The page of those who switch answering off and set the emergency notice, and the notice for citizens' pages."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from pathlib import Path

import yaml
from aiohttp import web

from backend.contracts.emergency import EmergencyNotice
from backend.contracts.wire import Wire
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.understanding.emergency import EMERGENCY
from backend.one_window.understanding.service import UNDERSTANDING
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")
_FILE = Path(__file__).parent / "data" / "switch_wording.yaml"


class SwitchWords(Wire):
    """What the page calls kinds and channels."""

    kinds: dict[str, str]
    channels: dict[str, str]


@lru_cache(maxsize=1)
def switch_words() -> SwitchWords:
    """The words of ``data/switch_wording.yaml``."""
    return SwitchWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@routes.page("/hall/switches", permission="switches:set", summary="停答和紧急通知页")
async def switches(call: Call) -> web.StreamResponse:
    """What is switched off, the notice in force, and the forms that change both."""
    catalogue, words = call.service(CATALOGUE), switch_words()
    items = [found.item for found in (await catalogue.published(call.session)).items.values()]
    topics = {topic.id: topic.name for topic in catalogue.topics}
    off = (await call.service(UNDERSTANDING).switches(call.session)).switches
    names = {"topic": topics, "channel": words.channels, "item": {item.code: item.plain_name for item in items}}
    by_topic = sorted(items, key=lambda item: (item.topic, item.code))
    return staff_page(
        call,
        "understanding/switches.html",
        "停答和紧急通知",
        notice=next((switch.sentence for switch in off if switch.kind == "notice"), ""),
        off=[switch for switch in off if switch.kind != "notice"],
        names=names,
        words=words,
        topics=topics,
        groups=[(topics[topic], list(group)) for topic, group in groupby(by_topic, key=lambda item: item.topic)],
    )


@routes.get("/emergency-notice", permission="public", returns=EmergencyNotice, summary="现在的紧急通知")
async def emergency_notice(call: Call) -> EmergencyNotice:
    """What everybody is to know now, for pages that stay open."""
    return EmergencyNotice(sentence=call.service(EMERGENCY).sentence)
