"""What is told is computed with: at once, with its basis, and again for another case or another person."""

from __future__ import annotations

import pytest

from tests.assistant.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="session")


def told(talk: Talk) -> str:
    """All words of the last reply."""
    return "\n".join(message.web.text for message in talk.last.messages)


async def test_the_retirement_month_is_told_at_once_and_again(talk: Talk) -> None:
    """Birth and sex are enough; then the same for a woman, where only the post is open, and for a sister."""
    await talk.say("我1976年3月出生，男，什么时候退休")
    assert "62岁10个月" in told(talk)
    assert "2039年1月" in told(talk)
    assert "按1976年3月出生、男算" in told(talk)
    await talk.say("女的呢")
    assert "出生年月" not in told(talk)
    assert "哪一类" in told(talk)
    await talk.say("原来50岁退的，工人")
    assert "1976年3月" in told(talk)
    await talk.say("我妹77年9月，车间做工的呢")
    assert "51岁5个月" in told(talk), talk.last.understood
    assert "2029年2月" in told(talk)
    assert "您姐妹" in told(talk)


async def test_a_vague_length_is_used_where_it_settles_the_result(talk: Talk) -> None:
    """Six years and a bit or seven: eighteen months either way."""
    await talk.say("好像交了六年多失业保险，能领多久")
    assert "18个月" in told(talk)


async def test_only_what_is_missing_is_asked_and_several_answers_are_taken(talk: Talk) -> None:
    """The end of the work and the wage in one answer."""
    await talk.say("2019年3月1日入职，被公司辞退的，能赔多少")
    assert "哪天" in told(talk)
    await talk.say("2026年8月31日走的，一个月工资3500")
    assert "本市上年度" in told(talk) or "元" in told(talk)
    assert "每个月工资多少" not in told(talk)


async def test_facts_go_on_from_each_of_several_answers(talk: Talk) -> None:
    """Two questions about retirement, then birth, sex and post: the month, though the second question was another."""
    await talk.say("多少岁退休？每个月能拿多少钱？")
    await talk.say("女的，1979年6月生，工人岗")
    assert "1979年6月" in told(talk)
    assert "岁" in told(talk)


async def test_what_holds_for_everybody_comes_first(talk: Talk) -> None:
    """A calculator that still has to ask says the rule before it asks, and not a second time."""
    await talk.say("生娃产假休多少天")
    assert "九十八天" in told(talk)
    await talk.say("是难产")
    assert "九十八天" not in told(talk)
