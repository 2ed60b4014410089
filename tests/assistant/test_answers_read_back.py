"""What is typed into a form in the chat is read right and said back: numbers in parts, documents by name, days, names, verbs."""

from __future__ import annotations

import pytest

from backend.client.cases import CasesClient
from backend.contracts.cases import Case, FieldView
from tests.assistant.talk import Talk, shown
from tests.conftest import APPLICATION, ID_NUMBER, PHONE
from tests.own_ids import without_own_ids

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def asked_for(talk: Talk, field: str) -> None:
    """The form of the unemployment benefit, filled up to a field."""
    await talk.say("帮我办失业金申领")
    for name, said in APPLICATION.items():
        if name == field:
            return
        await talk.say(said)


async def kept(talk: Talk, field: str) -> FieldView:
    """A field as it is kept."""
    case: Case
    (case,) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    return next(one for one in case.fields if one.id == field)


@pytest.mark.parametrize(
    "parts",
    [
        ("530799", "19900307", "0018"), ("前面是5307991990", "后面03070018"), ("五三零七九九", "1990 0307", "oo18"), ("5307", "9919", "9003", "0700", "18"),
        ("53079919900", "530799", "199003070018"),
    ],
)  # fmt: skip
async def test_an_identity_number_told_in_parts_is_joined(talk: Talk, parts: tuple[str, ...]) -> None:
    """It is said how many figures are there; whole, it is checked and said back masked; no part is left in clear."""
    await asked_for(talk, "id_number")
    for part in parts[:-1]:
        reply = shown(await talk.say(part))
        assert "（2/6）记下了" in reply
        assert "请接着写后面的" in reply
    last = shown(await talk.say(parts[-1]))
    assert "记为530***********0018" in last
    assert "（3/6）" in last
    told = without_own_ids(repr(await talk.engine.events(talk.conversation)))
    assert "19900307" not in told
    assert "0018" not in told.replace("530***********0018", "")


async def test_what_the_parts_make_is_checked(talk: Talk) -> None:
    """A wrong digit is told; the whole number can then be written anew."""
    await asked_for(talk, "id_number")
    await talk.say("53079919900307")
    assert "核对不上" in shown(await talk.say("0017"))
    assert "（2/6）" in shown(talk.last)
    await talk.say(ID_NUMBER)
    assert "（3/6）" in shown(talk.last)


async def test_a_mobile_number_in_parts(talk: Talk) -> None:
    """The same for a telephone, letters that look like digits included."""
    await asked_for(talk, "phone")
    assert "手机号是11位，1开头" in shown(await talk.say("530799"))
    assert "记下了3位，还差8位" in shown(await talk.say("（+86）l38"))
    assert "记下了7位，还差4位" in shown(await talk.say("OOOO"))
    assert "（4/6）" in shown(await talk.say("0001"))
    assert (await kept(talk, "phone")).value == "138****0001"


@pytest.mark.parametrize(
    ("named", "kind", "number", "value"),
    [
        ("台胞证", "mainland_permit_tw", "12345678", "台湾居民来往大陆通行证，1****678"),
        ("我没有身份证，只有护照", "passport", "E12345678", "护照，E*****678"),
        ("外国人永久居留证", "permanent_residence", "USA110074010100", "外国人永久居留身份证，U***********100"),
        ("回乡证可以吗", "mainland_permit_hk_mo", "H12345678", "港澳居民来往内地通行证，H*****678"),
    ],
)  # fmt: skip
async def test_another_document_is_chosen_by_its_name(
    talk: Talk, named: str, kind: str, number: str, value: str
) -> None:
    """Its own rule checks the number; told with the name, nothing is asked again."""
    await asked_for(talk, "id_number")
    await talk.say(named)
    assert (await kept(talk, "id_number")).document == kind
    assert "的号码（" in shown(talk.last)
    assert "不像" in shown(await talk.say("123"))
    assert value in shown(await talk.say(number))
    assert (await kept(talk, "id_number")).value == value


