"""Several things told in one message, and facts of a notice taken back: each goes to its place and is said back."""

from __future__ import annotations

import pytest

from tests.assistant.talk import Talk, shown
from tests.assistant.test_answers_read_back import asked_for, kept
from tests.conftest import ID_NUMBER, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_an_identity_number_and_a_telephone_in_one_message(talk: Talk) -> None:
    """Neither is asked for again; both are said back masked, nothing stands in clear."""
    await asked_for(talk, "id_number")
    reply = shown(await talk.say(f"{ID_NUMBER}，电话{PHONE}"))
    assert "530***********0018" in reply
    assert "138****0001" in reply
    assert "（4/6）" in reply
    assert (await kept(talk, "phone")).value == "138****0001"
    everything = repr(await talk.engine.events(talk.conversation))
    assert ID_NUMBER not in everything
    assert PHONE not in everything


async def test_a_name_with_its_numbers_in_one_message(talk: Talk) -> None:
    """The name is not refused for the figures beside it."""
    await asked_for(talk, "name")
    reply = shown(await talk.say(f"和秀英 身份证{ID_NUMBER} 电话{PHONE}"))
    assert "「姓名」记为和秀英。" in reply
    assert "530***********0018" in reply
    assert "（4/6）" in reply


async def test_of_two_telephones_the_one_taken_is_said(talk: Talk) -> None:
    """Whoever meant the other sees it."""
    await asked_for(talk, "phone")
    assert f"记为{PHONE[:3]}****{PHONE[-4:]}" in shown(await talk.say(f"{PHONE}、13900000007"))


@pytest.mark.parametrize(
    ("said", "value"), [("H12345678", "港澳居民来往内地通行证，H*****678"), ("E12345678", "护照，E*****678")]
)
async def test_a_bare_number_of_a_document_says_which_it_is(talk: Talk, said: str, value: str) -> None:
    """And is said back with its document."""
    await asked_for(talk, "id_number")
    assert value in shown(await talk.say(said))


async def test_an_employer_is_said_back_and_general_words_are_asked_again(talk: Talk) -> None:
    """Nobody's form says 「没单位」."""
    await asked_for(talk, "last_employer")
    for said in ("没单位", "公司倒闭了", "原来那家"):
        assert "（4/6）" in shown(await talk.say(said))
    assert "「原工作单位」记为云杉石材。" in shown(await talk.say("我在云杉石材上班"))


async def test_half_a_number_that_is_told_anew_changes_no_name(talk: Talk) -> None:
    """「不对，我重新打」 is no name."""
    await asked_for(talk, "id_number")
    await talk.say("530799199003")
    assert "（2/6）" in shown(await talk.say("不对，我重新打"))
    assert (await kept(talk, "name")).value == "和秀英"
    assert "（3/6）" in shown(await talk.say(ID_NUMBER))


async def test_a_facts_correction_makes_the_notice_anew(talk: Talk) -> None:
    """It is said back, and the list is that of the right answer."""
    await talk.say("领失业金要带什么")
    assert "授权委托书" not in shown(await talk.say("本人办"))
    reply = shown(await talk.say("不对，是请别人代办"))
    assert "改成「请别人代办」" in reply
    assert "授权委托书" in reply
    assert "授权委托书" not in shown(await talk.say("其实是本人办"))


async def test_what_says_nothing_of_who_comes_is_no_answer(talk: Talk) -> None:
    """「我自己不想干了」 issues no list."""
    await talk.say("领失业金要带什么")
    assert "材料一次说清（编号" not in shown(await talk.say("不是，我自己不想干了"))
