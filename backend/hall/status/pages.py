"""The operator's page."""

from __future__ import annotations

from aiohttp import web

from backend.hall.status.api import read_status
from backend.hall.status.wording import words
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")
_UNITS = ("B", "KB", "MB", "GB", "TB")
_STEP = 1024


@routes.page("/operator", permission="status:read", summary="系统状态页")
async def operator(call: Call) -> web.Response:
    """Processes, model, disk, versions; read anew with the page."""
    found = await read_status(call)
    return staff_page(call, "status/operator.html", "系统状态", found=found, words=words(), size=size_text)


def size_text(size: float) -> str:
    """「1.5 GB」."""
    for unit in _UNITS:
        if size < _STEP or unit == _UNITS[-1]:
            return f"{size:.0f} {unit}" if unit == _UNITS[0] else f"{size:.1f} {unit}"
        size /= _STEP
    raise AssertionError(size)
