"""Whether somebody is entitled, as conversations go: verdict, the one question, its answer, another case, another person."""

from __future__ import annotations

import pytest

from tests.assistant.talk import Talk

pytestmark = pytest.mark.asyncio(loop_scope="session")
CONVERSATIONS = {
    "a question, its answer, another case": [
        ("我被厂里辞退了，失业保险交了三年，能领失业金不", ["单位让走的", "可以申请", "先办失业登记"]),
        ("办了", ["条件都够", "以审核为准", "这里当作：您想找工作"]),
        ("要是我自己辞的呢", ["还不行", "「不是自己要走的」这一条不够", "第十三条"]),
        ("那要是只交了半年呢", ["还不行", "「失业保险缴满1年」这一条不够"]),
    ],
    "asked on about what is talked about": [
        ("失业金怎么领", ["提出申请"]),
        ("我够条件吗", ["怎么离开单位的"]),
        ("被裁员的", ["够的有：不是自己要走的", "失业保险一共交了多久"]),
        ("两年", ["可以申请", "先办失业登记"]),
        ("还没办", ["可以申请", "先办失业登记"]),
    ],
    "of somebody else, then of another": [
        ("我妈62岁，她能领居民养老金吗", ["您母亲", "居民养老一共交了多久"]),
        ("交了15年", ["有没有在领职工养老金"]),
        ("没有", ["您母亲", "没有领职工养老金", "条件都够"]),
        ("那我爸今年58呢", ["您父亲", "还不行", "满60周岁"]),
    ],
    "computed with the calculators": [
        ("65年3月的，男，养老保险交了二十年，现在能办退休了不", ["条件都够", "法定退休年龄"]),
        ("要是只交了12年呢", ["还不行", "最低年限"]),
    ],
    "what others decide": [
        ("我失业登记办了，能认定就业困难人员吗", ["说得清的条件都够", "由窗口按省里的名单来定"]),
    ],
    "a limit of time": [
        ("2024年5月在工地摔伤的，单位没申请，我现在还能申请工伤认定吗", ["还不行", "「受伤没超过1年」这一条不够"]),
    ],
    "a birth is nobody spoken of": [
        ("我们单位没交生育保险，我生了孩子能领生育津贴吗", ["还不行", "津贴由单位出"]),
    ],
    "they cannot tell": [
        ("我妈62岁，她能领居民养老金吗", ["居民养老一共交了多久"]),
        ("不知道", ["有没有在领职工养老金"]),
        ("记不清了", ["拿不准的"]),
    ],
    "how much is missing": [
        ("我被裁了，失业保险交了8个月，能领失业金吗", ["还不行", "要1年，现在8个月，还差4个月", "缴过的不作废"]),
    ],
    "nobody's own case": [
        ("自己辞职能领失业金吗", ["三十八条"]),
    ],
    "told after the answer that a figure hangs on": [
        ("失业金能领多久", ["最长领12个月"]),
        ("我交了8年", ["按失业保险缴了8年算", "18个月"]),
        ("那交了12年呢", ["24个月"]),
    ],
    "before and after deductions": [
        ("被公司辞退，2019年3月1日入职，2026年8月31日走的，到手3500，能赔多少", ["平均每个月工资多少", "不是到手的钱"]),
        ("应发4200", ["平均工资"]),
    ],
    "dismissed in words of being abandoned": [
        ("他们说我不行就不要我了，能领失业金吗", ["单位让走的", "失业保险一共交了多久"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize("turns", CONVERSATIONS.values(), ids=CONVERSATIONS)
async def test_a_conversation(talk: Talk, turns: list[tuple[str, list[str]]]) -> None:
    """Every reply has what it has to have, and promises nothing."""
    for say, has in turns:
        await talk.say(say)
        said = "\n".join(message.web.text for message in talk.last.messages)
        assert all(word in said for word in has), f"{say} -> {talk.last.understood.rule}: {said}"
        assert not any(promise in said for promise in ("一定能", "肯定能", "保证")), said
