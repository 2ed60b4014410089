"""HTTP of understanding."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.catalogue import CatalogueIndex
from backend.contracts.evaluation import EvaluationReport
from backend.contracts.understanding import (
    Decide,
    NewReport,
    NewSwitch,
    Report,
    ReportList,
    ReportView,
    SwitchList,
    Taught,
    TaughtList,
    Teach,
    UnclearList,
    UnclearQuery,
)
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.understanding.reports import REPORTS
from backend.one_window.understanding.service import UNDERSTANDING
from backend.platform.errors import NotFoundError
from backend.platform.http import Call, Routes

routes = Routes("understanding")
MAX_REPORT = 8 * 1024 * 1024
"""Bytes: some thousand questions with the replies."""


@routes.get("/catalogue/index", permission="catalogue:read", returns=CatalogueIndex, summary="事项索引")
async def index(call: Call) -> web.Response:
    """The item linker's index, with what was taught and what is switched off; 304 while the caller's version is current."""
    catalogue = call.service(CATALOGUE)
    version = (await catalogue.published(call.session)).version
    tag = f'"{version}"'
    if call.request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers={"ETag": tag})
    found = await call.service(UNDERSTANDING).index(call.session)
    return web.Response(text=found.model_dump_json(), content_type="application/json", headers={"ETag": tag})


@routes.get(
    "/understanding/unclear",
    permission="understanding:teach",
    query=UnclearQuery,
    returns=UnclearList,
    summary="没听懂的话",
)
async def unclear(call: Call) -> UnclearList:
    """Questions that wait for an editor."""
    return await call.service(UNDERSTANDING).unclear(call.session, call.query)


@routes.post("/understanding/unclear/{id}/ignore", permission="understanding:teach", status=204, summary="不用教")
async def ignore(call: Call) -> web.Response:
    """A question needs no teaching."""
    await call.service(UNDERSTANDING).ignore(call.session, _number(call, "unclear.unknown"), call.who)
    return web.Response(status=204)


@routes.get("/understanding/taught", permission="understanding:teach", returns=TaughtList, summary="教过的话")
async def taught(call: Call) -> TaughtList:
    """Attached sentences."""
    return await call.service(UNDERSTANDING).taught(call.session)


@routes.post(
    "/understanding/taught", permission="understanding:teach", body=Teach, returns=Taught, status=201, summary="教一句"
)
async def teach(call: Call) -> Taught:
    """Attach a sentence to an item or a policy answer."""
    return await call.service(UNDERSTANDING).teach(call.session, call.body, call.who)


@routes.delete("/understanding/taught/{id}", permission="understanding:teach", status=204, summary="不再这样听")
async def erase_taught(call: Call) -> web.Response:
    """Take a taught sentence back."""
    await call.service(UNDERSTANDING).remove_example(call.session, _number(call, "taught.unknown"), call.who)
    return web.Response(status=204)


@routes.get("/understanding/report", permission="understanding:teach", returns=Report, summary="最近一次评测")
async def report(call: Call) -> Report:
    """Figures of the last ``./daoban evaluate`` on this machine."""
    return await last_report(call)


async def last_report(call: Call) -> Report:
    """Figures of the newest report kept on this machine; empty before the first."""
    found = await call.service(REPORTS).newest_kept()
    if found is None:
        return Report(made_at=None, totals=None)
    made_at, report = found
    return Report(made_at=made_at, totals=report.totals)


@routes.get("/understanding/reports", permission="understanding:teach", returns=ReportList, summary="评测报告清单")
async def reports(call: Call) -> ReportList:
    """Kept and uploaded reports, newest first."""
    return await call.service(REPORTS).reports(call.session)


@routes.get(
    "/understanding/reports/{id}", permission="understanding:teach", returns=EvaluationReport, summary="一份评测报告"
)
async def one_report(call: Call) -> EvaluationReport:
    """A report, identifiers masked."""
    return await call.service(REPORTS).report(call.session, call.path("id"))


@routes.post(
    "/understanding/reports",
    permission="understanding:teach",
    body=NewReport,
    returns=ReportView,
    status=201,
    summary="上传评测报告",
    longest_body=MAX_REPORT,
)
async def upload_report(call: Call) -> ReportView:
    """Take a report in."""
    return await call.service(REPORTS).upload(call.session, call.body, call.who)


@routes.delete("/understanding/reports/{id}", permission="understanding:teach", status=204, summary="删除上传的报告")
async def erase_report(call: Call) -> web.Response:
    """Remove an uploaded report."""
    await call.service(REPORTS).remove(call.session, call.path("id"), call.who)
    return web.Response(status=204)


@routes.post(
    "/understanding/decisions",
    permission="understanding:teach",
    body=Decide,
    status=204,
    summary="评测里的一句话怎么办",
)
async def decide(call: Call) -> web.Response:
    """The label is wrong, leave it, or open again."""
    await call.service(REPORTS).decide(call.session, call.body, call.who)
    return web.Response(status=204)


@routes.get("/switches", permission="switches:set", returns=SwitchList, summary="停答和紧急通知")
async def switches(call: Call) -> SwitchList:
    """What is switched off now."""
    return await call.service(UNDERSTANDING).switches(call.session)


@routes.post("/switches", permission="switches:set", body=NewSwitch, returns=SwitchList, summary="停答或发紧急通知")
async def switch_off(call: Call) -> SwitchList:
    """Switch something off, or set the emergency notice."""
    return await call.service(UNDERSTANDING).switch_off(call.session, call.body, call.who)


@routes.delete("/switches/{kind}/{target}", permission="switches:set", returns=SwitchList, summary="恢复")
async def switch_on(call: Call) -> SwitchList:
    """On again."""
    return await call.service(UNDERSTANDING).switch_on(call.session, call.path("kind"), call.path("target"), call.who)


def _number(call: Call, unknown: str) -> int:
    text = call.path("id")
    if not (text.isdigit() and len(text) < 10):
        raise NotFoundError(unknown)
    return int(text)
