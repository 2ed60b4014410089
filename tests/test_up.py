"""``./daoban up``: the product survives the death of each of its parts, and writes no identity number anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from tests.conftest import APPLICATION, ID_NUMBER, PHONE
from tests.running import PARTS, Citizen, Product, citizen, start_product, stop_product, text_of


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


async def test_every_part_is_killed_in_mid_case_and_nothing_is_lost_or_doubled(product: Product) -> None:
    """Kill -9 of each process while an answer is on its way: the case goes on where it stood."""
    await product.ready()
    async with citizen(product) as someone:
        await someone.say("帮我办失业金申领")
        answers = iter(APPLICATION.values())
        await someone.say(next(answers))
        for part in PARTS:
            message_id = someone.post(next(answers))
            waiting = someone.replies_to(message_id)
            await product.kill(part)
            await waiting
        for said in answers:
            await someone.say(said)
        submitted = text_of(await someone.choose("case:submit"))
        assert "受理编号" in submitted
        _assert_nothing_lost_or_doubled(someone)


def _assert_nothing_lost_or_doubled(someone: Citizen) -> None:
    messages = [message for _, message in sorted(someone.seen.items())]
    assert [message["seq"] for message in messages] == list(range(1, len(messages) + 1))
    asked = [message["message_id"] for message in messages if message["sender"] == "citizen"]
    assert len(asked) == len(set(asked)) == len(APPLICATION) + 2
    answered = {message["in_reply_to"] for message in messages if message["sender"] == "assistant"}
    assert answered == set(asked)
    assert not someone.unconfirmed


async def test_a_submitted_case_is_there_once(product: Product) -> None:
    """The clerk of the unit sees the citizen's case exactly once."""
    await product.ready()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as clerk:
        credentials = {"username": "clerk_sy", "password": product.password("clerk_sy")}
        headers = {"Origin": product.base}
        async with clerk.post(f"{product.base}/staff/session", json=credentials, headers=headers) as signed_in:
            assert signed_in.status == 200, await signed_in.text()
        async with clerk.get(f"{product.base}/cases?scope=unit") as response:
            cases = (await response.json())["cases"]
    assert [case["applicant"] for case in cases].count("和**") == 1


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
