"""The optional second step of signing in: codes of an authenticator app. The secret lies in the vault."""

from __future__ import annotations

from datetime import datetime

import segno
from sqlalchemy.ext.asyncio import AsyncSession

from backend.hall.accounts import totp
from backend.hall.accounts.models import StaffAccount
from backend.hall.accounts.schemas import NewSecondStep
from backend.language.identifiers import Verdict
from backend.platform.errors import ConflictError, InvalidError
from backend.platform.vault import Vault

ISSUER = "导办"


class SecondStep:
    """Set up, confirmed with a first code, asked for at each sign-in, switched off."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def set_up(self, session: AsyncSession, account: StaffAccount) -> NewSecondStep:
        """A new secret to scan; it counts once a code of it has been told."""
        if account.totp is not None:
            raise ConflictError("staff.second_step_on")
        secret = totp.new_secret()
        await self._vault.forget(session, _owner(account))
        kept = await self._vault.keep(session, Verdict("secret", secret, True, "", ""), _owner(account))
        account.totp_pending = kept.placeholder
        address = totp.address(secret, account.username, ISSUER)
        drawing = segno.make(address, error="m").svg_inline(scale=4, border=2)
        return NewSecondStep(secret=secret, address=address, qr=drawing)

    async def confirm(self, session: AsyncSession, account: StaffAccount, code: str, at: datetime) -> None:
        """Switch on. Raises ConflictError, InvalidError (``code``)."""
        if account.totp_pending is None:
            raise ConflictError("staff.second_step_none")
        if not await self._right(session, account, account.totp_pending, code, at):
            raise InvalidError("identity.wrong_code", field="code")
        account.totp, account.totp_pending = account.totp_pending, None

    async def holds(self, session: AsyncSession, account: StaffAccount, code: str, at: datetime) -> bool:
        """Whether the code opens; true for an account without a second step."""
        return account.totp is None or await self._right(session, account, account.totp, code, at)

    async def switch_off(self, session: AsyncSession, account: StaffAccount) -> None:
        """Without a second step from now on."""
        account.totp = account.totp_pending = None
        await self._vault.forget(session, _owner(account))

    async def _right(
        self, session: AsyncSession, account: StaffAccount, placeholder: str, code: str, at: datetime
    ) -> bool:
        secret = await self._vault.reveal(session, placeholder, _owner(account))
        step = None if secret is None else totp.matching_step(secret, code, at, account.totp_step)
        account.totp_step = step or account.totp_step
        return step is not None


def _owner(account: StaffAccount) -> str:
    return f"staff:{account.id}"
