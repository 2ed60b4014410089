"""Backup and restore. A backup is a folder: databases, uploads, the catalogue as it reads, and a manifest with checksums.

The vault's key is never in it: whoever finds a backup finds ciphertext. The manifest holds a check value of the key, so that
restoring with the wrong key is noticed at once.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy.engine import URL, make_url

from backend.migrations import migrate
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.parameters.service import ParametersService
from backend.platform.api import VERSION
from backend.platform.audit import Audit, note_anchor
from backend.platform.clock import SystemClock, local
from backend.platform.database import Database
from backend.platform.errors import StartRefusedError
from backend.platform.events import Events
from backend.platform.vault import KeyRing
from backend.platform.vault.keys import KEYS_FILE
from backend.settings import Settings

MANIFEST, READ_ME = "manifest.json", "请先看我.txt"
HALL, TRACKER, UPLOADS, CATALOGUE, ANCHORS = "daoban", "tracker", "uploads", "catalogue.json", "audit.anchors"


class Manifest(BaseModel):
    """What a backup holds. ``files``: path inside the backup -> SHA-256."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    made_at: datetime
    version: str
    hall: str
    """Kind of the hall's database: ``sqlite`` or ``postgresql``."""
    tracker: str
    """The same of the tracker; empty when there was none."""
    audit_entries: int
    key_check: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Facts:
    audit_entries: int
    catalogue: dict[str, Any]


def backup(settings: Settings, folder: Path) -> Manifest:
    """Copy everything, also beside a running product. Raises StartRefusedError: folder not empty, nothing to copy."""
    _require_empty(folder, "备份")
    hall, tracker = make_url(settings.database_url), _tracker_url(settings)
    if hall.get_backend_name() == "sqlite" and not Path(hall.database or "").exists():
        raise StartRefusedError(f"这里没有数据库：{hall.database}。请核对数据目录（DAOBAN_DATA）。")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = KeyRing.open(settings.secrets / KEYS_FILE, ciphertext_exists=True)
    facts = asyncio.run(_facts(settings, keys))
    _dump(hall, folder / _file_of(HALL, hall))
    if tracker is not None:
        _dump(tracker, folder / _file_of(TRACKER, tracker))
    uploads = settings.data / UPLOADS  # after the database: every upload it knows is there
    if uploads.is_dir():
        shutil.copytree(uploads, folder / UPLOADS)
    (folder / CATALOGUE).write_text(json.dumps(facts.catalogue, ensure_ascii=False, indent=1), "utf-8")
    if settings.audit_anchors.exists():
        shutil.copy(settings.audit_anchors, folder / ANCHORS)
    manifest = Manifest(
        made_at=SystemClock().now(),
        version=VERSION,
        hall=hall.get_backend_name(),
        tracker="" if tracker is None else tracker.get_backend_name(),
        audit_entries=facts.audit_entries,
        key_check=keys.derived("backup").hex(),
        files={name: _digest(folder / name) for name in _names(folder)},
    )
    (folder / READ_ME).write_text(_read_me(manifest, settings), "utf-8")
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1), "utf-8")  # last: without it, it is no backup
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return manifest


def restore(folder: Path, settings: Settings, key: Path | None = None) -> Manifest:
    """Put a backup into an empty data folder and bring it to this version's schema.

    ``key``: the vault's key file, kept apart; put into place if it is the right one. Raises StartRefusedError.
    """
    manifest = read_manifest(folder)
    _require_empty(settings.data, "数据")
    hall, tracker = make_url(settings.database_url), _tracker_url(settings, must_exist=False)
    if hall.get_backend_name() != manifest.hall:
        raise StartRefusedError(
            f"备份是 {manifest.hall} 的，现在设置的数据库是 {hall.get_backend_name()}。请改好设置再恢复。"
        )
    if key is not None:
        _check_key(key, manifest)
    settings.data.mkdir(parents=True, exist_ok=True)
    _load(folder / _file_of(HALL, hall), hall)
    if manifest.tracker and tracker is not None and tracker.get_backend_name() == manifest.tracker:
        _load(folder / _file_of(TRACKER, tracker), tracker)
    if (folder / UPLOADS).is_dir():
        shutil.copytree(folder / UPLOADS, settings.data / UPLOADS)
    if (folder / ANCHORS).exists():
        shutil.copy(folder / ANCHORS, settings.audit_anchors)
    if key is not None:
        settings.secrets.mkdir(mode=0o700)
        shutil.copy(key, settings.secrets / KEYS_FILE)
        (settings.secrets / KEYS_FILE).chmod(0o600)
    migrate(settings.database_url)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a whole, unchanged backup. Raises StartRefusedError."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise StartRefusedError(f"{folder} 不是完整的备份：{MANIFEST} 不在或读不出来。") from error
    for name, digest in manifest.files.items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise StartRefusedError(f"备份坏了：{name} 不在或内容变了。请用另一份备份。")
    return manifest


