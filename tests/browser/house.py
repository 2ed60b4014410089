"""The house the pages stand in: backend, connectors and a scripted assistant, on free ports of this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from backend.hall.accounts.schemas import NewStaff
from backend.hall.accounts.service import STAFF
from backend.platform.clock import SetClock
from backend.platform.http import DATABASE
from backend.platform.identity import SYSTEM
from backend.platform.permissions import Role
from backend.settings import Settings
from connectors.app import create_app
from connectors.settings import Settings as ConnectorsSettings
from connectors.speech.holder import OpenSpeech
from tests.browser.scripted import ScriptedAssistant
from tests.conftest import Hall, running_hall
from tests.ports import neighbours

GRACE_SECONDS = 0.1


@dataclass
class Server:
    """An app on a port; may be stopped and started again."""

    port: int = field(default_factory=lambda: neighbours(1))
    _runner: web.AppRunner | None = None

    @property
    def app(self) -> web.Application:
        """What runs on it."""
        assert self._runner is not None
        return self._runner.app  # type: ignore[return-value]  # an AppRunner's app is an Application

    async def start(self, app: web.Application) -> None:
        """Listen."""
        self._runner = web.AppRunner(app, shutdown_timeout=GRACE_SECONDS, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        """Stop, lines cut."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


@dataclass
class Account:
    """A member of staff who can sign in."""

    username: str
    password: str
    name: str


@dataclass
class House:
    """What runs, and short ways to prepare what a test needs."""

    hall: Hall
    assistant: ScriptedAssistant
    assistant_server: Server
    line: Server
    """The connectors."""
    speech: OpenSpeech | None = None
    """Their voice; None: no microphone, nothing read aloud."""

    async def connect(self) -> None:
        """Start the connectors."""
        await self.line.start(
            create_app(
                ConnectorsSettings(
                    backend_url=self.hall.base,
                    assistant_url=f"http://127.0.0.1:{self.assistant_server.port}",
                    token=(self.hall.settings.secrets / "connectors.token").read_text(),
                ),
                self.speech,
            )
        )

    async def disconnect(self) -> None:
        """Stop the connectors: every socket is cut."""
        await self.line.stop()

    async def account(
        self, name: str, *, units: tuple[str, ...] = ("SY",), first_password: bool = False, role: Role | None = None
    ) -> Account:
        """A new account; with ``first_password`` it has to be changed at first sign-in."""
        username = f"staff{next(self.hall.keys)}"
        new = NewStaff(username=username, name=name, roles=(role or Role.COUNTER_CLERK,), units=units)
        app = self.hall.server.app
        async with app[DATABASE].write() as session:
            _, password = await app[STAFF].add(session, new, SYSTEM, demo=not first_password)
        return Account(username, password, name)


@asynccontextmanager
async def running_house(settings: Settings, clock: SetClock, speech: OpenSpeech | None = None) -> AsyncIterator[House]:
    """The house from its opening to its close."""
    assistant, assistant_server, line = ScriptedAssistant(), Server(), Server()
    async with running_hall(settings.model_copy(update={"connectors_port": line.port}), clock) as hall:
        house = House(hall, assistant, assistant_server, line, speech)
        await assistant_server.start(assistant.app())
        await house.connect()
        try:
            yield house
        finally:
            assistant.may_answer.set()
            await house.disconnect()
            await assistant_server.stop()
