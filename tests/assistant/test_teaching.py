"""What staff teach or switch off is followed without training."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from assistant.understanding.index_holder import HOLDER
from backend.client.catalogue import CatalogueClient
from backend.contracts.replies import Outcome
from backend.platform.permissions import Role
from tests.assistant.talk import Talk, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")

NONSENSE = "那个蓝皮皮的本本咋个整"


async def follow(talk: Talk) -> None:
    """The assistant's follower has seen the change."""
    index = await talk.hall.assistant.part(CatalogueClient).index(HOLDER.current.version)
    if index is not None:
        HOLDER.swap(index)


@pytest_asyncio.fixture(loop_scope="session")
async def changing(talk: Talk) -> AsyncIterator[Talk]:
    """A conversation in whose test the index changes; afterwards it is as before."""
    before = HOLDER.current
    yield talk
    HOLDER.restore(before)


async def test_a_taught_sentence_is_understood(changing: Talk) -> None:
    """A question nobody understood is attached to an item by an editor, and understood from then on."""
    await changing.say(NONSENSE)
    assert changing.last.understood.item != "LJ-XX-004"
    async with changing.hall.staff(Role.CONTENT_EDITOR) as editor:
        teach = {"kind": "item", "target": "LJ-XX-004", "text": NONSENSE}
        assert (await editor.post("/understanding/taught", teach))[0] == 201
    await follow(changing)
    await changing.say(NONSENSE)
    assert (changing.last.understood.item, changing.last.understood.outcome) == ("LJ-XX-004", Outcome.ANSWERED)


async def test_what_is_switched_off_is_not_answered(changing: Talk) -> None:
    """Kill switch per item, topic and channel: the sentence of whoever switched it off is told, and a person's line."""
    switches = (
        {"kind": "topic", "target": "unemployment", "sentence": "失业保险的政策今天有变，先不答。"},
        {"kind": "channel", "target": "web", "sentence": "网上咨询今天停一天。"},
    )
    async with changing.hall.staff(Role.HALL_MANAGER) as manager:
        for off in switches:
            await manager.post("/switches", off)
            await follow(changing)
            await changing.say("自己辞职的能领失业金吗")
            assert changing.last.understood.outcome is Outcome.HANDOVER
            assert shown(changing.last) == f"{off['sentence']}要问人，请打12333（医保12393）。"


async def test_the_emergency_notice_goes_first(changing: Talk) -> None:
    """On every channel, before the first reply of a conversation, and only once."""
    notice = {"kind": "notice", "target": "all", "sentence": "今天下午全市停电检修，大厅两点关门。"}
    async with changing.hall.staff(Role.DUTY_LEADER) as leader:
        await leader.post("/switches", notice)
    await follow(changing)
    await changing.say("你好")
    assert shown(changing.last).startswith(f"【通知】{notice['sentence']}")
    await changing.say("你好")
    assert "【通知】" not in shown(changing.last)
