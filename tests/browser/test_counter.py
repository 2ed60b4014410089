"""The counter page: a case from the queue to its result, with the citizen watching."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest
from playwright.async_api import Route, expect

from backend.client.cases import CasesClient
from backend.contracts.cases import CaseState
from backend.language.serial_numbers import group
from backend.platform.permissions import Role
from tests.backend.test_queue import filled, number
from tests.browser.conftest import NARROW, People
from tests.browser.house import House
from tests.browser.people import Clerk
from tests.conftest import APPLICATION, ID_NUMBER, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_case_from_the_queue_to_its_result(people: People, house: House) -> None:
    """Accept, ask for two things at once, receive them, approve; the citizen is told of each step."""
    clerk, citizen = await people.clerk(), await people.citizen()
    await citizen.arrives()
    await clerk.signs_in(await house.account("木丽华"))
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    case = await house.hall.submitted(await citizen.conversation_id())
    number = str(case.number_text)
    await expect(clerk.queue).to_have_count(1)  # by itself: the page follows events
    await expect(clerk.queue).to_contain_text("和**")
    await clerk.opens(number)
    await expect(clerk.case).to_contain_text("古城酒店")

    await clerk.does("受理", note="原件在路上，先受理")
    await clerk.sees_state("办理中")
    await expect(citizen.conversation).to_contain_text(f"您的件（{number}）已经受理")
    for words in ("木丽华", "法定时限10个工作日"):
        await expect(citizen.card("case")).to_contain_text(words)

    await clerk.begins("要求补正")
    await clerk.dialog.get_by_label("本人身份证或社会保障卡").uncheck()
    await clerk.confirms("要求补正")
    await expect(clerk.dialog.get_by_text("请选缺哪样，或者「再加一样」写上。")).to_be_visible()
    await clerk.dialog.get_by_label("本人身份证或社会保障卡").check()
    await clerk.dialog.get_by_role("button", name="再加一样").click()
    await clerk.confirms("要求补正")
    await expect(clerk.dialog.get_by_text("请写缺什么材料。")).to_be_visible()
    await expect(clerk.dialog.get_by_label("缺什么材料")).to_be_focused()
    await clerk.dialog.get_by_role("button", name="再加一样").click()
    added = clerk.dialog.locator(".line-set")
    for index, line in enumerate((("离职证明", "看离职原因", "找原单位开"), ("户口簿", "核对住址", "拍照上传"))):
        for label, words in zip(("缺什么材料", "为什么要", "怎么补"), line, strict=True):
            await added.nth(index).get_by_label(label).fill(words)
    await clerk.dialog.get_by_label("请申请人在哪天前补好").fill("2026-11-20")
    await clerk.confirms("要求补正")
    await expect(clerk.dialog.get_by_text("补正期限要在今天之后。")).to_be_visible()
    await clerk.dialog.get_by_label("请申请人在哪天前补好").fill("2026-12-04")
    await clerk.confirms("要求补正")
    await clerk.sees_state("等补正")
    for words in ("本人身份证或社会保障卡", "离职证明", "户口簿", "2026年12月4日前"):
        await expect(clerk.case).to_contain_text(words)
    for words in ("离职证明", "户口簿", "怎么补：找原单位开"):
        await expect(citizen.card("case")).to_contain_text(words)

    await clerk.does("补正材料已收到")
    await clerk.sees_state("办理中")
    await clerk.does("办结", note="每月1500元，发12个月")
    await clerk.sees_state("已办结")
    await expect(citizen.conversation).to_contain_text("每月1500元，发12个月")
    timeline = clerk.case.locator(".timeline > li strong")
    await expect(timeline).to_have_text(["办结", "补正材料已收到", "要求补正", "受理", "提交"])


async def test_a_refusal_needs_its_reasons_at_the_field(people: People, house: House) -> None:
    """The dialog stays, the field is marked, what was typed stays; 先不办 changes nothing."""
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await clerk.begins("不予受理")
    await clerk.confirms("不予受理")
    reasons = clerk.dialog.get_by_label("不予受理的理由和依据")
    await expect(reasons).to_have_attribute("aria-invalid", "true")
    await expect(clerk.dialog.get_by_text("请写不予受理的理由和依据，申请人会看到。")).to_be_visible()
    await clerk.dialog.get_by_role("button", name="先不办").click()
    await expect(clerk.dialog).to_be_hidden()
    await clerk.sees_state("等受理")


async def test_two_clerks_at_one_case(people: People, house: House) -> None:
    """What one does appears at the other's; a step that came too late is refused with a sentence."""
    first, second = await people.clerk(), await people.clerk()
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    for clerk in (first, second):
        await clerk.signs_in(account)
        await clerk.opens(str(case.number_text))
    await second.begins("受理")
    await second.dialog.locator("textarea").fill("原件在路上，先受理")
    await first.does("受理", note="原件在路上，先受理")
    await second.sees_state("办理中")
    await second.confirms("受理")
    await expect(second.dialog.get_by_role("alert").filter(has_text="不能「受理」")).to_be_visible()


