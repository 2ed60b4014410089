"""Commands of trust: the audit trail, the vault's keys, backup and restore."""

from __future__ import annotations

import argparse
import asyncio
import os
from pathlib import Path
from typing import Any

from backend import durability
from backend.app import VAULT_KEYS
from backend.core.audit import Audit, Verification, note_anchor, read_anchors
from backend.core.clock import SystemClock, local
from backend.core.database import Database
from backend.core.vault import KeyRing
from backend.hall.privacy.schemas import Rotation, RotationState
from backend.operator import Operator, operator
from backend.settings import Settings


def verify_audit(settings: Settings) -> Verification:
    """Check the whole chain, also beside a running backend; notes an anchor when it holds."""

    async def verify() -> Verification:
        database = Database(settings.database_url)
        database.start(alone=False)
        keys = KeyRing.open(settings.secrets / VAULT_KEYS, ciphertext_exists=True)
        try:
            async with database.read() as session:
                audit = Audit(keys.derived("audit"), SystemClock())
                return await audit.verify(session, read_anchors(settings.audit_anchors))
        finally:
            await database.stop()

    found = asyncio.run(verify())
    if not found.problems:
        note_anchor(settings.audit_anchors, found.head, SystemClock().now())
    return found


def rotate_vault(settings: Settings, *, retire: bool) -> list[str]:
    """Seal everything with a new key, or finish what was begun; returns lines to print."""

    async def rotate() -> list[RotationState]:
        async with operator(settings) as backend:
            states = [await _rotate(backend, Rotation(begin=True, retire=retire))]
            while states[-1].left:
                states.append(await _rotate(backend, Rotation(retire=retire)))
            return states

    states = asyncio.run(rotate())
    last = states[-1]
    lines = [
        f"{'新钥匙' if states[0].begun else '接着上次，钥匙'} {last.key_id}：重新加密了{sum(s.resealed for s in states)}条。",
        f"钥匙文件变了，请马上把 {settings.secrets / VAULT_KEYS} 另存到安全的地方，不要和备份放在一起。",
    ]
    if last.retired:
        lines.append(f"已删去旧钥匙 {'、'.join(last.retired)}：换钥匙以前的备份要用以前另存的钥匙文件。")
    return lines


async def _rotate(backend: Operator, rotation: Rotation) -> RotationState:
    return await backend.post("/vault/rotation", rotation, RotationState)


def _audit_verify(_options: argparse.Namespace, settings: Settings) -> int:
    found = verify_audit(settings)
    for problem in found.problems[:20]:
        print(problem)
    if found.problems:
        print(f"审计记录被动过：{len(found.problems)}处不对。")
        return 1
    print(f"审计记录完好：{found.entries}条，最后一条的校验值 {found.head.hash[:16]}。")
    return 0


def _vault_rotate(options: argparse.Namespace, settings: Settings) -> None:
    for line in rotate_vault(settings, retire=options.retire):
        print(line)


def _backup(options: argparse.Namespace, settings: Settings) -> None:
    manifest = durability.backup(settings, options.folder)
    print(f"备份好了：{options.folder}，{len(manifest.files)}个文件，审计记录{manifest.audit_entries}条。")
    print(f"钥匙不在备份里：请把 {settings.secrets / VAULT_KEYS} 另外保管，不要和备份放在一起；没有它备份读不出来。")


def _restore(options: argparse.Namespace, _settings: Settings) -> None:
    settings = Settings.from_environment({**os.environ, "DAOBAN_DATA": str(options.data)})
    manifest = durability.restore(options.folder, settings, options.key)
    print(f"恢复好了：{settings.data}（备份做于 {local(manifest.made_at):%Y-%m-%d %H:%M}）。")
    if options.key is None:
        print(f"启动前请把钥匙放到 {settings.secrets / VAULT_KEYS}（权限600）；没有钥匙后台不启动。")
    print(f"启动：./daoban up --data {settings.data}")


def add_commands(commands: Any) -> None:
    """Add them to the backend's command line."""
    audit = commands.add_parser("audit", help="审计记录").add_subparsers(required=True)
    audit.add_parser("verify", help="核对审计记录有没有被改过").set_defaults(run=_audit_verify)
    saving = commands.add_parser("backup", help="备份到一个空目录；运行中也可以")
    saving.add_argument("folder", type=Path, help="空目录或还没有的目录")
    saving.set_defaults(run=_backup)
    restoring = commands.add_parser("restore", help="把备份恢复到一个空的数据目录")
    restoring.add_argument("folder", type=Path, help="备份目录")
    restoring.add_argument("--data", type=Path, required=True, help="新的空数据目录")
    restoring.add_argument("--key", type=Path, help="另外保管的钥匙文件")
    restoring.set_defaults(run=_restore)
    vault = commands.add_parser("vault", help="个人信息保险箱").add_subparsers(required=True)
    rotate = vault.add_parser("rotate", help="换钥匙并重新加密；中断了再运行一次就接着做")
    rotate.add_argument("--retire", action="store_true", help="删去不再用的旧钥匙")
    rotate.set_defaults(run=_vault_rotate)