async def test_a_document_and_its_number_in_one_message(talk: Talk) -> None:
    """The name is read and the number hidden."""
    await asked_for(talk, "id_number")
    assert "（3/6）" in shown(await talk.say("台胞证 12345678"))
    assert (await kept(talk, "id_number")).value == "台湾居民来往大陆通行证，1****678"
    assert "12345678" not in repr(await talk.engine.events(talk.conversation))


async def test_a_document_without_a_rule_is_shown_at_the_counter(talk: Talk) -> None:
    """军官证: no number is asked for."""
    await asked_for(talk, "id_number")
    assert "军人证件，到窗口出示原件" in shown(await talk.say("我用军官证"))
    assert "（3/6）" in shown(talk.last)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("10月31号", "2026年10月31日"),
        ("上个月底", "2026年10月31日"),
        ("去年国庆节", "2025年10月1日"),
        ("3天前", "2026年11月20日"),
    ],
)
async def test_a_day_is_said_back_in_full(talk: Talk, said: str, day: str) -> None:
    """Whoever meant another one sees it at once."""
    await asked_for(talk, "left_on")
    assert f"记为{day}。" in shown(await talk.say(said))


async def test_a_day_written_in_full_is_not_said_back(talk: Talk) -> None:
    """It stands there."""
    await asked_for(talk, "left_on")
    assert "记为" not in shown(await talk.say("2026年10月31日"))


@pytest.mark.parametrize("answer", ["7月3号", "第一个", "是7月3日", "press"])
async def test_a_day_that_can_be_two_is_asked_about(talk: Talk, answer: str) -> None:
    """「3/7/2025」: both days are named and offered; the answer needs no year."""
    await asked_for(talk, "left_on")
    reply = shown(await talk.say("3/7/2025"))
    assert "2025年7月3日，还是2025年3月7日" in reply
    assert "（5/6）" in reply
    await (talk.press("2025年7月3日") if answer == "press" else talk.say(answer))
    assert (await kept(talk, "left_on")).value == "2025年7月3日"


@pytest.mark.parametrize(
    ("said", "name"),
    [("高兴", "高兴"), ("和秀英女士", "和秀英"), ("我叫平安", "平安"), ("Conan O’Brien", "CONAN O'BRIEN"), ("阿卜杜拉··买买提", "阿卜杜拉·买买提")],
)  # fmt: skip
async def test_a_name_is_said_back(talk: Talk, said: str, name: str) -> None:
    """A bare word that is a name, a title dropped, other signs."""
    await asked_for(talk, "name")
    assert f"「姓名」记为{name}。" in shown(await talk.say(said))


async def test_a_surname_with_a_title_is_no_name(talk: Talk) -> None:
    """The name on the document is asked for."""
    await asked_for(talk, "name")
    assert "（1/6）" in shown(await talk.say("王先生"))


async def test_the_questions_verb_is_an_answer(talk: Talk) -> None:
    """「还清了」 to 「有没有还没还清的」 is no, and said back as one."""
    await talk.say("帮我申请创业担保贷款")
    case: Case
    (case,) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    answers = {"name": "和秀英", "id_number": ID_NUMBER, "phone": PHONE, "business_name": "云杉米线店"}
    for _ in case.fields:
        field = case.next_field
        assert field is not None
        if field.id == "unpaid_loan":
            break
        await talk.say(answers.get(field.id) or (field.choices[0] if field.choices else "5"))
        (case,) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    assert "记为不是" in shown(await talk.say("还清了"))


async def test_a_calculator_says_what_it_reckoned_with(talk: Talk) -> None:
    """Relative days and near sums."""
    await talk.say("帮我算经济补偿")
    for said in ("单位违法辞退我", "2020年1月2日"):
        await talk.say(said)
    assert "记为2026年10月31日" in shown(await talk.say("上个月底"))
    await talk.say("大概3500")
    assert "按3,500元算" in shown(await talk.press("不知道，跳过"))
