"""``vault``: the keys of the vault of personal identifiers."""

from __future__ import annotations

import argparse
import asyncio

from backend.contracts.privacy import Rotation, RotationState
from backend.operate.hall import carry_out
from backend.operate.operator import Operator, operator
from backend.platform.vault.keys import KEYS_FILE
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Rotation."""
    works = parser.add_subparsers(required=True)
    rotate = works.add_parser("rotate", help="换钥匙并重新加密；中断了再运行一次就接着做")
    rotate.add_argument("--retire", action="store_true", help="删去不再用的旧钥匙")


def run(options: argparse.Namespace) -> int:
    """Rotate and print what was done."""
    return carry_out(lambda settings: _rotate(settings, retire=options.retire), data=options.data)


def _rotate(settings: Settings, *, retire: bool) -> None:
    for line in rotate_vault(settings, retire=retire):
        print(line)


def rotate_vault(settings: Settings, *, retire: bool) -> list[str]:
    """Seal everything with a new key, or finish what was begun; returns lines to print."""

    async def rotate() -> list[RotationState]:
        async with operator(settings) as backend:
            states = [await _call(backend, Rotation(begin=True, retire=retire))]
            while states[-1].left:
                states.append(await _call(backend, Rotation(retire=retire)))
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


async def _call(backend: Operator, rotation: Rotation) -> RotationState:
    return await backend.post("/vault/rotation", rotation, RotationState)
