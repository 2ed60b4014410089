"""``backup``: copy everything but the key into an empty folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from backend.operate import durability
from backend.operate.hall import carry_out
from backend.platform.vault.keys import KEYS_FILE
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("folder", type=Path, help="空目录或还没有的目录")


def run(options: argparse.Namespace) -> int:
    """Copy; works beside a running product too."""
    return carry_out(lambda settings: _backup(settings, options.folder), data=options.data)


def _backup(settings: Settings, folder: Path) -> None:
    manifest = durability.backup(settings, folder)
    print(f"备份好了：{folder}，{len(manifest.files)}个文件，审计记录{manifest.audit_entries}条。")
    print(f"钥匙不在备份里：请把 {settings.secrets / KEYS_FILE} 另外保管，不要和备份放在一起；没有它备份读不出来。")
