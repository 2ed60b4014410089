"""Tokens of our other processes: one file each, mode 600, different scopes (core/permissions.py)."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform.identity import Principal
from backend.process.incoming import carries_token

SERVICES = ("assistant", "connectors", "operations")
CONVERSATION_HEADER = "Daoban-Conversation"
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


def ensure_tokens(folder: Path) -> dict[str, str]:
    """The tokens by service; missing files are made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {service: _ensure(folder / f"{service}.token") for service in SERVICES}


def _ensure(path: Path) -> str:
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text("ascii").strip()


class ServiceTokens:
    """Recognises ``Authorization: Bearer`` of our own processes."""

    def __init__(self, tokens: dict[str, str]) -> None:
        self._tokens = tokens

    async def __call__(self, _session: AsyncSession, request: web.Request) -> Principal | None:
        """The service, with the conversation it acts for."""
        for service, token in self._tokens.items():
            if carries_token(request, [token]):
                named = request.headers.get(CONVERSATION_HEADER, "")
                return Principal("service", id=service, conversation=named if _ID.fullmatch(named) else None)
        return None
