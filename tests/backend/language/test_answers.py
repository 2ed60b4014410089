"""Short answers: yes and no, places in a row, one of several."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from backend.language import yes_no
from backend.language.choices import read_choice
from backend.language.ordinals import leading_ordinal, read_ordinal, read_place
from backend.language.yes_no import LONGEST, read_yes_no, yes_no_words

WORDS = yes_no_words()
YES = [
    "是", "是的", "对", "对的", "对对对", "对头", "嗯", "嗯嗯", "嗯呢", "有", "有。", "要", "要的", "会", "好",
    "好啊", "好的好的", "好的，谢谢", "可以", "可以的", "可以！", "行", "行吧", "成", "中", "没错", "没问题", "满了",
    "yes", "OK", "1", "１", "true", "我是", "我有", "那好吧", "嗯，可以", "當然可以", "沒問題", "對", "要得", "得行",
    "麻烦了，要的",
]  # fmt: skip
NO = [
    "不是", "不是啊", "不是的", "不是不是", "不", "不不不", "没有", "没有。", "没有了", "没", "否", "不对", "不行",
    "不可以", "不可以的", "不要", "不用", "不用了", "不用了谢谢", "谢谢，不用", "好的，不用了", "嗯，没有", "不需要",
    "不会", "没满", "无", "no", "false", "2", "我没有", "沒有", "不得行", "从来没有", "先不用",
]  # fmt: skip
NEITHER = [
    "不知道", "不清楚", "不一定", "也许", "大概吧", "随便", "都行", "还行", "看情况", "是吗", "是不是", "行不行",
    "好不好", "可以吗", "有吗？", "是？", "没问题吧", "对吧", "有吧", "不会吧", "好了", "对了", "行了", "对，没有",
    "不，是的", "是，不是", "谢谢", "可以不交吗", "没问题要交钱", "不是退休，是转移", "1.5", "12", "要多久", "中行",
    "有两个", "好几年", "不好说", "那个", "。", "？",
]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "meant"), [*((s, True) for s in YES), *((s, False) for s in NO), *((s, None) for s in NEITHER)]
)
def test_yes_and_no_as_people_say_them(said: str, meant: bool | None) -> None:
    """A denial goes before an affirmation inside it (不可以), and a word that denies nothing as a whole is a yes (没问题)."""
    assert read_yes_no(said) is meant


def test_a_word_that_only_leads_is_no_listening() -> None:
    """「好，不要」 has listened and says no; after 「当然」 nobody knows what was meant."""
    assert read_yes_no("好，不要") is False
    assert read_yes_no("好，当然，不要") is None


def test_empty_is_neither() -> None:
    """Nothing is guessed."""
    assert read_yes_no("") is None


@given(
    st.sampled_from(WORDS.leads) | st.just(""),
    st.sampled_from([*((w, True) for w in WORDS.yes), *((w, False) for w in WORDS.no)]),
    st.integers(1, 3),
    st.sampled_from(WORDS.particles) | st.just(""),
    st.sampled_from(["", "。", "！", " ", "~", "，谢谢", "，麻烦您了"]),
)
def test_tails_and_repetition_change_nothing(
    lead: str, word: tuple[str, bool], times: int, particle: str, tail: str
) -> None:
    """「对对对」「好的呀」「不用了，谢谢」: whatever stands around it, it is what the word is, and never the other."""
    said, meant = word
    text = lead + said * times + particle + tail
    assume(len(text) <= LONGEST)
    assert read_yes_no(text) is meant


@given(st.sampled_from([*WORDS.yes, *WORDS.no]), st.sampled_from(["吗", "？", "?", "吗？"]))
def test_a_question_is_no_answer(word: str, asks: str) -> None:
    """「可以吗」 asks back."""
    assert read_yes_no(word + asks) is None


@given(st.sampled_from(WORDS.yes), st.sampled_from(WORDS.no))
def test_yes_and_no_in_one_message_is_never_yes(yes: str, no: str) -> None:
    """Whoever says both is asked again, or has said no after a word of listening (好，不用)."""
    assert read_yes_no(f"{yes}，{no}") is not True
    assert read_yes_no(f"{no}，{yes}") is None


@given(st.text(max_size=12))
def test_a_denied_word_is_no_yes(text: str) -> None:
    """不 before anything never turns it into a yes."""
    assert read_yes_no(f"不{text}") is not True


def test_what_a_recogniser_listens_for_is_understood() -> None:
    """A phrase heard is an answer."""
    assert all(read_yes_no(word) is True for word in WORDS.spoken.yes)
    assert all(read_yes_no(word) is False for word in WORDS.spoken.no)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("第二个", 1), ("2", 1), ("二", 1), ("选3", 2), ("选第三项", 2), ("我要第一个", 0), ("第二个吧", 1), ("1号", 0), ("二、", 1),
        ("最后一个", 2), ("前面那个", 0), ("后面的", 2), ("要最后一个", 2), ("要前面那个", 0), ("我要倒数第二个", 1), ("要头一个", 0),
        ("第四个", None), ("两个", None), ("第一次", None), ("一次性补贴", None),
        ("二级", None), ("0", None), ("12月", None), ("", None),
        ("①", 0), ("③", 2), ("第②个", 1), ("⑵", 1), ("（2）", 1), ("头一个", 0), ("打头那个", 0), ("末一个", 2), ("最末一个", 2), ("选最后一个", 2),
        ("倒数第二个", 1), ("倒数第一", 2), ("倒数第四个", None), ("头疼", None), ("最后一次", None), ("⑨", None),
    ],
)  # fmt: skip
def test_places_as_people_say_them(said: str, place: int | None) -> None:
    """Of three things. What only counts (两个), or begins with a number (一次性), points at none."""
    assert read_place(said, 3) == place


@given(st.integers(1, 30))
def test_every_place_is_read(number: int) -> None:
    """In figures."""
    assert read_ordinal(f"第{number}个") == read_ordinal(str(number)) == number
    assert leading_ordinal(f"第{number}个要带什么") == number


def test_a_longer_message_begins_with_a_place() -> None:
    """With 第 and 个 only: 「第一次申请」 and 「一次性补贴」 begin with none."""
    assert leading_ordinal("我选第二个，要带什么") == 2
    assert leading_ordinal("第一次申请失业金") is None
    assert leading_ordinal("一次性补贴") is None


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("丙级", 2),
        ("甲", None),
        ("甲级", 0),
        ("第二个", 1),
        ("第五个", None),
        ("我是丙级", 2),
        ("级别", None),
        ("最后一个", 2),
    ],
)
def test_one_of_several_is_meant(said: str, index: int | None) -> None:
    """Its words, its place, a part of only one."""
    assert read_choice(said, ["甲级", "乙级", "丙级"]) == index


def test_what_is_longer_than_twenty_signs_says_more_than_yes_or_no() -> None:
    """Twenty are read, twenty-one are not."""
    assert read_yes_no("对" * 20) is True
    assert read_yes_no("对" * 21) is None
    assert read_yes_no("不" * 20) is False
    assert read_yes_no("不" * 21) is None


def test_one_word_is_yes_or_no_and_never_both() -> None:
    """What stands in both lists is refused at the start."""
    assert not set(WORDS.yes) & set(WORDS.no)
    assert not set(WORDS.spoken.yes) & set(WORDS.spoken.no)


def test_a_word_in_both_lists_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file with it is named."""
    twice = WORDS.model_dump(mode="json")
    twice["no"].append(twice["yes"][0])
    file = tmp_path / "yes_no.yaml"
    file.write_text(yaml.safe_dump(twice, allow_unicode=True), "utf-8")
    monkeypatch.setattr(yes_no, "_FILE", file)
    yes_no.yes_no_words.cache_clear()
    with pytest.raises(ValueError, match=r"yes_no\.yaml"):
        yes_no.yes_no_words()
    monkeypatch.undo()
    assert yes_no.yes_no_words() == WORDS


