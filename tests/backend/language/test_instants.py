"""Instants as machines write them: between 13 and 19 o'clock their figures look like a mobile number, and are none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.identifiers_in_text import find_identifiers
from backend.platform.clock import SHANGHAI


@given(
    st.datetimes(  # the zone comes from the strategy
        datetime(1990, 1, 1),  # noqa: DTZ001
        datetime(2099, 12, 31),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, SHANGHAI]),
    ),
    st.sampled_from(["auto", "minutes", "seconds", "milliseconds", "microseconds"]),
    st.sampled_from(["{}", "issued_at: {}", '{{"timestamp": "{}", "status": 200}}', "{}Z"]),
)
def test_an_instant_is_no_number_of_anybodys(moment: datetime, precision: str, around: str) -> None:
    """At 13:39:16.532624 a log line, a notice's day of issue still say when."""
    written = moment.isoformat(timespec=precision)
    text = around.format(written.replace("+00:00", "") if around.endswith("Z") else written)
    assert find_identifiers(text) == []


@pytest.mark.parametrize("text", ["2026-11-28T13:39:16 13800000001", "13800000001 2026-11-28T13:39:16.53262Z"])
def test_a_number_beside_an_instant_is_found(text: str) -> None:
    """And the instant stays whole."""
    assert [text[found.start : found.end] for found in find_identifiers(text)] == ["13800000001"]
