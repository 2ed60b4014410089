"""The page of those who look after accounts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from aiohttp import web

from backend.contracts.wire import Wire
from backend.hall.accounts.schemas import LockedList
from backend.hall.accounts.service import STAFF
from backend.hall.personnel.schemas import ChangeKind
from backend.hall.personnel.service import PERSONNEL
from backend.hall.personnel.two_people import roles_for_two
from backend.one_window.catalogue.service import CATALOGUE
from backend.platform.http import Call, Routes
from backend.platform.permissions import ROLE_NAMES
from backend.platform.staff_directory import EVERY_UNIT
from backend.shell.rendering import staff_page

routes = Routes("pages")
_FILE = Path(__file__).parent / "data" / "wording.yaml"


class PersonnelWords(Wire):
    """Words of the page."""

    kinds: dict[ChangeKind, str]
    every_unit: str


@lru_cache(maxsize=1)
def personnel_words() -> PersonnelWords:
    """The words of ``data/wording.yaml``."""
    return PersonnelWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@routes.page("/hall/accounts", permission="personnel:page", summary="账号管理页")
async def accounts(call: Call) -> web.Response:
    """All accounts, what waits for a second person, forms to change them; a lead unlocks those of their own units."""
    locked: LockedList | None = None
    if call.who.may("staff:unlock"):
        locked = await call.service(STAFF).locked(call.session, call.who)
    if not call.who.may("personnel:decide"):
        return staff_page(call, "personnel/locked.html", "账号管理", locked=locked)
    words = personnel_words()
    units = {EVERY_UNIT: words.every_unit, **{unit.code: unit.name for unit in call.service(CATALOGUE).units}}
    return staff_page(
        call,
        "personnel/accounts.html",
        "账号管理",
        found=await call.service(PERSONNEL).read(call.session, call.who),
        roles=ROLE_NAMES,
        high=roles_for_two(call.who),
        units=units,
        kinds=words.kinds,
        me=call.who.id,
        locked=locked,
    )
