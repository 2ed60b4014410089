"""What is learnt of danger: groups of words, what is kept of it, and what the held-aside set may not share with it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.understanding.danger_concepts import column_count, concept_columns, concepts
from assistant.understanding.danger_examples import DangerExample, danger_examples
from assistant.understanding.danger_kinds import DangerKind, Whose
from assistant.understanding.danger_model import UNKNOWN, DangerModel
from assistant.understanding.danger_words import heard_danger

HELD_ASIDE = Path(__file__).parents[1] / "data" / "danger_held_aside.yml"
DISMISSED = HELD_ASIDE.with_name("danger_dismissed_aside.yml")
_DANGER = ["我站在楼顶要跳下去", "我站在桥上要跳下去", "我在楼顶，药吃完了", "药吃完了，要跳下去"]
_OTHERS = ["我儿子站在楼顶要跳", "我女儿站在桥上要跳"]
_HARMLESS = [
    "失业金怎么领",
    "失业金领几个月",
    "社保卡怎么补",
    "社保卡补办要多久",
    "退休带什么材料",
    "医保怎么报销",
    "医保报销要多久",
]


@pytest.fixture(scope="module")
def model() -> DangerModel:
    """A small model."""
    danger = [DangerExample(text, DangerKind.PLAN, Whose.SELF, "test") for text in _DANGER * 40]
    others = [DangerExample(text, DangerKind.PLAN, Whose.OTHER, "test") for text in _OTHERS * 40]
    return DangerModel.fit(
        [*danger, *others, *(DangerExample(text, "none", "none", "test") for text in _HARMLESS * 40)]
    )


def test_it_tells_danger_from_questions_and_whose(model: DangerModel) -> None:
    """Also of sentences that were not among the learnt ones."""
    heard = model.hear("我儿子在楼顶要跳下去")
    assert heard.margin > 0 > model.hear("医保怎么补").margin
    assert (heard.kind, heard.whose) == (DangerKind.PLAN, Whose.OTHER)
    assert model.hear("我要跳下去").whose is Whose.SELF


def test_noise_is_no_danger(model: DangerModel) -> None:
    """Of what was never met nothing is concluded."""
    assert model.hear("蘑蹴囧燚跳槊").margin <= UNKNOWN


def test_a_kept_model_hears_as_the_learnt_one(model: DangerModel) -> None:
    """Weights of 8 bits change nothing that anybody notices."""
    kept = DangerModel.from_bytes(model.to_bytes())
    for text in [*_DANGER, *_OTHERS, *_HARMLESS]:
        assert kept.hear(text).margin == pytest.approx(model.hear(text).margin, abs=0.2)
        assert kept.hear(text).whose is model.hear(text).whose


def test_each_two_groups_have_a_column_of_their_own() -> None:
    """What is learnt of 「楼顶」 with 「最后一次」 is not learnt of either alone."""
    groups = len(concepts())
    both = concept_columns("最后一次，在楼顶")
    alone = {*concept_columns("最后一次"), *concept_columns("在楼顶")}
    assert any(column >= groups for column in both.keys() - alone)
    assert max(concept_columns("".join(text for text in _DANGER))) < column_count()


def test_nothing_of_the_held_aside_set_is_learnt() -> None:
    """Else its figures would say nothing."""
    held = yaml.safe_load(HELD_ASIDE.read_text("utf-8"))
    said = {text for group in held["dangerous"] for text in group["sentences"]} | {
        *held["harmless"],
        *held["from_dialogues"],
        *yaml.safe_load(DISMISSED.read_text("utf-8")),
    }
    assert not said & {example.text for example in danger_examples()}


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        ("我要跳楼", True),
        ("我喝农药了", True),
        ("再不发工资我就从塔吊跳下去", True),
        ("我爸要跳楼", True),
        ("我爸前年喝农药走的，有丧葬费吗", False),
        ("我大伯去年跳楼走的，养老账户的钱怎么取", False),
        ("我表姐上吊死的，抚恤金给谁", False),
        ("我哥在跳楼机上摔了，算不算工伤", False),
    ],
)
def test_the_dead_of_a_family_are_not_the_speaker(model: DangerModel, said: str, listed: bool) -> None:
    """The list takes nobody's death in the family, told with a benefit, for a plan of one's own."""
    assert heard_danger(said, model).listed is listed
