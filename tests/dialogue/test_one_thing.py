"""The first question about an item: what asks for one thing is told that one thing, the rest the item as a whole."""

from __future__ import annotations

import pytest

from assistant.dialogue.units.one_thing import CONSIDERED, may_ask_one_thing, one_thing
from tests.dialogue.asks_on import unit_index


def told(code: str, said: str, intent: str = "ask_guide") -> list[str]:
    """Ids of the units that are told for it; empty: the overview or the list."""
    if not may_ask_one_thing(said, intent):
        return []
    return [one.unit.id for one in one_thing(said, intent, unit_index(code).near(said, CONSIDERED))]


@pytest.mark.parametrize(
    ("code", "said", "unit"),
    [
        ("LJ-YB-006", "上月在外省住院没有办过手续，出院结账以前现在补办还来得及吗", "note.1"),
        ("LJ-YB-010", "媳妇生娃娃花了八千多，她没得工作，用我呢生育险报得着不", "Q175"),
        ("LJ-YL-012", "村里说六十岁就有钱领，可我从来没交过，有没有份", "Q067"),
        ("LJ-SB-010", "我想看看自己一共交了多少年，要去柜台还是家里也能看", "Q048"),
    ],
)
def test_what_is_asked_is_told(code: str, said: str, unit: str) -> None:
    """The unit stands first."""
    assert told(code, said)[:1] == [unit]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("LJ-GS-006", "工伤 住院费 报销"),
        ("LJ-SB-012", "我自己交呢那个社保交不起了，想停掉"),
        ("LJ-JC-003", "工程早已交付，包工头一直拖着我们的血汗钱，恳请政府部门为我们做主。"),
        ("LJ-XX-006", "电子社保卡人脸一直识别失败咋整"),
    ],
)
def test_what_is_only_told_gets_the_item_as_a_whole(code: str, said: str) -> None:
    """No question in it, or a trouble that no policy answer is about."""
    assert told(code, said) == []


def test_a_list_gives_way_to_the_answer_that_says_it() -> None:
    """Asked whether one may, who is told the answer to this very case need not read the conditions."""
    assert told("LJ-SY-001", "劳动合同期满终止，单位不续签，是否有权领取失业保险金", "ask_eligibility") == ["Q003"]
    assert told("LJ-RC-002", "流动人员档案能否由个人携带转递", "ask_eligibility") == []


def test_who_asks_for_the_conditions_gets_them_all() -> None:
    """However like one policy answer the question is; and another case than the one asked of is not told for it."""
    assert told("LJ-CY-004", "进创业园要什么条件", "ask_eligibility") == []
    assert told("LJ-GS-001", "老公去年在工地上自杀，算不算工伤", "ask_eligibility") == []


def test_what_people_trip_over_is_told_who_has_tripped() -> None:
    """Asked whether there is any, nobody is told of a mistake."""
    assert told("LJ-YL-007", "我爸以前在矿上想不开喝农药走了，有丧葬费吗") == ["Q199"]
    assert told("LJ-SB-006", "公司改名了社保那边咋变更")[0].startswith("mistake.")


def test_another_item_brought_up_in_two_words_is_told_as_a_whole() -> None:
    """「那失业金呢」 asks for no amount."""
    assert told("LJ-SY-001", "那失业金呢") == []


def test_other_questions_have_their_own_replies() -> None:
    """Steps, place, fee and materials are told by the guide."""
    assert not may_ask_one_thing("社保卡怎么补办", "ask_steps")
    assert not may_ask_one_thing("要带什么", "ask_materials")
