"""The real assistant: trained once, loaded once; every test has its own hall."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from assistant.actions.backend import use
from assistant.training import prepare_rasa
from assistant.understanding.index_holder import HOLDER
from backend.client.catalogue import CatalogueClient
from backend.platform.clock import SetClock
from backend.settings import Settings
from tests.assistant.talk import Talk
from tests.conftest import Hall, running_hall

prepare_rasa()

from assistant.actions.executor import make_executor  # noqa: E402  # rasa needs its environment set first
from assistant.engine import Engine  # noqa: E402


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Rasa, loaded."""
    return Engine(model, tmp_path_factory.mktemp("tracker") / "tracker.db", make_executor())


@pytest_asyncio.fixture(loop_scope="session")
async def assistant_hall(settings: Settings, clock: SetClock) -> AsyncIterator[Hall]:
    """A hall whose backend the assistant's actions reach."""
    async with running_hall(settings, clock) as hall:
        use(hall.assistant)
        if HOLDER.current.version == 0:
            index = await hall.assistant.part(CatalogueClient).index()
            assert index is not None
            HOLDER.swap(index)
        yield hall


@pytest_asyncio.fixture(loop_scope="session")
async def talk(assistant_hall: Hall, engine: Engine) -> Talk:
    """A fresh conversation on the web."""
    return Talk(assistant_hall, engine, await assistant_hall.conversation())
