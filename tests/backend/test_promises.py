"""Promises are bound to truth: what nothing here does is not promised, and the check names a promise without a capability."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend.contracts.catalogue_content import Basis
from backend.contracts.promises import There, promises, truly, unkept, unknown_features
from backend.features import FEATURES
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.promising import true_form, true_item, unkept_promises
from backend.one_window.catalogue.wording import channel_text
from backend.operate.promise_check import promised, promised_in


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("出结果，发短信告诉您。", "出结果，凭办件编号在对话里查，或到窗口问。"),
        (
            "出审核结果，发短信告诉单位。通过了打到单位账户。",
            "出审核结果，凭办件编号在对话里查，或到窗口问。通过了打到单位账户。",
        ),
        ("给您岗位推荐单。有新岗位发短信告诉您。", "给您岗位推荐单。新岗位到窗口看。"),
        ("请留一个手机号码，办理进度好通知您。", "请留一个手机号码，有事好联系您。"),
        ("请留一个手机号码，备案好了通知您。", "请留一个手机号码，备案好了好联系您。"),
        ("不方便出声，发短信12110。", "不方便出声，发短信12110。"),
        ("通知您哪天去鉴定，本人一定要到场。", "通知您哪天去鉴定，本人一定要到场。"),
    ],
)
def test_another_true_sentence_stands_where_the_capability_is_off(written: str, told: str) -> None:
    """And what promises nothing of the kind stays as it is."""
    assert truly(written) == told


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("我会发短信告诉您结果。", 1),
        ("有消息就通知他。", 1),
        ("晚上给您打个电话。", 1),
        ("前面填的都给您留着。", 0),
        ("您已经说的不用重说。", 0),
        ("不方便出声，发短信12110。", 0),
        ("网上可以办。", 1),
    ],
)
def test_a_promise_without_its_capability_is_found(text: str, complaints: int) -> None:
    """Unknown ones and those that are off."""
    assert len(list(unkept(text))) == complaints


def test_that_it_can_be_done_online_is_said_where_that_is_confirmed() -> None:
    """Of an item by its places or by the channel itself; else people read what is not confirmed, in every part of the guide."""
    assert list(unkept("网上可以办。", asks_channel=True)) == []
    written = edition().items["LJ-SB-012"].item
    assert not written.is_surely_online
    told = true_item(written)
    assert told.steps[0].name == "提出申请。来窗口办；网上、手机上能不能办，待中心确认。"
    assert "在窗口填一份" in {material.form for material in told.materials}
    assert channel_text(written, written.channels[1]).endswith("（能不能办，待中心确认）")
    places = written.handled_at.model_copy(update={"basis": Basis.NATIONAL_PRACTICE})
    confirmed = written.model_copy(update={"handled_at": places})
    assert true_item(confirmed).steps[0] == written.steps[0]
    by_channel = edition().items["LJ-YL-006"].item
    assert by_channel.handled_at.basis is Basis.LOCAL_TO_CONFIRM
    assert by_channel.is_surely_online
    assert channel_text(by_channel, by_channel.channels[1]) == by_channel.channels[1].text


def test_every_part_of_an_item_is_read() -> None:
    """Conditions, materials, further questions and form fields are checked like notes."""
    found = edition()
    item = found.items["LJ-SY-001"].item
    condition = item.conditions[0].model_copy(update={"text": "办好了给您打电话。"})
    material = item.materials[0].model_copy(update={"form": "办好了给您打电话。"})
    further = item.further_questions[0].model_copy(update={"answer": "办好了给您打电话。"})
    field = item.forms[0].fields[0].model_copy(update={"help": "办好了给您打电话。"})
    form = item.forms[0].model_copy(update={"fields": (field,)})
    broken = item.model_copy(
        update={
            "conditions": (condition,), "materials": (material,), "further_questions": (further,), "forms": (form,),
        }
    )  # fmt: skip
    places = [problem.split("：")[1] for problem in unkept_promises({item.code: broken}, {}, found.general_form)]
    assert places == [
        "conditions",
        f"materials.{material.id}.form",
        f"forms.{field.id}.help",
        "further_questions.1.answer",
    ]


def test_an_answer_that_says_how_sure_it_is_may_say_online() -> None:
    """By national practice, told beside it; what only the centre could say may not."""
    found = edition()
    answer = found.policy_answers["Q009"]
    assert answer.basis is not Basis.LOCAL_TO_CONFIRM
    assert list(unkept_promises({}, {"Q009": answer}, found.general_form)) == []
    open_answer = answer.model_copy(update={"basis": Basis.LOCAL_TO_CONFIRM, "speech": "网上可以办。"})
    assert any("Q009.speech" in problem for problem in unkept_promises({}, {"Q009": open_answer}, found.general_form))


def test_pages_and_calculators_are_read_too(tmp_path: Path) -> None:
    """Every line that people read of a feature, with its place; none promises what is not there today."""
    assert list(promised(FEATURES)) == []
    (tmp_path / "templates").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "templates" / "page.html").write_text("<p>好</p>\n<p>办好了给您打电话。</p>\n", "utf-8")
    (tmp_path / "data" / "rule.yaml").write_text("# 给您打电话\nsentences: {a: 有消息就通知他。}\n", "utf-8")
    assert [problem.split("：")[:2] for problem in promised_in(tmp_path)] == [
        [f"{tmp_path.name}/data/rule.yaml", "第2行"],
        [f"{tmp_path.name}/templates/page.html", "第2行"],
    ]


def test_no_guide_and_no_answer_promises_what_is_not_there() -> None:
    """All items, the general form, all policy answers; a made-up promise is named with its place."""
    found = edition()
    items = {code: delivered.item for code, delivered in found.items.items()}
    assert list(unkept_promises(items, found.policy_answers, found.general_form)) == []
    one = items["LJ-SY-001"].model_copy(update={"notes": ("办好了给您打电话。",)})
    assert [problem.split("：")[:2] for problem in unkept_promises({"LJ-SY-001": one}, {}, found.general_form)] == [
        ["LJ-SY-001.yaml", "notes"]
    ]
    off = [
        promise.words for promise in promises().promises if promises().capability(promise.needs).there is There.NEVER
    ]
    assert off, "nothing sends messages about progress"
    told = [step.name for item in items.values() for step in true_item(item).steps]
    told += [field.question for field in true_form(found.general_form).fields]
    assert not any("发短信" in text or "好通知您" in text for text in told)


def test_every_capability_has_its_feature() -> None:
    """What is always there is done by somebody."""
    names = {feature.name for feature in FEATURES}
    assert unknown_features(names) == []
    assert len(unknown_features(names - {"assistance"})) == 1
