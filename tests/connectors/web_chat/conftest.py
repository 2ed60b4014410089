"""Logs as in the product, also after tests of commands that have sent them elsewhere."""

from __future__ import annotations

import pytest

from backend.telemetry.logs import configure_logs


@pytest.fixture(autouse=True)
def _own_logs() -> None:
    configure_logs(json=True)
