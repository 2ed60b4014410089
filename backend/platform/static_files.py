"""The files of pages: whatever is not there, or is a folder, is refused in our own words before anything is answered.

aiohttp's own static route answers a missing file with an empty 404 after the middlewares have counted a 200.
"""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from backend.platform.errors import NotFoundError


def add_static_files(app: web.Application, prefix: str, folder: Path) -> None:
    """Serve the files of a folder and of those below it."""
    root = folder.resolve()

    async def serve(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(_file(root, request.match_info["path"]))

    app.router.add_get(f"{prefix}/{{path:.+}}", serve)


def _file(root: Path, asked: str) -> Path:
    """The file. Raises NotFoundError: also for what lies outside, however it is written."""
    try:
        found = (root / asked).resolve()
        if found.is_relative_to(root) and found.is_file():
            return found
    except (ValueError, OSError) as error:  # NUL, a name that is too long
        raise NotFoundError("route.unknown") from error
    raise NotFoundError("route.unknown")
