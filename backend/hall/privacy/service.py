"""The vault's keys are changed, the audit trail is read. Who reads it is in it too."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.core.audit import Audit
from backend.core.identity import Principal
from backend.core.vault import Vault
from backend.hall.privacy.forgetting import Forgetting
from backend.hall.privacy.persons import Persons
from backend.hall.privacy.schemas import AuditEntry, AuditList, AuditQuery, Rotation, RotationState
from backend.hall.staff.service import StaffService

RESEALED_AT_ONCE = 200
"""Entries per transaction: other writers wait no longer than that takes (some 20 ms)."""


class PrivacyService:
    """What operators and auditors do."""

    def __init__(
        self, vault: Vault, audit: Audit, staff: StaffService, forgetting: Forgetting, persons: Persons
    ) -> None:
        self.forgetting = forgetting
        self.persons = persons
        self._vault = vault
        self._audit = audit
        self._staff = staff

    async def rotate(self, session: AsyncSession, rotation: Rotation, by: Principal) -> RotationState:
        """One batch of a rotation; called until nothing is left. An unfinished rotation is gone on with."""
        begun = rotation.begin and await self._vault.left(session) == 0
        if begun:
            self._vault.begin_rotation()
        key_id = self._vault.key_id
        if begun:
            self._audit.record(session, "vault.rotation_begun", f"vault:{key_id}", by)
        resealed = await self._vault.reseal(session, RESEALED_AT_ONCE)
        left = await self._vault.left(session)
        if resealed and not left:
            self._audit.record(session, "vault.rotated", f"vault:{key_id}", by)
        retired = await self._vault.retire_keys(session) if rotation.retire and not left else ()
        if retired:
            self._audit.record(session, "vault.keys_retired", f"vault:{key_id}", by, details={"keys": list(retired)})
        return RotationState(key_id=key_id, begun=begun, resealed=resealed, left=left, retired=retired)

    async def audit_entries(self, session: AsyncSession, query: AuditQuery, who: Principal) -> AuditList:
        """Entries for the auditor."""
        rows = await self._audit.entries(
            session, subject=query.subject, by=query.by, action=query.action, before=query.before, limit=query.limit
        )
        asked = {name: value for name, value in query.model_dump().items() if value and name not in {"limit", "before"}}
        self._audit.record(session, "audit.read", "audit:entries", who, details=asked)
        names = await self._staff.names(session, {row.by_id for row in rows if row.by_kind == "staff"})
        return AuditList(
            entries=tuple(
                AuditEntry(
                    seq=row.seq,
                    at=row.at,
                    action=row.action,
                    subject=row.subject,
                    by=f"{row.by_kind}:{row.by_id}",
                    by_name=names.get(row.by_id, ""),
                    on_behalf_of=row.on_behalf_of,
                    purpose=row.purpose,
                    details=row.details,
                )
                for row in rows
            )
        )


PRIVACY = web.AppKey("privacy", PrivacyService)
