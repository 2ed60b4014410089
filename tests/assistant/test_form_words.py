"""What people type in a form is read as they mean it: corrections, remarks, refusals, reasons in own words."""

from __future__ import annotations

import pytest

from backend.client.cases import CasesClient
from backend.contracts.cases import CaseState
from tests.assistant.talk import Talk, shown
from tests.assistant.test_answers_read_back import asked_for, kept

pytestmark = pytest.mark.asyncio(loop_scope="session")

END = "nothing"
"""No field of the form: it is filled to its end."""


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("name", "和秀英，写错了，和秀芳", "和秀芳"),
        ("phone", "13800000001，打错了，13900000002", "139****0002"),
        ("phone", "不要打13800000001，打13900000002", "139****0002"),
        ("last_employer", "古城酒店 不对 云杉酒店", "云杉酒店"),
        ("left_on", "10月20日，不对，是10月21日", "2026年10月21日"),
        ("leaving_reason", "合同到期，不对，是被辞退的", "单位辞退或裁员"),
    ],
)
async def test_of_a_value_and_its_correction_the_last_counts(talk: Talk, field: str, said: str, value: str) -> None:
    """And is read back."""
    await asked_for(talk, field)
    assert f"记为{value}。" in shown(await talk.say(said))
    assert (await kept(talk, field)).value == value


@pytest.mark.parametrize(
    ("awaited", "said", "field", "value"),
    [
        ("left_on", "单位写错了，是云杉石材", "last_employer", "云杉石材"),
        ("left_on", "不对，是云杉石材", "last_employer", "云杉石材"),
        ("left_on", "电话最后两位写错了，应该是56", "phone", "138****0056"),
        ("left_on", "公司名字错了，应该是云杉石材", "last_employer", "云杉石材"),
        ("id_number", "不对，我叫和秀芳", "name", "和秀芳"),
        ("leaving_reason", "刚才说错了，是10.20", "left_on", "2026年10月20日"),
        (END, "单位写错了，是云杉石材", "last_employer", "云杉石材"),
        (END, "电话改成13900000002", "phone", "139****0002"),
        (END, "不对，电话是13900000002", "phone", "139****0002"),
        (END, "日期改成10.30", "left_on", "2026年10月30日"),
        (END, "不对，是老板跑路", "leaving_reason", "单位关闭或破产"),
    ],
)
async def test_a_correction_one_message_later_goes_to_its_field(
    talk: Talk, awaited: str, said: str, field: str, value: str
) -> None:
    """It is read back, and the same question is asked again."""
    await asked_for(talk, awaited)
    asked = shown(talk.last).split("\n\n")[-1]
    reply = shown(await talk.say(said))
    assert f"改好了，记为{value}。" in reply
    assert (await kept(talk, field)).value == value
    assert awaited == END or reply.endswith(asked)


async def test_a_correction_that_does_not_do_is_asked_for_again(talk: Talk) -> None:
    """What was there before stays until then."""
    await asked_for(talk, END)
    assert "（1/6）" in shown(await talk.say("名字错了，是2026年10月"))
    assert (await kept(talk, "name")).value == "和秀英"
    assert "填好了" in shown(await talk.say("和秀芳"))


@pytest.mark.parametrize("said", ["第三个改一下", "改一下电话", "手机号要改", "第三项错了"])
async def test_a_field_is_chosen_by_name_or_place_at_the_filled_form(talk: Talk, said: str) -> None:
    """Its question is asked again."""
    await asked_for(talk, END)
    assert shown(await talk.say(said)).startswith("（3/6）")


@pytest.mark.parametrize("said", ["都对", "没问题交吧", "都对，交吧", "没毛病，交", "全都对，提交吧", "可以了"])
async def test_the_filled_form_is_handed_in_by_words(talk: Talk, said: str) -> None:
    """As people say it."""
    await asked_for(talk, END)
    assert "受理编号" in shown(await talk.say(said))
    (case,) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    assert case.state is CaseState.SUBMITTED


