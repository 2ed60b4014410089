"""Starting a case in the chat: what a citizen relies on."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.actions.backend import BackendGone
from backend.client import BackendUnavailable, ClientPart
from backend.client.cases import CasesClient
from backend.contracts.cases import CaseState
from backend.contracts.replies import Outcome
from tests.assistant.talk import Talk, shown
from tests.conftest import APPLICATION, ID_NUMBER, PHONE

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def begin(talk: Talk) -> None:
    """Start the case of the unemployment benefit."""
    await talk.say("帮我办失业金申领")


async def fill(talk: Talk, *, but: str = "") -> None:
    """Answer the questions in order, up to the field ``but``."""
    for field, said in APPLICATION.items():
        if field == but:
            return
        await talk.say(said)


async def test_a_case_is_started_filled_and_submitted_in_one_go(talk: Talk) -> None:
    """Acceptance number and due date at the end; the clock is that of 《社会保险经办条例》第二十四条."""
    await begin(talk)
    await fill(talk)
    assert "530***********0018" in shown(talk.last)
    await talk.press("提交")
    assert "受理编号：1261 1230 " in shown(talk.last)
    assert "最晚2026年12月7日办好" in shown(talk.last)
    cases = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    assert [case.state for case in cases] == [CaseState.SUBMITTED]


async def test_a_question_in_between_is_answered_and_the_form_goes_on(talk: Talk) -> None:
    """DESIGN, walk 3: questions in the middle are answered and the form resumes."""
    await begin(talk)
    await fill(talk, but="last_employer")
    reply = await talk.say("那要多久")
    assert "10个工作日内办好" in reply.messages[0].web.text
    assert "（4/6）您离职前在哪个单位上班？" in reply.messages[-1].web.text


async def test_a_wrong_checksum_is_told_and_nothing_is_lost(talk: Talk) -> None:
    """GB 11643: one wrong digit is noticed at once; what was filled before stays."""
    await begin(talk)
    await talk.say(APPLICATION["name"])
    reply = await talk.say("530799199003070017")
    assert "核对不上" in reply.messages[0].web.text
    assert "（2/6）" in shown(reply)
    await talk.say(ID_NUMBER)
    assert "（3/6）" in shown(talk.last)


async def test_a_field_is_corrected_while_filling(talk: Talk) -> None:
    """「手机号错了，是……」 puts the new number in the old one's place."""
    await begin(talk)
    await fill(talk, but="last_employer")
    await talk.say("手机号错了，是13800000002")
    (case,) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    phone = next(field for field in case.fields if field.id == "phone")
    assert phone.value == "138****0002"
    assert "（4/6）" in shown(talk.last)


async def test_leaving_keeps_the_draft_and_coming_back_goes_on(talk: Talk) -> None:
    """A half-filled case is a draft in the backend (CONTRACTS)."""
    await begin(talk)
    await fill(talk, but="phone")
    await talk.say("算了，先不办了")
    assert "已经填的都给您留着" in shown(talk.last)
    await talk.say("帮我办失业金申领")
    assert "您上次填的" in shown(talk.last)
    assert "（3/6）" in shown(talk.last)


async def test_full_width_digits_are_understood(talk: Talk) -> None:
    """People's keyboards are set to full width."""
    await begin(talk)
    await talk.say(APPLICATION["name"])
    await talk.say("５３０７９９１９９００３０７００１８")
    assert "（3/6）" in shown(talk.last)
    await talk.say("１３８０００００００１")
    assert "（4/6）" in shown(talk.last)


async def test_the_assistant_never_sees_a_number(talk: Talk) -> None:
    """Tracker, slots and replies hold placeholders and masked forms only (CONTRACTS)."""
    await begin(talk)
    await fill(talk)
    everything = repr(await talk.engine.events(talk.conversation)) + repr(talk.replies)
    assert ID_NUMBER not in everything
    assert PHONE not in everything
    assert "⟦id:" in everything


async def test_the_same_message_twice_gets_the_same_reply_once(talk: Talk) -> None:
    """CONTRACTS: turns are idempotent by message_id; the case is not doubled."""
    await begin(talk)
    await fill(talk)
    submitted = await talk.press("提交")
    again = await talk.engine.turn(talk.conversation, talk.turns[-1])
    assert again == submitted
    assert len(await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)) == 1


async def test_a_lost_tracker_is_rebuilt_and_the_form_goes_on(talk: Talk) -> None:
    """The tracker is a cache: the draft comes back from the backend."""
    await begin(talk)
    await fill(talk, but="last_employer")
    talk.engine.erase(talk.conversation)
    await talk.say(APPLICATION["last_employer"])
    assert "（5/6）" in shown(talk.last)


