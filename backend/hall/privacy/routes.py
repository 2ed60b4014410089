"""HTTP of the protection of personal information."""

from __future__ import annotations

from backend.core.http import Call, Routes
from backend.hall.privacy.schemas import AuditList, AuditQuery, Rotation, RotationState
from backend.hall.privacy.service import PRIVACY

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
    return await call.service(PRIVACY).audit_entries(call.session, call.query, call.who)
