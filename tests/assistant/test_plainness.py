"""Our own replies are civil and plain (文明用语): what the check finds, and that it finds nothing."""

from __future__ import annotations

import pytest

from assistant.check import plainness, plainness_problems, run


def test_our_replies_pass() -> None:
    """Reply texts, buttons and intents hold together; nothing officialese or rude is said."""
    assert run() == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("请携带身份证前往窗口办理。", "携带"),
        ("不知道就别问。", "不文明"),
        ("你想办什么？", "称呼"),
        ("这件事要由市里的工作人员看过全部材料以后再和县里的工作人员一起商量才能够最后定下来给不给办理", "太长"),
    ],
)
def test_what_is_found(text: str, found: str) -> None:
    """Officialese, rudeness, 「你」, a clause that nobody can follow by ear."""
    assert any(found in problem for problem in plainness_problems("x", text, plainness()))


def test_what_a_template_fills_in_is_left_out() -> None:
    """Names of laws and items are as long as they are."""
    text = "{% if a %}好{% endif %}，{{ item.plain_name|join('、') }}。"
    assert list(plainness_problems("x", text, plainness())) == []
