"""What every test may use: a backend on scratch data with a clock that stands still, and people who use it."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from argon2.profiles import CHEAPEST
from hypothesis import settings as property_settings
from limits.aio.storage import memory
from sqlalchemy.engine import make_url

from assistant.semantics.vectors import FILE, VECTORS
from assistant.training import DELIVERED, ROOT, train
from backend.app import create_app
from backend.client import BackendClient
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.contracts.cases import Case, DraftAnswer, NewCase
from backend.contracts.conversations import NewConversation, NewMessage
from backend.features import FEATURES
from backend.hall.accounts import passwords
from backend.hall.accounts.schemas import NewStaff
from backend.hall.accounts.service import STAFF
from backend.migrations import migrate
from backend.platform.clock import SHANGHAI, SetClock
from backend.platform.features import Feature
from backend.platform.http import DATABASE
from backend.platform.identity import SYSTEM
from backend.platform.permissions import Role
from backend.settings import Settings
from backend.telemetry.logs import configure_logs
from tests.databases import PostgresServer, postgres
from tests.ports import neighbours

# Timings are judged in tests/benchmarks/: on a busy machine an example takes as long as it takes.
property_settings.register_profile("daoban", deadline=None)
property_settings.load_profile("daoban")

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)

# Numbers that pass their checks and belong to nobody: region 530799 is not assigned.
ID_NUMBER = "530799199003070018"
OTHER_ID_NUMBER = "530799196212150029"
PHONE = "13800000001"

HEAVY_FIXTURES = frozenset({"model", "chromium_path", "postgres_server", "postgres_template"})
"""Engines that take seconds to start or minutes to make; a test of the speech model says ``pytest.mark.heavy`` itself."""
RUNNING_FIXTURES = frozenset({"migrated"})
"""A test on a migrated database starts a backend of its own: half a second of processor, and there are hundreds."""
LONG_FIRST = ("test_up.py", "assistant/test_dialogues.py", "browser/", "assistant/")
"""Of several workers none is left alone with a long file at the end."""
PATIENCE = 120.0
"""Seconds a test waits for the backend: on a machine busy with other work even a short answer takes long."""

LACKING_TOLD = {"note": "原件在路上，先受理", "until": "2026-12-01"}
"""What accepting carries while a material still lacks (容缺受理)."""
APPLICATION = {
    "name": "和秀英",
    "id_number": ID_NUMBER,
    "phone": PHONE,
    "last_employer": "古城酒店",
    "left_on": "2026年10月31日",
    "leaving_reason": "单位辞退或裁员",
}
"""Answers that fill the form of LJ-SY-001."""


@pytest.fixture(autouse=True)
def minute_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window of the rate limits slides on between two requests of a test, however slow the machine."""
    moment = time.time()
    monkeypatch.setattr(memory, "time", SimpleNamespace(time=lambda: moment))


@pytest.fixture(autouse=True)
def hashes_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A real hash takes a fifth of a second, and a thousand members of staff sign in; test_staff looks at the real cost."""
    monkeypatch.setattr(passwords, "COST", CHEAPEST)


@pytest.fixture(scope="session", autouse=True)
def _logs() -> None:
    """Logs as in the product: texts of conversations are never written."""
    configure_logs(json=True)


@pytest.fixture(scope="session", autouse=True)
def _vectors() -> None:
    """Vectors of what the catalogue says are made once for all runs and workers."""
    VECTORS.keep_in(ROOT / "var" / "test_models", DELIVERED / FILE)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file to copy, the delivered catalogue loaded and nothing else in it."""
    folder = tmp_path_factory.mktemp("database")
    path = folder / "daoban.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    asyncio.run(_load_catalogue(Settings.from_environment({"DAOBAN_DATA": str(folder)})))
    return path


async def _load_catalogue(settings: Settings) -> None:
    async with running_hall(settings, SetClock(MONDAY_MORNING)):
        pass


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked ``both_databases`` run on each."""
    if "database" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both_databases") is not None
        kinds = ["sqlite", "postgresql"] if both else ["sqlite"]
        metafunc.parametrize("database", kinds, indirect=True, ids=kinds if both else [pytest.HIDDEN_PARAM])


@pytest.hookimpl(tryfirst=True)  # before -m is looked at
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what ``./daoban test --fast`` leaves out; put the files that hold a worker longest first."""
    for item in items:
        if _is_heavy(item):
            item.add_marker("heavy")
        if not RUNNING_FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("running")
    items.sort(key=lambda item: _place(item.path.relative_to(ROOT / "tests").as_posix()))  # stable: files stay whole


def _is_heavy(item: pytest.Item) -> bool:
    """Whether it needs one of the engines, also through other fixtures."""
    parameters = getattr(item, "callspec", None)
    on_a_server = parameters is not None and "postgresql" in parameters.params.values()
    return on_a_server or not HEAVY_FIXTURES.isdisjoint(getattr(item, "fixturenames", ()))


def _place(file: str) -> int:
    return next((place for place, start in enumerate(LONG_FIRST) if file.startswith(start)), len(LONG_FIRST))


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Kind of the hall's database."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL, started by the first test that needs it."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer, migrated: Path) -> str:
    """Name of a migrated PostgreSQL database to copy; its audit trail is chained with the keys beside ``migrated``."""
    url = postgres_server.new()
    migrate(url)
    asyncio.run(
        _load_catalogue(Settings.from_environment({"DAOBAN_DATA": str(migrated.parent), "DAOBAN_DATABASE_URL": url}))
    )
    return str(make_url(url).database)


