"""The catalogue: content that is checked, guides that hide nothing, search in everyday words."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from backend.contracts.catalogue_content import Item, SituationFact, Step
from backend.contracts.conditions import parse
from backend.one_window.catalogue.checking import check_item, explain, is_known, sentences
from backend.one_window.catalogue.delivered import DATA, ContentError, edition, read_edition
from backend.one_window.catalogue.flowchart import WIDTH, draw, wrap
from backend.one_window.catalogue.promising import true_item
from backend.one_window.catalogue.search import content_words
from backend.one_window.catalogue.wording import condition_text
from tests.conftest import Hall

CODES = sorted(edition().items)


def item(code: str = "LJ-SY-001", **changes: Any) -> Item:
    """A delivered item with something changed."""
    return Item.model_validate(edition().items[code].item.model_dump(by_alias=True) | changes)


def complaints(changed: Item) -> list[str]:
    """What the check says of it among the delivered items."""
    others = [delivered.item for delivered in edition().items.values() if delivered.item.code != changed.code]
    return [f"{one.field}：{one.text}" for one in check_item(changed, edition().surroundings([*others, changed]))]


def test_the_delivered_content_has_nothing_to_mend() -> None:
    """Schema, names, codes, conditions, citations, time limits and forms of every file hold together."""
    assert len(edition().items) >= 124
    assert {code.split("-")[1] for code in edition().items} == set(edition().units)


def test_twelve_items_of_different_units_have_their_own_form() -> None:
    """Issue 3; each with a sample and with mistakes named at the field."""
    own = {delivered.item.unit: delivered.item.forms for delivered in edition().items.values() if delivered.item.forms}
    assert len(own) >= 12
    for unit, forms in own.items():
        assert any(field.mistake for form in forms for field in form.fields), unit
        assert all(5 <= len(form.fields) <= 10 for form in forms), unit


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"aliases": ["失业登记"]}, "aliases：「失业登记」和 LJ-JY-002 重了"),
        ({"topic": "weather"}, "topic：「weather」不在 topics.yaml 里"),
        ({"related": ["LJ-SY-999"]}, "related：没有「LJ-SY-999」这个事项"),
        ({"related": ["LJ-SY-001"]}, "related：「LJ-SY-001」就是本事项"),
        ({"steps": [{"name": "审核。", "who": "经办", "limit": "15"}]}, "steps.第1项.limit：「15」没有写单位"),
        (
            {"time_limits": {"statutory": {"value": 5, "unit": "working_days", "basis": "law"}}},
            "time_limits.statutory.cite：basis 为 law 的时限要写 cite",
        ),
        (
            {"conditions": [{"text": "满一年。", "basis": "law", "cite": "《渔业法》第一条"}]},
            "conditions.第1项.cite：「《渔业法》第一条」不在本事项的 legal_basis 里",
        ),
    ],
)
def test_the_check_names_the_field_and_what_to_do(changes: dict[str, Any], said: str) -> None:
    """Known codes, unique names, time limits with units, citations that exist."""
    assert any(line.startswith(said) for line in complaints(item(**changes)))


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("is_tall", "用了没登记的情形「is_tall」"),
        ("by_proxy and not by_proxy", "这种情形下清单是空的"),
        ("not minor", "请先在 situation_facts.yaml 给它写 unless_text"),
    ],
)
def test_conditions_use_the_closed_vocabulary_and_leave_no_empty_list(when: str, said: str) -> None:
    """CONTRACTS: expressions over situation facts, each case in words."""
    material = {"id": "paper", "name": "一张纸", "ask": "hand_in", "when": when, "basis": "national-practice"}
    assert any(said in line for line in complaints(item(materials=[material])))


def test_a_form_that_cannot_be_filled_from_its_sample_is_named() -> None:
    """Sample missing, a choice that is none, a number of a real person."""
    form = edition().items["LJ-SY-001"].item.forms[0].model_dump(by_alias=True)
    form["sample"] = {"name": "和某某", "left_on": "上个月", "leaving_reason": "不想干了", "phone": "13800000001"}
    said = "\n".join(complaints(item(forms=[form])))
    assert "sample.last_employer：「原工作单位」没有填写样本" in said
    assert "sample.left_on：「上个月」不是日期" in said
    assert "sample.leaving_reason：「不想干了」不在 choices 里" in said
    assert "sample.phone：样本里不写号码" in said


def test_every_complaint_of_a_file_names_file_field_and_what_to_do(tmp_path: Path) -> None:
    """Wrong shapes are told in Chinese; nothing of the schema checker's own English remains."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    path = folder / "items" / "LJ-SY-001.yaml"
    broken = yaml.safe_load(path.read_text("utf-8"))
    del broken["summary"]
    broken |= {"colour": "red", "unit": "sy", "fee": {"charged": "maybe", "text": "", "basis": "rumour"}}
    broken["materials"][0]["count"] = 99
    broken["effective_from"] = "soon"
    path.write_text(yaml.safe_dump(broken, allow_unicode=True), "utf-8")
    with pytest.raises(ContentError) as refused:
        read_edition(folder)
    said = str(refused.value).splitlines()
    for line in (
        "LJ-SY-001.yaml：summary：没有写，请补上",
        "LJ-SY-001.yaml：colour：没有这个字段，请改正名字或删去",
        "LJ-SY-001.yaml：fee.charged：要写 true 或 false",
        "LJ-SY-001.yaml：fee.text：不能空着，至少1个字",
        "LJ-SY-001.yaml：materials.第1项.count：不能大于20",
        "LJ-SY-001.yaml：effective_from：要写日期，如 2026-11-23",
    ):
        assert line in said
    assert not any("写得不对（" in line for line in said)


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    """Not YAML at all, an occasion without its item, an answer about nothing."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    (folder / "topics.yaml").write_text("- {id: [", "utf-8")
    with pytest.raises(ContentError, match=r"topics.yaml：（全文）：不是合格的 YAML"):
        read_edition(folder)
    shutil.copy(DATA / "topics.yaml", folder / "topics.yaml")
    events = (folder / "life_events.yaml").read_text("utf-8").replace("LJ-JC-003", "LJ-JC-777")
    (folder / "life_events.yaml").write_text(events, "utf-8")
    with pytest.raises(ContentError, match=r"life_events.yaml：unpaid_wages.items：没有「LJ-JC-777」"):
        read_edition(folder)


def test_refusals_of_the_shape_all_have_a_sentence() -> None:
    """What editors do wrong most is told in their words."""
    try:
        Item.model_validate(
            {"code": 5, "aliases": "失业金", "materials": [], "time_limits": 3, "handled_at": {"places": ["moon"]}}
        )
    except ValueError as error:
        told = explain(error)  # type: ignore[arg-type]
    assert {one.text for one in told} >= {"要写成列表，每行一个，前面加「- 」", "至少要写1个", "没有写，请补上"}
    assert not any("写得不对（" in one.text for one in told)
    assert sentences()["other"].startswith("写得不对")


@pytest.mark.parametrize(
    ("cite", "known"),
    [
        ("《社会保险法》第五十条", True),
        ("《中华人民共和国社会保险法》第五十条", True),
        ("国办发〔2009〕66号", True),
        ("《渔业法》第一条", False),
        ("某某发〔2020〕1号", False),
    ],
)
def test_a_citation_is_known_by_title_or_number(cite: str, known: bool) -> None:
    """With or without the country's name before it."""
    rules = ("《中华人民共和国社会保险法》", "《城镇企业职工基本养老保险关系转移接续暂行办法》（国办发〔2009〕66号）")
    assert is_known(cite, rules) is known


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("always", ""),
        ("by_proxy", "请别人代办的"),
        ("not employer_applies", "个人来办的"),
        ("employer_applies and not applies_online", "单位来办的、来窗口办的"),
        ("not (employer_applies or applies_online)", "个人来办的、来窗口办的"),
        ("employer_applies or not flexible_employment", "单位来办的，或者有单位的"),
    ],
)
def test_a_condition_reads_as_a_case(when: str, words: str) -> None:
    """Also where it says not."""
    facts: dict[str, SituationFact] = edition().facts
    assert condition_text(parse(when), facts) == words


