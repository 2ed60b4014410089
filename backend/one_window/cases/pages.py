"""The clerk's page: the queue of cases and one case."""

from __future__ import annotations

from aiohttp import web

from backend.language.documents import document_kinds
from backend.one_window.cases.composing import DOCUMENTS
from backend.one_window.cases.contacts import contact_words
from backend.one_window.cases.covers import arranges_for_others
from backend.one_window.cases.rules import rules
from backend.one_window.catalogue.service import CATALOGUE
from backend.platform.http import Call, Routes
from backend.platform.staff_directory import EVERY_UNIT
from backend.shell.rendering import staff_page

routes = Routes("pages")


@routes.page("/counter", permission="cases:queue", summary="窗口经办页")
async def counter(call: Call) -> web.Response:
    """The clerk's queue of cases and one case."""
    return staff_page(
        call,
        "cases/counter.html",
        "我的办件",
        me=call.who.id,
        every_unit=EVERY_UNIT in call.who.units,
        cover_days=rules().cover_longest_days,
        arranges=arranges_for_others(call.who),
    )


@routes.page("/counter/new", permission="cases:counter", summary="窗口代填申请页")
async def new_case(call: Call) -> web.Response:
    """Begin a case for somebody who is there, or go on with one: ``?case=…``."""
    return staff_page(
        call,
        "cases/new_case.html",
        "新办一件",
        units=sorted(call.who.units),
        documents=document_kinds(),
        contacts=contact_words(),
    )


@routes.page("/counter/cases/{id}/documents/{step}", permission="cases:work", writes=True, summary="办件文书打印页")
async def document(call: Call) -> web.Response:
    """The print sheet of a document that a step issued."""
    found = await call.service(DOCUMENTS).document(call.session, call.path("id"), call.path("step"), call.who)
    centre = await call.service(CATALOGUE).centre(call.session)
    return staff_page(call, "cases/document.html", found.title, document=found, centre=centre, case_id=call.path("id"))
