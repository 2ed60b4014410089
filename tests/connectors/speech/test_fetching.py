"""Official models are fetched whole or not at all: resumed where the line broke, checked, never unpacked elsewhere."""

from __future__ import annotations

import asyncio
import hashlib
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from connectors.speech.fetching import FetchError, Progress, fetch
from connectors.speech.models import Download, active_model, models, voice_model

NAME = "vosk-model-tiny"


def archive(*more: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(f"{NAME}/am/final.mdl", bytes(range(256)) * 2000)
        opened.writestr(f"{NAME}/conf/model.conf", "--beam=13\n")
        opened.writestr(f"{NAME}/graph/words.txt", "<eps> 0\n")
        for name, content in more:
            opened.writestr(name, content)
    return made.getvalue()


class Publisher:
    """A publisher's server; ``break_at`` cuts the first answer short."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.break_at: int | None = None
        self.received = asyncio.Event()
        """Something of the first answer has arrived."""
        self.ranges: list[str] = []
        self.listed: list[dict[str, object]] = []

    async def file(self, request: web.Request) -> web.StreamResponse:
        self.ranges.append(request.headers.get("Range", ""))
        begin = int(self.ranges[-1].removeprefix("bytes=").rstrip("-") or 0)
        if begin >= len(self.data):
            return web.Response(status=416)
        response = web.StreamResponse(status=206 if begin else 200)
        response.content_length = len(self.data) - begin
        await response.prepare(request)
        if self.break_at is not None:
            await response.write(self.data[begin : self.break_at])
            self.break_at = None
            await self.received.wait()
            assert request.transport is not None
            request.transport.close()
            return response
        await response.write(self.data[begin:])
        return response

    async def list(self, _request: web.Request) -> web.Response:
        return web.json_response(self.listed)

    def download(self, **changes: object) -> Download:
        described = {"name": NAME, "title": "", "size": len(self.data), "sha256": hashlib.sha256(self.data).hexdigest()}
        return Download.model_validate(described | changes)


@pytest.fixture
def publisher() -> Publisher:
    return Publisher(archive())


@pytest.fixture
async def url(publisher: Publisher) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get(f"/{NAME}.zip", publisher.file)
    app.router.add_get("/model-list.json", publisher.list)
    server = TestServer(app)
    await server.start_server()
    yield str(server.make_url("")).rstrip("/")
    await server.close()


def left_over(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if ".zip" in path.name or path.name == "escaped"]


async def get(download: Download, url: str, folder: Path, progress: Progress = lambda _have, _whole: None) -> Path:
    return await fetch(download, url, "model-list.json", folder, progress)


async def test_a_model_is_fetched_checked_unpacked_and_used(publisher: Publisher, url: str, tmp_path: Path) -> None:
    seen: list[int] = []
    folder = await get(publisher.download(), url, tmp_path, lambda have, _whole: seen.append(have))
    assert voice_model(folder).complete
    assert seen[-1] == len(publisher.data)
    assert active_model(None, tmp_path).folder == folder
    assert not active_model(None, tmp_path).synthetic
    assert [path.name for path in left_over(tmp_path)] == []
    await get(publisher.download(), url, tmp_path)
    assert len(publisher.ranges) == 1, "what is there is not fetched again"


async def test_a_broken_line_goes_on_where_it_stopped(publisher: Publisher, url: str, tmp_path: Path) -> None:
    publisher.break_at = 300_000
    await get(publisher.download(), url, tmp_path, lambda _have, _whole: publisher.received.set())
    assert publisher.ranges[0] == ""
    assert publisher.ranges[1].startswith("bytes=")
    assert int(publisher.ranges[1].removeprefix("bytes=").rstrip("-")) > 0


async def test_another_day_it_goes_on_too(publisher: Publisher, url: str, tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.zip.part").write_bytes(publisher.data[:1000])
    await get(publisher.download(), url, tmp_path)
    assert publisher.ranges == ["bytes=1000-"]


@pytest.mark.parametrize("changes", [{"sha256": "0" * 64}, {"size": 5}])
async def test_a_file_that_is_not_the_published_one_is_not_used(
    changes: dict[str, object], publisher: Publisher, url: str, tmp_path: Path
) -> None:
    with pytest.raises(FetchError, match="不对"):
        await get(publisher.download(**changes), url, tmp_path)
    assert not (tmp_path / NAME).exists()
    assert active_model(None, tmp_path).name == "bundled"


async def test_without_our_own_checksum_the_publishers_counts(publisher: Publisher, url: str, tmp_path: Path) -> None:
    unknown = publisher.download(sha256=None, size=None)
    with pytest.raises(FetchError, match="校验值"):
        await get(unknown, url, tmp_path)
    digest = hashlib.md5(publisher.data, usedforsecurity=False).hexdigest()
    publisher.listed = [{"name": NAME, "md5": digest, "size": len(publisher.data)}]
    assert voice_model(await get(unknown, url, tmp_path)).complete


@pytest.mark.parametrize("name", [f"{NAME}/../../escaped", f"{NAME}/a/../../../escaped"])
async def test_an_archive_that_reaches_elsewhere_is_refused(
    name: str, publisher: Publisher, url: str, tmp_path: Path
) -> None:
    publisher.data = archive((name, b"x"))
    with pytest.raises(FetchError, match="路径"):
        await get(publisher.download(), url, tmp_path / "voices")
    assert [path for path in left_over(tmp_path) if path.name == "escaped"] == []


async def test_an_archive_without_a_model_is_refused(publisher: Publisher, url: str, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        opened.writestr(f"{NAME}/readme", "x")
    publisher.data = made.getvalue()
    with pytest.raises(FetchError, match="没有语音模型"):
        await get(publisher.download(), url, tmp_path)


async def test_a_publisher_who_does_not_have_it_is_named(publisher: Publisher, url: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="404"):
        await get(publisher.download(name="vosk-model-none"), url, tmp_path)


def test_the_official_models_are_described() -> None:
    small = models().downloads["small-cn"]
    assert small.size == 43_898_754
    assert len(small.sha256 or "") == 64
    assert models().downloads["cn"].sha256 is None, "no public record: the publisher's list decides"
