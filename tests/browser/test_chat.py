"""The conversation page as a citizen uses it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.client.catalogue import CatalogueClient
from backend.client.notices import NoticesClient
from backend.contracts.cards import CaseCard, GuideCard, NoticeCard
from backend.contracts.choices import ChoiceValue
from backend.contracts.notices import NoticeRequest
from backend.contracts.replies import Reply
from backend.contracts.turns import Turn
from tests.browser.conftest import People
from tests.browser.house import House
from tests.browser.scripted import message, reply
from tests.conftest import ID_NUMBER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_page_says_what_it_is_and_how_to_begin(people: People) -> None:
    """A machine, of this centre, with a person's telephone number and four ways to begin."""
    citizen = await people.citizen()
    await citizen.arrives()
    await expect(citizen.page.get_by_role("banner")).to_contain_text("丽江市就业和社会保障公共服务中心")
    await expect(citizen.page.get_by_role("main")).to_contain_text("我是机器，不是真人")
    starts = citizen.page.get_by_role("group", name="大家常问的").get_by_role("button")
    await expect(starts).to_have_count(4)
    await starts.first.click()
    await citizen.hears("听到了：领失业金要带什么")


async def test_line_breaks_are_kept(people: People, house: House) -> None:
    """Plain text, shown as it was written."""
    house.assistant.when("步骤", message("一、申请\n二、领取"))
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("步骤")
    await citizen.hears("一、申请\n二、领取")
    assert await citizen.answers.last.locator(".bubble").evaluate("(one) => getComputedStyle(one).whiteSpace") == (
        "pre-wrap"
    )


async def test_a_choice_is_pressed_once_and_old_ones_rest(people: People, house: House) -> None:
    """Pressed, marked, disabled; what was not pressed is disabled too; after a reload it looks the same."""
    house.assistant.when(
        "领失业金", message("本人办还是请人代办？", [("本人办", "fact:by_proxy:no"), ("请人代办", "fact:by_proxy:yes")])
    )
    house.assistant.when("fact:by_proxy:no", message("好的。", [("怎么办", "ask:ask_steps")]))
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("领失业金")
    await citizen.presses("本人办")
    await citizen.hears("好的。")

    async def looks_right() -> None:
        await expect(citizen.page.get_by_role("button", name="本人办")).to_be_disabled()
        await expect(citizen.page.get_by_role("button", name="本人办")).to_have_attribute("aria-pressed", "true")
        await expect(citizen.page.get_by_role("button", name="请人代办")).to_be_disabled()
        await expect(citizen.page.get_by_role("button", name="怎么办")).to_be_enabled()

    await looks_right()
    assert [turn.choice for turn in house.assistant.heard] == [None, ChoiceValue.fact("by_proxy", holds=False)]
    await citizen.page.reload()
    await citizen.is_connected()
    await looks_right()


async def test_cards_tell_source_notice_and_case(people: People, house: House) -> None:
    """Guide: collapsible source. Notice: groups, limit, fee, place, print sheet. Case: number, state, due sentence."""
    guide = await house.hall.assistant.part(CatalogueClient).guide("LJ-SY-001")
    house.assistant.when("多久", message("说清时限。", card=GuideCard.of(guide)))

    async def tell(conversation: str, _turn: Turn) -> Reply:
        request = NoticeRequest(item="LJ-SY-001", situation={})
        notice = await house.hall.assistant.part(NoticesClient).issue(
            request, conversation=conversation, key="notice-1"
        )
        return reply(message("材料一次说清：\n· 身份证", card=NoticeCard(notice=notice)))

    async def begin(conversation: str, _turn: Turn) -> Reply:
        return reply(message("交上去了。", card=CaseCard.of(await house.hall.submitted(conversation))))

    house.assistant.does("要带什么", tell)
    citizen = await people.citizen()
    await citizen.arrives()

    await citizen.says("多久")
    source = citizen.card("guide")
    await expect(source.get_by_text(guide.item.code)).to_be_hidden()
    await source.locator("summary").press("Enter")
    await expect(source).to_contain_text(f"第{guide.version}版")
    await expect(source).to_contain_text(guide.item.legal_basis[0].title)

    await citizen.says("要带什么")
    notice = citizen.card("notice")
    await expect(notice).to_contain_text("不用带，我们自己查")
    await expect(notice).to_contain_text("窗口另外要材料的，请他说出是哪条规定要的")
    for fact in ("多久办好", "收费", "在哪办"):
        await expect(notice.locator("dt", has_text=fact)).to_be_visible()
    async with citizen.page.context.expect_page() as opened:
        await notice.get_by_role("link", name="看打印页").click()
    sheet = await opened.value
    await expect(sheet.get_by_role("heading", name="一次性告知书")).to_be_visible()
    await sheet.close()

    case = await house.hall.submitted(await citizen.conversation_id())
    house.assistant.when("到哪了", message("在这。", card=CaseCard.of(case)))
    await citizen.says("到哪了")
    card = citizen.card("case")
    await expect(card).to_contain_text(str(case.number_text))
    await expect(card).to_contain_text(case.state_text)
    await expect(card).to_contain_text(case.due_text)


