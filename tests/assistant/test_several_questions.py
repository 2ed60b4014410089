"""Several questions in one message: each is answered, in a line or two; what is named can be asked on about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.engine import Engine
from tests.assistant.talk import Talk, shown
from tests.conftest import Hall

WRITTEN: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parents[1] / "dialogue" / "written" / "several.yaml").read_text("utf-8")
)
pytestmark = pytest.mark.asyncio(loop_scope="session")


async def missed(hall: Hall, engine: Engine, rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The messages of which a part was dropped, with what was said."""
    found: dict[str, str] = {}
    for row in rows:
        talk = Talk(hall, engine, await hall.conversation())
        text = shown(await talk.say(row["say"]))
        if not all(any(word in text for word in words) for words in row["tells"]):
            found[row["say"]] = text
    return found


ANSWERED = {"build": 9, "aside": 9}
"""Messages of which every part is answered, at the least; 25 in either half."""


@pytest.mark.parametrize("half", WRITTEN)
async def test_every_part_is_answered(assistant_hall: Hall, engine: Engine, half: str) -> None:
    """Of so many messages no part is dropped."""
    dropped = await missed(assistant_hall, engine, WRITTEN[half])
    assert len(WRITTEN[half]) - len(dropped) >= ANSWERED[half], dropped


async def test_a_part_is_told_in_full_when_it_is_pointed_at(talk: Talk) -> None:
    """In a line first, with all that there is to it afterwards."""
    first = shown(await talk.say("失业登记去哪办？慢病认定要怎么办？你们星期六开不开门"))
    assert "星期六" in first
    again = shown(await talk.say("第二个再说细点"))
    assert "慢病" in again or "慢特病" in again


async def test_a_notice_asks_at_most_twice(talk: Talk) -> None:
    """Not after thanks, after something else as buttons, then never again; its answer is understood all the same."""
    question = "是本人来办，还是请别人代办"
    assert question in shown(await talk.say("认证要带什么"))
    assert shown(await talk.say("好的谢谢")).startswith("不客气")
    assert question not in shown(await talk.say("一般多久能办好"))
    assert set(talk.buttons) == {"本人办", "请别人代办"}
    assert "点一下" not in shown(await talk.say("要多少钱"))
    assert "授权委托书" in shown(await talk.say("儿子帮我去"))


async def test_business_in_danger_is_answered(talk: Talk) -> None:
    """What concerns us is answered, with care beside it; with the word that it has eased too."""
    await talk.say("我哥说他不想活了，站在楼顶")
    assert "我在听" not in shown(await talk.say("他是要不到工资才这样的"))
    eased = shown(await talk.say("警察来了，我们没事了，工资咋个要"))
    assert eased.startswith("好，平安就好")
    assert "工资" in eased or any("工资" in label for label in talk.buttons), talk.buttons


async def test_a_fraud_is_called_one(talk: Talk) -> None:
    """Then what is to be done at once, then the card."""
    assert shown(await talk.say("有人打电话说我社保卡涉案，喊我共享屏幕")).startswith("这是骗人的")
    paid = shown(await talk.say("八千块转过去了"))
    assert "马上打110" in paid
    assert "银行" in paid
    assert "从不打电话停卡" in shown(await talk.say("卡停没停"))
