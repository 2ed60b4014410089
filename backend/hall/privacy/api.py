"""HTTP of the protection of personal information."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.privacy import (
    AuditList,
    AuditQuery,
    AuditVerification,
    ErasedByRetention,
    ErasedPerson,
    ExportedPerson,
    PersonRequest,
    RetentionTable,
    Rotation,
    RotationState,
)
from backend.hall.privacy.service import PRIVACY
from backend.platform.http import Call, Routes

routes = Routes("privacy")


@routes.post(
    "/vault/rotation", permission="vault:rotate", body=Rotation, returns=RotationState, summary="更换保险箱的钥匙"
)
async def rotate_vault(call: Call) -> RotationState:
    """One batch of a rotation."""
    return await call.service(PRIVACY).rotate(call.session, call.body, call.who)


@routes.get("/audit", permission="audit:read", query=AuditQuery, returns=AuditList, writes=True, summary="审计记录")
async def audit_entries(call: Call) -> AuditList:
    """Entries of the audit trail, newest first; the reading is recorded."""
    return await call.service(PRIVACY).trail.entries(call.session, call.query, call.who)


@routes.get("/audit/export", permission="audit:read", query=AuditQuery, writes=True, summary="审计记录导出为CSV")
async def export_audit(call: Call) -> web.Response:
    """The same entries as a table for a spreadsheet; the export is recorded."""
    text = await call.service(PRIVACY).trail.as_csv(call.session, call.query, call.who)
    return web.Response(
        body=("\ufeff" + text).encode(),  # the mark tells a spreadsheet that it is UTF-8
        content_type="text/csv",
        charset="utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"},
    )


@routes.get(
    "/audit/verification",
    permission="audit:read",
    returns=AuditVerification,
    writes=True,
    summary="审计记录有没有被改过",
)
async def verify_audit(call: Call) -> AuditVerification:
    """Every check value computed again; that it was done is recorded."""
    return await call.service(PRIVACY).trail.verify(call.session, call.who)


@routes.get("/retention", permission="retention:read", returns=RetentionTable, summary="每类数据留多久")
async def retention(call: Call) -> RetentionTable:
    """The retention table."""
    return RetentionTable(kinds=dict(call.service(PRIVACY).erasure.retention))


@routes.post("/retention/run", permission="retention:run", returns=ErasedByRetention, summary="按保存期限清理一批")
async def run_retention(call: Call) -> ErasedByRetention:
    """Forget what is past its time."""
    return await call.service(PRIVACY).erasure.run(call.session, call.who)


@routes.post(
    "/persons/export",
    permission="persons:handle",
    body=PersonRequest,
    returns=ExportedPerson,
    secret=True,
    summary="导出一个人的全部数据",
)
async def export_person(call: Call) -> ExportedPerson:
    """Export everything stored about a person."""
    return await call.service(PRIVACY).persons.export(call.session, call.body, call.who)


@routes.post(
    "/persons/erase", permission="persons:handle", body=PersonRequest, returns=ErasedPerson, summary="删除一个人的数据"
)
async def erase_person(call: Call) -> ErasedPerson:
    """Erase a person; their submitted cases stay."""
    return await call.service(PRIVACY).persons.erase(call.session, call.body, call.who)