@pytest.mark.parametrize("said", ["交多少钱", "要不要交材料", "不交", "不对", "等等，先别交"])
async def test_nothing_is_handed_in_by_other_words(talk: Talk, said: str) -> None:
    """A question or a doubt is none of them."""
    await asked_for(talk, END)
    await talk.say(said)
    (case,) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    assert case.state is CaseState.DRAFT


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("等等我看看合同", "不急"),
        ("稍等找一下身份证", "不急"),
        ("我不记得了，问下老婆", "不急"),
        ("为什么要问这个", "只有办这件事的工作人员看得到。这一项要填"),
        ("要这个干嘛", "这一项要填"),
        ("我的信息会不会泄露", "加密保存"),
        ("我不想说", "到窗口要带"),
        ("跳过", "不能跳过"),
        ("这个要多久", "10个工作日内办好"),
        ("要钱吗", "不收费"),
        ("13800000001", "不写号码、日期"),
        ("2026年10月31日", "不写号码、日期"),
        ("12345", "不写号码、日期"),
    ],
)
async def test_what_is_no_employer_fills_no_employer(talk: Talk, said: str, told: str) -> None:
    """It is answered, and the question comes once more."""
    await asked_for(talk, "last_employer")
    reply = shown(await talk.say(said))
    assert told in reply
    assert reply.count("（4/6）") == 1
    assert (await kept(talk, "last_employer")).value is None


@pytest.mark.parametrize(
    "name", ["丽江好日子酒店", "某某好日子酒店", "等等咖啡", "今天连锁超市", "问号文化公司", "为什么工作室"]
)
async def test_a_real_employer_passes(talk: Talk, name: str) -> None:
    """Whatever it begins with."""
    await asked_for(talk, "last_employer")
    await talk.say(name)
    assert (await kept(talk, "last_employer")).value == name


@pytest.mark.parametrize("field", ["id_number", "phone", "last_employer", "left_on", "leaving_reason"])
async def test_every_field_can_be_waited_at_asked_about_declined_and_left_backwards(talk: Talk, field: str) -> None:
    """The draft stays open and nothing is filled."""
    await asked_for(talk, field)
    number = shown(talk.last).split("\n\n")[-1][:5]
    for said, told in (("等一下", "不急"), ("为什么要这个", "看得到"), ("跳过", "不能跳过"), ("我不想说", "到窗口")):
        reply = shown(await talk.say(said))
        assert told in reply
        assert number in reply
    assert (await kept(talk, field)).value is None
    assert number not in shown(await talk.say("回到上一步"))


async def test_what_may_be_left_out_is_left_out_when_it_is_not_told(talk: Talk) -> None:
    """「我不想说」 skips an optional field."""
    await talk.say("帮我申请公益性岗位")
    for said in ("和秀英", "530799199003070018", "13800000001"):
        await talk.say(said)
    assert "填好了" in shown(await talk.say("我不想说"))


async def test_at_the_first_field_nothing_comes_before(talk: Talk) -> None:
    """It is said, and the form goes on."""
    await asked_for(talk, "name")
    assert "这是第一项" in shown(await talk.say("回到上一步"))


@pytest.mark.parametrize(
    "parts", [("530799199003070", "018"), ("530799199003070", "01", "8"), ("530799199003", "070018")]
)
async def test_an_identity_number_in_two_parts(talk: Talk, parts: tuple[str, ...]) -> None:
    """Fifteen digits with a whole date of birth begin a number of eighteen."""
    await asked_for(talk, "id_number")
    for part in parts:
        await talk.say(part)
    assert (await kept(talk, "id_number")).value == "530***********0018"


async def test_a_day_is_no_part_of_a_number(talk: Talk) -> None:
    """Nor is an X at the end left out of the count."""
    await asked_for(talk, "id_number")
    assert "没看到数字" in shown(await talk.say("2026年10月"))
    assert "您写的是3位" in shown(await talk.say("06X"))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("老板跑路了", "单位关闭或破产"), ("不干了自己走的", "其他原因"), ("合同到期没续", "合同到期单位不续签"), ("被开了", "单位辞退或裁员"),
        ("签字离的，双方同意", "单位提出协商解除"), ("老板欠我工资，我才走的", "因单位欠薪等我提出解除"),
    ],
)  # fmt: skip
async def test_a_reason_in_own_words_is_matched_and_read_back(talk: Talk, said: str, reason: str) -> None:
    """Whoever meant another one sees it at the filled form."""
    await asked_for(talk, "leaving_reason")
    assert f"「离职原因」记为{reason}。" in shown(await talk.say(said))