async def _facts(settings: Settings, keys: KeyRing) -> _Facts:
    """What the manifest and the readable catalogue tell; notes an anchor of the audit trail."""
    database, clock = Database(settings.database_url), SystemClock()
    database.start(alone=False)
    audit = Audit(keys.derived("audit"), clock)
    events = Events(database, clock, audit, kinds=())
    catalogue = CatalogueService(edition(), clock, events, ParametersService(clock, events))
    try:
        async with database.read() as session:
            published = await catalogue.published(session)
            head = await audit.head(session)
    finally:
        await database.stop()
    note_anchor(settings.audit_anchors, head, clock.now())
    items = {code: found.item.model_dump(mode="json", by_alias=True) for code, found in published.items.items()}
    return _Facts(head.seq, {"version": published.version, "items": items})


def _tracker_url(settings: Settings, *, must_exist: bool = True) -> URL | None:
    if settings.tracker_url:
        return make_url(settings.tracker_url)
    file = settings.data / "tracker.db"
    return make_url(f"sqlite:///{file}") if file.exists() or not must_exist else None


def _file_of(name: str, url: URL) -> str:
    return f"{name}.db" if url.get_backend_name() == "sqlite" else f"{name}.dump"


def _dump(url: URL, target: Path) -> None:
    """SQLite's online backup, PostgreSQL's pg_dump: both whole and of one moment while others write."""
    if url.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(f"file:{url.database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise StartRefusedError(f"数据库文件坏了（{found}）。请停下来，用最近的一份备份恢复。")
        return
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", _plain(url))


def _load(source: Path, url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        shutil.copy(source, str(url.database))
        return
    _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_plain(url)}", str(source))


def _plain(url: URL) -> str:
    """The address as PostgreSQL's own programs write it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise StartRefusedError(f"这台机器上没有 {program}。请装上 PostgreSQL 的客户端程序再试。")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)  # noqa: S603  # our arguments
    if done.returncode:
        raise StartRefusedError(f"{program} 没有成功：{done.stderr.strip().splitlines()[-1]}")


def _check_key(key: Path, manifest: Manifest) -> None:
    if not key.is_file():
        raise StartRefusedError(f"没有找到钥匙文件 {key}。")
    if KeyRing.open(key, ciphertext_exists=True).derived("backup").hex() != manifest.key_check:
        raise StartRefusedError(f"{key} 不是这份备份的钥匙。请找出备份那时另存的钥匙。")


def _require_empty(folder: Path, what: str) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise StartRefusedError(f"{what}目录 {folder} 不是空的。请换一个空目录，免得盖掉里面的东西。")


def _names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_me(manifest: Manifest, settings: Settings) -> str:
    return (
        f"导办的备份，{local(manifest.made_at):%Y年%-m月%-d日 %H:%M} 做的，版本 {manifest.version}。\n\n"
        f"恢复：./daoban restore 本目录 --data 新的空目录 --key 钥匙文件\n\n"
        f"钥匙不在备份里。身份证号、手机号这些是加密的，没有钥匙谁也读不出来，包括我们自己。\n"
        f"钥匙在原来那台机器的 {settings.secrets.name}/{KEYS_FILE}，请另外保管（保密柜、另一台机器），不要和备份放在一起。\n"
        f"恢复以后，钥匙要在新数据目录的 {settings.secrets.name}/{KEYS_FILE}，权限只给本人（600）；没有它后台不启动。\n"
    )
