"""Rules as small calculators, on guides and on their own pages. The table is what a person fills in and what they read."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, expect

from backend.contracts.calculator_content import QuestionKind, RuleContent
from backend.one_window.calculators.registry import RULES
from tests.browser.conftest import NARROW, WIDE, People
from tests.browser.people import Citizen
from tests.browser.test_every_page import SMALLEST, is_in_order

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TYPED = {
    QuestionKind.DATE: "2026年1月5日",
    QuestionKind.MONTH: "1970年6月",
    QuestionKind.DURATION: "2个月",
    QuestionKind.NUMBER: "1",
    QuestionKind.MONEY: "3500元",
}
"""An answer of each kind that is typed."""
FITTING = {"year": "2030", "age": "60"}
"""Of questions that take no small number."""


@dataclass(frozen=True)
class Walk:
    """One person at one guide. Today is 2026年11月23日."""

    guide: str
    calculator: str
    fills: dict[str, str]
    """Question -> words typed, or the button chosen."""
    wrongly: tuple[str, str]
    """One of the typed questions, and what is typed there first."""
    told: str
    """What then stands at that question."""
    verdict: str
    explanation: tuple[str, ...]
    notes: tuple[str, ...]
    decided_by: str
    basis: str


WALKS = [
    Walk(
        guide="/items/LJ-YL-001",
        calculator="我哪年哪月退休",
        fills={"您属于哪一类？": "男职工", "您是哪年哪月出生的？": "1965年3月"},
        wrongly=("您是哪年哪月出生的？", "三月"),
        told="「出生年月」没看懂是哪年哪月，请像「1965年3月」这样写。",
        verdict="您的法定退休年龄是60岁1个月，2025年4月已经到龄。",
        explanation=(
            "您1965年3月出生，按原来的60岁算，是2025年3月到龄。",
            "原来的到龄月份从2025年1月起，每往后4个月，退休推迟1个月，最多推迟3年。您推迟1个月。",
            "2025年按月领养老金，最低要缴满15年。",
        ),
        notes=(
            "做过井下、高空、高温等特殊工种，或者在高海拔地区工作的，可能可以提前，要另外审核。国家对一些人员另有规定。",
        ),
        decided_by="社会保险·养老保险",
        basis="《国务院关于渐进式延迟法定退休年龄的办法》第一条",
    ),
    Walk(
        guide="/items/LJ-SY-001",
        calculator="失业金最长能领几个月",
        fills={
            "失业前，单位和您一起缴了多久失业保险？": "6年2个月",
            "以前领失业金，还有几个月没领完？": "8",
            "您离法定退休年龄不到一年了吗？": "不是",
        },
        wrongly=("失业前，单位和您一起缴了多久失业保险？", "好多年"),
        told="「缴了多久失业保险」请说准是多久，像「4年11个月」这样；拿不准就先按少的写。",
        verdict="最长可以领24个月失业金。",
        explanation=(
            "满1年不满5年，最长12个月；满5年不满10年，最长18个月；满10年，最长24个月。您缴了6年2个月，最长18个月。",
            "上次没领完的8个月可以加上，合起来最多24个月，所以是24个月。",
        ),
        notes=(
            "还要不是自己愿意离开工作的，并且办了失业登记、想找工作。",
            "失业保险金每月标准：待中心公布。",
            "上面是最长的月数，实际能领几个月由经办机构核定；每月多少钱按云南省的标准。",
        ),
        decided_by="社会保险·失业保险",
        basis="《失业保险条例》（国务院令第258号）第十七条",
    ),
    Walk(
        guide="/items/LJ-GS-001",
        calculator="工伤认定最晚什么时候申请",
        fills={"哪天受的伤？职业病的，是哪天诊断或者鉴定的？": "2026年11月2日"},
        wrongly=("哪天受的伤？职业病的，是哪天诊断或者鉴定的？", "2027年1月1日"),
        told="「受伤或诊断那天」写的是2027年1月1日，不能晚于",
        verdict="单位最晚2026年12月2日申请。单位不申请的，您自己最晚2027年11月2日申请。",
        explanation=(
            "从2026年11月2日的第二天算起，按自然日算。",
            "单位要在30天内申请，到2026年12月2日。",
            "单位没申请的，本人、近亲属或者工会在1年内可以直接申请，到2027年11月2日。",
        ),
        notes=(
            "2027年的放假安排还没公布，最后一天遇上节假日能不能顺延，要到时再看。请当作2027年11月2日到期。",
            "单位有特殊情况，经人社部门同意，30天可以适当延长。",
        ),
        decided_by="社会保险·工伤保险",
        basis="《工伤保险条例》（国务院令第586号修订）第十七条",
    ),
    Walk(
        guide="/items/LJ-ZC-002",
        calculator="离开单位能拿多少经济补偿",
        fills={
            "是因为什么离开的？": "单位让走的，或者到期单位不续签",
            "您是哪天到这家单位上班的？": "2019年3月1日",
            "劳动合同是哪天解除或者终止的？": "2026年10月31日",
            "离开前12个月，平均每个月工资多少？": "5200元",
        },
        wrongly=("离开前12个月，平均每个月工资多少？", "很少"),
        told="「离开前12个月的平均工资」请写数字，比如「3500元」。",
        verdict="该付的话，经济补偿是8个月工资，合41,600元。",
        explanation=(
            "从2019年3月1日到2026年10月31日，每满一年算1个月工资；剩下满6个月的算1个月，不满6个月的算半个月。一共8个月。",
            "5,200元乘以8个月，等于41,600元。",
        ),
        notes=(
            "本市上年度职工月平均工资：待中心公布。",
            "月工资超过本市上年度职工月平均工资三倍的要封顶，这里没有核对。",
            "月最低工资标准：待中心公布。",
            "平均工资低于当地最低工资的，按最低工资算。",
            "因为严重违反规章制度等自己的过错被依法解除的，没有经济补偿。该不该付，由仲裁委和法院认定。",
        ),
        decided_by="劳动人事争议仲裁",
        basis="《中华人民共和国劳动合同法》第四十七条",
    ),
]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.calculator)
async def test_computed_on_the_guide(people: People, walk: Walk) -> None:
    """A wrong answer is told at its question and nothing else is lost; the result says how, on what basis, and who decides."""
    citizen = await people.citizen(screen=NARROW)
    await citizen.go(walk.guide)
    form = await opened(citizen, walk.calculator)
    for question, said in (walk.fills | dict([walk.wrongly])).items():
        await answer(form, question, said)
    await form.get_by_role("button", name="算一算").click()
    wrong = form.get_by_label(walk.wrongly[0])
    await expect(form.get_by_role("alert").filter(has_text=walk.told)).to_be_visible()
    await expect(wrong).to_be_focused()
    await expect(wrong).to_have_attribute("aria-invalid", "true")
    await expect(wrong).to_have_value(walk.wrongly[1])
    outcome = form.get_by_role("region")
    await expect(outcome).to_be_hidden()
    await wrong.fill(walk.fills[walk.wrongly[0]])
    await wrong.press("Enter")
    await expect(outcome).to_be_focused()
    await expect(outcome).to_have_accessible_name(walk.verdict)
    await expect(outcome.locator("[data-part=explanation] li")).to_have_text(list(walk.explanation))
    await expect(outcome.locator("[data-part=unsure] li")).to_have_text(list(walk.notes))
    await expect(outcome).to_contain_text(f"不是正式决定。正式决定由办这件事的单元（{walk.decided_by}）作出。")
    await expect(outcome).to_contain_text(walk.basis)
    await expect(outcome).to_contain_text("2026年11月23日算的")
    await expect(form.locator(".wrong:visible")).to_have_count(0)
    assert not await citizen.scrolls_sideways()
    await wrong.fill("别的")  # what is shown must belong to what is written
    await expect(outcome).to_be_hidden()
    await citizen.page.emulate_media(media="print")
    await expect(citizen.page.locator("#calculators")).to_be_hidden()


async def test_every_calculator_works_by_keyboard(people: People) -> None:
    """Only the questions that apply are shown; answered one after another with the keyboard alone they lead to a result."""
    citizen = await people.citizen(screen=SMALLEST)
    for content in (rule.content for rule in RULES.values()):
        await citizen.go(f"/calculators/{content.id}")
        form = citizen.page.get_by_role("form", name=content.title)
        await answer_by_keyboard(citizen, form, content)
        await form.get_by_role("button", name="算一算").focus()
        await citizen.page.keyboard.press("Enter")
        await expect(form.get_by_role("region")).to_be_focused()
        assert not await citizen.scrolls_sideways(), content.id
        assert await citizen.nameless_controls() == []
        await form.get_by_role("button", name="重新填").press("Enter")
        await expect(form.get_by_role("region")).to_be_hidden()
        await expect(form.locator("input").first).to_be_focused()
        for item in content.items:
            await expect(citizen.page.locator(f'a[href="/items/{item}"]')).to_be_visible()


async def answer_by_keyboard(citizen: Citizen, form: Locator, content: RuleContent) -> None:
    """The first option of each question, or something that fits its kind."""
    answered: dict[str, str] = {}
    for question in content.questions:
        field = form.locator(f"[data-question={question.id}]")
        if not all(answered.get(other) in wanted for other, wanted in question.when.items()):
            await expect(field).to_be_hidden()
            continue
        await field.get_by_role("radio" if question.options else "textbox").first.focus()
        if question.options:
            await citizen.page.keyboard.press("Space")
            answered[question.id] = question.options[0]
        else:
            await citizen.page.keyboard.type(FITTING.get(question.id, TYPED[question.kind]))


@pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
async def test_all_calculators_are_found_from_the_first_page(people: People, screen: dict[str, int]) -> None:
    """From the conversation and from the item list to the list of all, and on to one."""
    citizen = await people.citizen(screen=screen)
    await citizen.go("/items")
    await citizen.page.get_by_role("link", name="算一算").click()
    await expect(citizen.page.get_by_role("heading", name="算一算")).to_be_visible()
    await expect(citizen.page.locator(".item-row strong")).to_have_count(len(RULES))
    await is_in_order(citizen)
    await citizen.go("/calculators/annual_leave_days")
    await is_in_order(citizen)
    await citizen.go("/")
    await citizen.page.get_by_role("link", name="算一算").click()
    await citizen.page.get_by_role("link", name="产假有多少天").click()
    await expect(citizen.page.get_by_role("heading", name="产假有多少天")).to_be_visible()


async def test_without_a_line_nothing_written_is_lost(people: People) -> None:
    """A sentence at the button; the same press works once the line is back."""
    citizen = await people.citizen(screen=NARROW)
    await citizen.go("/calculators/work_injury_claim_deadline")
    form = citizen.page.get_by_role("form")
    await form.get_by_role("textbox").fill("2026年11月2日")
    await citizen.page.route("**/compute", lambda route: route.abort())
    await form.get_by_role("button", name="算一算").click()
    await expect(form.get_by_role("alert").filter(has_text="连不上服务器")).to_be_visible()
    await expect(form.get_by_role("textbox")).to_have_value("2026年11月2日")
    await citizen.page.unroute("**/compute")
    await form.get_by_role("button", name="算一算").click()
    await expect(form.get_by_role("region")).to_be_focused()
    await expect(form.locator(".wrong:visible")).to_have_count(0)


async def test_what_was_filled_in_leaves_no_trace(people: People) -> None:
    """Not in the address, not in the browser's storage."""
    citizen = await people.citizen()
    await citizen.go("/calculators/retirement_age")
    form = citizen.page.get_by_role("form")
    await answer(form, "您属于哪一类？", "男职工")
    await answer(form, "您是哪年哪月出生的？", "1965年3月")
    await form.get_by_role("button", name="算一算").click()
    await expect(form.get_by_role("region")).to_be_visible()
    assert citizen.page.url.endswith("/calculators/retirement_age")
    assert "1965" not in await citizen.stored_by_browser()


async def opened(citizen: Citizen, title: str) -> Locator:
    """A guide's calculator, unfolded."""
    form = citizen.page.get_by_role("form", name=title)
    if not await form.is_visible():
        await citizen.page.locator("#calculators summary", has_text=title).click()
    return form


async def answer(form: Locator, question: str, said: str) -> None:
    """Type the answer, or press its button."""
    group = form.get_by_role("radiogroup", name=question)
    if await group.count():
        await group.get_by_label(said, exact=True).check()
    else:
        await form.get_by_label(question).fill(said)
