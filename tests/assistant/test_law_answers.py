"""Rules that people ask for most, in words that no answer holds: the rule is told, or one press away, and not a neighbour's."""

from __future__ import annotations

import pytest

from assistant.engine import Engine
from backend.one_window.catalogue.delivered import edition
from tests.assistant.talk import Talk
from tests.conftest import Hall

pytestmark = pytest.mark.asyncio(loop_scope="session")
ASKED = {
    "Q183": ("公司没提前三十天通知我，N后面的那个1有没有", "多付一个月工资"),
    "Q184": ("开了病假条在家休息，公司说病假没工资", "80%"),
    "Q185": ("生病住院，医疗期到底是几个月", "24个月"),
    "Q186": ("离职的时候年假还剩四天，公司要给钱吗", "365"),
    "Q187": ("我怀孕四个月，单位要辞退我可以吗", "哺乳期"),
    "Q188": ("试用期还没到，公司说不要我了又不讲理由", "录用条件"),
    "Q189": ("领导让我写自愿离职，我该不该签", "先别签"),
    "Q190": ("公司突然调岗，工资也降了，我能不同意吗", "商量一致"),
    "Q191": ("我们一个月加班九十个小时，有没有上限", "36小时"),
    "Q192": ("公司社保按最低基数交，我实际工资一万", "平均工资报基数"),
    "Q193": ("老妈在两个地方都领着养老金，要不要紧", "只能领一份"),
    "Q194": ("档案弄丢了，现在怎么补回来", "补建"),
    "Q195": ("失业补助金现在还给不给领", "没有了"),
    "Q196": ("退休返聘的人上班受伤了找谁赔", "2026年7月1日"),
    "Q197": ("灵活就业自己交养老，比例是多少", "20%"),
    "Q198": ("养老保险单位和个人分别交百分之多少", "16%"),
    "Q199": ("退休老人去世，丧葬费和抚恤金一共多少钱", "最少9个月"),
    "Q200": ("家里人在工地因工死亡，赔偿有哪几笔", "20倍"),
    "Q201": ("工伤生活不能自理，护理费按多少发", "50%"),
    "Q202": ("农村居民养老是不是也推迟了，还是60岁领吗", "不延"),
    "Q203": ("灵活就业的女的到底是几岁退休", "认定"),
    "Q205": ("没有营业执照的作坊里受伤，谁来赔", "一次性赔"),
    "Q206": ("今年养老金涨了多少钱", "省里的通知"),
}
FOUND, AT_ONCE = 0.75, 0.5
"""Shares of what nobody wrote down: told at once or by one press; told at once."""


async def test_the_rules_are_told(assistant_hall: Hall, engine: Engine) -> None:
    """Each asked first thing in a conversation of its own."""
    answers, wrong, pressed = edition().policy_answers, [], 0
    for answer, (said, told) in ASKED.items():
        talk, title = Talk(assistant_hall, engine, await assistant_hall.conversation()), answers[answer].title
        await talk.say(said)
        if told not in _shown(talk) and title in talk.buttons:
            pressed += 1
            await talk.press(title)
        if told not in _shown(talk):
            wrong.append(f"{answer} {said} -> {talk.last.understood.rule}: {_shown(talk)} {list(talk.buttons)}")
    found = len(ASKED) - len(wrong)
    assert found >= FOUND * len(ASKED), "\n".join(wrong)
    assert found - pressed >= AT_ONCE * len(ASKED), pressed


def _shown(talk: Talk) -> str:
    return "\n".join(message.web.text for message in talk.last.messages)
