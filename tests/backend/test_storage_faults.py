"""A full disk, a busy or damaged database, a clock that went back: reading goes on, writing is refused in Chinese, the operator sees it."""

from __future__ import annotations

import asyncio
import io
import sqlite3
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import func, select
from yarl import URL

from backend.app import create_app
from backend.hall.accounts.models import StaffSession
from backend.operate.disk_watch import DiskWatch
from backend.operate.preparing import prepare_database
from backend.platform import background, database
from backend.platform.clock import SetClock
from backend.platform.database import SecondBackendError
from backend.platform.http import DATABASE
from backend.platform.storage_problems import storage_problem
from backend.process.locks import ProcessLock
from backend.process.refusals import StartRefusedError
from backend.settings import Settings
from backend.telemetry.logs import MAX_LINE_LENGTH
from backend.telemetry.metrics import METRICS
from tests.conftest import MONDAY_MORNING, Hall, running_hall


async def metrics(hall: Hall) -> str:
    """What the operator's Prometheus reads."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.browser() as browser:
        return str((await browser.get("/metrics", Authorization=f"Bearer {token}"))[1])


async def ticket(hall: Hall, **headers: str) -> tuple[int, Any, str]:
    """Open a conversation as the page does: a write."""
    async with (
        hall.browser() as browser,
        browser.session.post(f"{hall.base}/socket-tickets", headers={"Origin": hall.base, **headers}) as answer,
    ):
        return answer.status, await answer.json(content_type=None), answer.headers.get("Retry-After", "")


class FullDisk(io.TextIOBase):
    """A stderr that cannot be written."""

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


async def test_on_a_full_disk_pages_are_read_and_writes_are_refused_in_chinese(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite may not grow its file, the log cannot be written: nobody gets an English page."""
    await ticket(hall)
    engine = hall.server.app[DATABASE].engine
    async with engine.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar()
    await engine.dispose()
    monkeypatch.setattr(database, "PRAGMAS", (*database.PRAGMAS, f"max_page_count={pages}"))  # SQLITE_FULL above it
    monkeypatch.setattr(sys, "stderr", FullDisk())
    refused = await filled_up(hall)
    assert refused["title"] == "暂时存不进去"
    assert "没有做成" in refused["detail"]
    async with hall.browser() as browser:
        for address in ("/", "/items", "/health", "/static/shell/base.css"):
            assert (await browser.get(address, Accept="text/html"))[0] in (200, 404)
        assert (await browser.get("/"))[0] == 200
    told = await metrics(hall)
    assert 'daoban_storage_faults_total{fault="disk_full"}' in told
    assert "daoban_disk_free_bytes" in told


