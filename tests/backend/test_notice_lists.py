"""A notice's list by the situation that was told, and that situation as people read it."""

from __future__ import annotations

import pytest

from backend.contracts.catalogue_content import Ask, Basis, Item, Material, Sharing, SituationFact
from backend.contracts.notices import LineKind
from backend.one_window.notices.computing import known_situation, lines, questions, situation_text

FACTS = {
    fact.id: fact
    for fact in (
        SituationFact(
            id="by_proxy", question="是请别人代办吗？", yes="是，别人代办", no="不是，本人来", spoken="是别人代办吗？",
            yes_words=("我帮他办",), no_words=("我自己来",), if_text="请别人代办的", unless_text="本人办的",
        ),
        SituationFact(id="has_card", question="社保卡还在吗？", yes="还在", no="丢了", if_text="卡还在的", unless_text="卡丢了的"),
        SituationFact(
            id="sharing_failed", question="查不到吗？", yes="查不到", no="查得到", asked=False, if_text="查不到的", unless_text="查得到的"
        ),
    )
}  # fmt: skip


def material(name: str, ask: Ask, when: str = "always") -> Material:
    """A material of the item."""
    sharing = Sharing.model_validate({"from": "公安", "if_not_found": "带原件"}) if ask is Ask.NOTHING else None
    return Material(
        id=name, name=name, ask=ask, when=when, basis=Basis.NATIONAL_PRACTICE, obtained_by_sharing=sharing, count=2
    )


ITEM = Item.model_construct(
    materials=(
        material("photo", Ask.NOTHING),
        material("letter", Ask.HAND_IN, "by_proxy"),
        material("card", Ask.SHOW, "has_card"),
        material("form", Ask.FILL_IN, "not by_proxy"),
        material("account", Ask.CONFIRM),
    )
)


@pytest.mark.parametrize(
    ("told", "sentences"),
    [
        ({"by_proxy": True, "has_card": False}, ["是请别人代办吗？是，别人代办", "社保卡还在吗？丢了"]),
        ({"has_card": True, "by_proxy": False}, ["社保卡还在吗？还在", "是请别人代办吗？不是，本人来"]),
        ({"sharing_failed": True, "is_tall": True, "has_card": True}, ["社保卡还在吗？还在"]),
        ({}, []),
    ],
)
def test_the_situation_is_told_as_it_was_answered(told: dict[str, bool], sentences: list[str]) -> None:
    """「您的情况」: yes is yes and no is no, in the order of telling; what nobody was asked about is left out."""
    assert situation_text(FACTS, told) == sentences


@pytest.mark.parametrize(
    ("told", "listed"),
    [
        ({"by_proxy": True, "has_card": True}, "letter:bring card:show account:confirm photo:not_asked"),
        ({"by_proxy": False, "has_card": False}, "form:fill_in account:confirm photo:not_asked"),
        ({"by_proxy": False, "has_card": True, "sharing_failed": True}, "photo:bring card:show form:fill_in account:confirm"),
        ({}, "letter:bring card:show form:fill_in account:confirm photo:not_asked"),
    ],
)  # fmt: skip
def test_what_is_listed_in_each_situation(told: dict[str, bool], listed: str) -> None:
    """What hangs on something unknown is listed with its case; what to bring comes first, what is not asked last."""
    assert " ".join(f"{line.material}:{line.kind}" for line in lines(ITEM, FACTS, told)) == listed


def test_a_line_says_its_case_and_where_it_comes_from() -> None:
    """And how many of it."""
    by_name = {line.material: line for line in lines(ITEM, FACTS, {})}
    assert {name: line.because for name, line in by_name.items()} == {
        "photo": "", "letter": "请别人代办的", "card": "卡还在的", "form": "本人办的", "account": "",
    }  # fmt: skip
    assert (by_name["photo"].obtained_from, by_name["photo"].if_not_found) == ("公安", "带原件")
    assert (by_name["letter"].obtained_from, by_name["letter"].if_not_found, by_name["letter"].count) == ("", "", 2)


def test_only_what_still_decides_is_asked() -> None:
    """In the order of the vocabulary; never what the counter finds out."""
    assert [one.fact for one in questions(ITEM, FACTS, {})] == ["by_proxy", "has_card"]
    assert [one.fact for one in questions(ITEM, FACTS, {"by_proxy": True})] == ["has_card"]
    assert questions(ITEM, FACTS, {"by_proxy": True, "has_card": False}) == []
    unasked = Item.model_construct(materials=(material("proof", Ask.HAND_IN, "sharing_failed"),))
    assert questions(unasked, FACTS, {}) == []


def test_a_question_carries_both_answers() -> None:
    """Yes with the words for yes, no with those for no; spoken as written where nothing else is said."""
    proxy, card = questions(ITEM, FACTS, {})
    assert (proxy.question, proxy.yes, proxy.no, proxy.yes_words, proxy.no_words, proxy.spoken) == (
        "是请别人代办吗？", "是，别人代办", "不是，本人来", ("我帮他办",), ("我自己来",), "是别人代办吗？",
    )  # fmt: skip
    assert card.spoken == "社保卡还在吗？"


def test_what_nobody_is_asked_about_is_assumed_until_it_is_told() -> None:
    """Facts that are asked stay unknown."""
    assert known_situation(FACTS, {}) == {"sharing_failed": False}
    assert known_situation(FACTS, {"sharing_failed": True, "by_proxy": False}) == {
        "sharing_failed": True,
        "by_proxy": False,
    }


def test_kinds_are_listed_in_the_order_people_need_them() -> None:
    """Bring, show, fill in, confirm, not asked."""
    assert list(LineKind) == ["bring", "show", "fill_in", "confirm", "not_asked"]