# --- guides, lists, search


async def test_a_guide_hides_nothing(hall: Hall) -> None:
    """Everything an item publishes stands on its page; what is unconfirmed is told as such."""
    async with hall.browser() as browser:
        for code in CODES[::5]:
            status, page = await browser.get(f"/items/{code}")
            shows_everything(code, status, page)


def shows_everything(code: str, status: int, page: str) -> None:
    """The page against the delivered item."""
    text = page.replace("&#34;", '"')
    published = true_item(edition().items[code].item)
    assert status == 200
    for words in (
        published.name, published.plain_name, published.summary, published.serves, published.hall, published.result,
        published.fee.text, *(rule.title for rule in published.legal_basis), *(step.name for step in published.steps),
        *(material.name for material in published.materials), *(condition.text for condition in published.conditions),
        *(channel.text for channel in published.channels), *published.common_mistakes, *published.to_confirm,
        *published.notes, "待中心确认",
    ):  # fmt: skip
        assert words in text, words
    for rule in published.legal_basis:
        assert ("已核对原文" if rule.checked else "未核对原文") in text
    if (
        published.time_limits.statutory is None
        and published.time_limits.promised is None
        and not published.time_limits.on_the_spot
    ):
        assert "时限待中心公布" in text
    if not published.forms:
        assert "没有专用的表，用通用申请表" in text
    if any(material.when == "by_proxy" for material in published.materials):
        assert "请别人代办的才要" in text
    assert "planning_hint" not in text


