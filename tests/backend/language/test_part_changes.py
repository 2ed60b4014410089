"""A number put right in a part of it."""

from __future__ import annotations

import pytest

from backend.language.part_changes import PartChange, read_part_change


@pytest.mark.parametrize(
    ("said", "change"),
    [
        ("电话最后两位是56", PartChange("电话", at_head=False, figures="56", count=2)),
        ("手机尾号是5678", PartChange("手机", at_head=False, figures="5678", count=None)),
        ("电话号码最后两位写错了，应该是五六", PartChange("电话", at_head=False, figures="56", count=2)),
        ("尾号不是0001，是0056", PartChange("", at_head=False, figures="0056", count=None)),
        ("前三位是139", PartChange("", at_head=True, figures="139", count=3)),
        ("最后位是5", PartChange("", at_head=False, figures="5", count=None)),
        ("尾号写错，是56", PartChange("", at_head=False, figures="56", count=None)),
        ("最前三位是139", PartChange("", at_head=True, figures="139", count=3)),
        ("头三位是139", PartChange("", at_head=True, figures="139", count=3)),
        ("手机开头两位错了，应当是13", PartChange("手机", at_head=True, figures="13", count=2)),
        ("最前面三位不对，改成139才对", PartChange("", at_head=True, figures="139", count=3)),
        ("结尾两位说错了，其实是 5-6", PartChange("", at_head=False, figures="56", count=2)),
        ("身份证最后一位是x", PartChange("身份证", at_head=False, figures="X", count=1)),
        ("尾号改成 00 56 吧", PartChange("", at_head=False, figures="0056", count=None)),
        ("最后两位是⟦number:0123456789⟧", PartChange("", at_head=False, figures="⟦number:0123456789⟧", count=2)),
        ("倒数第二位是5", None), ("最后两位是多少", None), ("后面是001X", None), ("最后一家店是云杉石材", None), ("最后一位是我妈", None), ("56", None),
    ],
)  # fmt: skip
def test_what_is_put_right(said: str, change: PartChange | None) -> None:
    """Which end, and its figures; a question or a number's next part is none."""
    assert read_part_change(said) == change


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("最后两位是56", "13800000056"), ("前三位是139", "13900000001"), ("尾号是5678", "13800005678"), ("最后两位是567", None),
        ("最后是号13800000001", None), ("尾号是13800000002", None),
    ],
)  # fmt: skip
def test_the_number_with_its_part_put_right(said: str, number: str | None) -> None:
    """As many figures as announced, and fewer than the whole."""
    change = read_part_change(said)
    assert (None if change is None else change.on("13800000001")) == number
