"""Allowances counted in a window that slides, by whom a request counts for; whatever the headers hold."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st
from limits.aio.storage import RedisStorage, memory
from limits.errors import StorageError
from pydantic import ValidationError

from backend.limiting import counting
from backend.limiting.counting import RateLimiter, RateLimits
from backend.platform.errors import TooOftenError
from backend.platform.identity import NOBODY, SYSTEM, Principal
from backend.platform.rate_limits import RequestLimits, network_of

START = 1_795_830_600.0
"""Begins a window."""


class Standing:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = START

    def time(self) -> float:
        """Seconds since 1970."""
        return self.at


@pytest.fixture
def clock() -> Iterator[Standing]:
    """The clock of what counts."""
    standing = Standing()
    with pytest.MonkeyPatch.context() as patch:
        for module in (memory, counting):
            patch.setattr(module, "time", SimpleNamespace(time=standing.time, monotonic=standing.time))
        yield standing


async def let_in(counts: RateLimiter, tries: int, key: str = "c") -> int:
    """How many messages of so many."""
    return [await counts.hit("message", key) for _ in range(tries)].count(0)


def test_what_anybody_may_ask_in_a_minute() -> None:
    """Written out: a changed allowance is a decision."""
    assert RateLimits().model_dump() == {
        "address": 1200, "session": 600, "service": 60_000, "sign_in": 30, "new_conversation": 60, "message": 60,
        "code": 10, "listen": 120, "read_aloud": 60,
    }  # fmt: skip
    assert (counting.WINDOW, counting.REDIS_SECONDS, counting.AWAY_SECONDS) == (60, 0.5, 5.0)
    with pytest.raises(ValidationError):
        RateLimits(message=-1)


@pytest.mark.parametrize(
    ("seconds", "let_in_again"), [(0, 0), (59.9, 0), (60.5, 1), (66.1, 2), (90, 5), (113, 9), (119, 10), (600, 10)]
)
async def test_what_was_counted_slides_out_of_the_window(clock: Standing, seconds: float, let_in_again: int) -> None:
    """Ten at the start: half a window later half of them count, whole ones only; a counter that is stale counts nothing."""
    counts = RateLimiter(RateLimits(message=10))
    assert await let_in(counts, 12) == 10
    clock.at = START + seconds
    assert await let_in(counts, 20) == let_in_again


@pytest.mark.parametrize(("after", "wait"), [(0, 61), (30, 31), (59, 2)])
async def test_the_wait_that_is_told_is_long_enough_and_no_longer(clock: Standing, after: float, wait: int) -> None:
    """Of ten at once the first slides out as the next window begins."""
    counts = RateLimiter(RateLimits(message=10))
    assert await let_in(counts, 10) == 10
    clock.at = START + after
    told = await counts.hit("message", "c")
    assert told == wait
    clock.at += told - 2
    assert await counts.hit("message", "c") > 0
    clock.at += 2
    assert await counts.hit("message", "c") == 0


async def test_the_wait_in_the_next_window_is_until_one_more_has_slid_out(clock: Standing) -> None:
    """What the earlier window still counts for is told as seconds."""
    counts = RateLimiter(RateLimits(message=10))
    assert await let_in(counts, 10) == 10
    clock.at = START + 61
    assert await counts.hit("message", "c") == 0
    assert await counts.hit("message", "c") == 6
    clock.at = START + 65
    assert await counts.hit("message", "c") == 2
    clock.at = START + 65.5
    assert await counts.hit("message", "c") == 1
    clock.at = START + 67
    assert await counts.hit("message", "c") == 0


async def test_what_is_refused_is_not_counted(clock: Standing) -> None:
    """Whoever goes on knocking does not wait longer for it."""
    counts = RateLimiter(RateLimits(message=2))
    assert await let_in(counts, 100) == 2
    clock.at = START + 62
    assert await let_in(counts, 100) == 1


async def test_each_limit_and_each_key_counts_for_itself(clock: Standing) -> None:
    """Zero is no limit."""
    counts = RateLimiter(RateLimits(message=1, code=1, listen=0))
    assert [await counts.hit("message", key) for key in ("a", "b", "a")][:2] == [0, 0]
    assert await counts.hit("message", "a") > 0
    assert await counts.hit("code", "a") == 0
    assert [await counts.hit("listen", "a") for _ in range(500)] == [0] * 500


class Away:
    """Stands for a Redis that cannot be reached, and counts how often it was tried."""

    def __init__(self) -> None:
        self.tried = 0

    async def acquire_sliding_window_entry(self, *_: object) -> bool:
        """As the library fails."""
        self.tried += 1
        raise StorageError(OSError("away"))


async def test_a_redis_that_is_away_is_left_alone_for_five_seconds(clock: Standing) -> None:
    """Meanwhile the process counts for itself, and nobody waits for it."""
    counts, away = RateLimiter(RateLimits(message=3)), Away()
    counts._redis = cast("RedisStorage", away)
    assert await let_in(counts, 5) == 3
    assert away.tried == 1
    clock.at += 4.9
    assert await counts.hit("message", "d") == 0
    assert away.tried == 1
    clock.at += 0.2
    assert await counts.hit("message", "d") == 0
    assert away.tried == 2


async def test_what_is_one_too_many_is_refused_with_the_seconds_to_wait(clock: Standing) -> None:
    """The problem names the limit; whoever is within it passes."""
    limits = RequestLimits(RateLimiter(RateLimits(code=1, service=1, session=2)))
    await limits.check("code", "c")
    with pytest.raises(TooOftenError, match=r"limit\.code") as refused:
        await limits.check("code", "c")
    assert refused.value.retry_after == 61
    request = from_peer("198.51.100.7", None)
    await limits.check_request(request, NOBODY, None)
    await limits.check_request(request, SYSTEM, None)
    with pytest.raises(TooOftenError, match=r"limit\.service"):
        await limits.check_request(request, SYSTEM, None)
    clerk = Principal("staff", id="s")
    for _ in range(2):
        await limits.check_request(request, clerk, None)
        await limits.check_request(request, Principal("citizen", id="s"), None)
    with pytest.raises(TooOftenError, match=r"limit\.session"):
        await limits.check_request(request, clerk, None)
    await limits.check_request(request, NOBODY, "code")
    with pytest.raises(TooOftenError, match=r"limit\.code"):
        await limits.check_request(request, NOBODY, "code")


async def test_an_address_is_counted_by_its_network(clock: Standing) -> None:
    """Two of one IPv6 network are one; another is another."""
    limits = RequestLimits(RateLimiter(RateLimits(address=1)))
    await limits.check_address(from_peer("2001:db8:1:2::1", None))
    await limits.check_address(from_peer("2001:db8:1:3::1", None))
    with pytest.raises(TooOftenError, match=r"limit\.address"):
        await limits.check_address(from_peer("2001:db8:1:2::2", None))


PROXY, VISITOR, OTHER = "192.0.2.100", "198.51.100.7", "198.51.100.8"


def from_peer(peer: str, forwarded: str | None) -> web.Request:
    """A request as the socket gives it."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = make_mocked_request("GET", "/health", headers=headers)
    return cast("web.Request", request.clone(remote=peer))


