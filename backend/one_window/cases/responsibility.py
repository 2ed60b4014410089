"""Who becomes responsible for a new case."""

from __future__ import annotations

from collections.abc import Mapping


def least_loaded(ids: list[str], counts: Mapping[str, int]) -> str | None:
    """Of the ids the one with the fewest open cases; None if there is none."""
    return min(ids, key=lambda staff_id: (counts.get(staff_id, 0), ids.index(staff_id)), default=None)
