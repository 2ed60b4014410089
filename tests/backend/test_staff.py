"""Staff accounts: the second step, sessions, passwords."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from backend.hall.accounts.passwords import COST
from backend.hall.accounts.second_step import ISSUER, matching_step
from tests.conftest import Browser, Hall

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_published_codes(seconds: int, code: str) -> None:
    """RFC 6238, appendix B."""
    at = datetime.fromtimestamp(seconds, UTC)
    assert pyotp.TOTP(RFC_SECRET, digits=8).at(at) == code
    assert matching_step(RFC_SECRET, code[-6:], at, used=0) == seconds // 30


def test_a_code_holds_for_a_minute_and_once() -> None:
    """One step of drift is tolerated; a used code and older ones are not taken again."""
    at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    step, phone = int(at.timestamp()) // 30, pyotp.TOTP(RFC_SECRET)
    for drift in (-1, 0, 1):
        assert matching_step(RFC_SECRET, phone.at(at, counter_offset=drift), at, used=0) == step + drift
        assert matching_step(RFC_SECRET, phone.at(at, counter_offset=drift), at, used=step + drift) is None
    for drift in (-2, 2):
        assert matching_step(RFC_SECRET, phone.at(at, counter_offset=drift), at, used=0) is None


@pytest.mark.parametrize("code", ["", "287082x", "abcdef", "\u00b2" * 6, "0" * 5000, "28 70 82"])
def test_what_is_no_code_opens_nothing(code: str) -> None:
    """And breaks nothing."""
    assert matching_step(RFC_SECRET, code, datetime.fromtimestamp(59, UTC), used=0) is None


def test_apps_read_the_address_as_before() -> None:
    """Issuer and account in the label, nothing that an app could stumble over: SHA-1, six digits, 30 seconds are the default."""
    told = pyotp.TOTP(RFC_SECRET, name="he.lihua", issuer=ISSUER).provisioning_uri()
    assert told == f"otpauth://totp/%E5%AF%BC%E5%8A%9E:he.lihua?secret={RFC_SECRET}&issuer=%E5%AF%BC%E5%8A%9E"


def test_a_hash_costs_a_thief_what_is_recommended() -> None:
    """RFC 9106, section 4, second recommended option: argon2id, 64 MiB, three passes. Other tests hash cheaply."""
    assert COST == RFC_9106_LOW_MEMORY
    made = PasswordHasher.from_parameters(COST).hash("correct horse")
    assert made.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert extract_parameters(made) == RFC_9106_LOW_MEMORY


def code(hall: Hall, secret: str) -> str:
    """What the phone shows now."""
    return pyotp.TOTP(secret).at(hall.clock.now())


async def with_second_step(hall: Hall, clerk: Browser) -> str:
    """Set it up; returns the secret."""
    status, made = await clerk.post("/staff/second-step", {"password": clerk.credentials["password"]})
    assert status == 200, made
    assert made["address"].startswith("otpauth://totp/")
    status, answer = await clerk.post("/staff/second-step/confirm", {"code": code(hall, made["secret"])})
    assert (status, answer["second_step"]) == (200, True)
    hall.clock.move(timedelta(seconds=30))
    secret: str = made["secret"]
    return secret


async def signing_in(clerk: Browser, **given: str) -> tuple[int, Any]:
    """Try to sign in."""
    status, answer = await clerk.post("/staff/session", {**clerk.credentials, **given})
    return status, answer.get("type", "").rpartition(":")[2]


@pytest.mark.both_databases
async def test_with_a_second_step_the_password_alone_does_not_open(hall: Hall) -> None:
    """The code is asked for after the right password only, and works once."""
    async with hall.staff() as clerk:
        secret = await with_second_step(hall, clerk)
        assert await signing_in(clerk) == (401, "identity.code_required")
        assert await signing_in(clerk, password="wrong") == (401, "identity.wrong_password")
        assert await signing_in(clerk, code="000000") == (401, "identity.wrong_code")
        now = code(hall, secret)
        assert (await signing_in(clerk, code=now))[0] == 200
        assert await signing_in(clerk, code=now) == (401, "identity.wrong_code")


async def test_codes_cannot_be_tried_out(hall: Hall) -> None:
    """Wrong codes lock like wrong passwords."""
    async with hall.staff() as clerk:
        await with_second_step(hall, clerk)
        tried = [(await signing_in(clerk, code=f"{n:06d}"))[1] for n in range(6)]
    assert tried == ["identity.wrong_code"] * 5 + ["identity.locked"]


async def test_a_second_step_that_was_never_confirmed_is_not_asked_for(hall: Hall) -> None:
    """Nobody is locked out by a scan that failed; a wrong password sets nothing up."""
    async with hall.staff() as clerk:
        status, problem = await clerk.post("/staff/second-step", {"password": "wrong"})
        assert (status, problem["field"]) == (422, "password")
        await clerk.post("/staff/second-step", {"password": clerk.credentials["password"]})
        assert (await clerk.post("/staff/second-step/confirm", {"code": "000000"}))[0] == 401
        assert (await signing_in(clerk))[0] == 200


async def test_the_secret_lies_in_the_vault_only(hall: Hall) -> None:
    """Neither in the database nor in a log."""
    async with hall.staff() as clerk:
        secret = await with_second_step(hall, clerk)
    await hall.server.close()
    written = b"".join(path.read_bytes() for path in hall.settings.data.rglob("*") if path.is_file())
    assert secret.encode() not in written


async def test_a_changed_password_ends_the_other_sessions(hall: Hall) -> None:
    """ASVS: whoever knew the old one is out; the browser that changed it stays."""
    async with hall.staff() as clerk, hall.browser() as elsewhere:
        elsewhere.credentials = clerk.credentials
        await elsewhere.sign_in()
        new = {"current": clerk.credentials["password"], "new": "long enough to keep"}
        for guessed in (f"{clerk.credentials['username']}-2026-11-28", "password1234", "lijiangrenshe"):
            status, problem = await clerk.post("/staff/password", {**new, "new": guessed})
            assert (status, problem["title"], problem["field"]) == (422, "密码容易猜到", "new")
        assert (await elsewhere.get("/staff/me"))[0] == 200
        assert (await clerk.post("/staff/password", new))[0] == 200
        assert (await clerk.get("/staff/me"))[0] == 200
        assert (await elsewhere.get("/staff/me"))[0] == 401


@pytest.mark.both_databases
async def test_one_sees_and_ends_one_s_own_sessions(hall: Hall) -> None:
    """A forgotten sign-in elsewhere is ended from here; others' sessions are nobody's business."""
    async with hall.staff() as clerk, hall.browser() as elsewhere, hall.staff() as colleague:
        elsewhere.credentials = clerk.credentials
        hall.clock.move(timedelta(minutes=1))
        await elsewhere.sign_in()
        _, found = await clerk.get("/staff/sessions")
        assert [session["current"] for session in found["sessions"]] == [False, True]
        forgotten = found["sessions"][0]["id"]
        assert (await colleague.send("DELETE", f"/staff/sessions/{forgotten}"))[0] == 404
        assert (await clerk.send("DELETE", f"/staff/sessions/{forgotten}"))[0] == 204
        assert (await elsewhere.get("/staff/me"))[0] == 401
        assert (await clerk.get("/staff/me"))[0] == 200


async def test_whoever_lost_phone_and_password_gets_a_new_first_password(hall: Hall) -> None:
    """``./daoban staff reset NAME``: the operator's job; everything old is worthless."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.staff() as clerk:
        await with_second_step(hall, clerk)
        name = clerk.credentials["username"]
        status, made = await clerk.post("/staff/reset", {"username": name}, Authorization=f"Bearer {token}")
        assert (status, made["account"]["second_step"]) == (200, False)
        assert (await clerk.get("/staff/me"))[0] == 401
        assert await signing_in(clerk) == (401, "identity.wrong_password")
        clerk.credentials = {"username": name, "password": made["first_password"]}
        await clerk.sign_in()
        assert (await clerk.get("/staff/me"))[1]["must_change_password"]
