"""``audit``: whether the audit trail was changed, whether the locked packages have known vulnerabilities."""

from __future__ import annotations

import argparse
import asyncio

from backend.operate import dependency_audit
from backend.operate.hall import carry_out
from backend.platform.audit import Audit, Verification, note_anchor, read_anchors
from backend.platform.clock import SystemClock, local
from backend.platform.database import Database
from backend.platform.vault import KeyRing
from backend.platform.vault.keys import KEYS_FILE
from backend.settings import Settings

HANDS_ON = False
MAX_SHOWN_COUNT = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which of the two."""
    works = parser.add_subparsers(required=True)
    trail = works.add_parser("verify", help="核对审计记录有没有被改过")
    trail.set_defaults(work=_verify)
    packages = works.add_parser("dependencies", help="核对锁定的包有没有已知漏洞（要联网）")
    packages.add_argument("--strict", action="store_true", help="没能核对也算失败")
    packages.add_argument("--service", default="", help="另一个 OSV 漏洞库的地址")
    packages.add_argument("--seconds", type=float, default=dependency_audit.LONGEST, help="最多等几秒")
    packages.set_defaults(work=_dependencies)


def run(options: argparse.Namespace) -> int:
    """Check and print what was found; 1 when something is wrong."""
    return int(options.work(options))


def _verify(options: argparse.Namespace) -> int:
    return carry_out(_told, data=options.data)


def _told(settings: Settings) -> int:
    found = verify_audit(settings)
    for problem in found.problems[:MAX_SHOWN_COUNT]:
        print(problem)
    if found.problems:
        print(f"审计记录被动过：{len(found.problems)}处不对。")
        return 1
    print(f"审计记录完好：{found.entries}条，最后一条的校验值 {found.head.hash[:16]}。")
    return 0


def _dependencies(options: argparse.Namespace) -> int:
    def ask() -> dependency_audit.Reported:
        return dependency_audit.ask_pip_audit(service=options.service, seconds=options.seconds)

    today = local(SystemClock().now()).date()
    status, lines = dependency_audit.audit(today, ask, strict=options.strict)
    for line in lines:
        print(line)
    return status


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
