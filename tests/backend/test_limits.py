"""The counting of requests: true windows, one's count is not another's, shared by all processes where there is a Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from limits.aio.storage import memory

from backend.limiting import counting
from backend.limiting.counting import WINDOW, RateLimiter, RateLimits
from backend.settings import Settings
from connectors.settings import Settings as ConnectorsSettings
from tests.conftest import Hall, running_hall
from tests.databases import redis
from tests.ports import neighbours

START = 1_795_830_600.0
"""Begins a window."""


class Time:
    """Stands for the module ``time`` where limits are counted: a clock that stands where it is put."""

    def __init__(self) -> None:
        self.at = START

    def time(self) -> float:
        """Seconds since 1970."""
        return self.at

    def monotonic(self) -> float:
        """Seconds."""
        return self.at


@contextmanager
def standing_time() -> Iterator[Time]:
    """The clock of everything that counts."""
    clock = Time()
    with pytest.MonkeyPatch.context() as patch:
        for module in (memory, counting):
            patch.setattr(module, "time", clock)
        yield clock


@pytest.fixture
def standing() -> Iterator[Time]:
    """As above."""
    with standing_time() as clock:
        yield clock


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """A busy machine is no silent Redis."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "REDIS_SECONDS", 20)
        yield


async def let_in(counts: RateLimiter, tries: int, key: str = "c") -> int:
    """How many messages of so many are let in."""
    return [await counts.hit("message", key) for _ in range(tries)].count(0)


@given(st.lists(st.floats(0, 20), min_size=1, max_size=120), st.integers(1, 20))
@examples(deadline=None)
async def test_never_more_than_twice_the_limit_in_any_minute_and_the_wait_is_true(
    gaps: list[float], limit: int
) -> None:
    """Sliding window: whoever waits as long as told is let in, whoever does not is refused."""
    with standing_time() as clock:
        counts, counted = RateLimiter(RateLimits(message=limit)), []
        for gap in gaps:
            clock.at += gap
            wait = await counts.hit("message", "c")
            if wait:
                clock.at += wait
                assert await counts.hit("message", "c") == 0
            counted.append(clock.at)
            assert sum(clock.at - at < WINDOW for at in counted) <= 2 * limit


async def test_exactly_the_limit_is_let_in_and_slides_out(standing: Time) -> None:
    """Five, not six; after half of the next window half of them count; after two windows none."""
    counts = RateLimiter(RateLimits(message=5))
    assert await let_in(counts, 8) == 5
    standing.at = START + WINDOW + WINDOW / 2
    assert await let_in(counts, 8) == 3
    standing.at = START + 3 * WINDOW
    assert await let_in(counts, 8) == 5


async def test_one_does_not_use_up_what_is_another_s(standing: Time) -> None:
    """By key, and by the name of the limit."""
    counts = RateLimiter(RateLimits(message=1, code=1))
    assert await counts.hit("message", "mine") == 0
    assert await counts.hit("message", "yours") == 0
    assert await counts.hit("code", "mine") == 0
    assert 1 <= await counts.hit("message", "mine") <= 2 * WINDOW


async def test_zero_is_no_limit_and_settings_are_read() -> None:
    """``DAOBAN_LIMIT_MESSAGE=0``."""
    settings = Settings.from_environment(
        {"DAOBAN_LIMIT_MESSAGE": "0", "DAOBAN_LIMIT_ADDRESS": "7", "DAOBAN_REDIS_URL": "redis://cache:6379/1"}
    )
    assert (settings.limits.message, settings.limits.address, settings.limits.session) == (0, 7, RateLimits().session)
    assert settings.redis_url == "redis://cache:6379/1"
    assert await let_in(RateLimiter(RateLimits(message=0)), 1000) == 1000


async def test_counters_that_no_longer_count_are_dropped(standing: Time) -> None:
    """Whoever comes once is not remembered: two windows later nothing of them is left."""
    counts = RateLimiter(RateLimits())
    for number in range(300):
        await counts.hit("address", f"192.0.2.{number}")
    standing.at += 2 * WINDOW + 1
    await counts.hit("address", "198.51.100.1")
    await asyncio.sleep(0)
    kept = counts._own.expirations  # what lies in memory is what is asked
    assert len(kept) == 1


