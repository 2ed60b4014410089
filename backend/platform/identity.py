"""Who is asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform.errors import NotAllowedError, NotSignedInError
from backend.platform.permissions import ANYONE, CITIZEN, PERMISSIONS

FREE_OF_PASSWORD_CHANGE = frozenset({"staff:self", "public"})
"""What somebody may do whose first password is not changed yet."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever asks: nobody in particular, a citizen's browser, a member of staff, or another process of ours."""

    kind: Literal["nobody", "citizen", "staff", "service"]
    id: str = ""
    name: str = ""
    position: str = ""
    roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    conversation: str | None = None
    """The citizen's own conversation, or the one a service acts for."""
    must_change_password: bool = False

    @property
    def doors(self) -> frozenset[str]:
        """Doors of the permission table that open for this principal."""
        own = {
            "nobody": frozenset[str](),
            "citizen": frozenset({CITIZEN}),
            "staff": frozenset(f"role:{name}" for name in self.roles),
            "service": frozenset({f"service:{self.id}"}),
        }[self.kind]
        return own | {ANYONE}

    def may(self, permission: str) -> bool:
        """Whether the permission is held (a page shows only what its reader may do)."""
        return bool(self.doors & PERMISSIONS[permission])

    def require(self, permission: str) -> None:
        """Raise NotSignedInError or NotAllowedError unless the permission is held."""
        if self.doors & PERMISSIONS[permission]:
            if self.must_change_password and permission not in FREE_OF_PASSWORD_CHANGE:
                raise NotAllowedError("identity.password_must_change")
            return
        if self.kind in {"nobody", "citizen"}:  # a citizen's browser has no post here: what is lacking is a sign-in
            raise NotSignedInError("identity.required")
        raise NotAllowedError("identity.forbidden")

    def as_event_source(self) -> dict[str, str]:
        """The ``by`` of an event: who, and on whose behalf."""
        by: dict[str, str] = {self.kind: self.id}
        if self.kind == "service" and self.conversation:
            by["on_behalf_of"] = f"conversation:{self.conversation}"
        return by


NOBODY = Principal("nobody")
SYSTEM = Principal("service", id="backend", name="系统")

Authenticator = Callable[[AsyncSession, web.Request], Awaitable[Principal | None]]
"""Recognises one kind of credential in a request, or returns None."""
AUTHENTICATORS = web.AppKey("authenticators", list[Authenticator])
WHO = web.RequestKey("who", Principal)
UNATTENDED = web.RequestKey("unattended", bool)
"""Asked by an open page on its own, not by whoever may sit before it."""
"""Who asks, once they are recognised: for what wraps the request."""
