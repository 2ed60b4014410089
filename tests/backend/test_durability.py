"""Backup and restore: what was said and done is there again, and a backup alone gives no number away."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.operate import durability
from backend.operate.commands.audit import verify_audit
from backend.platform.errors import StartRefusedError
from backend.settings import Settings
from tests.conftest import ID_NUMBER, PHONE, Hall, running_hall
from tests.databases import PostgresServer


async def backed_up(hall: Hall, folder: Path) -> durability.Manifest:
    """``./daoban backup`` beside the running backend."""
    return await asyncio.to_thread(durability.backup, hall.settings, folder)


async def restored(folder: Path, settings: Settings, key: Path | None) -> None:
    """``./daoban restore``."""
    await asyncio.to_thread(durability.restore, folder, settings, key)


def content(key: Path) -> dict[str, Any]:
    """What is in a key file."""
    ring: dict[str, Any] = json.loads(key.read_text())
    return ring


def new_settings(tmp_path: Path) -> Settings:
    """An empty place."""
    return Settings.from_environment({"DAOBAN_DATA": str(tmp_path / "new")})


@pytest.fixture
def key(hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key as an operator keeps it: apart."""
    return Path(shutil.copy(hall.settings.secrets / "vault.keys", tmp_path_factory.mktemp("safe") / "vault.keys"))


@pytest.mark.both_databases
async def test_a_restored_hall_goes_on_where_the_backup_was_made(
    hall: Hall,
    key: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cases, messages, identifiers, uploads, the audit trail: into an empty folder, and the backend starts on it."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    said = (await hall.connectors.part(ConversationsClient).messages(conversation)).messages
    (hall.settings.data / "uploads").mkdir()
    (hall.settings.data / "uploads" / "photo").write_bytes(b"pixels")
    folder, place = tmp_path_factory.mktemp("backup"), new_settings(tmp_path_factory.mktemp("place"))
    if hall.settings.database_url.startswith("postgresql"):
        server: PostgresServer = request.getfixturevalue("postgres_server")
        monkeypatch.setenv("PATH", str(server.programs), prepend=":")
        place = place.model_copy(update={"database_url": server.new()})
    await backed_up(hall, folder)
    await hall.submitted(await hall.conversation())  # after the backup: not in it
    await restored(folder, place, key)
    async with running_hall(place, hall.clock) as again:
        assert (await again.connectors.part(ConversationsClient).messages(conversation)).messages == said
        assert [c.number for c in await again.assistant.part(CasesClient).of_conversation(conversation)] == [
            case.number
        ]
        async with again.staff() as clerk:
            body = {"fields": ["id_number"], "purpose": "核对身份"}
            _, shown = await clerk.post(f"/cases/{case.id}/unmask", body)
        assert shown["values"] == {"id_number": ID_NUMBER}
        assert await again.submitted(await again.conversation())
    assert (place.data / "uploads" / "photo").read_bytes() == b"pixels"
    assert not (await asyncio.to_thread(verify_audit, place)).problems


async def test_a_backup_alone_gives_no_number_away(
    hall: Hall, key: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The key is not in it; it says where the key must be."""
    await hall.submitted(await hall.conversation())
    folder = tmp_path_factory.mktemp("backup")
    await backed_up(hall, folder)
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    ring = content(key)
    secrets = [*ring["keys"].values(), ring["lookup"], ID_NUMBER, PHONE]
    assert not any(secret.encode() in written for secret in secrets)
    assert "secrets/vault.keys" in (folder / durability.READ_ME).read_text("utf-8")
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))


async def test_without_its_key_a_restored_hall_does_not_start(
    hall: Hall, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """And makes no new key."""
    await hall.submitted(await hall.conversation())
    folder, place = tmp_path_factory.mktemp("backup"), new_settings(tmp_path_factory.mktemp("place"))
    await backed_up(hall, folder)
    await restored(folder, place, None)
    with pytest.raises(StartRefusedError, match="钥匙不在"):
        async with running_hall(place, hall.clock):
            raise AssertionError("started")
    assert not (place.secrets / "vault.keys").exists()


async def test_what_cannot_be_restored_is_refused_before_anything_is_written(
    hall: Hall, key: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A wrong key, a changed byte, a folder that holds something, half a backup."""
    await hall.conversation()
    folder, place = tmp_path_factory.mktemp("backup"), new_settings(tmp_path_factory.mktemp("place"))
    await backed_up(hall, folder)
    other = content(key)
    other["lookup"] = other["keys"]["k1"]
    (wrong := key.with_name("wrong.keys")).write_text(json.dumps(other))
    with pytest.raises(StartRefusedError, match="不是这份备份的钥匙"):
        await restored(folder, place, wrong)
    with pytest.raises(StartRefusedError, match="不是空的"):
        await restored(folder, hall.settings, key)
    with pytest.raises(StartRefusedError, match="不是空的"):
        await backed_up(hall, folder)
    with (folder / "daoban.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"x")
    with pytest.raises(StartRefusedError, match=r"daoban\.db 不在或内容变了"):
        await restored(folder, place, key)
    (folder / durability.MANIFEST).unlink()
    with pytest.raises(StartRefusedError, match="不是完整的备份"):
        await restored(folder, place, key)
    assert not place.data.exists()


async def test_a_backup_of_nothing_is_refused(hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A mistyped folder makes no empty backup."""
    nowhere = tmp_path_factory.mktemp("nowhere")
    settings = Settings(data=nowhere)
    with pytest.raises(StartRefusedError, match="没有数据库"):
        await asyncio.to_thread(durability.backup, settings, nowhere / "backup")