def address(peer: str, forwarded: str | None, *proxies: str) -> str:
    """For whom it counts."""
    return RequestLimits(RateLimiter(RateLimits()), frozenset(proxies)).address(from_peer(peer, forwarded))


@pytest.mark.parametrize(
    ("peer", "forwarded", "whose"),
    [
        (PROXY, VISITOR, VISITOR),
        (PROXY, f"{OTHER}, {VISITOR}", VISITOR),  # only what our proxy added itself is believed
        (PROXY, f"{OTHER},{PROXY}", OTHER),
        (PROXY, f" {VISITOR} ", VISITOR),
        (PROXY, None, PROXY),
        (PROXY, "", PROXY),
        (PROXY, ",", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, "x" * 4000, PROXY),
        (PROXY, f"{VISITOR}, unknown", PROXY),
        (PROXY, f"{VISITOR}:443", PROXY),
        (PROXY, "999.1.1.1", PROXY),
        (PROXY, "2001:db8::1", "2001:db8::1"),
        (VISITOR, OTHER, VISITOR),
        (VISITOR, PROXY, VISITOR),
    ],
)
def test_whose_request_it_is(peer: str, forwarded: str | None, whose: str) -> None:
    """Our own proxy is believed, nobody else; junk opens no counter of its own."""
    assert address(peer, forwarded, PROXY) == whose


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=60))
def test_junk_in_the_header_of_a_stranger_changes_nothing(junk: str) -> None:
    """Whatever it is."""
    assert address(VISITOR, junk, PROXY) == VISITOR
    assert address(VISITOR, junk) == VISITOR


def test_a_proxy_that_nobody_named_is_told_once() -> None:
    """All who come by it count as one address; anybody can send the header, so the log is not filled."""
    limits = RequestLimits(RateLimiter(RateLimits()))
    assert limits.address(from_peer(VISITOR, None)) == VISITOR
    assert not limits.warned
    assert limits.address(from_peer(VISITOR, OTHER)) == VISITOR
    assert limits.warned
    named = RequestLimits(RateLimiter(RateLimits()), frozenset({PROXY}))
    named.address(from_peer(VISITOR, OTHER))
    assert not named.warned


@pytest.mark.parametrize(
    ("written", "counts_as"),
    [
        (VISITOR, VISITOR),
        ("::ffff:198.51.100.7", VISITOR),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_what_counts_as_one_address(written: str, counts_as: str) -> None:
    """Of IPv6 a network of 64 bits (RFC 6177)."""
    assert network_of(written) == counts_as
