"""What speech recognition misheard is repaired where it sounds like our field; what reads well, or was typed, stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.engine import heard
from assistant.understanding.confusions import distance, fold
from assistant.understanding.index_holder import HOLDER, IndexHolder
from assistant.understanding.item_index import ItemIndex
from assistant.understanding.questions import delivered_index
from assistant.understanding.repair import Repair, learnt_speech, lexicon
from backend.contracts.choices import ChoiceValue
from backend.contracts.turns import MessageTranscription, Turn

INDEX = ItemIndex(delivered_index())
PHRASES = sorted(lexicon(INDEX))


@pytest.fixture(scope="module")
def repair() -> Repair:
    """Over the delivered catalogue."""
    return Repair.over(INDEX)


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("我的社宝卡丢了", "我的社保卡丢了"),
        ("退修年龄是好多", "退休年龄是好多"),
        ("养老宝险怎么转移", "养老保险怎么转移"),
        ("公亦性岗位怎么申请", "公益性岗位怎么申请"),
        ("异地救医备案", "异地就医备案"),
        ("工商认定要多久", "工伤认定要多久"),
        ("老板拖钱工资", "老板拖欠工资"),
        ("我想领师业金要带什么", "我想领失业金要带什么"),
        ("智业资格考试报名", "职业资格考试报名"),  # the same sound
        ("自业资格考试报名", "职业资格考试报名"),  # zh/z
        ("劳动重裁", "劳动仲裁"),  # one initial not listed
        ("森育津贴怎么领", "生育津贴怎么领"),  # sh/s and eng/en
        ("创业丹保贷款", "创业担保贷款"),
        ("老动能力鉴定", "劳动能力鉴定"),
        ("脑动能力鉴定", "劳动能力鉴定"),  # n/l
        ("失业宝险金", "失业保险金"),
        ("就业困难员认定", "就业困难人员认定"),  # a syllable not heard
        ("胡利费补贴", "护理费补贴"),  # a word that people use with us
    ],
)
def test_what_was_misheard_is_repaired(repair: Repair, recognised: str, meant: str) -> None:
    """Equal sounds, Yunnan Mandarin's confusions, one feature, one missing syllable."""
    repaired = repair.repair(recognised)
    assert repaired.text == meant
    assert bool(repaired.changes) == (recognised != meant)


@pytest.mark.parametrize(
    "text",
    ["我已报名了", "医保报销", "公司拖欠工资找谁", "我妈七十了走不动怎么认证", "你好", "", "⟦id:7f3a0b12cd⟧是我的", "abc 123", "今天天气好得很",
     "三万二只还了八千", "我舅是二级伤残"],
)  # fmt: skip
def test_what_reads_well_stays(repair: Repair, text: str) -> None:
    """Everyday words that sound like ours (已报, 医保) are not ours, sums and relatives stay; nothing but Chinese characters is looked at."""
    assert repair.repair(text).text == text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4))
def test_phrases_of_the_lexicon_stay(repair: Repair, phrases: list[str]) -> None:
    """Whatever phrases follow each other, none of them is taken for another."""
    text = "，".join(phrases)
    assert repair.repair(text).text == text


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="社宝保师失业金退修工商伤认定登记的了我怎么办，a", max_size=30))
def test_changes_tell_what_was_changed(repair: Repair, text: str) -> None:
    """Undoing them gives back what was recognised."""
    repaired = repair.repair(text)
    undone = repaired.text
    shift = sum(len(change.meant) - len(change.heard) for change in repaired.changes)
    for change in reversed(repaired.changes):
        shift -= len(change.meant) - len(change.heard)
        start = change.start + shift
        assert undone[start : start + len(change.meant)] == change.meant
        undone = undone[:start] + change.heard + undone[start + len(change.meant) :]
    assert undone == text


@pytest.mark.parametrize(
    ("one", "other"),
    [("nan", "lan"), ("zhi", "zi"), ("chi", "ci"), ("shi", "si"), ("jing", "jin"), ("sheng", "shen"), ("hui", "fei"), ("hu", "fu"), ("yu", "yi")],
)  # fmt: skip
def test_yunnan_confusions_are_near(one: str, other: str) -> None:
    """n/l, zh/z, ch/c, sh/s, ing/in, eng/en, hu/f, and no ü: nearer than any other difference, both ways."""
    assert 0 < distance(one, other) == distance(other, one) < 1
    assert fold(one) == fold(other)


def test_only_recognised_speech_is_repaired() -> None:
    """What somebody typed reaches understanding as typed; what was heard is kept beside its repair."""
    before = HOLDER.current
    HOLDER.restore(INDEX)
    try:
        typed = Turn(message_id="message-1", seq=1, channel="phone", text="我的社宝卡丢了")
        spoken = typed.model_copy(update={"recognised": MessageTranscription(confidence=0.8)})
        text, metadata = heard(typed, filling=False)
        assert (text, "heard" in metadata) == (typed.text, False)
        text, metadata = heard(spoken, filling=False)
        assert (text, metadata["heard"]) == ("我的社保卡丢了", typed.text)
        assert metadata["message_id"] == "message-1"
        assert heard(spoken, filling=True)[0] == typed.text  # into a form goes what was said
        pressed = spoken.model_copy(update={"text": None, "choice": ChoiceValue.parse("item:LJ-SY-001")})
        assert heard(pressed, filling=False)[0] == '/choose{"choice": "item:LJ-SY-001"}'
    finally:
        HOLDER.restore(before)


def test_a_new_name_is_repaired_once_the_index_is_swapped() -> None:
    """An editor's new alias is repaired without a restart."""
    holder = IndexHolder()
    content = delivered_index()
    holder.swap(content)
    assert holder.repair.repair("我要办雪套补助金").text == "我要办雪套补助金"
    item = content.items[0].model_copy(update={"aliases": (*content.items[0].aliases, "雪桃补助金")})
    holder.swap(content.model_copy(update={"version": 1, "items": (item, *content.items[1:])}))
    assert holder.repair.repair("我要办雪套补助金").text == "我要办雪桃补助金"


def test_speech_is_counted_once() -> None:
    """Counting them takes seconds; a swap of the index must not."""
    assert learnt_speech() is learnt_speech()