async def test_personal_numbers_are_masked(people: People, house: House) -> None:
    """The clerk sees the fields with masked numbers only."""
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    content = await clerk.page.content()
    assert ID_NUMBER not in content
    assert PHONE not in content


async def test_whose_cases_which_state_and_by_number(people: People, house: House) -> None:
    """我的 and 本单元, a state, a part of the number; overdue is marked in words."""
    mine, other = await house.account("木丽华"), await house.account("和建军")
    cases = [await house.hall.submitted(await house.hall.conversation()) for _ in range(2)]
    clerk = await people.clerk()
    await clerk.signs_in(mine)
    await expect(clerk.queue).to_have_count(1)
    await clerk.page.get_by_role("button", name="本单元").click()
    await expect(clerk.queue).to_have_count(2)
    await expect(clerk.page.locator("#queue")).to_contain_text(other.name)
    await clerk.page.get_by_label("按编号查").fill(str(cases[0].number)[-4:])
    await expect(clerk.queue).to_have_count(1)
    await clerk.page.get_by_label("按编号查").fill("")
    await clerk.page.get_by_label("状态").select_option("accepted")
    await expect(clerk.queue).to_have_count(0)
    await clerk.page.get_by_label("状态").select_option("submitted")
    await expect(clerk.queue).to_have_count(2)


async def test_an_overdue_case_says_so(people: People, house: House) -> None:
    """In words, not only in colour."""
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await clerk.does("受理", note="原件在路上，先受理")
    await clerk.sees_state("办理中")
    house.hall.clock.move(timedelta(days=60))
    await clerk.signs_in(account)
    await expect(clerk.queue).to_contain_text("超时")
    await clerk.opens(str(case.number_text))
    await expect(clerk.case).to_contain_text("超时")


async def test_on_a_narrow_screen_a_case_is_its_own_view(people: People, house: House) -> None:
    """List, case, back to the list; the browser's own back works too."""
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk(screen=NARROW)
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await expect(clerk.queue).to_be_hidden()
    await clerk.page.get_by_role("button", name="回到列表").click()
    await expect(clerk.queue).to_be_visible()
    await expect(clerk.case).to_be_hidden()
    await clerk.page.go_back()
    await expect(clerk.case).to_be_visible()


