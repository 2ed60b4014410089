"""The vault: an identifier is found however it is written, and stands nowhere in plain."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contracts.privacy import Rotation, RotationState
from backend.hall.privacy import service as privacy
from backend.language.identifiers import mask
from backend.language.serial_numbers import check_digit, is_number
from backend.operate.operator import operator
from backend.operate.trust_commands import rotate_vault
from backend.platform.errors import StartRefusedError
from backend.platform.vault import KeyRing, check, find_identifiers
from backend.settings import Settings
from tests.conftest import ID_NUMBER, PHONE, Hall, running_hall

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    """Citizen numbers of the unassigned region 530799 that pass GB 11643."""
    born = draw(st.dates(date(1930, 1, 1), date(2020, 12, 31)))
    body = f"530799{born:%Y%m%d}{draw(st.integers(1, 999)):03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@given(id_numbers(), st.sampled_from(["{}", "身份证{}", "我的号是{}，麻烦了", "{}我要办事", "号码：{} 谢谢"]))
def test_every_valid_id_number_is_found(number: str, sentence: str) -> None:
    """GB 11643: whatever stands around it."""
    found = find_identifiers(sentence.format(number))
    assert [(f.verdict.kind, f.verdict.valid, f.verdict.value) for f in found] == [("id", True, number)]


@given(id_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_and_still_kept_secret(number: str, place: int, by: int) -> None:
    """A mistyped number is refused, and is as secret as a right one."""
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    found = find_identifiers(wrong)
    assert len(found) == 1
    assert (found[0].start, found[0].end) == (0, len(wrong))
    assert not (found[0].verdict.kind == "id" and found[0].verdict.valid)


@given(id_numbers())
def test_the_masked_form_shows_neither_birth_nor_order(number: str) -> None:
    """Seven characters of eighteen are shown."""
    masked = mask("id", number)
    assert len(masked) == len(number)
    assert masked[3:14] == "*" * 11


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2024-01-01到2025-12-31", []),
        ("我交了15年，每月3500元", []),
        ("办件编号1261 1230 0014到哪了", []),
        ("身份证五三零七九九一九九零零三零七零零一八", ["id"]),
        ("电话一三八零零零零零零零一", ["phone"]),
        ("1 3 8 0 0 0 0 0 0 0 1", ["phone"]),
        ("138-0000-0001", ["phone"]),
        ("卡号6222 0212 3456 7890 128", ["bank"]),
        ("530799199003070018 13800000001", ["id", "phone"]),
        ("11010519491231002x", ["id"]),
        ("12345678901234567890123", ["number"]),
    ],
)
def test_what_is_an_identifier_and_what_is_not(text: str, kinds: list[str]) -> None:
    """Dates, sums and our own numbers stay readable; everything that could be a person's number is kept."""
    assert [found.verdict.kind for found in find_identifiers(text)] == kinds


@pytest.mark.parametrize(
    ("kind", "value", "valid"),
    [
        ("id", "11010519491231002X", True),
        ("id", "440524188001010014", False),  # right by checksum, but nobody born in 1880 comes here
        ("id", "110105194912310021", False),
        ("credit", "91350100M000100Y43", True),
        ("credit", "91350100M000100Y44", False),
        ("credit", "12530799MB00T00258", True),
        ("phone", "12800000001", False),
    ],
)
def test_published_examples(kind: str, value: str, valid: bool) -> None:
    """Examples of the standards themselves (GB 11643, GB 32100)."""
    assert check(kind, value).valid is valid  # type: ignore[arg-type]


@given(st.integers(0, 10**11 - 1), st.integers(0, 10), st.integers(1, 9))
def test_our_numbers_notice_a_misheard_digit(serial: int, place: int, by: int) -> None:
    """ISO 7064 MOD 11,10: one wrong digit never gives another valid number."""
    body = f"1{serial:011d}"[:11]
    number = body + check_digit(body)
    assert is_number(number)
    wrong = number[: place + 1] + str((int(number[place + 1]) + by) % 10) + number[place + 2 :]
    assert not is_number(wrong)


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
    monkeypatch.setattr(privacy, "RESEALED_AT_ONCE", 1)
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
    """Settings with the address the test's backend really has."""
    port = hall.server.port
    assert port is not None
    return dataclasses.replace(hall.settings, port=port)
