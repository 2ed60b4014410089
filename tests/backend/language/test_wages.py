"""A wage told as what is paid out is no wage before deductions."""

from __future__ import annotations

import pytest

from backend.language.wages import is_net_wage, wage_words


@pytest.mark.parametrize(
    ("said", "net"),
    [
        ("到手3500", True), ("税后四千", True), ("每个月打到卡上三千二", True), ("扣完社保剩3100", True), ("净拿3600", True), ("卡里每月进3450", True),
        ("我只知道到手的，3500", True), ("扣了个税和社保以后4200", True), ("落袋3000", True), ("實發3800", True), ("到 手 3500", True),
        ("应发4500", False), ("税前5000", False), ("不是到手，应发是4500", False), ("没扣社保之前4800", False), ("到手3500，应发4100", False),
        ("不是到手的，5000", False),
        ("五千", False), ("平均3500左右", False), ("底薪加提成一共6000", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_paid_out(said: str, net: bool) -> None:
    """Unless it is denied, or the sum before deductions is told beside it."""
    assert is_net_wage(said) is net


def test_no_word_is_both() -> None:
    """The longest word decides where one stands in the other."""
    assert not set(wage_words().gross) & set(wage_words().net)
    assert [word for word in wage_words().gross if is_net_wage(word)] == []