@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        ("name", "啥意思", "才知道这件事是给谁办的"), ("id_number", "干嘛要这个", "核对身份"), ("phone", "什么意思", "有事好找您"),
        ("name", "我叫小李", "像是平时的称呼"), ("name", "六年", "（1/6）"),
        ("phone", "没有手机，家里座机0888-5123456", "这里请留一个手机号，有事好找您"), ("phone", "座机0888-5123456", "家里人、亲戚"),
        ("left_on", "2月30号", "2026年2月最多到28日"), ("left_on", "13月5日", "一年只有12个月"), ("left_on", "六年", "没看懂是哪一天"),
        ("leaving_reason", "六年", "从这几个里选一个"),
    ],
)  # fmt: skip
async def test_what_is_no_answer_to_a_field_is_told_so(talk: Talk, field: str, said: str, told: str) -> None:
    """A question about the field, a nickname, a fixed line, a day that does not exist, a length of time: nothing is filled."""
    await asked_for(talk, field)
    assert told in shown(await talk.say(said))
    assert (await kept(talk, field)).value is None


async def test_a_nickname_told_once_more_is_a_name(talk: Talk) -> None:
    """Some cards have such names."""
    await asked_for(talk, "name")
    await talk.say("小李")
    await talk.say("我叫小李")
    assert (await kept(talk, "name")).value == "小李"


async def test_the_last_figures_of_a_number_are_put_right(talk: Talk) -> None:
    """Read back masked; what then fails its check digit is refused, and the number stays as it was."""
    await asked_for(talk, "last_employer")
    assert "手机号码改好了，记为138****0056。" in shown(await talk.say("电话最后两位是56"))
    assert "核对不上" in shown(await talk.say("身份证最后一位是X"))
    assert (await kept(talk, "id_number")).value == "530***********0018"
    assert "13800000056" not in repr(await talk.engine.events(talk.conversation))


CALCULATOR = "失业前，单位和您一起缴了多久失业保险？"
SECOND = "以前领失业金，还有几个月没领完？"


@pytest.mark.parametrize("said", ["不对 是9年", "刚才说错了，是9年", "年限错了，是9年", "把年限改成9年"])
async def test_a_calculators_answer_is_corrected_one_message_later(talk: Talk, said: str) -> None:
    """The question just answered, read back; then the same question again."""
    await talk.say("帮我算失业金能领几个月")
    await talk.say("3年")
    reply = shown(await talk.say(said))
    assert "记为9年。" in reply
    assert SECOND in reply
    await talk.say("0")
    assert "您缴了9年" in shown(await talk.say("否"))


async def test_a_calculators_answer_is_corrected_within_the_message(talk: Talk) -> None:
    """The last value, read back."""
    await talk.say("帮我算失业金能领几个月")
    assert "记为5年半。" in shown(await talk.say("3年，不对，是5年半"))
    await talk.say("跳过")
    assert "您缴了5年6个月" in shown(await talk.say("跳过"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("等一下", "不急"), ("跳过", "才算得出来"), ("我不想说", "才算得出来"), ("不知道", "说个大概也行"), ("为什么要问这个", "所以要问"),
        ("回到上一步", "这是第一句"),
        ("这个要多久", "10个工作日"), ("要钱吗", "不收费"), ("会不会泄露我的信息", "只用来算这一次"),
    ],
)  # fmt: skip
async def test_a_calculators_question_stays_after_a_remark(talk: Talk, said: str, told: str) -> None:
    """It is answered, and the question comes once more."""
    await talk.say("帮我算失业金能领几个月")
    reply = shown(await talk.say(said))
    assert told in reply
    assert reply.count(CALCULATOR) == 1


