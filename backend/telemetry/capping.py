"""Log lines are short: whatever somebody sends, or however deep a failure lies, no line fills the disk."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

MAX_VALUE = 2_000
"""Characters of one value."""
MAX_TRACEBACK = 12_000
"""Of a traceback: its beginning and its end tell where it was and what it was."""
MAX_VALUES = 40
"""Values of one line."""
_TRACEBACK = "exception"


def cap_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut long values; a structlog processor, after tracebacks are made text."""
    for name in list(event)[MAX_VALUES:]:
        del event[name]
    for name, value in event.items():
        if not isinstance(value, str | int | float | bool | None):
            value = str(value)  # as a text it can be measured, and holds no more levels
            if len(value) <= MAX_VALUE:
                continue
        if isinstance(value, str):
            event[name] = cut(value, MAX_TRACEBACK if name == _TRACEBACK else MAX_VALUE)
    return event


def cut(text: str, limit: int) -> str:
    """The text, or its beginning and end with a mark of how much is left out between them."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]} …[{len(text) - 2 * half}]… {text[-half:]}"
