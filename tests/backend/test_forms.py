"""Forms by families: every item that has something to fill in has its form, and a wrong family is named with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from backend.contracts.catalogue_content import Ask, FieldKind
from backend.one_window.catalogue.delivered import DATA, ContentError, edition, read_edition
from backend.one_window.catalogue.form_families import names_of_forms, read_forms, with_forms, without_form
from tests.conftest import Hall

FORM = "  - {items: [LJ-YL-001], id: a, title: 甲, fields: [name], common_mistakes: [没有签名。]}\n"
SHARED = "shared:\n  - {id: name, label: 姓名, question: 您叫什么？, kind: name}\nsample: {name: 和某某}\n"


def test_every_item_that_asks_to_fill_something_in_has_its_form() -> None:
    """With samples, mistakes and a phone to be reached at; none asks for its numbers in a free text."""
    items = [delivered.item for delivered in edition().items.values()]
    assert list(without_form(items)) == []
    lacking = next(item for item in items if names_of_forms(item) and item.forms)
    assert list(without_form([lacking.model_copy(update={"forms": ()})])) != []
    for item in items:
        for form in item.forms:
            kinds = {field.id: field.kind for field in form.fields}
            assert kinds.get("phone") is FieldKind.PHONE, item.code
            assert form.common_mistakes or any(field.mistake for field in form.fields), item.code
            assert form.official == "", "none is confirmed yet"


def test_items_of_a_family_share_their_form() -> None:
    """Written once; fields of all families stand in one file."""
    items = edition().items
    transfer = [items[code].item.forms[0] for code in ("LJ-YL-009", "LJ-YL-011", "LJ-SY-005", "LJ-YB-007")]
    assert all(form == transfer[0] for form in transfer)
    asked = items["LJ-SB-002"].item
    assert [one.name for one in asked.materials if one.ask is Ask.FILL_IN]
    labels = [field.label for field in asked.forms[0].fields]
    assert labels == ["单位名称", "统一社会信用代码", "人数", "人员和情况", "从哪个月起", "经办人姓名", "手机号码"]


@pytest.mark.parametrize(
    ("family", "problem"),
    [
        ("forms:\n" + FORM.replace("[name]", "[name, weight]"), "a：a.fields：没有共用的字段「weight」"),
        ("forms:\n" + FORM + FORM.replace("id: a", "id: b"), "b.items：LJ-YL-001 已经有一张表了"),
        ("forms:\n" + FORM.replace(", common_mistakes: [没有签名。]", ""), "common_mistakes"),
        ("forms:\n" + FORM.replace("fields: [name]", "fields: [name], sample: {age: 5}"), "sample.age"),
        ("forms: [", "forms/f.yaml"),
    ],
)
def test_a_wrong_family_is_named(tmp_path: Path, family: str, problem: str) -> None:
    """With file, form and what to do; the others still hold."""
    (tmp_path / "shared.yaml").write_text(SHARED, "utf-8")
    (tmp_path / "f.yaml").write_text(family, "utf-8")
    problems: list[str] = []
    read_forms(tmp_path, problems)
    assert any(problem in one for one in problems), problems


def test_a_form_for_nobody_or_for_who_has_one_is_named(tmp_path: Path) -> None:
    """An item has its form in one place."""
    (tmp_path / "shared.yaml").write_text(SHARED, "utf-8")
    (tmp_path / "f.yaml").write_text("forms:\n" + FORM.replace("LJ-YL-001", "LJ-SY-001, LJ-XX-099"), "utf-8")
    items = {"LJ-SY-001": edition().items["LJ-SY-001"].item}
    problems: list[str] = []
    made = with_forms(items, read_forms(tmp_path, problems), problems)
    assert made == items
    assert [one.split("，")[0] for one in problems] == [
        "forms：没有「LJ-XX-099」这个事项",
        "forms：LJ-SY-001 在自己的文件里已经有表了",
    ]


def test_a_changed_family_is_a_new_version_of_its_items_alone(tmp_path: Path) -> None:
    """Installations notice a changed form by the item's digest; an unreadable folder is refused whole."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    disputes = folder / "forms" / "disputes.yaml"
    disputes.write_text(disputes.read_text("utf-8").replace("干了多久", "做了多久"), "utf-8")
    changed = read_edition(folder).items
    assert [code for code, one in edition().items.items() if changed[code].digest != one.digest] == ["LJ-JC-003"]
    disputes.write_text("forms: [", "utf-8")
    with pytest.raises(ContentError, match=r"disputes\.yaml"):
        read_edition(folder)


async def test_form_and_sample_are_read_by_anybody(hall: Hall) -> None:
    """The blank one says that the official one is to be confirmed; the sample is filled in, without any number."""
    async with hall.browser() as citizen:
        blank = (await citizen.get("/items/LJ-YL-001/form"))[1]
        assert "正式的表样" in blank
        assert "待中心确认" in blank
        sample = (await citizen.get("/items/LJ-YL-001/form/sample"))[1]
        assert "退休申请表（样表）" in sample
        assert "丽江某某酒店有限公司" in sample
        assert "（写您自己的号码）" in sample
        assert "这个事项没有专用的表" in (await citizen.get("/items/LJ-SY-002/form"))[1]