async def test_a_session_that_ended_leads_to_the_login(people: People, house: House) -> None:
    """The next thing the page asks for, here because a case came in, brings the clerk there."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    house.hall.clock.move(timedelta(hours=11))
    await house.hall.submitted(await house.hall.conversation())
    await clerk.page.wait_for_url("**/login")


async def test_a_script_in_an_answer_is_shown_as_text_at_the_counter(people: People, house: House) -> None:
    """Stored cross-site scripting: what a citizen wrote is never markup for a clerk (CWE-79)."""
    attack = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    account = await house.account("木丽华")
    conversation = await house.hall.conversation()
    draft = await house.hall.draft(conversation, {**APPLICATION, "last_employer": attack})
    case = await house.hall.assistant.part(CasesClient).submit(
        draft.id, conversation=conversation, key=house.hall.key()
    )
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await expect(clerk.case).to_contain_text("<script>")
    assert await clerk.case.locator("img, script").count() == 0
    assert await clerk.page.title() not in {"1", "2"}


async def test_a_long_queue_is_looked_through_in_parts(people: People, house: House) -> None:
    """再看后面的 adds to the list, the focus goes on with it, and a change leaves what is shown where it is."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    _, me = await own(clerk)
    ids = await filled(house.hall, me, [CaseState.ACCEPTED] * 120)
    await clerk.page.reload()
    await expect(clerk.queue).to_have_count(50)
    await expect(clerk.page.get_by_text("共120件，先列出最急的50件。")).to_be_visible()
    more = clerk.page.get_by_role("button", name="再看后面的")
    await more.click()
    await expect(clerk.queue).to_have_count(100)
    await expect(clerk.page.locator(f'[data-id="{ids[50]}"]')).to_be_focused()
    await more.click()
    await expect(clerk.queue).to_have_count(120)
    await expect(more).to_be_hidden()
    await clerk.page.locator(f'[data-id="{ids[110]}"]').click()
    await expect(clerk.case).to_contain_text(group(number(110)))
    await house.hall.submitted(await house.hall.conversation())
    await expect(clerk.page.get_by_text("共121件")).to_be_visible()
    await expect(clerk.queue).to_have_count(121)
    for wide in (1280, 360):
        await clerk.page.set_viewport_size({"width": wide, "height": 800})
        assert not await clerk.scrolls_sideways()


async def test_a_reading_overtaken_by_another_still_brings_the_focus_on(people: People, house: House) -> None:
    """再看后面的, and an event that has the list read again before the answer is there: the next key goes on from the first new case."""
    clerk = await people.clerk()
    await clerk.signs_in(await house.account("木丽华"))
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    _, me = await own(clerk)
    ids = await filled(house.hall, me, [CaseState.ACCEPTED] * 120)
    await clerk.page.reload()
    await expect(clerk.queue).to_have_count(50)
    may_come, asked = asyncio.Event(), asyncio.Event()

    async def first_is_late(route: Route) -> None:
        if not asked.is_set():
            asked.set()
            await may_come.wait()
        await route.continue_()

    await clerk.page.route("**/cases?*size=100*", first_is_late)
    await clerk.page.get_by_role("button", name="再看后面的").click()
    await asked.wait()
    await house.hall.submitted(await house.hall.conversation())
    await expect(clerk.queue).to_have_count(100)
    may_come.set()
    await expect(clerk.page.locator(f'[data-id="{ids[50]}"]')).to_be_focused()


async def own(clerk: Clerk) -> tuple[str, str]:
    """Username and id of whoever is signed in."""
    view = await clerk.page.evaluate("fetch('/staff/me').then((answer) => answer.json())")
    return view["username"], view["id"]


