"""The vault: an identifier is found however it is written, and stands nowhere in plain."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest

from backend.contracts.privacy import Rotation, RotationState
from backend.hall.privacy import service as privacy
from backend.operate.commands.vault import rotate_vault
from backend.operate.operator import operator
from backend.platform.errors import StartRefusedError
from backend.platform.http import DATABASE
from backend.platform.vault import KeyRing
from backend.settings import Settings
from tests.conftest import ID_NUMBER, PHONE, Hall, running_hall


async def test_nothing_written_holds_the_number(hall: Hall) -> None:
    """Database, write-ahead log, events: only placeholders, masked forms and ciphertext."""
    await hall.submitted(await hall.conversation())
    await hall.server.close()
    written = b"".join(path.read_bytes() for path in hall.settings.data.rglob("*") if path.is_file())
    assert ID_NUMBER.encode() not in written
    assert PHONE.encode() not in written
    assert b"530***********0018" in written


async def test_without_its_key_the_backend_does_not_start(hall: Hall) -> None:
    """With ciphertext present a missing or wrong key stops the start, and no new key is made."""
    await hall.say(await hall.conversation(), ID_NUMBER)
    await hall.server.close()
    keys = hall.settings.secrets / "vault.keys"
    right = keys.read_text()
    keys.unlink()
    with pytest.raises(StartRefusedError, match="钥匙不在"):
        await _start_again(hall)
    assert not keys.exists()
    wrong = json.loads(right)
    wrong["keys"]["k1"] = wrong["lookup"]
    keys.write_text(json.dumps(wrong))
    with pytest.raises(StartRefusedError, match="不对"):
        await _start_again(hall)


async def _start_again(hall: Hall) -> None:
    async with running_hall(hall.settings, hall.clock):
        raise AssertionError("started")


def test_the_key_file_is_for_the_owner_only(tmp_path: Path) -> None:
    """Mode 600."""
    KeyRing.open(tmp_path / "secrets" / "vault.keys", ciphertext_exists=False)
    assert (tmp_path / "secrets" / "vault.keys").stat().st_mode & 0o777 == 0o600


async def test_the_same_number_keeps_its_placeholder(hall: Hall) -> None:
    """Within a conversation; in another it is a different one, so that nobody can link them."""
    mine, theirs = await hall.conversation(), await hall.conversation()
    first, again = await hall.say(mine, ID_NUMBER), await hall.say(mine, f"就是{ID_NUMBER}")
    assert again == f"就是{first}"
    assert await hall.say(theirs, ID_NUMBER) != first


async def test_a_session_ends_after_a_working_day(hall: Hall) -> None:
    """Staff sign in each morning."""
    async with hall.staff() as clerk:
        assert (await clerk.get("/staff/me"))[0] == 200
        hall.clock.move(timedelta(hours=11))
        assert (await clerk.get("/staff/me"))[0] == 401


@pytest.mark.both_databases
async def test_after_a_rotation_everything_opens_with_the_new_key_only(hall: Hall) -> None:
    """``./daoban vault rotate --retire`` while the backend runs: batches, then the old key is gone."""
    case = await hall.submitted(await hall.conversation())
    keys = hall.settings.secrets / "vault.keys"
    old = json.loads(keys.read_text())["keys"]["k1"]
    lines = await asyncio.to_thread(rotate_vault, reachable(hall), retire=True)
    assert lines[0].startswith("新钥匙 k2：重新加密了2条")
    assert list(json.loads(keys.read_text())["keys"]) == ["k2"]
    assert old not in keys.read_text()
    assert keys.stat().st_mode & 0o777 == 0o600
    async with hall.staff() as clerk:
        _, shown = await clerk.post(f"/cases/{case.id}/unmask", {"fields": ["id_number"], "purpose": "核对身份"})
    assert shown["values"] == {"id_number": ID_NUMBER}


async def test_an_interrupted_rotation_is_gone_on_with(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed after the first batch: both keys are kept, the next run makes no third one."""
    monkeypatch.setattr(privacy, "RESEAL_BATCH", 1)
    await hall.submitted(await hall.conversation())
    async with operator(reachable(hall)) as backend:
        state = await backend.post("/vault/rotation", Rotation(begin=True, retire=True), RotationState)
    assert (state.key_id, state.left, state.retired) == ("k2", 1, ())
    await hall.server.close()
    lines = await asyncio.to_thread(rotate_vault, hall.settings, retire=False)
    assert lines[0].startswith("接着上次，钥匙 k2：重新加密了1条")
    async with running_hall(hall.settings, hall.clock) as again:
        assert await again.say(await again.conversation(), ID_NUMBER)


def reachable(hall: Hall) -> Settings:
    """Settings of the test's backend, which commands find from its data folder: they know no port."""
    hall.server.app[DATABASE].announce(hall.base)
    return hall.settings.model_copy(update={"port": 1})
