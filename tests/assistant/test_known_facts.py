"""What people tell is kept with their conversation: not lost with the tracker, shown to them, erased at their word."""

from __future__ import annotations

import pytest

from backend.client.conversations import ConversationsClient
from backend.one_window.conversations.service import CONVERSATIONS
from backend.platform.http import DATABASE
from tests.assistant.talk import Talk, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def stored(talk: Talk) -> dict[tuple[str, str], str]:
    """Holder and fact -> value, as the backend keeps them."""
    facts = await talk.hall.connectors.part(ConversationsClient).facts(talk.conversation)
    return {(known.holder, known.fact): known.least for known in facts}


async def test_facts_outlive_the_tracker(talk: Talk) -> None:
    """They come back from the backend: nobody is asked twice because a cache was lost."""
    await talk.say("我1976年3月出生，男")
    assert (await stored(talk))["me", "birth"] == "1976-03"
    talk.engine.erase(talk.conversation)
    await talk.say("那我什么时候退休")
    assert "62岁10个月" in shown(talk.last)


async def test_they_are_shown_and_erased_at_a_word(talk: Talk) -> None:
    """By whose they are; after that nothing is known, neither here nor in the backend."""
    await talk.say("我1976年3月出生，男")
    await talk.say("你记住我什么了")
    assert "您：1976年3月出生、男" in shown(talk.last)
    await talk.say("忘掉我说的")
    assert await stored(talk) == {}
    await talk.say("你记住我什么了")
    assert "没有记下" in shown(talk.last)


async def test_they_go_with_the_conversation(talk: Talk) -> None:
    """Erased with it; handed out with it."""
    await talk.say("我1976年3月出生，男")
    app = talk.hall.server.app
    async with app[DATABASE].write() as session:
        await app[CONVERSATIONS].erase(session, talk.conversation)
    assert await stored(talk) == {}
