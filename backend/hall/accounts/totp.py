"""One-time codes of an authenticator app (RFC 6238: HMAC-SHA-1, 30 seconds, six digits)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
TOLERATED = 1
"""Steps before and after: clocks of phones differ, and people type slowly (RFC 6238, 5.2)."""
_SECRET_BYTES = 20


def new_secret() -> str:
    """A secret as apps take it: 160 bits, base 32 (RFC 4226, 4)."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def code_of(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of a step (RFC 4226, 5.3)."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def matching_step(secret: str, code: str, at: datetime, used: int) -> int | None:
    """The step whose code it is; None if it is none of now, or one not later than ``used`` (a code works once)."""
    now = int(at.timestamp()) // STEP_SECONDS
    for step in range(now - TOLERATED, now + TOLERATED + 1):
        if step > used and hmac.compare_digest(code_of(secret, step).encode(), code.encode()):
            return step
    return None


def address(secret: str, account: str, issuer: str) -> str:
    """What the QR code says."""
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={secret}&issuer={quote(issuer)}"