async def test_a_page_reads_again_only_what_an_event_concerns(people: People, house: House) -> None:
    """A colleague's case changes nothing at mine; mine is read again when it changes, and only its opening is recorded."""
    mine, other = await house.account("木丽华"), await house.account("和建军")
    cases = [await house.hall.submitted(await house.hall.conversation()) for _ in range(2)]
    clerk, colleague = await people.clerk(), await people.clerk()
    await clerk.signs_in(mine)
    await colleague.signs_in(other)
    await expect(clerk.queue).to_have_count(1)
    await expect(colleague.queue).to_have_count(1)
    number_of = await clerk.queue.locator(".number").text_content()
    first, second = cases if cases[0].number_text == number_of else reversed(cases)
    await clerk.opens(str(first.number_text))
    asked: list[tuple[str, str]] = []
    clerk.page.on("request", lambda request: asked.append((request.method, request.url)))
    await colleague.opens(str(second.number_text))
    await colleague.does("受理", note="原件在路上，先受理")
    await colleague.sees_state("办理中")
    await clerk.does("受理", note="原件在路上，先受理")
    await clerk.sees_state("办理中")
    assert asked[0][0] == "POST", "nothing was read again before the clerk's own step"
    assert not [one for one in asked if second.id in one[1]]
    async with house.hall.staff(Role.AUDITOR, units=()) as auditor:
        _, found = await auditor.get(f"/audit?action=case.viewed&subject=case:{first.id}")
    assert len(found["entries"]) == 1


async def test_from_the_queue_to_accepted_by_three_keys(people: People, house: House) -> None:
    """The most urgent one, accept, yes. Issue 10 allows five presses."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.signs_in(account)
    case = await house.hall.submitted(await house.hall.conversation())
    await expect(clerk.queue).to_have_count(1)
    await clerk.opens(str(case.number_text))
    seen = clerk.case.get_by_role("button", name="已看：本人身份证或社会保障卡")
    await seen.click()
    await expect(seen).to_have_attribute("aria-pressed", "true")
    await clerk.go("/counter")
    await expect(clerk.queue).to_have_count(1)
    presses = ["n", "a", "Enter"]
    await clerk.page.keyboard.press(presses[0])
    await expect(clerk.case).to_contain_text(str(case.number_text))
    await clerk.page.keyboard.press(presses[1])
    await expect(clerk.dialog).to_be_visible()
    await clerk.page.keyboard.press(presses[2])
    await clerk.sees_state("办理中")
    assert len(presses) <= 5


async def test_keys_and_their_help(people: People, house: House) -> None:
    """? lists them; while somebody types a letter is a letter; who does not want them switches them off, and it stays so."""
    account = await house.account("木丽华")
    await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await expect(clerk.queue).to_have_count(1)
    await clerk.page.keyboard.press("/")
    await clerk.page.keyboard.type("na?")
    await expect(clerk.page.locator("#search")).to_have_value("na?")
    await expect(clerk.case).to_be_hidden()
    await clerk.page.locator("#search").fill("")
    await clerk.page.locator("h1").first.click()
    await clerk.page.keyboard.press("?")
    await expect(clerk.page.locator("#help")).to_contain_text("下一件")
    await clerk.page.get_by_label("用快捷键").uncheck()
    await clerk.page.get_by_role("button", name="关上").click()
    await clerk.page.reload()
    await expect(clerk.queue).to_have_count(1)
    await clerk.page.keyboard.press("n")
    await clerk.page.keyboard.press("?")
    await expect(clerk.page.locator("#help")).to_be_visible()
    await expect(clerk.case).to_be_hidden()


async def test_the_next_one(people: People, house: House) -> None:
    """After one is done the next comes into its place; from the end again to the top."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.signs_in(account)
    cases = [await house.hall.submitted(await house.hall.conversation()) for _ in range(3)]
    await expect(clerk.queue).to_have_count(3)
    order = [await row.get_attribute("data-id") for row in await clerk.queue.all()]
    numbers = {case.id: str(case.number_text) for case in cases}
    following = clerk.page.get_by_role("button", name="下一件")
    for case_id in (order[0], order[1]):
        await following.click()
        await expect(clerk.case).to_contain_text(numbers[str(case_id)])
    await clerk.does("不予受理", note="不归我们")
    await expect(clerk.queue).to_have_count(2)
    await following.click()
    await expect(clerk.case).to_contain_text(numbers[str(order[2])])
    await following.click()
    await expect(clerk.case).to_contain_text(numbers[str(order[0])])


