"""``./daoban up``: the product survives the death of each of its parts, and writes no identity number anywhere."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from backend.operate.commands.audit import verify_audit
from backend.settings import Settings
from tests.conftest import ID_NUMBER, PHONE
from tests.kills.counting import count
from tests.kills.playing import Killer, play_all
from tests.running import PARTS, Product, start_product, stop_product

KILLS = {"backend": 4, "connectors": 2, "assistant": 1}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, model: Path, free_ports: int) -> Iterator[Product]:
    """The whole product, started once for this module."""
    running = start_product(tmp_path_factory.mktemp("product"), model, free_ports)
    try:
        yield running
    finally:
        stop_product(running)


async def test_the_page_is_there_before_the_assistant_and_says_so(product: Product) -> None:
    """DESIGN: the web page answers at once and says so while the assistant warms up."""
    await product.ready()
    said = product.said()
    assert said.index("页面可以打开了") < said.index("助手准备好了")
    assert f"{product.base}/counter" in said
    assert "语音：正在用随附的语音模型" in said, "which voice model is active, and what that means"
    async with aiohttp.ClientSession() as session, session.get(product.base) as page:
        assert page.status == 200


async def test_whatever_is_killed_nothing_is_lost_or_doubled(product: Product) -> None:
    """Kill -9 of any process at random moments of cases: ``python -m tests.benchmarks.kills`` does it 200 times."""
    await product.ready()
    killer = Killer(product, 4, KILLS)
    played = await play_all(product, killer)
    assert Counter(kill.part for kill in killer.kills) == KILLS
    found = count(product.data / "daoban.db", played)
    assert found.lost == []
    assert found.doubled == []
    assert found.cases == len(played)
    settings = Settings.from_environment({"DAOBAN_DATA": str(product.data)})
    verified = await asyncio.to_thread(verify_audit, settings)
    assert verified.problems == ()


async def test_stopping_leaves_no_process_and_no_number_in_any_file(product: Product) -> None:
    """Ctrl-C stops everything; files and logs hold placeholders, masked forms and ciphertext only."""
    await product.ready()
    parts = [product.part(name) for name in PARTS]
    assert stop_product(product) == 0
    assert not any(part is not None and part.is_running() for part in parts)
    written = [product.printed, *(path for path in product.data.rglob("*") if path.is_file())]
    for path in written:
        content = path.read_bytes()
        assert ID_NUMBER.encode() not in content, path
        assert PHONE.encode() not in content, path
