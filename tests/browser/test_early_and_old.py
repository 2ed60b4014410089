"""Pages on a slow line, in an old browser, and after being loaded anew: no press, no word and no message changes its meaning."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Route, WebSocketRoute, expect

from tests.browser.conftest import People
from tests.browser.house import House
from tests.browser.people import Person
from tests.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def scripts_wait(person: Person, name: str) -> asyncio.Event:
    """Hold this script of every page back until the event is set."""
    may_come = asyncio.Event()

    async def wait(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await person.page.route(f"**/{name}", wait)
    return may_come


async def test_a_press_before_the_script_has_come_counts(people: People, house: House) -> None:
    """退出, pressed at once on a slow line, signs out when the script is there."""
    clerk = await people.clerk()
    await clerk.signs_in(await house.account("木丽华"))
    await clerk.page.wait_for_url("**/counter")
    may_come = await scripts_wait(clerk, "sign_out.js")
    await clerk.page.goto(f"{clerk.base}/counter", wait_until="commit")
    await clerk.page.get_by_role("button", name="退出").click()
    assert clerk.page.url.endswith("/counter")
    may_come.set()
    await clerk.page.wait_for_url("**/login")


async def test_a_page_leaves_for_the_sign_in_page_once(people: People, house: House) -> None:
    """Signed out, the page hears of it on two ways: the answer and the line that is cut. The second does not break off the first."""
    clerk = await people.clerk()
    await clerk.signs_in(await house.account("木丽华"))
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    answered, shown, asked = asyncio.Event(), asyncio.Event(), asyncio.Queue[str]()

    async def late_answer(route: Route) -> None:
        answer = await route.fetch()
        await answered.wait()
        await route.fulfill(response=answer)

    async def late_page(route: Route) -> None:
        asked.put_nowait(route.request.url)
        await shown.wait()
        await route.continue_()

    await clerk.page.route("**/staff/session", late_answer)
    await clerk.page.route("**/login", late_page)
    await clerk.page.get_by_role("button", name="退出").click()
    await asked.get()
    async with clerk.page.expect_response("**/staff/session"):
        answered.set()
    shown.set()
    await clerk.page.wait_for_url("**/login")
    assert asked.empty()


async def test_a_sentence_sent_before_the_script_has_come_arrives(people: People) -> None:
    """发送, pressed at once on a slow line, neither loads the page anew nor loses the sentence."""
    citizen = await people.citizen()
    may_come = await scripts_wait(citizen, "chat.js")
    await citizen.page.goto(f"{citizen.base}/", wait_until="commit")
    await citizen.text.fill("失业金怎么领")
    await citizen.page.get_by_role("button", name="发送").click()
    await expect(citizen.text).to_have_value("失业金怎么领")
    may_come.set()
    await citizen.hears("听到了：失业金怎么领")


async def test_a_browser_that_is_too_old_is_told(people: People) -> None:
    """Modules that cannot be read: what to do instead is said, and 发送 leaves the text where it is."""
    citizen = await people.citizen()

    async def unreadable(route: Route) -> None:
        await route.fulfill(content_type="text/javascript", body="const no = ;")

    await citizen.page.route("**/*.js", lambda route: route.continue_())
    await citizen.page.route("**/modern.js", unreadable)
    await citizen.page.route("**/chat.js", unreadable)
    await citizen.page.goto(f"{citizen.base}/")
    banner = citizen.page.get_by_text("这个浏览器太旧了")
    await expect(banner).to_be_visible()
    await expect(banner.get_by_role("link", name="12333")).to_have_attribute("href", "tel:12333")
    await citizen.text.fill("失业金怎么领")
    await citizen.page.get_by_role("button", name="发送").click()
    await expect(citizen.text).to_have_value("失业金怎么领")
    assert citizen.page.url == f"{citizen.base}/"
    citizen.troubles.clear()  # the unreadable scripts were ours


async def test_a_page_that_was_not_loaded_whole_says_so(people: People) -> None:
    """A script that did not come is no old browser: the page asks to be loaded again."""
    citizen = await people.citizen()
    await citizen.page.route("**/composer.js", lambda route: route.abort())
    await citizen.page.goto(f"{citizen.base}/")
    await expect(citizen.page.get_by_text("页面没有加载全")).to_be_visible()
    await expect(citizen.page.get_by_text("这个浏览器太旧了")).to_be_hidden()


async def test_history_stays_history_on_a_slow_line(people: People) -> None:
    """However late old messages come after a page is loaded anew, they are not announced as new ones."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("第一句")
    await citizen.hears("听到了：第一句")
    may_come, greeted = asyncio.Event(), asyncio.Event()

    async def slow(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()
        held: list[str | bytes] = []

        async def release() -> None:
            await may_come.wait()
            for frame in held:
                socket.send(frame)

        def pass_on(frame: str | bytes) -> None:
            if '"type":"message"' in str(frame) and not may_come.is_set():
                held.append(frame)
                return
            socket.send(frame)
            greeted.set()

        server.on_message(pass_on)
        releases.append(asyncio.create_task(release()))

    releases: list[asyncio.Task[None]] = []
    await citizen.page.route_web_socket("**/chat?*", slow)
    await citizen.page.reload()
    await asyncio.wait_for(greeted.wait(), 15)
    await expect(citizen.page.locator("#messages")).to_have_attribute("aria-busy", "true")
    await expect(citizen.answers).to_have_count(0)
    may_come.set()
    await citizen.hears("听到了：第一句")
    await expect(citizen.page.locator("#below")).to_be_hidden()
    await citizen.is_connected()
    await asyncio.gather(*releases)


async def test_without_a_net_the_page_says_so_and_keeps_the_text(people: People) -> None:
    """The banner comes at once; what was being written is there again after the page was loaded anew."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.page.context.set_offline(True)
    await expect(citizen.page.locator("#connection")).to_be_visible(timeout=3000)
    await citizen.text.press_sequentially("写了一半")
    await citizen.page.context.set_offline(False)
    await citizen.page.reload()
    await expect(citizen.text).to_have_value("写了一半")
    await citizen.text.press("Enter")
    await citizen.hears("听到了：写了一半")
    assert "写了一半" not in await citizen.stored_by_browser()


async def test_a_number_being_written_is_not_kept(people: People) -> None:
    """Personal numbers stay out of the browser's storage while they are written, too."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.text.press_sequentially(f"电话{PHONE}")
    assert PHONE not in await citizen.stored_by_browser()


async def test_telephone_numbers_can_be_pressed(people: People) -> None:
    """A number to call in an answer is a link."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("医保的事打12393")
    await expect(citizen.answers.last.get_by_role("link", name="12393")).to_have_attribute("href", "tel:12393")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("请打12333，医保打12393。", ["12333", "12393"]),
        ("急的打110或者120，心里难受打12356。", ["110", "120", "12356"]),
        ("大厅电话0888-5123456，手机13800000001，或4008001234", ["0888-5123456", "13800000001", "4008001234"]),
        ("报警（短信12110）", ["12110"]),
        ("要交120元，120天内办完，2026年12月，第12345号", []),
        ("电话打了120天都没通", []),
        ("受理编号20261128000012", []),
    ],
)
async def test_what_counts_as_a_telephone_number(people: People, text: str, numbers: list[str]) -> None:
    """Long numbers by their shape, short ones after a word of calling; sums, years, durations and case numbers never."""
    citizen = await people.citizen()
    await citizen.go("/items")
    found = await citizen.page.evaluate(
        "async (text) => (await import('/static/shell/phones.js')).withPhones(text)"
        ".filter((piece) => typeof piece !== 'string').map((link) => link.textContent)",
        text,
    )
    assert found == numbers