async def test_somebody_is_found_by_name_and_by_the_end_of_the_telephone(people: People, house: House) -> None:
    """And the words are in no address."""
    account = await house.account("木丽华")
    await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await expect(clerk.queue).to_have_count(1)
    asked: list[str] = []
    clerk.page.on("request", lambda request: asked.append(request.url))
    for words, count in (("和秀英", 1), ("木志强", 0), (PHONE[-4:], 1), ("9999", 0), (ID_NUMBER, 1)):
        await clerk.page.locator("#search").fill(words)
        await expect(clerk.queue).to_have_count(count)
    assert not [url for url in asked if PHONE[-4:] in url.partition("?")[2] or "%E5%92%8C" in url]


async def test_checklist_notes_and_transfer(people: People, house: House) -> None:
    """Marked with one press; a note half written outlives a change of the case; handed on with a reason."""
    account, taker = await house.account("木丽华"), await house.account("和建军")
    clerk, colleague = await people.clerk(), await people.clerk()
    await clerk.signs_in(account)
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    case = await house.hall.submitted(await house.hall.conversation())
    await clerk.opens(str(case.number_text))
    seen = clerk.case.get_by_role("button", name="已看：本人身份证或社会保障卡")
    await expect(clerk.case).to_contain_text("还缺1样")
    await clerk.page.locator("#note-text").fill("申请人耳背")
    await seen.click()
    await expect(clerk.case).to_contain_text("材料清单（齐了）")
    await expect(seen).to_have_attribute("aria-pressed", "true")
    await expect(seen).to_be_focused()
    await expect(clerk.page.locator("#note-text")).to_have_value("申请人耳背")
    await seen.click()
    await expect(clerk.case).to_contain_text("还缺1样")
    await clerk.page.keyboard.press("l")
    await expect(clerk.case).to_contain_text("材料清单（齐了）")
    await clerk.page.get_by_role("button", name="记下").click()
    await expect(clerk.page.locator("#note-list")).to_contain_text("申请人耳背")
    await clerk.begins("转办")
    await clerk.confirms("转办")
    await expect(clerk.dialog.get_by_text("请选转给谁。")).to_be_visible()
    await clerk.dialog.get_by_label("转给谁").select_option(label="和建军（窗口经办）")
    await clerk.dialog.get_by_label("为什么转").fill("他熟悉这个单位")
    await clerk.confirms("转办")
    await expect(clerk.case).to_contain_text("和建军")
    await colleague.signs_in(taker)
    await colleague.opens(str(case.number_text))
    await expect(colleague.case).to_contain_text("他熟悉这个单位")
    await expect(colleague.page.locator("#note-list")).to_contain_text("申请人耳背")


async def test_cover_for_leave_is_arranged_at_the_counter(people: People, house: House) -> None:
    """Somebody who handles the unit's cases; what is missing is named at its field; the deputy's page says for whom."""
    absent, deputy = await house.account("木丽华"), await house.account("和建军", units=("*",))
    await house.account("李外单元", units=("YL",))
    clerk, colleague = await people.clerk(), await people.clerk()
    await clerk.signs_in(absent)
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    case = await house.hall.submitted(await house.hall.conversation())
    await clerk.page.get_by_role("button", name="请人代办").click()
    covers = clerk.page.locator("#covers")
    await covers.get_by_role("button", name="安排").click()
    await expect(covers.get_by_text("请选一位同事。")).to_be_visible()
    await expect(covers.get_by_label("谁来代")).not_to_contain_text("李外单元")
    await covers.get_by_label("谁来代").select_option(label="和建军（窗口经办）")
    await covers.get_by_label("从哪天").fill("2026-11-23")
    await covers.get_by_label("到哪天").fill("2027-11-24")
    await covers.get_by_role("button", name="安排").click()
    await expect(covers.get_by_text("一次代办最长60天")).to_be_visible()
    await covers.get_by_label("到哪天").fill("2026-11-24")
    await covers.get_by_role("button", name="安排").click()
    await expect(covers.locator("#covers-list")).to_contain_text("和建军（窗口经办）代木丽华（窗口经办）")
    await colleague.signs_in(deputy)
    await expect(colleague.queue).to_contain_text("代办")
    await colleague.opens(str(case.number_text))
    await expect(colleague.case).to_contain_text("您在代木丽华（窗口经办）办这件")


