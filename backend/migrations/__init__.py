"""Migrations of the hall's database (alembic): one line of versions, one head."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import URL, make_url

from backend.process.refusals import refused

_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg2"}


def migrate(url: str) -> None:
    """Bring the database to the newest version; a new SQLite file is made. Raises StartRefusedError where it is newer than we."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    try:
        command.upgrade(config_for(url), "head")
    except CommandError as error:
        if isinstance(error.__cause__, ResolutionError):  # its version is none of ours
            raise refused("newer_database") from error
        raise


def is_empty(url: str) -> bool:
    """Whether there is no table yet; a SQLite file that is not there stays so."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return True
    engine = create_engine(sync_url(url))
    try:
        return not inspect(engine).get_table_names()
    finally:
        engine.dispose()


def downgrade(url: str, version: str) -> None:
    """Bring the database back to an older version; what the newer ones added is lost."""
    command.downgrade(config_for(url), version)


def heads() -> list[str]:
    """Heads of the version line; more than one is a mistake."""
    return list(ScriptDirectory.from_config(config_for("sqlite://")).get_heads())


def config_for(url: str) -> Config:
    """Alembic's settings for a database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = sync_url(url)
    return config


def sync_url(url: str) -> URL:
    """The same database for alembic, which works without asyncio."""
    parsed = make_url(url)
    return parsed.set(drivername=_DRIVERS[parsed.get_backend_name()])
