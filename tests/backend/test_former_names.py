"""What was stored under a field's earlier name is still read."""

from __future__ import annotations

import pytest

from backend.contracts.cards import CaseGlance
from backend.contracts.catalogue_content import Item
from backend.contracts.notices import Notice
from backend.one_window.catalogue.delivered import DATA, read_edition


def test_an_item_stored_with_a_clock_has_its_time_limits() -> None:
    """Published versions of before the renaming stay what they were."""
    item = next(iter(read_edition(DATA).items.values())).item
    stored = item.model_dump(mode="json")
    stored["clock"] = stored.pop("time_limits")
    assert Item.model_validate(stored) == item


@pytest.mark.parametrize(
    ("shape", "before", "now"), [(Notice, "clock_text", "time_limits_text"), (CaseGlance, "clocks", "deadlines")]
)
def test_former_names_are_no_unknown_fields(shape: type[Notice] | type[CaseGlance], before: str, now: str) -> None:
    """A stored notice or card is read by the names of its day."""
    assert now in shape.model_fields
    with pytest.raises(ValueError) as refusal:  # everything else is missing here
        shape.model_validate({before: 3})
    assert {error["loc"][0] for error in refusal.value.errors()} >= {now}
    assert before not in {error["loc"][0] for error in refusal.value.errors()}
