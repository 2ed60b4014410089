"""Alembic's entry: run by backend.migrations, to migrate and to draft."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import create_engine

from backend.migrations import sync_url
from backend.platform.database import Instant
from backend.settings import Settings
from backend.tables import metadata


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Our instants are plain timestamps with zone in the scripts."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


url = context.config.attributes.get("url") or sync_url(Settings.from_environment().database_url)
engine = create_engine(url)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
