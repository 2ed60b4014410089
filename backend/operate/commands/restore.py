"""``restore``: put a backup into an empty data folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from backend.operate import durability
from backend.operate.hall import carry_out
from backend.platform.clock import local
from backend.platform.vault.keys import KEYS_FILE
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """From where, to where, with which key."""
    parser.add_argument("folder", type=Path, help="备份目录")
    parser.add_argument("--data", required=True, help="新的空数据目录")
    parser.add_argument("--key", type=Path, help="另外保管的钥匙文件")


def run(options: argparse.Namespace) -> int:
    """Restore and say what to do next."""
    return carry_out(lambda settings: _restore(settings, options.folder, options.key), data=options.data)


def _restore(settings: Settings, folder: Path, key: Path | None) -> None:
    manifest = durability.restore(folder, settings, key)
    print(f"恢复好了：{settings.data}（备份做于 {local(manifest.made_at):%Y-%m-%d %H:%M}）。")
    if key is None:
        print(f"启动前请把钥匙放到 {settings.secrets / KEYS_FILE}（权限600）；没有钥匙后台不启动。")
    print(f"启动：./daoban up --data {settings.data}")
