"""A database made by the version before features were declared is carried on without loss."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from backend.migrations import config_for, migrate, sync_url
from backend.migrations.versions import __path__ as versions
from backend.platform.clock import SetClock
from backend.settings import Settings
from tests.conftest import running_hall

BEFORE = "0080"
"""The newest revision of the version before."""
NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
CASE = {
    "id": "c1", "number": "126112000014", "item": "LJ-SY-001", "item_version": 1, "unit": "SY", "state": "accepted",
    "conversation": "k1", "channel": "web", "notice": None, "situation": "{}", "answers": "{}", "owner": None,
    "supplement_until": None, "created_at": NOW, "submitted_at": NOW, "accepted_at": NOW, "finished_at": None,
    "due_on": None,
}  # fmt: skip
EVENTS = ("conversation.message", "case.submit", "case.accept", "case.asked_twice", "switch.off", "item.published")
AFTER = [
    "conversation.message_added", "case.submitted", "case.accepted", "case.supplement_requested_again", "switch.set",
    "item.published",
]  # fmt: skip


@pytest.mark.both_databases
async def test_cases_and_events_of_the_version_before_are_kept(
    tmp_path: Path, database: str, request: pytest.FixtureRequest, clock: SetClock
) -> None:
    """Cases as they were; events under the names they have now; the backend starts on it and the clerk finds the case."""
    assert versions
    url = f"sqlite+aiosqlite:///{tmp_path / 'daoban.db'}"
    if database == "postgresql":
        url = request.getfixturevalue("postgres_server").new()
    command.upgrade(config_for(url), BEFORE)
    engine = create_engine(sync_url(url))
    with engine.begin() as connection:
        columns = ", ".join(CASE)
        values = ", ".join(f":{name}" for name in CASE)
        connection.execute(
            text("INSERT INTO conversations (id, channel, verified, handled_by, last_seq, opened_at) "
                 "VALUES ('k1', 'web', 'none', 'assistant', 0, :at)"), {"at": NOW},
        )  # fmt: skip
        connection.execute(text(f"INSERT INTO cases ({columns}) VALUES ({values})"), CASE)  # noqa: S608  # our own names
        for kind in EVENTS:
            connection.execute(
                text('INSERT INTO events (at, kind, subject, "by", data) VALUES (:at, :kind, :subject, :by, :data)'),
                {"at": NOW, "kind": kind, "subject": "case:c1", "by": json.dumps({"service": "backend"}), "data": "{}"},
            )
    migrate(url)
    with engine.connect() as connection:
        assert list(connection.scalars(text("SELECT kind FROM events ORDER BY id"))) == AFTER
    engine.dispose()
    settings = Settings.from_environment({"DAOBAN_DATA": str(tmp_path), "DAOBAN_DATABASE_URL": url})
    async with running_hall(settings, clock) as hall, hall.staff(units=("SY",)) as clerk:
        _, queue = await clerk.get("/cases?scope=unit")
        assert [case["number"] for case in queue["cases"]] == [CASE["number"]]
