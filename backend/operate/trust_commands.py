"""Commands of trust: the audit trail, the vault's keys, backup and restore."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from backend.contracts.privacy import (
    ErasedByRetention,
    ErasedPerson,
    ExportedPerson,
    PersonRequest,
    Rotation,
    RotationState,
)
from backend.contracts.wire import Wire
from backend.features import FEATURES
from backend.language.serial_numbers import group
from backend.operate import dependency_audit, durability
from backend.operate.operator import Operator, Shape, operator
from backend.platform.audit import Audit, Verification, note_anchor, read_anchors
from backend.platform.clock import SystemClock, local
from backend.platform.database import Database
from backend.platform.errors import StartRefusedError
from backend.platform.features import retention_of
from backend.platform.permission_table import permission_lines
from backend.platform.vault import KeyRing
from backend.platform.vault.keys import KEYS_FILE
from backend.settings import Settings


def verify_audit(settings: Settings) -> Verification:
    """Check the whole chain, also beside a running backend; notes an anchor when it holds."""

    async def verify() -> Verification:
        database = Database(settings.database_url)
        database.start(alone=False)
        keys = KeyRing.open(settings.secrets / KEYS_FILE, ciphertext_exists=True)
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
        f"钥匙文件变了，请马上把 {settings.secrets / KEYS_FILE} 另存到安全的地方，不要和备份放在一起。",
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


def _audit_dependencies(options: argparse.Namespace, _settings: Settings) -> int:
    def ask() -> dependency_audit.Reported:
        return dependency_audit.ask_pip_audit(service=options.service, seconds=options.seconds)

    today = local(SystemClock().now()).date()
    status, lines = dependency_audit.audit(today, ask, strict=options.strict)
    for line in lines:
        print(line)
    return status


def _vault_rotate(options: argparse.Namespace, settings: Settings) -> None:
    for line in rotate_vault(settings, retire=options.retire):
        print(line)


def run_retention(settings: Settings) -> dict[str, int]:
    """Forget what is past its time; returns how many of each kind."""

    async def run() -> Counter[str]:
        async with operator(settings) as backend:
            done: Counter[str] = Counter()
            more = True
            while more:
                answer = await backend.post("/retention/run", Wire(), ErasedByRetention)
                done.update(answer.counts)
                more = answer.more
            return done

    return dict(asyncio.run(run()))


def ask_about_person(settings: Settings, path: str, request: PersonRequest, shape: type[Shape]) -> Shape:
    """Export or erase one person."""

    async def ask() -> Shape:
        async with operator(settings) as backend:
            return await backend.post(path, request, shape)

    return asyncio.run(ask())


def _retention_run(_options: argparse.Namespace, settings: Settings) -> None:
    done = run_retention(settings)
    told = {name: kind.name for name, kind in retention_of(FEATURES).items()}
    lines = [f"{told.get(name, name)}{count}" for name, count in done.items() if count]
    print(f"清理好了：{'，'.join(lines) or '没有到期的'}。")


def _retention_show(_options: argparse.Namespace, _settings: Settings) -> None:
    for kind in retention_of(FEATURES).values():
        print(f"{kind.name}：{'系统不自动删' if kind.days is None else f'{kind.days}天'}。{kind.what}。{kind.why}。")


def _person(options: argparse.Namespace) -> PersonRequest:
    """The number is read from the terminal: on the command line it would stay in its history."""
    number = getpass.getpass("请输入本人的身份证号、手机号或银行卡号：") if sys.stdin.isatty() else sys.stdin.readline()
    try:
        return PersonRequest(identifier=number.strip(), purpose=options.purpose)
    except ValidationError as error:
        raise StartRefusedError("号码和用途（--purpose，4个字以上）都要写。") from error


def _person_export(options: argparse.Namespace, settings: Settings) -> None:
    found = ask_about_person(settings, "/persons/export", _person(options), ExportedPerson)
    handle = os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(found.model_dump_json(indent=1))
    print(f"{found.identifier}：{len(found.found)}次对话，写在 {options.file}。里面是明文，交给本人后请删掉。")


def _person_erase(options: argparse.Namespace, settings: Settings) -> None:
    found = ask_about_person(settings, "/persons/erase", _person(options), ErasedPerson)
    if options.conversations is not None:
        options.conversations.write_text("\n".join(found.found), "ascii")
    print(
        f"{found.identifier}：删了{found.counts.get('messages', 0)}条消息、{found.counts.get('drafts', 0)}份没交的申请。"
    )
    if found.kept_cases:
        print(f"已提交的办件按档案保管，没有删：{'、'.join(group(number) for number in found.kept_cases)}。")


def _permissions(_options: argparse.Namespace, _settings: Settings) -> None:
    for line in permission_lines([route for feature in FEATURES for route in feature.operations]):
        print(line)


def _backup(options: argparse.Namespace, settings: Settings) -> None:
    manifest = durability.backup(settings, options.folder)
    print(f"备份好了：{options.folder}，{len(manifest.files)}个文件，审计记录{manifest.audit_entries}条。")
    print(f"钥匙不在备份里：请把 {settings.secrets / KEYS_FILE} 另外保管，不要和备份放在一起；没有它备份读不出来。")


def _restore(options: argparse.Namespace, _settings: Settings) -> None:
    settings = Settings.from_environment({**os.environ, "DAOBAN_DATA": str(options.data)})
    manifest = durability.restore(options.folder, settings, options.key)
    print(f"恢复好了：{settings.data}（备份做于 {local(manifest.made_at):%Y-%m-%d %H:%M}）。")
    if options.key is None:
        print(f"启动前请把钥匙放到 {settings.secrets / KEYS_FILE}（权限600）；没有钥匙后台不启动。")
    print(f"启动：./daoban up --data {settings.data}")


def add_commands(commands: Any) -> None:
    """Add them to the backend's command line."""
    audit = commands.add_parser("audit", help="审计记录").add_subparsers(required=True)
    audit.add_parser("verify", help="核对审计记录有没有被改过").set_defaults(run=_audit_verify)
    packages = audit.add_parser("dependencies", help="核对锁定的包有没有已知漏洞（要联网）")
    packages.add_argument("--strict", action="store_true", help="没能核对也算失败")
    packages.add_argument("--service", default="", help="另一个 OSV 漏洞库的地址")
    packages.add_argument("--seconds", type=float, default=dependency_audit.LONGEST, help="最多等几秒")
    packages.set_defaults(run=_audit_dependencies)
    saving = commands.add_parser("backup", help="备份到一个空目录；运行中也可以")
    saving.add_argument("folder", type=Path, help="空目录或还没有的目录")
    saving.set_defaults(run=_backup)
    restoring = commands.add_parser("restore", help="把备份恢复到一个空的数据目录")
    restoring.add_argument("folder", type=Path, help="备份目录")
    restoring.add_argument("--data", type=Path, required=True, help="新的空数据目录")
    restoring.add_argument("--key", type=Path, help="另外保管的钥匙文件")
    restoring.set_defaults(run=_restore)
    retention = commands.add_parser("retention", help="保存期限").add_subparsers(required=True)
    retention.add_parser("run", help="按保存期限清理").set_defaults(run=_retention_run)
    retention.add_parser("show", help="看每类数据留多久").set_defaults(run=_retention_show)
    person = commands.add_parser("person", help="一个人的数据").add_subparsers(required=True)
    exporting = person.add_parser("export", help="导出给本人")
    exporting.add_argument("file", type=Path, help="写到这个文件（还没有的）")
    exporting.set_defaults(run=_person_export)
    erasing = person.add_parser("erase", help="删除；已提交的办件按档案保管")
    erasing.add_argument("--conversations", type=Path, help=argparse.SUPPRESS)
    erasing.set_defaults(run=_person_erase)
    for command in (exporting, erasing):
        command.add_argument("--purpose", required=True, help="谁申请的、凭什么，记进审计")
    commands.add_parser("permissions", help="谁能做什么").set_defaults(run=_permissions)
    vault = commands.add_parser("vault", help="个人信息保险箱").add_subparsers(required=True)
    rotate = vault.add_parser("rotate", help="换钥匙并重新加密；中断了再运行一次就接着做")
    rotate.add_argument("--retire", action="store_true", help="删去不再用的旧钥匙")
    rotate.set_defaults(run=_vault_rotate)
