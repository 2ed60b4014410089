"""Official voice models: downloaded, checked, unpacked, put to use. A broken download goes on where it stopped."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import aiohttp

from connectors.speech.models import CURRENT, Download, voice_model

CHUNK = 256 * 1024
TRIES = 5
RETRY_INTERVAL_SECONDS = 2.0
_OK, _PARTIAL, _BEYOND = 200, 206, 416

Progress = Callable[[int, int | None], None]
"""(bytes so far, bytes in all if known)."""


class FetchError(RuntimeError):
    """The model could not be fetched; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the file must be. ``kind`` as hashlib knows it."""

    kind: str
    value: str


async def fetch(download: Download, base_url: str, list_name: str, folder: Path, progress: Progress) -> Path:
    """Fetch into ``folder`` and put it to use; returns the model's folder. Raises FetchError."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    target = folder / download.name
    if not voice_model(target).complete:
        archive = folder / f"{download.name}.zip"
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=20, sock_read=60)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            checksum, size = await _known(session, download, f"{base_url}/{list_name}")
            _room(folder, size)
            await _with_retries(session, f"{base_url}/{archive.name}", archive, size, progress)
        await asyncio.to_thread(_verify, archive, checksum, size)
        await asyncio.to_thread(_unpack, archive, target)
        archive.unlink()
    (folder / CURRENT).write_text(download.name + "\n", "utf-8")
    return target


async def _known(session: aiohttp.ClientSession, download: Download, list_url: str) -> tuple[Checksum, int | None]:
    """Ours where we hold one, else the publisher's."""
    if download.sha256 is not None:
        return Checksum("sha256", download.sha256), download.size
    try:
        async with session.get(list_url) as response:
            response.raise_for_status()
            listed: list[dict[str, Any]] = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise FetchError(f"发布方的模型目录打不开（{list_url}），没有校验值就不下载。请稍后再试。") from error
    for entry in listed:
        if entry.get("name") == download.name and entry.get("md5"):
            return Checksum("md5", str(entry["md5"])), int(entry["size"]) if entry.get("size") else None
    raise FetchError(f"发布方的模型目录里没有 {download.name} 的校验值，没有下载。")


def _room(folder: Path, size: int | None) -> None:
    free = shutil.disk_usage(folder).free
    if size is not None and free < 3 * size:  # the archive and what is in it
        raise FetchError(f"磁盘空间不够：还剩{free // 2**20}MB，需要大约{3 * size // 2**20}MB。")


async def _with_retries(
    session: aiohttp.ClientSession, url: str, archive: Path, size: int | None, progress: Progress
) -> None:
    part = archive.with_suffix(".zip.part")
    for attempt in range(TRIES):
        try:
            await _download(session, url, part, size, progress)
        except (aiohttp.ClientError, TimeoutError) as error:
            if isinstance(error, aiohttp.ClientResponseError) or attempt == TRIES - 1:
                raise FetchError(f"下载没有成功（{url}）：{error}。已下载的部分留着，再运行一次会接着下。") from error
            await asyncio.sleep(RETRY_INTERVAL_SECONDS * attempt)
        else:
            part.rename(archive)
            return


async def _download(session: aiohttp.ClientSession, url: str, part: Path, size: int | None, progress: Progress) -> None:
    have = await asyncio.to_thread(_size, part)
    if size is not None and have == size:
        return
    async with session.get(url, headers={"Range": f"bytes={have}-"} if have else {}) as response:
        if response.status == _BEYOND:
            await asyncio.to_thread(part.unlink)
            raise aiohttp.ClientPayloadError("the part was longer than the file")
        response.raise_for_status()
        if response.status == _OK:
            have = 0  # the server sends everything anew
        whole = have + response.content_length if response.content_length is not None else size
        with await asyncio.to_thread(part.open, "ab" if have else "wb") as file:
            async for chunk in response.content.iter_chunked(CHUNK):
                await asyncio.to_thread(file.write, chunk)
                have += len(chunk)
                progress(have, whole)
    if whole is not None and have < whole:
        raise aiohttp.ClientPayloadError(f"the connection ended at {have} of {whole} bytes")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _verify(archive: Path, checksum: Checksum, size: int | None) -> None:
    found = archive.stat().st_size
    if size is not None and found != size:
        archive.unlink()
        raise FetchError(f"文件大小不对：应为{size}字节，收到{found}字节。已删除，请重新下载。")
    digest = hashlib.new(checksum.kind, usedforsecurity=checksum.kind != "md5")
    with archive.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != checksum.value:
        archive.unlink()
        raise FetchError(f"校验值不对（{checksum.kind}），文件可能被改过。已删除，没有使用。")


def _unpack(archive: Path, target: Path) -> None:
    """Everything below the archive's own folder; names that lead elsewhere are refused."""
    unfinished = target.with_name(f".{target.name}.unpacking")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            for entry in opened.infolist():
                inside = PurePosixPath(entry.filename).parts[1:]
                if entry.is_dir() or not inside:
                    continue
                if ".." in inside or PurePosixPath(entry.filename).is_absolute():
                    raise FetchError(f"压缩包里有不该有的路径：{entry.filename}。没有使用。")
                path = unfinished.joinpath(*inside)
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(entry) as source, path.open("wb") as file:
                    shutil.copyfileobj(source, file)
    except zipfile.BadZipFile as error:
        archive.unlink()
        raise FetchError("压缩包坏了，已删除。请重新下载。") from error
    if not voice_model(unfinished).complete:
        shutil.rmtree(unfinished)
        raise FetchError("压缩包里没有语音模型该有的文件，没有使用。")
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)