async def test_an_unknown_item_or_occasion_is_a_page_with_a_sentence(hall: Hall) -> None:
    """404 for people."""
    async with hall.browser() as browser:
        for path in ("/items/LJ-XX-999", "/items/LJ-XX-999/form", "/items?event=nothing"):
            status, page = await browser.get(path, Accept="text/html")
            assert status == 404
            assert "没有" in page


@pytest.mark.parametrize(
    ("query", "first"),
    [("event=lost_job", "LJ-SY-001"), ("audience=migrant_workers", "LJ-JC-003"), ("unit=ZC", "LJ-ZC-001")],
)
async def test_lists_by_unit_event_and_audience(hall: Hall, query: str, first: str) -> None:
    """An occasion's items come in the order a person goes through them."""
    async with hall.browser() as browser:
        _, found = await browser.get(f"/catalogue/items?{query}")
        _, page = await browser.get(f"/items?{query}")
    assert found["items"][0]["code"] == first
    assert f'href="/items/{first}"' in page


@pytest.mark.parametrize(
    "occasion", [*edition().life_events.values(), *edition().audiences.values()], ids=lambda one: one.id
)
def test_occasions_lead_somewhere(occasion: Any) -> None:
    """Each has a first thing to do and at least three items."""
    assert len(occasion.items) >= 3
    assert occasion.lead.endswith("。")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("失业津怎么领", "LJ-SY-001"),
        ("shiyejin", "LJ-SY-001"),
        ("社宝卡丢了", "LJ-XX-003"),
        ("养老今 资格认正", "LJ-YL-006"),
        ("生娃娃报销", "LJ-YB-010"),
        ("老板不发工资", "LJ-JC-001"),
        ("LJ-GS-001", "LJ-GS-001"),
        ("断保", "LJ-SB-009"),
        ("老板不给钱", "LJ-JC-001"),
        ("老板跑路了", "LJ-JC-001"),
        ("生娃报销", "LJ-YB-010"),
        ("失叶金", "LJ-SY-001"),
        ("syj", "LJ-SY-001"),
        ("下岗了", "LJ-SY-001"),
        ("农民工工资", "LJ-JC-003"),
        ("没签合同", "LJ-JC-001"),
        ("退休金多少", "LJ-YL-001"),
        ("tuixiu", "LJ-YL-001"),
        ("新农合", "LJ-YB-003"),
        ("异地看病", "LJ-YB-006"),
        ("老人去世了", "LJ-YL-007"),
        ("转社保", "LJ-YL-009"),
        ("灵活就业交社保", "LJ-SB-004"),
        ("给爸妈用医保", "LJ-YB-013"),
        ("社保卡丢了", "LJ-XX-003"),
        ("退休认证", "LJ-YL-006"),
    ],
)
async def test_search_forgives_typos_and_sounds(hall: Hall, words: str, code: str) -> None:
    """Homophones, pinyin, dialect, everyday words that are nobody's name: among the first three."""
    async with hall.browser() as browser:
        _, found = await browser.get(f"/catalogue/items?q={words}&limit=3")
    assert code in [entry["code"] for entry in found["items"]]


@given(st.text(max_size=100))
def test_a_query_never_loses_all_its_words(text: str) -> None:
    """Leaving out the words of the question leaves something to search for, if there was anything."""
    assert bool(content_words(text).strip()) or not text.strip() or not content_words(text)


@given(st.lists(st.text(alphabet="审核材料，。（）abc 123", min_size=1, max_size=60), min_size=1, max_size=7))
def test_a_flowchart_keeps_every_word_inside_its_box(names: list[str]) -> None:
    """Boxes lie one under another, and nothing of the text is lost."""
    steps = [Step(name=f"第{name}步", who="经办", limit="5日内") for name in names]
    chart = draw(steps)
    for step, box in zip(steps, chart.boxes, strict=True):
        assert "".join(text.words for text in box.texts if text.kind == "name") == step.name
        assert all(box.y < text.y < box.y + box.height for text in box.texts)
    assert all(above.y + above.height < below.y for above, below in zip(chart.boxes, chart.boxes[1:], strict=False))
    assert chart.boxes[-1].y + chart.boxes[-1].height <= chart.height
    assert chart.width == WIDTH


@given(st.text(alphabet="审核，。a ", max_size=80), st.floats(2, 30))
def test_wrapping_loses_nothing(words: str, room: float) -> None:
    """The lines put together are the text."""
    assert "".join(wrap(words, room)) == words
