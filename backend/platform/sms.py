"""Short messages to phones: one interface, a provider by settings. Without a provider nothing is ever said to be sent.

``DAOBAN_SMS``: empty (none), or ``file`` (messages are appended to a file that tests read; never where real people are).
A provider of the centre's is another class with ``send``.
"""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Protocol

from backend.platform.errors import StartRefusedError


class SmsNotSent(Exception):
    """The provider did not take the message."""


class Sms(Protocol):
    """Sends short messages."""

    @property
    def available(self) -> bool:
        """Whether messages can be sent at all."""
        ...

    async def send(self, phone: str, text: str) -> None:
        """Hand one message over. Raises SmsNotSent."""
        ...


class NoSms:
    """There is no provider."""

    available = False

    async def send(self, phone: str, text: str) -> None:  # noqa: ARG002  # the interface
        """Refuse."""
        raise SmsNotSent("no provider")


class FileSms:
    """The twin: one JSON line a message, mode 600."""

    available = True

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, phone: str, text: str) -> None:
        """Append it. Raises SmsNotSent."""
        try:
            await asyncio.to_thread(self._append, json.dumps({"phone": phone, "text": text}, ensure_ascii=False))
        except OSError as error:
            raise SmsNotSent(str(error)) from error

    def _append(self, line: str) -> None:
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line + "\n")


def provider(name: str, data: Path) -> Sms:
    """The provider of the settings. Raises StartRefusedError for an unknown name."""
    if not name:
        return NoSms()
    if name == "file":
        return FileSms(data / "sms.jsonl")
    raise StartRefusedError(f"不认识的短信通道 DAOBAN_SMS={name}：留空是没有，file 是写到文件（只给测试用）。")