async def test_a_document_is_printed(people: People, house: House) -> None:
    """From the history of the case; a sheet of its own, without the page's frame on paper."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.signs_in(account)
    case = await house.hall.submitted(await house.hall.conversation())
    await clerk.opens(str(case.number_text))
    await clerk.does("受理", note="原件在路上，先受理")
    await clerk.sees_state("办理中")
    await clerk.go(str(await clerk.case.get_by_role("link", name="打印文书").get_attribute("href")))
    await expect(clerk.page.get_by_role("heading", name="受理回执")).to_be_visible()
    await clerk.page.emulate_media(media="print")
    await expect(clerk.page.locator(".top")).to_be_hidden()
    await expect(clerk.page.get_by_text("（盖章）")).to_be_visible()


async def test_a_case_for_somebody_without_a_telephone_is_begun_at_the_counter(people: People, house: House) -> None:
    """Item, situation with its notice, form; what is refused is named at its field and stays written; a draft outlives leaving."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    await clerk.page.keyboard.press("i")
    await clerk.page.get_by_label("事项").fill("养老金什么时候能领")
    await expect(clerk.page.locator("#said")).to_contain_text("请领群众到他们窗口")
    await clerk.page.get_by_label("事项").fill("领失业金")
    await clerk.page.get_by_role("button", name="领失业金").first.click()
    await expect(clerk.page.locator("#materials")).to_contain_text("授权委托书")
    await clerk.page.get_by_label("本人办").check()
    await expect(clerk.page.locator("#materials")).not_to_contain_text("授权委托书")
    await clerk.page.get_by_role("button", name="出告知书，开始填表").click()
    await expect(clerk.page.get_by_role("link", name="打印告知书")).to_have_attribute(
        "href", re.compile(r"^/notice/\d{12}#print$")
    )
    await clerk.page.get_by_label("姓名").fill("和秀英")
    await clerk.page.get_by_label("证件种类").select_option("其他证件")
    await expect(clerk.page.get_by_label("身份证号码")).to_be_disabled()
    await clerk.page.get_by_label("证件种类").select_option("居民身份证")
    await clerk.page.get_by_label("身份证号码").fill("530799199003070019")
    await clerk.page.get_by_label("手机号码").fill(PHONE)
    await expect(clerk.page.get_by_text("这个身份证号核对不上")).to_be_visible()
    await expect(clerk.page.get_by_label("身份证号码")).to_have_value("530799199003070019")
    await clerk.page.get_by_label("身份证号码").fill(ID_NUMBER)
    await clerk.page.get_by_role("button", name="念给群众听过，提交").click()
    await expect(clerk.page.get_by_text("请填「原工作单位」。")).to_be_visible()
    await clerk.page.reload()
    await expect(clerk.page.get_by_label("姓名")).to_have_value("和秀英")
    await expect(clerk.page.get_by_text("已经存好：530***********0018")).to_be_visible()
    assert ID_NUMBER not in await clerk.page.content()
    await clerk.page.get_by_label("原工作单位").fill("古城酒店")
    await clerk.page.get_by_label("离职日期").fill("10月31号")
    await clerk.page.get_by_label("离职原因").select_option("单位辞退或裁员")
    await clerk.page.get_by_role("button", name="念给群众听过，提交").click()
    await clerk.page.wait_for_url("**/counter?case=*")
    await clerk.sees_state("等受理")
    await expect(clerk.case).to_contain_text("2026年10月31日")
    await expect(clerk.case.get_by_role("button", name="撤回", exact=True)).to_be_visible()
