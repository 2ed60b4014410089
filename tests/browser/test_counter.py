"""The counter page: a case from the queue to its result, with the citizen watching."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.async_api import expect

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

    await clerk.does("受理")
    await clerk.sees_state("办理中")
    await expect(citizen.conversation).to_contain_text(f"您的件（{number}）已经受理")
    for words in ("木丽华", "法定时限10个工作日"):
        await expect(citizen.card("case")).to_contain_text(words)

    await clerk.begins("要求补正")
    await clerk.confirms("要求补正")
    await expect(clerk.dialog.get_by_text("请写缺什么材料。")).to_be_visible()
    await expect(clerk.dialog.get_by_label("缺什么材料")).to_be_focused()
    await clerk.dialog.get_by_role("button", name="再加一样").click()
    for index, line in enumerate((("离职证明", "看离职原因", "找原单位开"), ("户口簿", "核对住址", "拍照上传"))):
        for label, words in zip(("缺什么材料", "为什么要", "怎么补"), line, strict=True):
            await clerk.dialog.get_by_label(label).nth(index).fill(words)
    await clerk.dialog.get_by_label("请申请人在哪天前补好").fill("2026-11-20")
    await clerk.confirms("要求补正")
    await expect(clerk.dialog.get_by_text("补正期限要在今天之后。")).to_be_visible()
    await clerk.dialog.get_by_label("请申请人在哪天前补好").fill("2026-12-04")
    await clerk.confirms("要求补正")
    await clerk.sees_state("等补正")
    for words in ("离职证明", "户口簿", "2026年12月4日前"):
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
    await first.does("受理")
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
    await clerk.does("受理")
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
    await colleague.does("受理")
    await colleague.sees_state("办理中")
    await clerk.does("受理")
    await clerk.sees_state("办理中")
    assert asked[0][0] == "POST", "nothing was read again before the clerk's own step"
    assert not [one for one in asked if second.id in one[1]]
    async with house.hall.staff(Role.AUDITOR, units=()) as auditor:
        _, found = await auditor.get(f"/audit?action=case.viewed&subject=case:{first.id}")
    assert len(found["entries"]) == 1