async def test_history_is_there_after_a_reload(people: People) -> None:
    """Nothing is lost, nothing doubled."""
    citizen = await people.citizen()
    await citizen.arrives()
    for words in ("第一句", "第二句"):
        await citizen.says(words)
        await citizen.hears(f"听到了：{words}")
    await citizen.page.reload()
    await citizen.is_connected()
    await citizen.hears("听到了：第二句")
    await expect(citizen.own).to_have_count(2)
    await expect(citizen.answers).to_have_count(2)


async def test_a_second_tab_shows_the_same_conversation(people: People) -> None:
    """What is said in one tab appears in the other, both ways."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("第一句")
    await citizen.hears("听到了：第一句")
    other = await people.second_tab(citizen)
    await other.arrives()
    await other.hears("听到了：第一句")
    await other.says("第二句")
    await citizen.hears("听到了：第二句")
    await citizen.says("第三句")
    await other.hears("听到了：第三句")
    for tab in (citizen, other):
        await expect(tab.own).to_have_count(3)


async def test_a_clerk_may_also_be_a_citizen(people: People, house: House) -> None:
    """Signed in as staff, the same browser keeps one conversation."""
    clerk = await people.clerk()
    await clerk.signs_in(await house.account("木丽华"))
    await clerk.page.wait_for_url("**/counter")
    tab = await people.citizen()
    await tab.page.context.add_cookies(await clerk.page.context.cookies())  # type: ignore[arg-type]
    await tab.arrives()
    await tab.says("你好")
    await tab.hears("听到了：你好")
    await tab.page.reload()
    await tab.hears("听到了：你好")


async def test_typing_is_shown_while_the_answer_is_made(people: People, house: House) -> None:
    """The sign comes and goes."""
    house.assistant.may_answer.clear()
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("你好")
    await expect(citizen.page.locator("#typing")).to_be_visible()
    house.assistant.may_answer.set()
    await citizen.hears("听到了：你好")
    await expect(citizen.page.locator("#typing")).to_be_hidden()


async def test_own_identifiers_are_shown_masked_and_stored_nowhere(people: People, house: House) -> None:
    """From the moment it is stored the number is masked; the browser never keeps it, the assistant never sees it."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says(f"我的身份证号是{ID_NUMBER}")
    await citizen.hears("听到了")
    assert ID_NUMBER not in await citizen.page.content()
    assert ID_NUMBER[-4:] in await citizen.own.last.inner_text() or "*" in await citizen.own.last.inner_text()
    assert ID_NUMBER not in await citizen.stored_by_browser()
    assert ID_NUMBER not in str(house.assistant.heard)


async def test_larger_type_is_remembered(people: People) -> None:
    """One press larger, another larger still, kept over a reload."""
    citizen = await people.citizen()
    await citizen.arrives()

    async def size() -> str:
        return str(await citizen.page.evaluate("getComputedStyle(document.body).fontSize"))

    assert await size() == "18px"
    await citizen.page.get_by_role("button", name="字大一点").click()
    assert await size() == "22px"
    await citizen.page.reload()
    assert await size() == "22px"
    await citizen.page.get_by_role("button", name="字再大一点").click()
    await citizen.page.get_by_role("button", name="字恢复原样").click()
    assert await size() == "18px"


async def test_enter_sends_and_shift_enter_breaks_the_line(people: People) -> None:
    """And an input method that is composing is left in peace."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.text.fill("第一行")
    await citizen.text.press("Shift+Enter")
    await citizen.text.press_sequentially("第二行")
    await citizen.text.evaluate(
        "(one) => one.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    await expect(citizen.text).to_have_value("第一行\n第二行")
    await citizen.text.press("Enter")
    await citizen.hears("听到了：第一行\n第二行")
    await expect(citizen.own).to_have_count(1)
