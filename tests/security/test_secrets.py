"""Passwords and codes: none can be tried out, nobody is locked out by somebody else, no flood of sign-ins holds up the work."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest

from backend.features import FEATURES
from backend.hall.accounts import attempts, passwords
from backend.hall.accounts.passwords import MAX_WAITING, WORKERS, Passwords
from backend.hall.accounts.service import STAFF
from backend.limiting.counting import RateLimits
from backend.platform.bodies import takes_secret
from backend.platform.http import Route
from backend.platform.permissions import Role
from backend.platform.rate_limits import LIMITER, network_of
from tests.conftest import Browser, Hall

ROUTES = [route for feature in FEATURES for route in feature.operations if route.body is not None]
TAKING_SECRETS = {
    "POST /staff/session",
    "POST /staff/password",
    "POST /staff/second-step",
    "POST /staff/second-step/confirm",
    "POST /staff/second-step/off",
    "POST /conversations/{id}/verification/check",
}
SOUNDS_SECRET = re.compile(r"passw|code$|secret|^pin$|current|^new$|otp")
NONE = RateLimits(**dict.fromkeys(RateLimits.model_fields, 0))
ELSEWHERE = {"X-Forwarded-For": "192.0.2.7"}


def name_of(route: Route) -> str:
    """Method and path."""
    return f"{route.method} {route.path}"


def unlimited(hall: Hall, **limits: int) -> None:
    """No limits but these, and X-Forwarded-For believed."""
    hall.server.app[LIMITER].counts.limits = NONE.model_copy(update=limits)
    hall.server.app[LIMITER].proxies = frozenset({"127.0.0.1"})


async def sign_in(browser: Browser, username: str, password: str, **headers: str) -> tuple[int, str]:
    """Status and sentence of one try."""
    status, answer = await browser.post("/staff/session", {"username": username, "password": password}, **headers)
    return status, str(answer.get("detail", ""))


def test_every_route_that_takes_a_secret_is_known_and_limited() -> None:
    """A field that sounds like a secret is marked as one; a marked one is limited, whoever wrote the route."""
    for route in ROUTES:
        assert route.body is not None
        sounding = [name for name in route.body.model_fields if SOUNDS_SECRET.search(name)]
        assert bool(sounding) == takes_secret(route.body), (name_of(route), sounding)
    secret = [route for route in ROUTES if takes_secret(route.body)]
    assert {name_of(route) for route in secret} == TAKING_SECRETS
    assert {name_of(route): route.limited_by for route in secret if route.limited_by not in {"sign_in", "code"}} == {}


SENT: dict[str, Any] = {
    "POST /staff/session": {"username": "somebody", "password": "wrong"},
    "POST /staff/password": {"current": "wrong", "new": "long enough to keep"},
    "POST /staff/second-step": {"password": "wrong"},
    "POST /staff/second-step/confirm": {"code": "000000"},
    "POST /staff/second-step/off": {"password": "wrong"},
    "POST /conversations/{id}/verification/check": {"code": "000000"},
}


@pytest.mark.parametrize("operation", sorted(TAKING_SECRETS))
async def test_each_of_them_answers_only_so_often(hall: Hall, operation: str) -> None:
    """Whatever the answers are, after three of them a minute has to pass."""
    conversation = await hall.conversation()
    path = operation.removeprefix("POST ").replace("{id}", conversation)
    token = (hall.settings.secrets / "assistant.token").read_text()
    acting = {"Authorization": f"Bearer {token}", "Daoban-Conversation": conversation} if "conv" in path else {}
    async with hall.staff() as clerk:
        unlimited(hall, sign_in=4, code=3)  # the clerk has signed in once
        answers = [await clerk.post(path, SENT[operation], **acting) for _ in range(4)]
    assert [status for status, _ in answers[:3]].count(429) == 0
    assert answers[3][0] == 429
    assert answers[3][1]["type"].startswith("urn:daoban:problem:limit.")
    assert all(answer["trace"] for _, answer in answers), "each finds its log line"


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/staff/password", {"current": "wrong", "new": "long enough to keep"}),
        ("/staff/second-step", {"password": "wrong"}),
        ("/staff/second-step/off", {"password": "wrong"}),
        ("/staff/session", {"password": "wrong"}),
    ],
)
@pytest.mark.both_databases
async def test_forty_wrong_passwords_give_five_answers(hall: Hall, path: str, wrong: dict[str, str]) -> None:
    """A browser left signed in is no place to try passwords: then even the right one has to wait."""
    async with hall.staff() as clerk:
        unlimited(hall)
        body = {"username": clerk.credentials["username"], **wrong} if path == "/staff/session" else wrong
        answers = [(await clerk.post(path, body))[1]["type"].rpartition(":")[2] for _ in range(40)]
        assert answers[:5].count("identity.locked") == 0
        assert answers[5:] == ["identity.locked"] * 35
        right = {"current": clerk.credentials["password"], "new": "long enough to keep"}
        assert (await clerk.post("/staff/password", right))[0] == 429
        hall.clock.move(timedelta(minutes=2))
        assert (await clerk.post("/staff/password", right))[0] == 200


async def test_tries_at_the_same_time_are_counted_one_by_one(hall: Hall) -> None:
    """Twenty at once learn no more than twenty in a row; nor does the right one among them."""
    async with hall.staff() as clerk:
        unlimited(hall)
        name = clerk.credentials["username"]
        tries = [sign_in(clerk, name, f"wrong {number}") for number in range(20)]
        answers = [status for status, _ in await asyncio.gather(*tries)]
        assert answers.count(401) == attempts.FREE_FAILURES + 1
        assert (await sign_in(clerk, **clerk.credentials))[0] == 429


async def test_a_name_nobody_has_is_answered_like_one_that_somebody_has(hall: Hall) -> None:
    """Wrong password and lock alike: no name is confirmed."""
    async with hall.staff() as clerk, hall.browser() as attacker:
        unlimited(hall)
        known = [await sign_in(attacker, clerk.credentials["username"], "wrong") for _ in range(8)]
        unknown = [await sign_in(attacker, "nobody.here", "wrong") for _ in range(8)]
    assert known == unknown
    assert [status for status, _ in known] == [401] * 5 + [429] * 3


async def test_nobody_locks_a_clerk_out(hall: Hall) -> None:
    """Wrong passwords count for the address they come from; the clerk signs in at the desk as before."""
    async with hall.staff() as clerk, hall.browser() as attacker:
        unlimited(hall)
        name = clerk.credentials["username"]
        assert [(await sign_in(attacker, name, "wrong", **ELSEWHERE))[0] for _ in range(6)] == [401] * 5 + [429]
        assert (await sign_in(attacker, **clerk.credentials, **ELSEWHERE))[0] == 429
        await clerk.sign_in()


async def test_many_addresses_together_guess_no_more_than_a_hundred_times_an_hour(hall: Hall) -> None:
    """ASVS 2.2.1; where the account has signed in before it stays open, and in an hour everywhere."""
    async with hall.staff() as clerk, hall.browser() as attacker:
        unlimited(hall)
        name = clerk.credentials["username"]
        for number in range(attempts.FAILURES_AN_HOUR // 5):
            for _ in range(5):
                await sign_in(attacker, name, "wrong", **{"X-Forwarded-For": f"198.51.100.{number}"})
        assert (await sign_in(attacker, name, "wrong", **ELSEWHERE))[0] == 429
        await clerk.sign_in()
        hall.clock.move(timedelta(hours=1, minutes=1))
        assert (await sign_in(attacker, name, "wrong", **ELSEWHERE))[0] == 401


def test_an_ipv6_customer_counts_once() -> None:
    """Whoever has one address of a /64 has all of them; IPv4 written as IPv6 is IPv4."""
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2:bbbb::9") != network_of("2001:db8:1:3::1")
    assert network_of("::ffff:192.0.2.7") == network_of("192.0.2.7") == "192.0.2.7"
    assert network_of("") == ""


async def test_the_lead_unlocks_whom_they_answer_for(hall: Hall) -> None:
    """Of their own units; others' accounts they do not even see, and a clerk unlocks nobody."""
    async with (
        hall.staff() as clerk,
        hall.staff(Role.UNIT_LEAD) as lead,
        hall.staff(Role.UNIT_LEAD, units=("YL",)) as other,
    ):
        unlimited(hall)
        name = clerk.credentials["username"]
        for _ in range(6):
            await sign_in(clerk, name, "wrong")
        _, locked = await lead.get("/staff/locked")
        assert [one["account"]["username"] for one in locked["accounts"]] == [name]
        assert (await other.get("/staff/locked"))[1]["accounts"] == []
        assert (await other.post("/staff/unlock", {"username": name}))[0] == 404
        assert (await clerk.post("/staff/unlock", {"username": name}))[0] == 403
        assert (await sign_in(clerk, **clerk.credentials))[0] == 429
        assert (await lead.post("/staff/unlock", {"username": name}))[0] == 200
        assert (await lead.get("/staff/locked"))[1]["accounts"] == []
        await clerk.sign_in()


