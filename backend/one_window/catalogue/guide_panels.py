"""What other features show on an item's guide: they add a panel maker, the guide knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from backend.platform.http import Call


@dataclass(frozen=True, slots=True)
class GuidePanel:
    """A section of the guide. ``template`` is given ``panel``; so is ``head``, for its style sheet and script."""

    template: str
    head: str
    values: Mapping[str, Any]


GuidePanels = Callable[[Call, str], GuidePanel | None]
"""Makes the panel for an item's code, None where there is nothing to show."""
GUIDE_PANELS: web.AppKey[list[GuidePanels]] = web.AppKey("guide_panels", list)


def guide_panels(call: Call, code: str) -> list[GuidePanel]:
    """All panels of an item's guide, in the order of their features."""
    return [panel for make in call.service(GUIDE_PANELS) if (panel := make(call, code)) is not None]
