"""Promises are bound to truth: what nothing here does is not promised, and the check names a promise without a capability."""

from __future__ import annotations

import pytest

from backend.contracts.promises import There, promises, truly, unkept, unknown_features
from backend.features import FEATURES
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.promising import true_form, true_item, unkept_promises


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


def test_that_it_can_be_done_online_is_said_where_the_item_has_such_a_channel() -> None:
    """Only there."""
    assert list(unkept("网上可以办。", asks_channel=True)) == []


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
