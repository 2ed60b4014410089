"""The optional second step of signing in: codes of an authenticator app (RFC 6238). The secret lies in the vault."""

from __future__ import annotations

from datetime import datetime

import segno
from pyotp import TOTP, OTPVerificationError, random_base32
from sqlalchemy.ext.asyncio import AsyncSession

from backend.hall.accounts.models import StaffAccount
from backend.hall.accounts.schemas import NewSecondStep
from backend.language.identifiers import Verdict
from backend.platform.errors import ConflictError
from backend.platform.vault import Vault

ISSUER = "导办"
TOLERATED = 1
"""Steps of 30 seconds before and after: clocks of phones differ, and people type slowly (RFC 6238, 5.2)."""


class SecondStep:
    """Set up, confirmed with a first code, asked for at each sign-in, switched off."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def set_up(self, session: AsyncSession, account: StaffAccount) -> NewSecondStep:
        """A new secret to scan; it counts once a code of it has been told."""
        if account.totp is not None:
            raise ConflictError("staff.second_step_on")
        secret = random_base32()
        await self._vault.erase(session, _owner(account))
        kept = await self._vault.keep(session, Verdict("secret", secret, True, "", ""), _owner(account))
        account.totp_pending = kept.placeholder
        address = TOTP(secret, name=account.username, issuer=ISSUER).provisioning_uri()
        drawing = segno.make(address, error="m").svg_inline(scale=4, border=2)
        return NewSecondStep(secret=secret, address=address, qr=drawing)

    async def confirm(self, session: AsyncSession, account: StaffAccount, code: str, at: datetime) -> bool:
        """Switch on; False for a wrong code. Raises ConflictError."""
        if account.totp_pending is None:
            raise ConflictError("staff.second_step_none")
        if not await self._right(session, account, account.totp_pending, code, at):
            return False
        account.totp, account.totp_pending = account.totp_pending, None
        return True

    async def holds(self, session: AsyncSession, account: StaffAccount, code: str, at: datetime) -> bool:
        """Whether the code opens; true for an account without a second step."""
        return account.totp is None or await self._right(session, account, account.totp, code, at)

    async def switch_off(self, session: AsyncSession, account: StaffAccount) -> None:
        """Without a second step from now on."""
        account.totp = account.totp_pending = None
        await self._vault.erase(session, _owner(account))

    async def _right(
        self, session: AsyncSession, account: StaffAccount, placeholder: str, code: str, at: datetime
    ) -> bool:
        secret = await self._vault.reveal(session, placeholder, _owner(account))
        step = None if secret is None else matching_step(secret, code, at, account.totp_step)
        account.totp_step = step or account.totp_step
        return step is not None


def matching_step(secret: str, code: str, at: datetime, used: int) -> int | None:
    """The step whose code it is; None if it is none of now, or one not later than ``used`` (a code works once)."""
    try:
        step = TOTP(secret).verify_and_get_timecode(code, for_time=at, valid_window=TOLERATED)
    except OTPVerificationError:
        return None
    return step if step > used else None


def _owner(account: StaffAccount) -> str:
    return f"staff:{account.id}"
