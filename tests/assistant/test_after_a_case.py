"""After a case was started, told in words: supplement, withdrawal, remedies, payment, where it stands."""

from __future__ import annotations

import pytest

from backend.client.cases import CasesClient
from backend.contracts.cases import Case
from tests.assistant.talk import Talk, shown
from tests.assistant.test_saying_how_it_was import has_a_case
from tests.backend.counter import ID_CARD

pytestmark = pytest.mark.asyncio(loop_scope="session")

LEFT = {"name": "离职证明", "why": "要核对离职日期", "how": "请原单位开，盖公章"}


async def the_case(talk: Talk) -> Case:
    """The newest case of the conversation."""
    (case, *_) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    return case


async def test_a_supplement_in_words(talk: Talk) -> None:
    """What lacks, till when, where; what is said of it lies with the case; the paper itself goes to the counter."""
    await has_a_case(talk)
    await talk.say("要我补什么")
    assert "现在没有要补的材料" in shown(talk.last)
    await talk.clerk("request_supplement", lines=[ID_CARD, LEFT], until="2026-12-01")
    await talk.say("我来补材料")
    for part in ("还要补2样", "2026年12月1日前", "离职证明：要核对离职日期", "窗口"):
        assert part in shown(talk.last)
    await talk.say("离职证明我拿到了，电话13900000002")
    assert "离职证明——「离职证明我拿到了，电话139****0002」" in shown(talk.last)
    assert "最晚2026年12月1日" in shown(talk.last)
    await talk.say("身份证丢了，下周二才补得到")
    (first, second) = (await the_case(talk)).statements
    assert (first.line, second.line) == (LEFT["name"], ID_CARD["name"])
    await talk.say("失业登记怎么办")
    assert len((await the_case(talk)).statements) == 2


async def test_what_is_told_without_a_case_is_no_supplement(talk: Talk) -> None:
    """Nothing is kept and nothing claimed; asked for, the number is asked for as for a status."""
    await talk.say("离职证明我拿到了")
    assert "记在您的件上" not in shown(talk.last)
    await talk.say("要我补什么")
    assert "受理编号" in shown(talk.last)


async def test_withdrawing_needs_a_yes_right_after_the_read_back(talk: Talk) -> None:
    """A yes to something else withdraws nothing."""
    await has_a_case(talk)
    await talk.say("我不办了，撤回")
    assert "确定撤回「领失业金」" in shown(talk.last)
    await talk.say("失业金能领多久")
    await talk.say("好的")
    assert (await the_case(talk)).state == "submitted"
    await talk.say("那个申请帮我撤了")
    await talk.say("先不撤")
    assert "照常办" in shown(talk.last)
    await talk.say("我不办了，撤回")
    await talk.say("确定撤回")
    assert (await the_case(talk)).state == "withdrawn"
    await talk.say("撤回申请")
    assert "已经撤回了" in shown(talk.last)


async def test_a_decided_case_cannot_be_withdrawn_and_can_be_disputed(talk: Talk) -> None:
    """Why not, what instead; the remedies with their days, places and papers; which of two is asked."""
    await has_a_case(talk)
    await talk.say("我不服")
    assert "还没有结果" in shown(talk.last)
    await talk.clerk("refuse", note="缴费不满一年")
    await talk.say("我要撤回申请")
    for part in ("撤不回来", "不予受理", "最晚2027年1月22日可以申请行政复议", "窗口"):
        assert part in shown(talk.last)
    await talk.say("不同意这个结果，怎么申诉")
    for part in ("最晚2027年5月23日可以向人民法院提起行政诉讼", "第二十条", "行政复议申请书", "依法定"):
        assert part in shown(talk.last)
    assert "一定能" not in shown(talk.last)


async def test_a_decision_told_in_words(talk: Talk) -> None:
    """With its day at once; without, the day is asked for and then counted."""
    await talk.say("2026年11月20日收到的仲裁裁决，我不服")
    assert "最晚2026年12月7日可以向人民法院起诉" in shown(talk.last)
    await talk.say("伤残鉴定的结论我不服")
    assert "收到之日起15日内可以申请再次鉴定" in shown(talk.last)
    await talk.say("2026年11月20日")
    assert "最晚2026年12月7日可以申请再次鉴定" in shown(talk.last)


async def test_no_day_of_payment_is_made_up(talk: Talk) -> None:
    """The case first; what the item tells; the day is not published, and who knows it."""
    await talk.say("钱几号发")
    assert "没有公布" in shown(talk.last)
    await has_a_case(talk)
    await talk.say("什么时候到账")
    for part in ("您办的「领失业金」已经提交", "没有公布", "12333", "工作日"):
        assert part in shown(talk.last)


async def test_where_a_case_stands_in_words(talk: Talk) -> None:
    """Its stage, whose it is, how long by the calendar."""
    await has_a_case(talk)
    await talk.say("办到哪一步了")
    assert "已经提交" in shown(talk.last)
    assert "失业保险" in shown(talk.last)
    await talk.say("谁在办我的件")
    assert "归社会保险·失业保险办" in shown(talk.last)
    await talk.say("我的件还要几天")
    assert "最晚2026年12月7日办好。还有10个工作日。" in shown(talk.last)


async def test_how_long_is_still_asked_of_an_item(talk: Talk) -> None:
    """Without a case it is the item's limit, as before."""
    await talk.say("失业登记怎么办")
    await talk.say("还要几天")
    assert "失业登记" in shown(talk.last)
    assert "受理编号" not in shown(talk.last)


async def test_what_is_said_of_another_paper_is_not_kept(talk: Talk) -> None:
    """It is told instead what is asked for; an employer's withdrawal is no wish to withdraw the case."""
    await has_a_case(talk)
    await talk.clerk("request_supplement", lines=[ID_CARD, LEFT], until="2026-12-01")
    await talk.say("要我补什么")
    await talk.say("户口本找不着，补不了")
    assert "还要补2样" in shown(talk.last)
    assert (await the_case(talk)).statements == ()
    await talk.say("单位说我撤回辞职申请不算数")
    assert "确定撤回" not in shown(talk.last)


async def test_a_slip_in_a_form_that_is_handed_in_lies_with_the_case(talk: Talk) -> None:
    """What is right is asked for where it was not told, and said back masked; without a case nothing is claimed."""
    await talk.say("电话写错了")
    assert "记在" not in shown(talk.last)
    await has_a_case(talk)
    assert "「手机号码」对的是什么" in shown(await talk.say("电话写错了"))
    assert "「手机号码」对的是什么" in shown(await talk.say("换了一个"))
    noted = shown(await talk.say("13900000002"))
    for part in ("「手机号码」填错了——「139****0002」", "窗口", "12333", "撤回"):
        assert part in noted
    assert "哪一项错了" in shown(await talk.say("提交了还能改吗"))
    await talk.clerk("refuse", note="缴费不满一年")
    assert "已经有结果了" in shown(await talk.say("名字打错了，是和秀芳"))
    assert [one.line for one in (await the_case(talk)).statements] == ["「手机号码」填错了"]
