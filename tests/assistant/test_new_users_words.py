"""What new users type: pinyin for words, questions that we know in nearly their words, words that many items share."""

from __future__ import annotations

import pytest

from assistant.understanding.item_index import ItemIndex
from assistant.understanding.questions import delivered_index
from assistant.understanding.same_question import same_question
from assistant.understanding.typed_pinyin import in_characters


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("shiyejin zenme ling", "失业金怎么领"),
        ("shebao断了怎么办", "社保断了怎么办"),
        ("yibao断了ne", "医保断了呢"),
        ("yao dai shenme", "要带什么"),
        ("gongshang zenme rending", "工伤怎么认定"),
        ("wo ma shebaoka diule", "我妈社保卡丢了"),
    ],
)
def test_typed_pinyin_is_read(typed: str, read: str) -> None:
    """Who cannot type characters is understood all the same."""
    assert in_characters(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "我是hr",
        "掌上12333 App怎么下载",
        "tiaojie.12333.gov.cn",
        "⟦id:7fae0b12cd⟧",
        "hello",
        "失业金怎么领",
        "he",
        "VIP",
    ],
)
def test_what_is_no_pinyin_stays(typed: str) -> None:
    """English words, addresses and placeholders are never rewritten."""
    assert in_characters(typed) == typed


@pytest.mark.parametrize(
    ("said", "known", "same"),
    [
        ("试用期公司不给交社保对不对", "试用期单位不交社保对不对", True),
        ("公司不给离职证明怎么办", "单位不开离职证明怎么办", True),
        ("自己辞职可以领失业金吗", "自己辞职能不能领失业金", True),
        ("自己辞职能领失业金吗", "被单位辞退能不能领失业金", False),
        ("单位交了社保对不对", "单位不交社保对不对", False),
        ("医保关系转移要多久", "失业保险转移要多久", False),
        ("进创业园要什么条件", "进创业园要不要钱", False),
        ("要多久", "要多久办好", False),
        ("社保卡丢了怎么办", "社保卡怎么办", False),
    ],
)
def test_nearly_the_same_question(said: str, known: str, same: bool) -> None:
    """公司 for 单位, 缴 for 交 change nothing; a 不, a number, 居民 for 职工 change everything."""
    assert bool(same_question(said, [known])) is same


def test_a_word_many_items_share_offers_them() -> None:
    """「补贴怎么领」 is asked back with the subsidies there are; what names no such word offers nothing."""
    index = ItemIndex(delivered_index())
    offered = index.sharing("补贴怎么领")
    assert len(offered) > 1
    assert all("补贴" in index.entries[code].plain_name for code in offered)
    assert index.sharing("今天天气怎么样") == []
