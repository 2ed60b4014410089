"""JSON shapes of verification."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from backend.contracts.typed import SECRET
from backend.contracts.wire import Wire

Way = Literal["print", "qr", "counter"]


class SendCode(Wire):
    """Send a code to a phone that the citizen gave in this conversation. ``phone``: its placeholder ``⟦phone:…⟧``."""

    phone: str = Field(min_length=1, max_length=40)


class VerificationWays(Wire):
    """How somebody can be verified here and now."""

    phone: bool
    """A code can be sent to their phone."""


class CodeSent(Wire):
    """Whether a code was sent; if not, the other ways."""

    sent: bool
    sentence: str
    ways: tuple[Way, ...]
    expires_in: int = 0
    """Seconds."""


class CheckCode(Wire):
    """The code that the phone received."""

    code: Annotated[str, SECRET] = Field(min_length=1, max_length=20)


class CounterCheck(Wire):
    """A member of staff has seen the identity card: the placeholder of the number as told in this conversation."""

    identifier: str = Field(min_length=1, max_length=40)


class Verified(Wire):
    """The conversation's level from now on, for a while."""

    level: Literal["phone", "counter"]
    sentence: str
