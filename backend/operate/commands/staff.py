"""``staff``: accounts of members of staff."""

from __future__ import annotations

import argparse
import asyncio

from pydantic import ValidationError

from backend.hall.accounts.schemas import AddedStaff, NewStaff, ResetStaff, StaffView, UnlockStaff
from backend.operate.hall import carry_out
from backend.operate.operator import operator
from backend.platform.complaints import first_complaint
from backend.platform.errors import StartRefusedError
from backend.platform.field_names import label_of
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A new account, a new first password, or no lock any more."""
    works = parser.add_subparsers(required=True)
    add = works.add_parser("add", help="新建账号")
    add.add_argument("username", help="用户名：小写字母开头")
    add.add_argument("--name", required=True, help="姓名")
    add.add_argument("--role", action="append", required=True, help="岗位，可写多次，如 counter_clerk")
    add.add_argument("--unit", action="append", default=[], help="单元代码，可写多次，如 SY；* 为综合窗口")
    add.set_defaults(work=_add)
    reset = works.add_parser("reset", help="忘了密码或换了手机：发一个新的首次密码")
    reset.add_argument("username")
    reset.set_defaults(work=_reset)
    unlock = works.add_parser("unlock", help="输错密码被锁住了：马上可以再试")
    unlock.add_argument("username")
    unlock.set_defaults(work=_unlock)


def run(options: argparse.Namespace) -> int:
    """Make, reset or unlock the account; print its first password where it gets one."""
    return carry_out(lambda settings: options.work(options, settings), data=options.data)


def _add(options: argparse.Namespace, settings: Settings) -> None:
    view, password = add_staff(settings, options.username, options.name, options.role, options.unit)
    print(f"账号 {view.username}（{view.name}）已建好，第一次登录的密码：{password}\n登录后要先改密码。")


def _reset(options: argparse.Namespace, settings: Settings) -> None:
    view, password = reset_staff(settings, options.username)
    print(f"账号 {view.username}（{view.name}）已重设，两步登录已关，第一次登录的密码：{password}\n登录后要先改密码。")


def _unlock(options: argparse.Namespace, settings: Settings) -> None:
    async def unlock() -> StaffView:
        async with operator(settings) as backend:
            return await backend.post("/staff/unlock", UnlockStaff(username=options.username), StaffView)

    view = asyncio.run(unlock())
    print(f"账号 {view.username}（{view.name}）已解锁，马上可以登录。")


def add_staff(
    settings: Settings, username: str, name: str, roles: list[str], units: list[str]
) -> tuple[StaffView, str]:
    """Make an account; returns it with its first password. Raises StartRefusedError on bad input."""
    told = {"username": username, "name": name, "roles": roles, "units": units}
    try:
        new = NewStaff.model_validate(told)
    except ValidationError as error:
        field, reason = first_complaint(error, told)
        raise StartRefusedError(f"「{label_of(field)}」填得不对：{reason}") from error

    async def add() -> AddedStaff:
        async with operator(settings) as backend:
            return await backend.post("/staff", new, AddedStaff)

    made = asyncio.run(add())
    return made.account, made.first_password


def reset_staff(settings: Settings, username: str) -> tuple[StaffView, str]:
    """A new first password for somebody who lost the old one or the phone. Raises StartRefusedError."""

    async def reset() -> AddedStaff:
        async with operator(settings) as backend:
            return await backend.post("/staff/reset", ResetStaff(username=username), AddedStaff)

    made = asyncio.run(reset())
    return made.account, made.first_password