async def test_an_old_or_forged_button_does_nothing_unlawful(talk: Talk) -> None:
    """A choice is checked by the backend like everything else."""
    await talk.say("你好")
    for choice in ("case:submit", "withdraw_yes:nothing", "start:LJ-XX-999", 'item:x"}', "fact:by_proxy:yes"):
        reply = await talk.send(choice)
        assert reply.understood.outcome in {Outcome.CHAT, Outcome.NOT_UNDERSTOOD, Outcome.CLARIFY, Outcome.HANDOVER}
    assert await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation) == []


async def test_buttons_of_yesterdays_page_still_mean_what_they_said(talk: Talk) -> None:
    """``answer:`` was once both a policy answer and a form's value."""
    reply = await talk.send("answer:Q001")
    assert reply.messages[-1].web.card is not None
    assert reply.messages[-1].web.card.kind == "answer"
    await begin(talk)
    await fill(talk, but="leaving_reason")
    await talk.send(f"answer:{APPLICATION['leaving_reason']}")
    assert "填好了" in shown(talk.last)


@pytest.mark.parametrize("name", ["和文英", "和丽军", "和平", "何强", "杨志华"])
async def test_a_name_is_a_name_whatever_it_sounds_like(talk: Talk, name: str) -> None:
    """和, the commonest surname of Lijiang, is a word for 「and」 too; 「和平」 sounds like another office's matter."""
    await begin(talk)
    assert "（2/6）" in shown(await talk.say(name))


@pytest.mark.parametrize("said", ["方便吗", "何时能办好", "要多久", "马上"])
async def test_what_only_begins_like_a_surname_is_no_name(talk: Talk, said: str) -> None:
    """The question for the name stays."""
    await begin(talk)
    assert "（2/6）" not in shown(await talk.say(said))


BARE_NAMES = [
    "欧阳娜娜",
    "扎西顿珠",
    "岩温",
    "央金",
    "高兴",
    "平安",
    "万一",
    "时间",
    "王𬱖",
    "王〇",
    "古丽",
    "阿依古丽",
    "司马光",
    "明白",
]


@pytest.mark.parametrize("name", BARE_NAMES)
async def test_a_bare_name_is_the_name_while_one_is_awaited(talk: Talk, name: str) -> None:
    """No surname is needed that we know, and no 「我叫」."""
    await begin(talk)
    assert "（2/6）" in shown(await talk.say(name))


async def test_a_name_that_is_also_a_word_is_asked_about(talk: Talk) -> None:
    """「马上」 is said by who is looking for the card, and is a name."""
    await begin(talk)
    assert "「马上」是姓名吗" in shown(await talk.say("马上"))
    assert "（2/6）" in shown(await talk.say("我叫马上"))


@pytest.mark.parametrize("said", ["等一下", "稍等哈", "我找找", "让我想想", "不知道"])
async def test_waiting_fills_no_field(talk: Talk, said: str) -> None:
    """The question stays and nobody is hurried; at the end the form is shown again, not dropped."""
    await begin(talk)
    assert "慢慢来" in shown(await talk.say(said))
    assert "（1/6）" in shown(talk.last)
    await fill(talk)
    assert "填好了" in shown(await talk.say(said))


async def test_skipping_the_summary_shows_it_again(talk: Talk) -> None:
    """There is nothing to skip; 「先不办」 was said to who wrote it."""
    await begin(talk)
    await fill(talk)
    assert "填好了" in shown(await talk.say("跳过"))


def lose_the_answer_of(monkeypatch: pytest.MonkeyPatch, part: type[ClientPart], method: str) -> None:
    """The next call of the backend is carried out there, and then the backend is gone (kill -9) before it answers."""
    done = getattr(part, method)

    async def lost(*given: Any, **named: Any) -> None:
        await done(*given, **named)
        monkeypatch.setattr(part, method, done)
        raise BackendUnavailable

    monkeypatch.setattr(part, method, lost)


async def again(talk: Talk, said: str) -> str:
    """A turn is given up half done and comes again with the same message id; returns what it then shows."""
    with pytest.raises(BackendGone):
        await (talk.press(said) if said in talk.buttons else talk.say(said))
    return shown(await talk.answered(talk.turns[-1]))


async def test_an_answer_that_comes_again_after_a_crash_goes_to_its_own_field(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONTRACTS: turns are idempotent. Found by kill -9: the words were given to the next field, or taken for 「改」."""
    await talk.say("帮我申请公益性岗位")
    lose_the_answer_of(monkeypatch, CasesClient, "answer")
    assert "（2/4）请告诉我您的18位身份证号码" in await again(talk, "和秀英")
    await talk.say(ID_NUMBER)
    await talk.say(PHONE)
    lose_the_answer_of(monkeypatch, CasesClient, "answer")
    assert "填好了，请您看一遍" in await again(talk, "没有")
    lose_the_answer_of(monkeypatch, CasesClient, "submit")
    assert "受理编号：1261 1230 0014" in await again(talk, "提交")
    (case,) = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    assert (case.state, next(field.value for field in case.fields)) == (CaseState.SUBMITTED, "和秀英")
