"""On which days the centre works."""

from __future__ import annotations

from datetime import date

from backend.client.transport import ClientPart
from backend.contracts.calendar import OpenDay


class CalendarClient(ClientPart):
    """On which days the centre works."""

    async def open_day(self, day: date) -> OpenDay:
        """Whether a day is worked, and the first from it on that is."""
        return await self.get(f"/calendar/days/{day.isoformat()}", OpenDay)
