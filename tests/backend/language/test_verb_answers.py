"""Yes and no told with the verb of the question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.verb_answers import read_yes_no_to
from backend.language.yes_no import yes_no_words

VERBS = ("交", "签", "领", "挂失", "登记", "备案", "还清", "报销")
ASKING = ("失业保险{}了吗？", "您{}过没有？", "是不是已经{}了？", "有没有{}过？", "以前{}了没有？")
DENYING = ("现在有没有还没{}的？", "是还没{}的吗？", "是没有{}吗？")
DONE = ("{}了", "{}过", "{}过了", "已经{}了", "我{}了", "都{}了的", "{}了呀")
NOT_DONE = ("没{}", "没有{}", "还没{}", "没{}过", "我没{}", "从来没{}过", "未{}", "没{}呢")


@given(st.sampled_from(VERBS), st.sampled_from(ASKING), st.sampled_from([*DONE, *NOT_DONE]))
def test_the_verb_of_the_question_answers_it(verb: str, asking: str, said: str) -> None:
    """「交了」 and 「没交」, whatever the verb."""
    assert read_yes_no_to(asking.format(verb), said.format(verb)) is (said in DONE)


@given(st.sampled_from(VERBS), st.sampled_from(DENYING), st.sampled_from(["{}了", "没{}", "还没{}", "都{}了"]))
def test_a_question_that_denies_turns_the_answer_round(verb: str, denying: str, said: str) -> None:
    """To 「有没有还没还清的」 「还清了」 is no."""
    assert read_yes_no_to(denying.format(verb), said.format(verb)) is ("没" in said)


@given(st.sampled_from(VERBS), st.sampled_from(VERBS), st.sampled_from([*DONE, *NOT_DONE]))
def test_another_verb_is_no_answer(asked: str, other: str, said: str) -> None:
    """Nothing is guessed from it."""
    if asked != other:
        assert read_yes_no_to(f"您{asked}过没有？", said.format(other)) is None


@given(st.sampled_from([(word, True) for word in yes_no_words().yes] + [(word, False) for word in yes_no_words().no]))
def test_plain_words_stay_what_they_are(word: tuple[str, bool]) -> None:
    """有的, 没得, 不是的, 对头: the same whatever was asked."""
    for said in (word[0], f"{word[0]}的" if word[0] in {"有", "不是", "对"} else word[0]):
        assert read_yes_no_to("您领过失业金吗？", said) is word[1]


@pytest.mark.parametrize(
    ("question", "said", "answer"),
    [
        ("有免费的培训，您想不想参加？", "想", True), ("有免费的培训，您想不想参加？", "不想", False), ("有免费的培训，您想不想参加？", "不参加", False),
        ("是难产吗？", "难产", True), ("是难产吗？", "不是难产", False), ("您还在试用期吗？", "过了", None), ("您还在试用期吗？", "还在试用期", True),
        ("同一次培训，您有没有领过别的补贴？", "没领过", False), ("领没领过别的补贴？", "领过", True), ("您连续工作满12个月了吗？", "没满12个月", False),
        ("失业保险交了吗？", "交了呢", True), ("失业保险交了吗？", "交了吗", None), ("失业保险交了吗？", "不知道", None),
        ("是单位来办，还是个人来办？", "个人来办", None), ("失业保险交了吗？", "保险", None),
    ],
)  # fmt: skip
def test_answers_as_people_give_them(question: str, said: str, answer: bool | None) -> None:
    """To questions of our forms and calculators."""
    assert read_yes_no_to(question, said) is answer