@pytest.fixture
def settings(tmp_path: Path, migrated: Path, database: str, request: pytest.FixtureRequest) -> Settings:
    """Settings of a fresh data folder."""
    if database == "postgresql":
        template = request.getfixturevalue("postgres_template")
        url = request.getfixturevalue("postgres_server").new(template)
        shutil.copytree(migrated.parent / "secrets", tmp_path / "secrets")
        return Settings.from_environment({"DAOBAN_DATA": str(tmp_path), "DAOBAN_DATABASE_URL": url})
    shutil.copy(migrated, tmp_path / "daoban.db")
    shutil.copytree(migrated.parent / "secrets", tmp_path / "secrets")  # its audit trail is chained with their key
    return Settings.from_environment({"DAOBAN_DATA": str(tmp_path)})


@pytest.fixture
def clock() -> SetClock:
    """Monday 2026-11-23, ten in the morning, until a test moves it."""
    return SetClock(MONDAY_MORNING)


@pytest.fixture(scope="session")
def model() -> Path:
    """The assistant's model, trained from the repository's own data; once for all runs and workers of these inputs."""
    return train(ROOT / "var" / "test_models", lambda _line: None, if_changed=True)


@pytest.fixture(scope="module")
def free_ports() -> int:
    """The first of three neighbouring ports that nobody uses."""
    return neighbours()


@dataclass
class Browser:
    """Somebody's browser: cookies, and the Origin of our own page."""

    session: aiohttp.ClientSession
    base: str
    credentials: dict[str, str] = field(default_factory=dict)

    async def sign_in(self) -> None:
        """Sign in (again: a session lasts a working day)."""
        status, answer = await self.post("/staff/session", self.credentials)
        assert status == 200, answer

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        """Status and JSON (or text) of a page or an API address."""
        async with self.session.get(self.base + path, headers=headers) as response:
            return response.status, await _content(response)

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """The same for a change."""
        sent = {"Origin": self.base, **headers}
        async with self.session.request(method, self.base + path, json=body, headers=sent) as response:
            return response.status, await _content(response)

    async def post(self, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """The same for a POST."""
        return await self.send("POST", path, body, **headers)


async def _content(response: aiohttp.ClientResponse) -> Any:
    return await response.json(content_type=None) if "json" in response.content_type else await response.text()


@dataclass
class Hall:
    """A running backend and short ways to do what people do."""

    server: TestServer
    settings: Settings
    clock: SetClock
    assistant: BackendClient
    connectors: BackendClient
    keys: count[int] = field(default_factory=lambda: count(1))

    @property
    def base(self) -> str:
        """Its address."""
        return str(self.server.make_url("/")).rstrip("/")

    def key(self) -> str:
        """A fresh idempotency key or message id."""
        return f"key-{next(self.keys):06d}"

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[Browser]:
        """A browser that has never been here."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            yield Browser(session, self.base)

    @asynccontextmanager
    async def staff(self, *roles: Role, units: tuple[str, ...] = ("SY",), position: str = "") -> AsyncIterator[Browser]:
        """The browser of a signed-in member of staff; by the position they are told apart in what names them."""
        username = f"staff{next(self.keys)}"
        roles = roles or (Role.COUNTER_CLERK,)
        new = NewStaff(username=username, name="木丽华", roles=roles, units=units, position=position)
        async with self.server.app[DATABASE].write() as session:
            _, password = await self.server.app[STAFF].add(session, new, SYSTEM, demo=True)
        async with self.browser() as browser:
            browser.credentials = {"username": username, "password": password}
            await browser.sign_in()
            yield browser

    async def conversation(self) -> str:
        """A new conversation on the web."""
        return (await self.connectors.part(ConversationsClient).open(NewConversation(channel="web"), key=self.key())).id

    async def say(self, conversation: str, text: str) -> str:
        """A citizen says something; returns the text as the assistant gets it."""
        return (
            await self.connectors.part(ConversationsClient).add_message(
                conversation, NewMessage(message_id=self.key(), text=text)
            )
        ).text

    async def draft(self, conversation: str, answers: dict[str, str] | None = None) -> Case:
        """A filled draft of LJ-SY-001."""
        case = await self.assistant.part(CasesClient).start(
            NewCase(item="LJ-SY-001"), conversation=conversation, key=self.key()
        )
        for field_id, said in (APPLICATION if answers is None else answers).items():
            text = await self.say(conversation, said)
            case = await self.assistant.part(CasesClient).answer(
                case.id, DraftAnswer(field=field_id, value=text), conversation=conversation, key=self.key()
            )
        return case

    async def submitted(self, conversation: str) -> Case:
        """A submitted case of LJ-SY-001."""
        draft = await self.draft(conversation)
        return await self.assistant.part(CasesClient).submit(draft.id, conversation=conversation, key=self.key())


@pytest.fixture
async def hall(settings: Settings, clock: SetClock) -> AsyncIterator[Hall]:
    """A backend on scratch data."""
    async with running_hall(settings, clock) as hall:
        yield hall


@asynccontextmanager
async def running_hall(
    settings: Settings, clock: SetClock, features: tuple[Feature, ...] = FEATURES
) -> AsyncIterator[Hall]:
    """The same for tests that start it several times, or with other features."""
    server = TestServer(create_app(settings, clock, features))
    await server.start_server()
    base = str(server.make_url("/")).rstrip("/")
    tokens = {name: (settings.secrets / f"{name}.token").read_text() for name in ("assistant", "connectors")}
    hall = Hall(
        server,
        settings,
        clock,
        BackendClient(base, tokens["assistant"], timeout_seconds=PATIENCE),
        BackendClient(base, tokens["connectors"], timeout_seconds=PATIENCE),
    )
    try:
        yield hall
    finally:
        await hall.assistant.close()
        await hall.connectors.close()
        await server.close()
