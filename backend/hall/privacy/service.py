"""What operators and auditors do: keys are changed, the trail is read, data is forgotten or handed out."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.privacy import Rotation, RotationState
from backend.hall.privacy.audit_reading import AuditReading
from backend.hall.privacy.erasure import Erasure
from backend.hall.privacy.persons import Persons
from backend.platform.audit import Audit
from backend.platform.identity import Principal
from backend.platform.vault import Vault

RESEAL_BATCH = 200
"""Entries per transaction: other writers wait no longer than that takes (some 20 ms)."""


class PrivacyService:
    """What operators and auditors do."""

    def __init__(
        self, vault: Vault, audit: Audit, trail: AuditReading, erasure: Erasure, persons: Persons, anchors: Path
    ) -> None:
        self.anchors = anchors
        """The file outside the database in which the newest entry of the audit trail is noted."""
        self.trail = trail
        self.erasure = erasure
        self.persons = persons
        self._vault = vault
        self._audit = audit

    async def rotate(self, session: AsyncSession, rotation: Rotation, by: Principal) -> RotationState:
        """One batch of a rotation; called until nothing is left. An unfinished rotation is gone on with."""
        begun = rotation.begin and await self._vault.left(session) == 0
        if begun:
            self._vault.begin_rotation()
        key_id = self._vault.key_id
        if begun:
            self._audit.record(session, "vault.rotation_begun", f"vault:{key_id}", by)
        resealed = await self._vault.reseal(session, RESEAL_BATCH)
        left = await self._vault.left(session)
        if resealed and not left:
            self._audit.record(session, "vault.rotated", f"vault:{key_id}", by)
        retired = await self._vault.retire_keys(session) if rotation.retire and not left else ()
        if retired:
            self._audit.record(session, "vault.keys_retired", f"vault:{key_id}", by, details={"keys": list(retired)})
        return RotationState(key_id=key_id, begun=begun, resealed=resealed, left=left, retired=retired)


PRIVACY = web.AppKey("privacy", PrivacyService)
