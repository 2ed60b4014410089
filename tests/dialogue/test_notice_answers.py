"""Answers to a notice's questions: which words mean which, and which answer is taken back."""

from __future__ import annotations

import pytest

from assistant.dialogue.notice_answers import meant, stands_undenied, taken_back
from backend.contracts.notices import SituationQuestion

WHO = SituationQuestion(
    fact="by_proxy",
    question="是本人来办，还是请别人代办？",
    spoken="是本人来办，还是请别人代办？",
    yes="请别人代办",
    no="本人办",
    yes_words=("帮", "替", "代", "委托", "别人去"),
    no_words=("自己", "本人", "个人", "我来", "我去", "亲自"),
)
LOST = SituationQuestion(
    fact="card_lost", question="卡是丢了，还是卡还在？", spoken="卡是丢了，还是卡还在？", yes="卡丢了", no="卡还在"
)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("本人", False), ("我自己来", False), ("我亲自去", False), ("请别人代办", True), ("让儿子帮忙", True), ("自己不想干了", None),
        ("不是，我自己不想干了", None), ("不是本人", None), ("我自己没空", None), ("不用别人代办", None), ("卡丢了", None), ("", None),
    ],
)  # fmt: skip
def test_words_mean_an_answer_undenied(said: str, answer: bool | None) -> None:
    """「自己不想干了」 says nothing of who comes."""
    assert meant(WHO, said) is answer


def test_the_bounds_of_an_answer() -> None:
    """Two characters of a label name it; by its words alone an answer of twelve characters at most is understood."""
    assert meant(LOST, "丢了") is True
    for said, answer in (("我自己来办这件事情好的呀", False), ("我自己来办这件事情好的呀呀", None)):
        assert meant(WHO, said) is answer
    for said, found in (("其实是请别人代办这件事情", True), ("其实是请别人代办这件事情呀", False)):
        assert (taken_back(said, (WHO,), {"by_proxy": False}) is not None) is found


@pytest.mark.parametrize(
    ("said", "fact", "label"),
    [
        ("不对，是请别人代办", "by_proxy", "请别人代办"), ("其实是请别人代办", "by_proxy", "请别人代办"), ("说错了，是别人去", "by_proxy", "请别人代办"),
        ("不对，卡还在", "card_lost", "卡还在"), ("是请别人代办。", "by_proxy", "请别人代办"),
    ],
)  # fmt: skip
def test_an_answer_that_is_turned_round_is_found(said: str, fact: str, label: str) -> None:
    """The newest that the words turn."""
    found = taken_back(said, (WHO, LOST), {"by_proxy": False, "card_lost": True})
    assert found is not None
    assert (found.question.fact, found.label) == (fact, label)


@pytest.mark.parametrize(
    "said",
    ["不对，是本人办", "不对，我要办退休", "不对", "谢谢", "要多久", "请别人代办要什么", "不对，是请别人代办吗", "是不是要本人", "电话错了，是13800000001",
     "好的"],
)  # fmt: skip
def test_what_turns_nothing_round(said: str) -> None:
    """What was answered so already, another matter, a question, thanks."""
    assert taken_back(said, (WHO, LOST), {"by_proxy": False, "card_lost": True}) is None


@pytest.mark.parametrize(
    ("said", "stands"),
    [("让儿子帮", True), ("不要帮", False), ("不用他们帮", False), ("没时间我帮他办", True), ("没法子帮", False)],
)
def test_a_denial_reaches_two_characters(said: str, stands: bool) -> None:
    """What is further off denies something else."""
    assert stands_undenied("帮", said) is stands
