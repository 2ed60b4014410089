"""JSON shape of the emergency notice as citizens' pages ask for it."""

from __future__ import annotations

from backend.contracts.wire import Wire


class EmergencyNotice(Wire):
    """What everybody is to know now; empty when there is nothing."""

    sentence: str