@asynccontextmanager
async def slow_hashing(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[int]]:
    """Passwords whose comparison does not end until this does; yields how many were compared at a time."""
    go_on, under_way, most = threading.Event(), [0], [0]

    def verified(_self: Passwords, _hash: str | None, _password: str) -> bool:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        go_on.wait(60)
        under_way[0] -= 1
        return False

    monkeypatch.setattr(Passwords, "_verified", verified)
    try:
        yield most
    finally:
        go_on.set()


async def test_while_many_sign_in_everybody_else_writes(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is outside of the writer's turn, by few threads, and holds no connection: citizens are answered."""
    async with hall.browser() as attacker:
        unlimited(hall)
        async with slow_hashing(monkeypatch) as most:
            tries = [asyncio.create_task(sign_in(attacker, f"nobody{n}", "wrong")) for n in range(24)]
            conversation = await hall.conversation()
            await hall.say(conversation, "领失业金要带什么")
            await hall.submitted(conversation)
            assert not any(task.done() for task in tries)
        assert [status for status, _ in await asyncio.gather(*tries)] == [401] * 24
        assert most == [WORKERS]


async def test_a_flood_of_sign_ins_is_told_to_wait(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many wait, no more: memory is bounded, and the answer says when."""
    monkeypatch.setattr(passwords, "MAX_WAITING", 2)
    async with hall.browser() as attacker:
        unlimited(hall)
        async with slow_hashing(monkeypatch):
            tries = [asyncio.create_task(sign_in(attacker, f"nobody{n}", "wrong")) for n in range(WORKERS + 2 + 3)]
            refused = [await first for first in islice(asyncio.as_completed(tries), 3)]
        assert {status for status, _ in refused} == {429}
        assert "登录的人多" in refused[0][1]
        assert sorted(status for status, _ in await asyncio.gather(*tries)) == [401] * (WORKERS + 2) + [429] * 3
    assert MAX_WAITING > WORKERS


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("POST", "/staff/session", {}),
        ("POST", "/staff/password", {"current": "x", "new": "long enough to keep"}),
        ("POST", "/staff/second-step", {"password": "x"}),
        ("POST", "/staff/second-step/off", {"password": "x"}),
    ],
)
async def test_while_locked_nothing_is_hashed_and_the_pause_is_told(
    hall: Hall, method: str, path: str, told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock looked at afterwards would cost us a hash for each try; Retry-After says when it ends, as for every limit."""
    async with hall.staff() as clerk:
        for _ in range(5):
            await clerk.post("/staff/session", {**clerk.credentials, "password": "wrong"})

        def hashed(*_told: object) -> None:
            raise AssertionError("hashed while locked")

        monkeypatch.setattr(hall.server.app[STAFF].passwords, "_work", hashed)
        body = told or clerk.credentials
        async with clerk.session.request(method, hall.base + path, json=body, headers={"Origin": hall.base}) as answer:
            problem = await answer.json(content_type=None)
            assert (answer.status, problem["type"]) == (429, "urn:daoban:problem:identity.locked")
            assert "1分钟后" in problem["detail"]
            assert int(answer.headers["Retry-After"]) == 60
