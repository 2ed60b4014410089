"""Urging, complaining and rating in the conversation: real paths, with a number and an owner."""

from __future__ import annotations

import re

import pytest

from assistant.actions.feedback import REASON
from assistant.replies.texts import labels
from backend.client.feedback import FeedbackClient
from backend.one_window.conversations.service import CONVERSATIONS
from backend.one_window.feedback.rules import rules
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from tests.assistant.talk import Talk, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def has_a_case(talk: Talk) -> None:
    """A submitted case of the conversation; what was said for it waits for no answer."""
    await talk.hall.submitted(talk.conversation)
    app = talk.hall.server.app
    async with app[DATABASE].write() as session:
        for message in (await app[CONVERSATIONS].messages(session, talk.conversation, after=0)).messages:
            await app[CONVERSATIONS].mark_answered(session, talk.conversation, message.message_id)


async def test_a_complaint_is_asked_for_registered_and_answered(talk: Talk) -> None:
    """In the citizen's own words; its answer is told to whoever asks after it."""
    await talk.say("我要投诉")
    assert "用您自己的话" in shown(talk.last)
    await talk.say("3号窗口的人爱理不理，让我跑了三趟")
    assert "登记好了：投诉，编号 3" in shown(talk.last)
    (said,) = await talk.hall.assistant.part(FeedbackClient).of_conversation(talk.conversation)
    async with talk.hall.staff(Role.HALL_MANAGER) as manager:
        (waiting,) = (await manager.get("/feedback"))[1]["open"]
        assert waiting["text"] == "3号窗口的人爱理不理，让我跑了三趟"
        await manager.post(f"/feedback/{said.number}/answer", {"answer": "查实了，向您道歉。"})
    await talk.say("我的投诉有结果了吗")
    assert "查实了，向您道歉。" in shown(talk.last)


async def test_what_was_said_is_offered_and_registered_at_a_press(talk: Talk) -> None:
    """Nobody writes it twice; another question drops the offer."""
    await talk.say("你们窗口的人态度太差了，问什么都不耐烦")
    await talk.press("登记投诉")
    assert "登记好了：投诉" in shown(talk.last)
    await talk.say("我要投诉")
    await talk.say("算了")
    assert "没有登记" in shown(talk.last)
    assert len(await talk.hall.assistant.part(FeedbackClient).of_conversation(talk.conversation)) == 1


async def test_a_case_is_urged(talk: Talk) -> None:
    """Its clerk sees it; the second time on a day is said to be so; without a case its number is asked for."""
    await talk.say("帮我催一下")
    assert "受理编号" in shown(talk.last)
    await has_a_case(talk)
    await talk.say("能不能快点办")
    assert "已经替您催了" in shown(talk.last)
    await talk.say("帮我催一下")
    assert "今天已经替您催过了" in shown(talk.last)


async def test_a_low_rating_says_why(talk: Talk) -> None:
    """By buttons or by words; once."""
    await talk.say("我要评价")
    await talk.press("不满意")
    await talk.press("多跑了路")
    assert "记下了：不满意，多跑了路" in shown(talk.last)
    await talk.say("我要评价")
    await talk.say("非常满意")
    assert "已经评过了" in shown(talk.last)


async def test_the_buttons_say_what_the_rules_of_feedback_know() -> None:
    """Levels and reasons stand in two files, of the assistant and of the feature: word for word the same."""
    said = labels().labels
    assert {
        int(name.removeprefix("rate_")): said[name] for name in said if re.fullmatch(r"rate_\d", name)
    } == rules().levels
    why = {name.removeprefix(REASON): said[name] for name in said if name.startswith(REASON)}
    assert why == rules().reasons