@pytest.mark.parametrize(
    ("said", "number", "place"),
    [
        ("要第二个", 2, 1), ("我要第二个", 2, 1), ("我选第二个", 2, 1), ("选择第二个", 2, 1), ("就第二个", 2, 1), ("就要第二个", 2, 1),
        ("第三", 3, 2), ("第三条", 3, 2),
        ("3件", 3, 2), ("三号", 3, 2), ("第两个", 2, 1), ("第二种吧", 2, 1), ("第二个那个", 2, 1), ("第十二个", 12, None), ("第二十一个", 21, None),
        ("第十一", 11, None),
        ("99", 99, None), ("100", None, None), ("一百", None, None), ("第零个", None, None), ("0", None, None), ("两", None, None),
        ("第二个 。", 2, 1), ("2.", 2, 1),
        ("最后那个", None, 2), ("最后个", None, 2), ("最后吧", None, 2), ("后面这条", None, 2), ("下面一个", None, 2), ("前面个", None, 0),
        ("上面那个", None, 0), ("上面的吧", None, 0),
        ("前面一条", None, 0), ("最后。", None, 2), ("后天", None, None), ("前面说的", None, None),
    ],
)  # fmt: skip
def test_places_in_every_wording(said: str, number: int | None, place: int | None) -> None:
    """The number said, and the place in a row of three; beyond the row there is none."""
    assert read_ordinal(said) == number
    assert read_place(said, 3) == place


def test_in_an_empty_row_nothing_is_meant() -> None:
    """Neither the first nor the last."""
    assert [read_place(said, 0) for said in ("最后一个", "前面那个", "第一个")] == [None, None, None]
    assert read_place("第一个", 1) == read_place("最后一个", 1) == 0


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("第二件怎么办", 2),
        ("就第十个吧", 10),
        ("要第2项的材料", 2),
        ("第二要带什么", None),
        ("2个要带什么", None),
        ("我想第二个", None),
        ("第零个好", None),
        ("第两种要什么", 2),
    ],
)
def test_what_a_longer_message_begins_with(said: str, place: int | None) -> None:
    """第 and a measure word."""
    assert leading_ordinal(said) == place


@pytest.mark.parametrize(
    ("said", "index"),
    [
        ("级", None),
        ("乙", None),
        ("我要乙级的", 1),
        ("乙级", 1),
        ("甲级乙级", None),
        ("最后那个", 2),
        ("", None),
        ("丁级", None),
    ],
)
def test_a_part_of_two_labels_means_neither(said: str, index: int | None) -> None:
    """And one sign alone means nothing."""
    assert read_choice(said, ["甲级", "乙级", "丙级"]) == index