async def test_where_nothing_can_be_written_a_case_says_why_it_cannot_be_read_and_signing_out_signs_out(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading is recorded first, so it cannot be; the cookie leaves the browser and opens nothing, also for whoever kept a copy."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk, hall.browser() as copied:
        copied.session.cookie_jar.update_cookies(
            clerk.session.cookie_jar.filter_cookies(URL(hall.base)), URL(hall.base)
        )
        with monkeypatch.context() as patched:
            patched.setattr(database, "PRAGMAS", (*database.PRAGMAS, "query_only=ON"))
            await hall.server.app[DATABASE].engine.dispose()
            assert "记下谁看过" in str((await clerk.get(f"/cases/{case.id}"))[1])
            assert case.id in str((await clerk.get("/cases?scope=unit"))[1])
            status, problem = await clerk.send("DELETE", "/staff/session")
            assert (status, problem["title"]) == (503, "已经退出")
            assert not clerk.session.cookie_jar.filter_cookies(URL(hall.base))
            assert [(await browser.get("/staff/me"))[0] for browser in (clerk, copied)] == [401, 401]
        await hall.server.app[DATABASE].engine.dispose()
    async with hall.staff() as colleague:
        assert (await colleague.send("DELETE", "/staff/session"))[0] == 204
    async with hall.server.app[DATABASE].read() as session:
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 0


@pytest.mark.parametrize("code", ["SQLITE_FULL", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_CORRUPT"])
def test_whoever_reads_is_told_that_the_reading_could_not_be_recorded(code: str) -> None:
    """On a full disk and a read-only one; a busy or damaged database is told as such."""
    error = sqlite3.OperationalError()
    error.sqlite_errorcode = getattr(sqlite3, code)
    reading, changing = storage_problem(error, reading=True), storage_problem(error)
    assert reading is not None
    assert changing is not None
    unrecorded = reading[1].name == "server.unrecorded"
    assert unrecorded is (code in {"SQLITE_FULL", "SQLITE_READONLY"})
    assert unrecorded or reading[1].name == changing[1].name
    assert changing[1].name != "server.unrecorded"


async def filled_up(hall: Hall) -> dict[str, Any]:
    """Write until it does not fit; the refusal."""
    for _ in range(400):
        status, answer, again = await ticket(hall)
        if status >= 400:
            assert (status, again) == (503, "60")
            return dict(answer)
    raise AssertionError("never full")


async def test_a_database_that_somebody_else_holds_is_503_with_when_to_try_again(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long transaction of another program; whoever waits behind the first one that waits is told too."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 300)
    monkeypatch.setattr(database, "MAX_WAIT_SECONDS", 0.1)
    await hall.server.app[DATABASE].engine.dispose()
    holder = sqlite3.connect(hall.settings.data / "daoban.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    answers = await asyncio.gather(*(ticket(hall) for _ in range(3)))
    async with hall.browser() as browser:
        assert (await browser.get("/"))[0] == 200
    holder.rollback()
    holder.close()
    assert {(status, again) for status, _, again in answers} == {(503, "5")}
    assert all("请5秒后再试" in problem["detail"] for _, problem, _ in answers)
    assert (await ticket(hall))[0] == 201


def test_a_log_line_is_never_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The traceback of a recursion, a list of a million: its beginning and its end tell enough."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    structlog.get_logger("x").error("request.failed", exception="a" * 200_000 + "what was raised", more=["b"] * 100_000)
    assert len(written.getvalue()) <= MAX_LINE_LENGTH + 1
    assert "what was raised" in written.getvalue()


def damaged(path: Path) -> None:
    """Overwrite a page in the middle."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)


def test_a_damaged_page_is_noticed_before_the_start(settings: Settings) -> None:
    """And nothing is changed."""
    file = settings.data / "daoban.db"
    damaged(file)
    before = file.read_bytes()
    with pytest.raises(StartRefusedError, match="数据库文件坏了"):
        prepare_database(settings)
    assert file.read_bytes() == before


def test_a_database_of_a_newer_version_is_refused(settings: Settings) -> None:
    """Programs are put back sometimes."""
    with sqlite3.connect(settings.data / "daoban.db") as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StartRefusedError, match="更新的版本"):
        prepare_database(settings)


def test_nothing_is_migrated_under_a_running_backend(settings: Settings) -> None:
    """The lock comes first; the refusal says where the other one is."""
    lock = ProcessLock(settings.data / "daoban.db.lock")
    lock.take("http://127.0.0.1:8700")
    with sqlite3.connect(settings.data / "daoban.db") as store:
        store.execute("UPDATE alembic_version SET version_num = '0001'")
    store.close()
    with pytest.raises(SecondBackendError, match=r"http://127\.0\.0\.1:8700"):
        prepare_database(settings)
    lock.give_back()


async def test_a_clock_that_went_back_is_told_at_the_start_and_on_the_metrics(settings: Settings) -> None:
    """Items would vanish and time limits be wrong without a word."""
    late = SetClock(MONDAY_MORNING + timedelta(days=2))
    async with running_hall(settings, late) as hall:
        await ticket(hall)
        assert "daoban_clock_behind_seconds 0.0" in await metrics(hall)
    told = await asyncio.to_thread(prepare_database, settings, SetClock(MONDAY_MORNING))
    assert [line for line in told if "早2天" in line]
    async with running_hall(settings, SetClock(MONDAY_MORNING)) as hall:
        assert "daoban_clock_behind_seconds 172800.0" in await metrics(hall)


def test_the_operator_is_told_once_that_the_disk_fills_and_once_that_it_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the terminal of ``./daoban up``."""
    watch = DiskWatch(tmp_path / "logs")
    free = [10 * 2**30, 400 * 2**20, 300 * 2**20, 2**20, 2**20, 2 * 2**30, 2 * 2**30]
    left = iter(free)
    monkeypatch.setattr(DiskWatch, "_free", lambda _watch: next(left))
    told = [watch.look() for _ in free]
    assert [line[:5] for line in told] == ["", "磁盘快满了", "", "磁盘满了：", "", "磁盘有空间", ""]


async def test_work_beside_the_requests_that_fails_is_counted_and_begun_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calendar's, the night's: their failures are on /metrics."""
    monkeypatch.setattr(background, "BEGUN_AGAIN_SECONDS", 0)
    tries: list[int] = []

    async def some_work(_app: object) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError

    app = create_app(settings)
    await background.keep_running(app, some_work)
    assert len(tries) == 3
    text = app[METRICS].exposition().text
    assert text is not None
    assert 'daoban_background_failures_total{work="some_work"} 2.0' in text


async def test_every_feature_s_work_stands_on_the_metrics_before_it_fails(hall: Hall) -> None:
    """So that an alarm can be written."""
    told = await metrics(hall)
    for work in ("keep_to_the_calendar", "every_night"):
        assert f'daoban_background_failures_total{{work="{work}"}} 0.0' in told


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("/static/shell/", "没有找到这个地址"),
        ("/static/shell/none.js", "没有找到这个地址"),
        ("/static/shell/%00", "没有找到这个地址"),
        ("/static/shell/" + "a" * 300, "没有找到这个地址"),
        ("/static/shell/%2e%2e/rendering.py", "没有找到这个地址"),
        ("/static/../daoban.db", "没有找到这个地址"),
        ("/events/stream", "不能直接打开"),
    ],
)
async def test_what_the_library_refuses_is_told_in_chinese(hall: Hall, address: str, detail: str) -> None:
    """A folder, a file that is not there, a socket's address opened as a page; for people and for programs."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.browser() as browser:
        for accept in ("text/html", "application/json"):
            status, said = await browser.get(address, Accept=accept, Authorization=f"Bearer {token}")
            assert status in (400, 404)
            assert detail in (said if isinstance(said, str) else said["detail"])