async def test_a_changed_limit_counts_what_was_before(standing: Time) -> None:
    """Lowered because of a flood, it stops the flood at once; the wait is true for it, too."""
    counts = RateLimiter(RateLimits(message=60))
    assert await let_in(counts, 40) == 40
    counts.limits = RateLimits(message=10)
    wait = await counts.hit("message", "c")
    standing.at += wait - 1
    assert await counts.hit("message", "c") > 0
    standing.at += 1
    assert await counts.hit("message", "c") == 0


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    """A real Redis."""
    with redis(neighbours(1)) as url:
        yield url


async def test_processes_with_one_redis_count_together(redis_url: str) -> None:
    """Two backends, or two connectors: a citizen gets the limit once, and each tells how long to wait."""
    first, second = (RateLimiter(RateLimits(message=5, code=5), redis_url) for _ in range(2))
    with structlog.testing.capture_logs() as logs:
        assert await let_in(first, 3, "shared") + await let_in(second, 3, "shared") == 5
        assert 1 <= await first.hit("message", "shared") <= WINDOW + 1
        assert await second.hit("message", "other") == 0
        assert await second.hit("code", "shared") == 0
    assert logs == []
    first.close()
    second.close()


async def test_many_at_once_on_one_redis_are_counted_exactly(redis_url: str) -> None:
    """No two take the last place."""
    both = [RateLimiter(RateLimits(message=30), redis_url) for _ in range(2)]
    waits = await asyncio.gather(*(counts.hit("message", "at once") for counts in both for _ in range(40)))
    assert waits.count(0) == 30
    for counts in both:
        counts.close()


async def test_without_its_redis_a_process_counts_for_itself_and_says_so_once() -> None:
    """Nobody is refused because Redis is away; a flood still is; Redis is used again when it is back."""
    port = neighbours(1)
    counts = RateLimiter(RateLimits(message=5), f"redis://127.0.0.1:{port}/0")
    with structlog.testing.capture_logs() as logs:
        assert await let_in(counts, 8) == 5
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("limits.redis_away", "warning")]
    with redis(port) as url:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(counting, "AWAY_SECONDS", 0)
            counts._away_until = 0
            assert await let_in(counts, 8) == 5, "counted on Redis, anew"
        other = RateLimiter(RateLimits(message=5), url)
        assert await let_in(other, 1) == 0
        counts.close()
        other.close()


async def test_a_redis_that_does_not_answer_delays_one_request_by_half_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes the connection and is silent: the next requests do not even try."""
    held: list[asyncio.StreamWriter] = []

    async def silent(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)

    monkeypatch.setattr(counting, "REDIS_SECONDS", 0.05)
    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    counts = RateLimiter(RateLimits(message=5), f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
    assert await let_in(counts, 8) == 5
    assert len(held) == 1
    counts.close()
    for writer in held:
        writer.close()
    server.close()


async def test_two_backends_share_what_an_address_may_ask(hall: Hall, settings: Settings, redis_url: str) -> None:
    """``DAOBAN_REDIS_URL`` is all it takes; without Redis the pages are served."""
    shared = settings.model_copy(update={"redis_url": redis_url, "limits": RateLimits(address=4)})
    away = settings.model_copy(update={"redis_url": f"redis://127.0.0.1:{neighbours(1)}/0"})
    await hall.server.close()
    async with running_hall(shared, hall.clock) as one, one.browser() as browser:
        assert [(await browser.get("/health"))[0] for _ in range(3)] == [200] * 3
    async with running_hall(shared, hall.clock) as other, other.browser() as browser:
        assert [(await browser.get("/health"))[0] for _ in range(3)] == [200, 429, 429]
    async with running_hall(away, hall.clock) as alone, alone.browser() as browser:
        assert (await browser.get("/health"))[0] == 200


def test_connectors_are_told_of_the_same_redis(tmp_path: Path) -> None:
    """By the same variable."""
    (tmp_path / "secrets").mkdir()
    for name in ("connectors", "operations"):
        (tmp_path / "secrets" / f"{name}.token").write_text("t")
    told = {"DAOBAN_DATA": str(tmp_path), "DAOBAN_REDIS_URL": "redis://cache:6379/1", "DAOBAN_LIMIT_LISTEN": "9"}
    read = ConnectorsSettings.from_environment(told)
    assert (read.redis_url, read.limits.listen) == ("redis://cache:6379/1", 9)
