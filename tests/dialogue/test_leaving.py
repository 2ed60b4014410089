"""Why somebody left: what the employer did wrong, told beside one's own leaving, makes it the employer's fault (《劳动合同法》第三十八条)."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from assistant.dialogue.facts.reading import read_facts

TODAY = date(2026, 11, 28)
LEAVING = (
    "我自己走的", "我自己辞的", "我自己提的离职", "我主动辞职的", "是我自己提出来的", "我辞职了", "我自己不干了", "我就走了", "我走人了", "离职是我提的",
    "我只好走了",
    "我写了辞职报告", "我自愿离职的", "我裸辞了",
)  # fmt: skip
FAULTS = (
    "他欠我三个月工资", "老板不交社保", "他两个月没发工资", "公司拖欠工资", "工资一直压着不发", "公司没给我买社保", "单位从来没给我交过保险",
    "厂里克扣我工资", "加班费从来不给", "工资发不出来",
    "社保一直没交", "老板打人", "他们强迫加班", "工资拖了半年", "公司少发了我的工资", "厂里逼我违章操作", "没给我上五险", "老板欠我钱", "他一分钱工资没给过",
    "单位断缴社保",
)  # fmt: skip
SETTLED = (
    "工资都结清了", "工资没欠我的", "社保他们交了的", "公司没有拖欠工资", "工资照发的", "单位不欠我钱", "五险一金都交齐了", "他们从来没拖过工资",
    "工钱一分没少",
    "保险单位一直都给交着", "加班费也给了", "公司从不拖欠工资",
)  # fmt: skip
OTHERS = ("公司把我辞退了", "厂里把我开除了", "老板叫我走人", "单位裁了我")


def why(text: str) -> set[str]:
    """The reasons that are read."""
    return {told.least for told in read_facts(text, TODAY) if told.fact == "ended_why"}


def test_own_leaving_for_what_the_employer_did_wrong() -> None:
    """Every way to say both, in either order, however joined."""
    joined = [
        template.format(leaving=leaving, fault=fault)
        for leaving, fault in product(LEAVING, FAULTS)
        for template in (
            "{leaving}，因为{fault}", "{fault}，{leaving}", "{leaving}，{fault}", "{fault}，所以{leaving}", "{fault}{leaving}", "{leaving}。{fault}",
            "{leaving}，主要是{fault}",
            "因为{fault}，{leaving}",
        )
    ]  # fmt: skip
    wrong = [text for text in joined if why(text) != {"fault"}]
    assert not wrong, (len(wrong), len(joined), wrong[:20])


def test_own_leaving_where_all_was_paid() -> None:
    """What was paid is no fault, said before or after."""
    own = LEAVING[:7]
    joined = [
        f"{first}，{second}" for one, other in product(own, SETTLED) for first, second in ((one, other), (other, one))
    ]
    wrong = [text for text in joined if why(text) != {"own"}]
    assert not wrong, (len(wrong), wrong[:20])


def test_who_was_sent_away_was_sent_away_whatever_is_owed() -> None:
    """Debts beside it change nothing."""
    wrong = [text for one, fault in product(OTHERS, FAULTS) if why(text := f"{one}，{fault}") != {"employer"}]
    assert not wrong, wrong[:20]


@pytest.mark.parametrize(
    "text", ["老板不交社保，我想走", "他欠我工资，我还没走", "公司不发工资怎么办", "他欠我三个月工资，不让走"]
)
def test_nobody_left_who_only_thinks_of_it(text: str) -> None:
    """A fault alone tells nothing of a leaving."""
    assert why(text) == set()
