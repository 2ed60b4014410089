"""HTTP of import and export."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.catalogue import Import, Imported
from backend.one_window.catalogue.exchange import EXCHANGE
from backend.platform.http import Call, Routes

routes = Routes("catalogue")
MAX_IMPORT = 4 * 1024 * 1024
"""Bytes: several times the whole catalogue."""


@routes.post(
    "/catalogue/editor/import",
    permission="catalogue:edit",
    body=Import,
    returns=Imported,
    status=201,
    summary="导入",
    longest_body=MAX_IMPORT,
)
async def bring_in(call: Call) -> Imported:
    """Items as YAML or materials as CSV become drafts."""
    return await call.service(EXCHANGE).bring_in(call.session, call.body, call.who)


@routes.get("/catalogue/export/items.yaml", permission="catalogue:review", summary="导出全部事项")
async def export_items(call: Call) -> web.Response:
    """All items in force, one YAML document each."""
    return _file(await call.service(EXCHANGE).items_yaml(call.session), "yaml", "items.yaml")


@routes.get("/catalogue/export/items/{code}", permission="catalogue:review", summary="导出一个事项")
async def export_item(call: Call) -> web.Response:
    """One item in force as YAML."""
    code = call.path("code")
    return _file(await call.service(EXCHANGE).item_yaml(call.session, code), "yaml", f"{code}.yaml")


@routes.get("/catalogue/export/materials.csv", permission="catalogue:review", summary="导出材料表")
async def export_materials(call: Call) -> web.Response:
    """Materials of all items in force as a table."""
    return _file(await call.service(EXCHANGE).materials_csv(call.session), "csv", "materials.csv")


def _file(text: str, kind: str, name: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=text, content_type={"yaml": "application/yaml", "csv": "text/csv"}[kind], headers=headers)
