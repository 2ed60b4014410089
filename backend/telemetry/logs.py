"""Structured logs: one event a line, no personal data (texts are never logged; numbers are masked as a last guard)."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog

from backend.language.identifiers_in_text import replace_identifiers

MAX_VALUE_LENGTH = 4_000
"""Characters of one value of a line: the traceback of a deep recursion would be hundreds of thousands."""
MAX_LINE_LENGTH = 16_000


def configure_logs(*, json: bool, quiet: bool = False, level: str | None = None) -> None:
    """Set structlog up for a process of ours; ``quiet``: a command that talks with a person tells only of trouble.

    ``level`` (``DAOBAN_LOG_LEVEL``) overrides it.
    """
    wanted = level or ("warning" if quiet else "info")
    least = logging.getLevelNamesMapping()[wanted.upper()]
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False) if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            shorten_values,
            mask_identifiers,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=lambda *_names: LineLogger(),
        cache_logger_on_first_use=False,
    )
    of_libraries = logging.StreamHandler(sys.stderr)
    of_libraries.setFormatter(ShortLines("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[of_libraries])


class ShortLines(logging.Formatter):
    """Lines of libraries, masked and as short as ours."""

    def format(self, record: logging.LogRecord) -> str:
        """One line or one traceback."""
        return replace_identifiers(shortened(super().format(record)), lambda verdict: verdict.masked)


class LineLogger:
    """Writes lines to stderr. What cannot be written is lost: a full disk must not take the work down with the log."""

    def msg(self, line: str) -> None:
        """Write a line."""
        with suppress(OSError, ValueError):  # ValueError: stderr is closed
            sys.stderr.write(line[:MAX_LINE_LENGTH] + "\n")
            sys.stderr.flush()

    debug = info = warning = warn = error = exception = critical = fatal = msg


def shorten_values(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Cut the middle out of long texts: of a traceback, where it began and what was raised tell most."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = shortened(value)
    return event


def shortened(text: str) -> str:
    """The text, or its beginning and its end."""
    if len(text) <= MAX_VALUE_LENGTH:
        return text
    half = MAX_VALUE_LENGTH // 2
    return f"{text[:half]} … {len(text) - 2 * half} characters … {text[-half:]}"


def mask_identifiers(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace any identifier that slipped into a value by its masked form."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = replace_identifiers(value, lambda verdict: verdict.masked)
    return event
