"""Conversations of several turns: what was told and talked about before is known in the turns that follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.engine import Engine
from tests.assistant.talk import Talk, shown
from tests.conftest import Hall

WRITTEN: dict[str, list[list[dict[str, Any]]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "dialogue" / "written" / "second_turns.yaml").read_text("utf-8")
)
NO_ANSWER = ("您说的是哪一件", "没看懂", "没有正好对上")
LATER_TURNS = {"build": 34, "aside": 33}
"""Turns after the first that are answered, at the least: of 56 and 57."""
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def unanswered(hall: Hall, engine: Engine, conversation: list[dict[str, Any]]) -> dict[str, str]:
    """The turns after the first that do not get what they ask for, with what was said."""
    talk = Talk(hall, engine, await hall.conversation())
    found: dict[str, str] = {}
    for place, turn in enumerate(conversation):
        text = shown(await talk.say(turn["say"]))
        told = all(any(word in text for word in words) for words in turn["tells"])
        if place and not (told and not any(word in text for word in (*turn.get("not", ()), *NO_ANSWER))):
            found[turn["say"]] = text
    return found


@pytest.mark.parametrize("half", WRITTEN)
async def test_later_turns_are_answered(assistant_hall: Hall, engine: Engine, half: str) -> None:
    """Of so many turns each gets what it asks for."""
    wrong: dict[str, str] = {}
    for conversation in WRITTEN[half]:
        wrong |= await unanswered(assistant_hall, engine, conversation)
    assert sum(len(one) - 1 for one in WRITTEN[half]) - len(wrong) >= LATER_TURNS[half], wrong


async def test_a_result_goes_on_beside_a_notice(talk: Talk) -> None:
    """What is put right is computed anew, said aloud, and the notice's question stays open."""
    assert "18个月" in shown(await talk.say("我被厂里辞退了，失业险交了六年，能领几个月"))
    await talk.say("那要带些啥")
    again = shown(await talk.say("我记错了，只交了四年"))
    assert again.startswith("改过来了：「缴了多久失业保险」记为48个月。")
    assert "12个月" in again
    assert shown(await talk.say("不是我，是我爱人")).startswith("好，改成按您爱人的情况看。")


async def test_a_verdict_is_given_anew(talk: Talk) -> None:
    """Why they left was told wrong."""
    first = shown(await talk.say("我是辞职的，交了3年失业保险，办了失业登记，能领失业金吗"))
    assert "还不行" in first
    again = shown(await talk.say("说错了，不是辞职，是被辞退的"))
    assert again.startswith("改过来了")
    assert "条件都够" in again
