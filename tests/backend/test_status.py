"""The operator sees at a glance what runs, with which model, and how much room is left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from backend.client.voice import VoiceClient
from backend.contracts.voice import VoiceState
from backend.hall.status import service
from backend.hall.status.pages import size_text
from backend.platform.permissions import Role
from backend.process.locks import ProcessLock, training_lock
from backend.settings import Settings
from tests.conftest import Hall, running_hall


@dataclass
class Health:
    """What an assistant says of itself."""

    ready: bool = True

    async def answer(self, _request: web.Request) -> web.Response:
        """As the assistant does."""
        return web.json_response({"ready": self.ready, "model": "daoban-abc.tar.gz", "catalogue_version": 7})


async def test_processes_are_ready_starting_or_away(settings: Settings, hall: Hall) -> None:
    """Each with what it says of itself; whoever does not answer is away, and the page is shown all the same."""
    await hall.server.close()
    said = Health(ready=False)
    app = web.Application()
    app.router.add_get("/health", said.answer)
    async with TestServer(app) as assistant:
        found = settings.model_copy(
            update={"assistant_url": str(assistant.make_url("/")), "connectors_url": "http://127.0.0.1:9"}
        )
        async with (
            running_hall(found, hall.clock) as running,
            running.staff(Role.OPERATOR) as operator,
            running.staff(Role.COUNTER_CLERK) as clerk,
        ):
            _, state = await operator.get("/status")
            assert {one["name"]: one["state"] for one in state["processes"]} == {
                "backend": "ready", "assistant": "starting", "connectors": "away",
            }  # fmt: skip
            assert state["proxy_not_named"] is False
            said.ready = True
            _, state = await operator.get("/status")
            assert state["processes"][1] == {
                "name": "assistant", "state": "ready",
                "details": {"model": "daoban-abc.tar.gz", "catalogue_version": "7"},
            }  # fmt: skip
            await running.connectors.part(VoiceClient).tell(VoiceState(state="ready", sentence="用的是随附的小模型。"))
            status, page = await operator.get("/operator", Accept="text/html")
            assert status == 200
            for part in ("用的是随附的小模型。", "daoban-abc.tar.gz", "连不上", "SQLAlchemy", "daoban.db"):
                assert part in page
            assert "用的是随附的小模型" not in (await clerk.get("/counter", Accept="text/html"))[1]


async def test_an_assistant_that_is_being_trained_is_learning(settings: Settings, hall: Hall) -> None:
    """Not away: the operator need not look for a fault. A proxy that is not named is told on the same page."""
    learns = ProcessLock(training_lock(settings.data))
    learns.take()
    async with hall.staff(Role.OPERATOR) as operator:
        state = (await operator.get("/status", **{"X-Forwarded-For": "192.0.2.1"}))[1]
        assert {one["name"]: one["state"] for one in state["processes"]}["assistant"] == "learning"
        page = (await operator.get("/operator", Accept="text/html"))[1]
        for words in ("正在重新学习", "DAOBAN_PROXIES"):
            assert words in page
        learns.give_back()
        state = (await operator.get("/status"))[1]
        assert {one["name"]: one["state"] for one in state["processes"]}["assistant"] == "away"


def test_a_disk_that_runs_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before nothing can be written any more; what is largest stands first."""
    (tmp_path / "small").write_bytes(b"1")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "large").write_bytes(b"1" * 100)
    monkeypatch.setattr(service, "MIN_FREE_BYTES", 0)
    monkeypatch.setattr(service, "MIN_FREE_SHARE", 0.0)
    found = service.disk_status(tmp_path)
    assert (list(found.folders.items()), found.low) == ([("folder", 100), ("small", 1)], False)
    monkeypatch.setattr(service, "MIN_FREE_BYTES", found.free + 10**12)
    assert service.disk_status(tmp_path).low


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (1536, "1.5 KB"), (3 * 1024**3, "3.0 GB"), (2**52, "4096.0 TB")]
)
def test_sizes_are_read_easily(size: int, text: str) -> None:
    """The largest unit in which there is at least one."""
    assert size_text(size) == text
