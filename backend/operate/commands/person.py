"""``person``: export or erase one person, the assistant's tracker included. The number is asked for."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from backend.contracts.privacy import ErasedPerson, ExportedPerson, PersonRequest
from backend.language.serial_numbers import group
from backend.operate.hall import carry_out
from backend.operate.operator import Shape, operator
from backend.operate.parts import data_folder, environment, run_module, tell
from backend.platform.errors import StartRefusedError
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which of the two, and on what grounds."""
    parser.add_argument("what", choices=("export", "erase"))
    parser.add_argument("file", nargs="?", type=Path, help="export 写到这个文件")
    parser.add_argument("--purpose", required=True, help="谁申请的、凭什么，记进审计")


def run(options: argparse.Namespace) -> int:
    """Do it in the hall's data, then in the assistant's tracker."""
    env = environment(data_folder(options.data))
    if options.what == "export":
        if options.file is None:
            tell("请写导出到哪个文件：./daoban person export 文件 --purpose 用途")
            return 1
        file = options.file.resolve()
        exported = carry_out(lambda settings: _export(settings, options.purpose, file), data=options.data)
        return exported or run_module("assistant", "tracker", "export", str(file), env=env)
    with TemporaryDirectory() as scratch:
        found = Path(scratch) / "conversations"
        erased = carry_out(lambda settings: _erase(settings, options.purpose, found), data=options.data)
        return erased or run_module("assistant", "tracker", "erase", str(found), env=env)


def _request(purpose: str) -> PersonRequest:
    """The number is read from the terminal: on the command line it would stay in its history."""
    number = getpass.getpass("请输入本人的身份证号、手机号或银行卡号：") if sys.stdin.isatty() else sys.stdin.readline()
    try:
        return PersonRequest(identifier=number.strip(), purpose=purpose)
    except ValidationError as error:
        raise StartRefusedError("号码和用途（--purpose，4个字以上）都要写。") from error


def _export(settings: Settings, purpose: str, file: Path) -> None:
    found = ask_about_person(settings, "/persons/export", _request(purpose), ExportedPerson)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.write(found.model_dump_json(indent=1))
    print(f"{found.identifier}：{len(found.found)}次对话，写在 {file}。里面是明文，交给本人后请删掉。")


def _erase(settings: Settings, purpose: str, conversations: Path) -> None:
    found = ask_about_person(settings, "/persons/erase", _request(purpose), ErasedPerson)
    conversations.write_text("\n".join(found.found), "ascii")
    print(
        f"{found.identifier}：删了{found.counts.get('messages', 0)}条消息、{found.counts.get('drafts', 0)}份没交的申请。"
    )
    if found.kept_cases:
        print(f"已提交的办件按档案保管，没有删：{'、'.join(group(number) for number in found.kept_cases)}。")


def ask_about_person(settings: Settings, path: str, request: PersonRequest, shape: type[Shape]) -> Shape:
    """Export or erase one person in the hall's data. Raises StartRefusedError."""

    async def ask() -> Shape:
        async with operator(settings) as backend:
            return await backend.post(path, request, shape)

    return asyncio.run(ask())
