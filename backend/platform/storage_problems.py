"""What people are told when the disk or the database does not do what it should: 503, and when to try again."""

from __future__ import annotations

from backend.platform.database import BUSY_AGAIN_SECONDS
from backend.platform.errors import NotReadyError
from backend.process.storage_faults import StorageFault, fault_of

FULL_AGAIN_SECONDS = 60
_PROBLEMS: dict[StorageFault, tuple[str, int]] = {
    StorageFault.BUSY: ("server.busy", BUSY_AGAIN_SECONDS),
    StorageFault.DISK_FULL: ("server.disk_full", FULL_AGAIN_SECONDS),
    StorageFault.READ_ONLY: ("server.read_only", FULL_AGAIN_SECONDS),
    StorageFault.DAMAGED: ("server.storage_failed", FULL_AGAIN_SECONDS),
    StorageFault.UNREADABLE: ("server.storage_failed", FULL_AGAIN_SECONDS),
    StorageFault.AWAY: ("server.not_ready", BUSY_AGAIN_SECONDS),
}
"""Problem and seconds after which the request may be sent again."""


_WRITES_ONLY = frozenset({StorageFault.DISK_FULL, StorageFault.READ_ONLY})
"""Faults that whoever only reads meets where the reading itself is recorded first."""


def storage_problem(error: BaseException, *, reading: bool = False) -> tuple[StorageFault, NotReadyError] | None:
    """The fault of the storage and what is told of it to whoever changes something, or only reads; None where the error is of another kind."""
    fault = fault_of(error)
    if fault is None:
        return None
    name, seconds = _PROBLEMS[fault]
    return fault, NotReadyError("server.unrecorded" if reading and fault in _WRITES_ONLY else name, seconds)
