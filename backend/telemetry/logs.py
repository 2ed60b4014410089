"""Structured logs: one event a line, no personal data (texts are never logged; numbers are masked as a last guard)."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from backend.language.identifiers_in_text import replace_identifiers
from backend.telemetry.capping import MAX_TRACEBACK, cap_values, cut


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
            cap_values,
            mask_identifiers,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    of_libraries = logging.StreamHandler(sys.stderr)
    of_libraries.setFormatter(ShortLines("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[of_libraries])


class ShortLines(logging.Formatter):
    """Lines of libraries, masked and as short as ours."""

    def format(self, record: logging.LogRecord) -> str:
        """One line or one traceback."""
        return replace_identifiers(cut(super().format(record), MAX_TRACEBACK), lambda verdict: verdict.masked)


def mask_identifiers(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace any identifier that slipped into a value by its masked form."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = replace_identifiers(value, lambda verdict: verdict.masked)
    return event
