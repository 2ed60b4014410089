"""Yes and no in the chat: however it is said, a calculator goes on as if the button had been pressed."""

from __future__ import annotations

import pytest

from tests.assistant.talk import Talk, shown
from tests.assistant.test_case_form import begin, fill

pytestmark = pytest.mark.asyncio(loop_scope="session")

YES = ("可以", "行", "没问题", "没错", "嗯呢", "对对对", "好的，谢谢")
NO = ("不对", "不行", "不可以", "没有", "不用", "不是的")


async def answered(talk: Talk, said: str) -> str:
    """What is said after an answer to 「您还在试用期吗？」, and what it comes to."""
    await talk.send("rule:resignation_notice")
    await (talk.press(said[1:-1]) if said.startswith("[") else talk.say(said))
    asked = shown(talk.last)
    await talk.say("2026年11月1日")
    return f"{asked}\n{shown(talk.last)}"


async def test_a_calculator_understands_yes_and_no(talk: Talk) -> None:
    """The same question next, the same result."""
    yes, no = await answered(talk, "[是]"), await answered(talk, "[不是]")
    assert yes != no
    assert {said: await answered(talk, said) for said in YES} == dict.fromkeys(YES, yes)
    assert {said: await answered(talk, said) for said in NO} == dict.fromkeys(NO, no)


async def test_not_knowing_is_neither(talk: Talk) -> None:
    """It is asked again, and nothing is reckoned with."""
    await talk.send("rule:resignation_notice")
    await talk.say("不知道")
    assert "试用期" in shown(talk.last)
    await talk.press("不是")
    await talk.say("2026年11月1日")
    assert "30" in shown(talk.last)


async def test_leaving_is_no_answer(talk: Talk) -> None:
    """「不要了」 to a question of fact leaves the calculator: it is a no where something is offered only."""
    await talk.send("rule:resignation_notice")
    await talk.say("不要了")
    assert "哪天告诉单位" not in shown(talk.last)


async def test_the_filled_form_is_submitted_by_a_yes_and_corrected_after_a_no(talk: Talk) -> None:
    """「可以」 and its kind submit what was shown; 「不行」 and its kind ask what to correct."""
    await begin(talk)
    await fill(talk)
    for no in ("不对", "不行", "不可以"):
        assert "要改哪一项" in shown(await talk.say(no))
        assert "请您看一遍" in shown(await talk.say("没问题")), "nothing was submitted: the form is shown again"
    assert "已经提交" in shown(await talk.say("可以"))
