"""Health, readiness and metrics: what a load balancer and a Prometheus server rely on, process by process."""

from __future__ import annotations

import json
from contextlib import suppress

import aiohttp
from aiohttp.test_utils import TestServer

from assistant.server import create_app as assistant_app
from assistant.settings import Settings as AssistantSettings
from backend.platform.http import DATABASE
from connectors.app import create_app as connectors_app
from connectors.settings import Settings as ConnectorsSettings
from tests.conftest import ID_NUMBER, Hall


async def got(base: str, path: str, token: str = "") -> tuple[int, str]:
    """Status and text."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as session, session.get(base + path, headers=headers) as response:
        return response.status, await response.text()


def operations(hall: Hall) -> str:
    """The operations token."""
    return (hall.settings.secrets / "operations.token").read_text()


async def test_the_backend_tells_how_it_is(hall: Hall) -> None:
    """Open to a load balancer; the metrics are for operations only and hold no personal data."""
    await hall.say(await hall.conversation(), f"我的号码是{ID_NUMBER}")
    assert (await got(hall.base, "/health"))[0] == 200
    status, text = await got(hall.base, "/ready")
    assert (status, '"status":"ready"' in text) == (200, True)
    assert (await got(hall.base, "/metrics"))[0] == 401
    status, text = await got(hall.base, "/metrics", operations(hall))
    assert status == 200
    assert "daoban_turns_waiting 1.0" in text
    assert 'daoban_requests_total{method="POST",route="/conversations/{id}/messages",status="201"} 1.0' in text
    assert 'daoban_requests_total{method="GET",route="/metrics",status="401"} 1.0' in text
    assert ID_NUMBER not in text


async def test_without_its_database_the_backend_is_not_ready(hall: Hall) -> None:
    """503 takes it out of the balancer; it does not end."""
    database = hall.settings.data / "daoban.db"
    while not database.is_dir():  # background work may make the file anew between the two steps
        database.unlink(missing_ok=True)
        with suppress(FileExistsError):
            database.mkdir()
    await hall.server.app[DATABASE].engine.dispose()
    assert (await got(hall.base, "/ready"))[0] == 503


async def test_the_assistant_is_alive_before_it_is_ready(hall: Hall) -> None:
    """Its model loads for seconds: health says alive, readiness says not yet."""
    data = hall.settings.data
    settings = AssistantSettings(data=data, backend_url=hall.base)
    app = assistant_app(settings)
    app.cleanup_ctx.clear()  # Rasa is not loaded here
    server = TestServer(app)
    await server.start_server()
    base = str(server.make_url("")).rstrip("/")
    assert (await got(base, "/health"))[0] == 200
    assert (await got(base, "/ready"))[0] == 503
    assert (await got(base, "/metrics"))[0] == 401
    assert "daoban_catalogue_version" in (await got(base, "/metrics", operations(hall)))[1]
    await server.close()


async def test_the_connectors_are_ready_while_the_backend_is_there(hall: Hall) -> None:
    """What is said could not be stored without it."""
    settings = ConnectorsSettings.from_environment(
        {"DAOBAN_DATA": str(hall.settings.data), "DAOBAN_BACKEND_URL": hall.base, "DAOBAN_ASSISTANT_URL": hall.base}
    )
    for backend_url, status in ((hall.base, 200), ("http://127.0.0.1:9", 503)):
        app = connectors_app(settings.model_copy(update={"backend_url": backend_url}))
        app.cleanup_ctx.clear()  # no turns
        server = TestServer(app)
        await server.start_server()
        base = str(server.make_url("")).rstrip("/")
        assert (await got(base, "/ready"))[0] == status
        status_told, problem = await got(base, "/metrics")
        assert (status_told, json.loads(problem)["detail"]) == (401, "要有运行维护的凭证才能看。")
        for address in ("/", "/nowhere", "/chat"):
            assert "首页" in (await got(base, address))[1], "a browser that opens the sockets' addresses"
        assert 'route="/ready"' in (await got(base, "/metrics", operations(hall)))[1]
        await server.close()
