"""Templates and what every page is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jinja2
from aiohttp import web

from backend.platform.clock import local
from backend.platform.errors import DaobanError
from backend.platform.features import NavigationEntry
from backend.platform.http import Call
from backend.platform.identity import NOBODY, WHO, Principal

_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the navigation."""

    title: str
    address: str
    here: bool
    """The page it leads to is the one that is shown."""


@dataclass(frozen=True, slots=True)
class StaffOnPage:
    """Who is signed in, and where they can go."""

    name: str
    position: str
    navigation: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the frame of every page needs."""

    title: str
    centre_name: str
    kind: Literal["citizen", "staff"]
    staff: StaffOnPage | None = None
    emergency: str = ""
    """The emergency notice; empty: none."""


class Pages:
    """Renders templates; autoescape is always on.

    ``folders``: feature -> its folder; its templates are named ``<feature>/<file>``. ``navigation``: of staff, all of it.
    """

    def __init__(self, folders: Mapping[str, Path], navigation: Iterable[NavigationEntry] = ()) -> None:
        self.centre_name = ""
        self.emergency: Callable[[], str] = str
        """The emergency notice in force."""
        self._navigation = sorted(navigation, key=lambda entry: entry.rank)
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
        page = Page(title, self.centre_name, kind, staff, self.emergency())
        text = self._environment.get_template(template).render(page=page, **values)
        return web.Response(text=text, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})

    def error(self, request: web.Request, error: DaobanError) -> web.Response:
        """A refusal as a page; a member of staff keeps the navigation."""
        problem = {"status": error.text.status, "title": error.text.title, "detail": error.detail}
        who = request.get(WHO, NOBODY)
        kind: Literal["citizen", "staff"] = "staff" if who.kind == "staff" else "citizen"
        staff = self.frame(who, request.path) if who.kind == "staff" else None
        return self.render(
            "shell/error.html", error.text.title, kind, staff=staff, status=error.text.status, problem=problem
        )

    def frame(self, who: Principal, path: str) -> StaffOnPage:
        """What the frame of a page says of the member of staff who looks at an address."""
        return StaffOnPage(who.name, who.position, self.links(who, path))

    def links(self, who: Principal, path: str) -> tuple[Link, ...]:
        """The navigation of somebody who looks at an address; the longest entry that leads there is marked."""
        mine = [entry for entry in self._navigation if who.may(entry.permission)]
        here = max((entry.address for entry in mine if _leads_to(entry.address, path)), key=len, default=None)
        return tuple(Link(entry.title, entry.address, entry.address == here) for entry in mine)


def staff_page(call: Call, template: str, title: str, **values: Any) -> web.Response:
    """A page for the member of staff who asks; the template can ask ``may(permission)``."""
    pages = call.service(PAGES)
    staff = pages.frame(call.who, call.request.path)
    return pages.render(template, title, "staff", staff=staff, may=call.who.may, **values)


def landing_page(call: Call) -> str:
    """Address of the first page of the navigation that is open to whoever asks."""
    return call.service(PAGES).links(call.who, call.request.path)[0].address


def _leads_to(address: str, path: str) -> bool:
    return path == address or path.startswith(f"{address}/")


def _written(value: str) -> str:
    """A sample's 「2026-10-31」 as people write it; any other text as it is."""
    found = _ISO_DAY.fullmatch(value)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else value


PAGES = web.AppKey("pages", Pages)
