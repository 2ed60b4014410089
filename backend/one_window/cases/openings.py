"""Who has a case open: a page that stays open reads it again at every change, and only the opening is recorded.

StoredIdentifier in the process: another backend, or this one after a restart, records the same opening once more; none is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform.database import after_commit

READING = timedelta(minutes=30)
"""How long an opening is one reading: whoever still reads after that is recorded again."""


@dataclass(slots=True)
class Openings:
    """Openings whose record is committed, with the time of that record."""

    _recorded: dict[tuple[str, str, str], datetime] = field(default_factory=dict)

    def is_new(self, session: AsyncSession, staff_id: str, case_id: str, opening: str, now: datetime) -> bool:
        """Whether this reading has to be recorded; if so it counts as recorded once the transaction is committed."""
        key = (staff_id, case_id, opening)
        since = self._recorded.get(key)
        if opening and since is not None and now - since < READING:
            return False
        if opening:
            after_commit(session, lambda: self._note(key, now))
        return True

    def _note(self, key: tuple[str, str, str], now: datetime) -> None:
        self._recorded = {known: at for known, at in self._recorded.items() if now - at < READING}
        self._recorded[key] = now
