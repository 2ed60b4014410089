"""Fields of an item that contradict each other are found, and a search gives what is like, the most asked first."""

from __future__ import annotations

from typing import Any

import pytest

from backend.contracts.catalogue_content import Basis, Item, Place
from backend.one_window.catalogue.contradictions import answer_contradicts, contradictions
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.search import MOST_NEAR, Hit, near

ITEM = edition().items["LJ-SY-001"].item
SURE = ITEM.handled_at.model_copy(update={"basis": Basis.LAW})
OPEN = ITEM.handled_at.model_copy(update={"basis": Basis.LOCAL_TO_CONFIRM})
HERE = ITEM.handled_at.model_copy(update={"places": (Place.CITY,)})
LIMITS = ITEM.time_limits.model_copy(update={"on_the_spot": True})


def changed(**fields: Any) -> Item:
    """The item with other fields."""
    return ITEM.model_copy(update={"to_confirm": (), **fields})


@pytest.mark.parametrize(
    ("item", "field"),
    [
        (changed(handled_at=HERE), "handled_at.places"),
        (changed(handled_at=SURE, to_confirm=("在哪里办",)), "to_confirm"),
        (changed(handled_at=OPEN, notes=("全国任何一个窗口都能办。",)), "handled_at.basis"),
        (changed(to_confirm=("要不要收工本费",), fee=ITEM.fee.model_copy(update={"basis": Basis.LAW})), "to_confirm"),
        (changed(time_limits=LIMITS, to_confirm=("办理时限",)), "to_confirm"),
    ],
)
def test_a_contradiction_is_named_with_its_field(item: Item, field: str) -> None:
    """Anywhere, and to be confirmed; sure, and open; online, and no channel."""
    assert [place for place, _ in contradictions(item)] == [field]


def test_what_is_published_does_not_contradict_itself() -> None:
    """No item, and no policy answer its item."""
    found = edition()
    assert {
        code: list(contradictions(one.item)) for code, one in found.items.items() if list(contradictions(one.item))
    } == {}
    answer = found.policy_answers["Q005"].model_copy(update={"answer": "哪里都能办。"})
    assert answer_contradicts(answer, changed(handled_at=OPEN))
    assert not answer_contradicts(answer, changed(handled_at=SURE))


@pytest.mark.parametrize(
    ("scores", "kept"),
    [([], 0), ([40.0, 22.0, 21.9], 2), ([10.0], 1), ([10.0] * 20, MOST_NEAR)],
)
def test_a_search_gives_what_comes_near_the_best(scores: list[float], kept: int) -> None:
    """From 55 hundredths of the best score, at most twelve."""
    assert len(near([Hit(str(place), score) for place, score in enumerate(scores)])) == kept


def test_what_is_most_asked_exists() -> None:
    """The list of guides begins with it; few enough for a phone."""
    found = edition()
    assert set(found.most_asked) <= set(found.items)
    assert 5 <= len(found.most_asked) <= 10
