"""Drafting a migration: what the features' tables have that the migrated database has not, as the next numbered file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext
from alembic.script import Script

from backend.migrations import config_for, heads

_STEP = 10
"""Between numbers, so that two branches that are merged can be put in order."""


def draft(message: str, folder: Path | None = None) -> Path | None:
    """Write the migration into ``folder``, normally ours; returns its file, None when no table differs.

    Compared with an empty SQLite database brought to the newest version: data and settings of this machine play no part.
    """
    with TemporaryDirectory() as scratch:
        config = config_for(f"sqlite:///{scratch}/scratch.db")
        if folder is not None:
            ours = Path(config.get_main_option("script_location") or "") / "versions"
            config.set_main_option("path_separator", "os")
            config.set_main_option("version_locations", os.pathsep.join((str(ours), str(folder))))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        config.set_main_option("truncate_slug_length", "60")
        _tidy_with_ruff(config)
        command.upgrade(config, "head")
        written = command.revision(
            config,
            message.strip().rstrip("."),
            autogenerate=True,
            rev_id=_next_number(),
            version_path=None if folder is None else str(folder),
            process_revision_directives=_nothing_if_empty,
        )
    return Path(written.path) if isinstance(written, Script) else None


def _next_number() -> str:
    return f"{(max(map(int, heads())) // _STEP + 1) * _STEP:04}"


def _tidy_with_ruff(config: Config) -> None:
    """Sort its imports and format it, as the pre-commit hook would."""
    for name, options in (("sort", "check --quiet --fix"), ("format", "format --quiet")):
        config.set_section_option("post_write_hooks", f"{name}.type", "exec")
        config.set_section_option("post_write_hooks", f"{name}.executable", str(Path(sys.executable).parent / "ruff"))
        config.set_section_option("post_write_hooks", f"{name}.options", f"{options} REVISION_SCRIPT_FILENAME")
    config.set_section_option("post_write_hooks", "hooks", "sort, format")


def _nothing_if_empty(_context: MigrationContext, _revision: object, directives: list[MigrationScript]) -> None:
    """No file where nothing has changed."""
    changes = directives[0].upgrade_ops
    if changes is not None and changes.is_empty():
        directives.clear()
