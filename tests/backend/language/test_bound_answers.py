"""Whether a length of time is reached, answered by the length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.bound_answers import read_by_bound
from backend.language.verb_answers import read_yes_no_to

NEAR = "您离法定退休年龄不到一年了吗？"
REACHED = "您连续工作满12个月了吗？"


@pytest.mark.parametrize(
    ("question", "said", "answer"),
    [
        (NEAR, "还没到", False), (NEAR, "早着呢", False), (NEAR, "还差半年", True), (NEAR, "还有三年", False), (NEAR, "差两年", False),
        (NEAR, "还差十个月", True),
        (REACHED, "不到十三个月", True), (REACHED, "不到十二个月", False), (NEAR, "超过十一个月", False), (NEAR, "超过十个月", True),
        (NEAR, "远着呢", False), (NEAR, "还有好几年", False), (NEAR, "不到一年", True), (NEAR, "一年多", False), (NEAR, "还有一年半", False),
        (NEAR, "还差得远", False),
        (NEAR, "才四十岁", None), (NEAR, "没那么快", False), (NEAR, "超过一年", False), (NEAR, "正好一年", False), (NEAR, "还要五六年", False),
        (NEAR, "不到", True),
        (NEAR, "十一二个月", None), (NEAR, "一年", False), (NEAR, "下个月就退休", None), (NEAR, "我交了三年", None), (NEAR, "还差几个月", True),
        (REACHED, "早满了", True), (REACHED, "还没到", False), (REACHED, "干了三年了", True), (REACHED, "才半年", False), (REACHED, "还差两个月", False),
        (REACHED, "没满", False), (REACHED, "八个月", False), (REACHED, "早就过了", True), (REACHED, "不够一年", False), (REACHED, "十几年了", True),
        (REACHED, "一年", True),
        (NEAR, "还差三月", True), (NEAR, "还差0.5年", True), (REACHED, "1.5年", True), (REACHED, "0.5年", False),
        (REACHED, "差一点", False), (REACHED, "不到", None), (REACHED, "还差几年", False), ("您还在试用期吗？", "早着呢", None),
        ("满12个月还是没满？", "早着呢", None),
    ],
)  # fmt: skip
def test_answers_to_a_bound(question: str, said: str, answer: bool | None) -> None:
    """What lacks of a distance is compared with it, of a length to be reached it says no; what tells of something else is none."""
    assert read_yes_no_to(question, said) is answer


@given(st.integers(1, 120), st.integers(1, 120))
def test_a_length_is_compared_with_the_one_asked_about(asked: int, told: int) -> None:
    """Exactly the length is reached, and is not less than it."""
    assert read_by_bound(f"您工作满{asked}个月了吗？", f"{told}个月") is (told >= asked)
    assert read_by_bound(f"离到期不到{asked}个月了吗？", f"还差{told}个月") is (told < asked)
