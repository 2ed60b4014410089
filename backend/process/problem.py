"""A refusal as every port of ours tells it: an RFC 9457 document, or its sentence alone for whoever reads a page."""

from __future__ import annotations

import json
import re

from aiohttp import web

MEDIA_TYPE = "application/problem+json"
SERVER = "daoban"
"""What we call ourselves; the library would tell its version and Python's."""


def problem_response(status: int, name: str, detail: str, trace: str | None = None) -> web.Response:
    """The document. ``name``: the last part of the problem's type; ``trace`` finds the log lines.

    What stands in the sentence before its first comma or full stop is the title.
    """
    title = re.split("[，。；]", detail, maxsplit=1)[0]
    document = {"type": f"urn:daoban:problem:{name}", "title": title, "status": status, "detail": detail}
    if trace is not None:
        document["trace"] = trace
    return web.Response(
        status=status,
        text=json.dumps(document, ensure_ascii=False),
        content_type=MEDIA_TYPE,
        headers={"Server": SERVER},
    )


def read_by_a_person(request: web.BaseRequest) -> bool:
    """Whether a browser asks for a page, and not a program."""
    return request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("Accept", "")
