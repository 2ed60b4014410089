"""Words that decide before any model: danger, several questions, corrections."""

from __future__ import annotations

import pytest

from assistant.understanding.danger_words import danger_in
from assistant.understanding.people import names_another
from assistant.understanding.several import meant, questions


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("上个月工资没发，我不想活了", "thought"),
        ("再不发錢我就從樓上跳下去", "plan"),
        ("我爬到塔吊上了，不给钱我就跳", "plan"),
        ("我要拿刀去找那个包工头", "threat"),
        ("大不了同归于尽", "threat"),
        ("老板找人打我", "violence"),
        ("他们把门锁着不让我们走", "held"),
        ("丈夫前年在工地自杀，能算工伤吗", None),
        ("以前被人打伤过，医药费报不报", None),
        ("不想活动，只想问问退休", None),
        ("跳楼价的培训班靠谱吗", None),
        ("老板欠我工资不给", None),
    ],
)
def test_danger(said: str, kind: str | None) -> None:
    """Who speaks of dying, of violence, of being held is heard; who asks about what has happened is answered."""
    assert danger_in(said) == kind


def test_several_questions_are_told_apart() -> None:
    """Only pieces that ask count."""
    assert questions("失业登记在哪里办，要多久，谢谢") == ["失业登记在哪里办", "要多久"]
    assert questions("我在工地干了三年，老板跑了，怎么办") == ["怎么办"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("不是退休，是转移养老", "转移养老"), ("错了，我问的是居民医保", "居民医保"), ("不对", None)],
)
def test_what_is_meant(said: str, wanted: str | None) -> None:
    """A correction says at its end what is meant."""
    assert meant(said) == wanted


def test_somebody_else() -> None:
    """Who speaks of another is asked for whom it is; nothing is inferred."""
    assert names_another("帮我妈办认证")
    assert not names_another("帮我办认证")