async def test_a_calculator_goes_back_one_question(talk: Talk) -> None:
    """And on from there."""
    await talk.say("帮我算失业金能领几个月")
    await talk.say("3年")
    assert CALCULATOR in shown(await talk.say("上一个填错了"))
    assert SECOND in shown(await talk.say("9年"))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("等一下", "不急"),
        ("为什么要问这个", "一次列全"),
        ("我不想说", "到窗口"),
        ("跳过", "到窗口"),
        ("回到上一步", "第一句"),
    ],
)
async def test_a_question_of_the_notice_stays_after_a_remark(talk: Talk, said: str, told: str) -> None:
    """It is answered, and can still be answered."""
    await talk.say("领失业金要带什么")
    assert told in shown(await talk.say(said))
    assert {"本人办", "请别人代办"} <= set(talk.buttons)


async def test_severance_pay_takes_no_wage_that_is_paid_out(talk: Talk) -> None:
    """It is asked about; a correction of a day told before goes to that day; the plain figure counts then."""
    await talk.say("帮我算经济补偿")
    for said in ("单位让走的", "2020年3月1日", "2026年10月31日"):
        await talk.say(said)
    wage = shown(talk.last)
    assert "不是到手的钱" in shown(await talk.say("到手3500"))
    assert "要写一个数" in shown(await talk.say("六年"))
    assert "您是哪天到这家单位上班的" in shown(await talk.say("入职日期说错了"))
    assert shown(await talk.say("2019年3月1日")) == wage
    assert "本市上年度" in shown(await talk.say("4000"))


async def test_unemployment_benefit_takes_none_words_and_far_off_days(talk: Talk) -> None:
    """Each is read back."""
    await talk.say("帮我算失业金能领几个月")
    await talk.say("六年")
    assert "记为0。" in shown(await talk.say("早就领完了"))
    assert "记为不是。" in shown(await talk.say("早着呢"))


@pytest.mark.parametrize(
    ("awaited", "said", "field", "value"),
    [
        ("left_on", "我叫和秀瑛，不是和秀英", "name", "和秀瑛"),
        ("last_employer", "名字是和丽芬，不是和丽芳", "name", "和丽芬"),
        ("leaving_reason", "云杉石材，不是古城酒店", "last_employer", "云杉石材"),
        ("left_on", "和秀英不对，是和秀莹", "name", "和秀莹"),
    ],
)
async def test_what_is_told_against_a_kept_value_puts_it_right(
    talk: Talk, awaited: str, said: str, field: str, value: str
) -> None:
    """The field that is named, or whose value it is; read back, and the open field stays open."""
    await asked_for(talk, awaited)
    asked = shown(talk.last).split("\n\n")[-1]
    reply = shown(await talk.say(said))
    assert f"改好了，记为{value}。" in reply
    assert reply.endswith(asked)
    assert (await kept(talk, field)).value == value
    assert (await kept(talk, awaited)).value is None


async def test_what_looks_like_no_answer_is_asked_about_once(talk: Talk) -> None:
    """Told once more it is taken as it is, and said so; an agreement never is. A question, and for whom, leave the field open."""
    await asked_for(talk, "last_employer")
    for said, told in (
        ("对头，交", "（4/6）"),
        ("户口簿行不", "单子里"),
        ("代我妈办", "帮别人办的"),
        ("生的男娃", "照原样再发一次"),
    ):
        reply = shown(await talk.say(said))
        assert told in reply
        assert reply.count("（4/6）") == 1
        assert (await kept(talk, "last_employer")).value is None
    assert "照您写的记" in shown(await talk.say("生的男娃"))
    assert (await kept(talk, "last_employer")).unverified


async def test_what_is_told_with_the_wish_to_begin_is_in_the_form(talk: Talk) -> None:
    """A name and a number, read back."""
    reply = shown(await talk.say("我叫和丽芬，身份证530799199003070018，帮我办失业金申领"))
    assert "「姓名」记为和丽芬。" in reply
    assert "（3/6）" in reply
