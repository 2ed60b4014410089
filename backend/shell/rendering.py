"""Templates and what every page is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jinja2
from aiohttp import web

from backend.platform.clock import local
from backend.platform.errors import DaobanError

FOLDER = Path(__file__).parent
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class StaffOnPage:
    """Who is signed in, for the page's header."""

    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Page:
    """What the frame of every page needs."""

    title: str
    centre_name: str
    kind: Literal["citizen", "staff"]
    staff: StaffOnPage | None = None
    voice: str = ""
    """Which voice model is active and what that means; for staff."""


class Pages:
    """Renders templates; autoescape is always on."""

    def __init__(self, centre_name: str, folders: Mapping[str, Path], voice: Callable[[], str] = str) -> None:
        self.centre_name = centre_name
        self._voice = voice
        self._environment = jinja2.Environment(
            loader=jinja2.PrefixLoader(
                {name: jinja2.FileSystemLoader(folder / "templates") for name, folder in folders.items()}
            ),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["local"] = local
        self._environment.filters["written"] = _written

    def render(
        self,
        template: str,
        title: str,
        kind: Literal["citizen", "staff"],
        *,
        staff: StaffOnPage | None = None,
        status: int = 200,
        **values: Any,
    ) -> web.Response:
        """A page as an answer."""
        page = Page(title, self.centre_name, kind, staff, self._voice() if staff is not None else "")
        text = self._environment.get_template(template).render(page=page, **values)
        return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})

    def error(self, _request: web.Request, error: DaobanError) -> web.Response:
        """A refusal as a page."""
        problem = {"status": error.text.status, "title": error.text.title, "detail": error.detail}
        return self.render("shell/error.html", error.text.title, "citizen", status=error.text.status, problem=problem)


def _written(value: str) -> str:
    """A sample's 「2026-10-31」 as people write it; any other text as it is."""
    found = _ISO_DAY.fullmatch(value)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else value


PAGES = web.AppKey("pages", Pages)
