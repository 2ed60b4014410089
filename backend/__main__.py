"""Commands of the backend: serve, migrate, check, confirm, staff, openapi."""

from __future__ import annotations

import argparse
import json
import sys

from aiohttp import web

from backend.app import create_app
from backend.contracts.catalogue import CentreChange
from backend.features import FEATURES
from backend.migrations import migrate
from backend.one_window.catalogue.confirming import (
    FIELD_EXAMPLES,
    FIELD_NAMES,
    CentreFieldName,
    checked,
    empty_fields,
)
from backend.operate import check, console, trust_commands
from backend.platform.api import VERSION
from backend.platform.database import SecondBackendError
from backend.platform.errors import InvalidError, StartRefusedError
from backend.platform.openapi import document
from backend.settings import Settings
from backend.telemetry.logs import configure_logs


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    settings = Settings.from_environment()
    configure_logs(json=settings.json_logs, quiet=options.run is not _serve)
    try:
        return int(options.run(options, settings) or 0)
    except SecondBackendError:
        print("这个数据库已经有一个后台在用；一个数据库文件只能开一个后台。", file=sys.stderr)
        return 3
    except StartRefusedError as error:
        print(error, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        print("\n已停下，没有保存。", file=sys.stderr)
        return 130


def _serve(_options: argparse.Namespace, settings: Settings) -> None:
    web.run_app(create_app(settings), host=settings.host, port=settings.port, print=None, access_log=None)


def _migrate(_options: argparse.Namespace, settings: Settings) -> None:
    migrate(settings.database_url)


def _check(_options: argparse.Namespace, settings: Settings) -> int:
    problems, warnings = check.run()
    for line in (*warnings, *problems):
        print(line)
    if not problems:
        print(console.unconfirmed_line(settings))
    return 1 if problems else 0


def _confirm(options: argparse.Namespace, settings: Settings) -> None:
    """Fields given are filled in; without any, each empty one is asked for."""
    told = {name: value for name in CentreFieldName if (value := getattr(options, name)) is not None}
    told = told or _ask(empty_fields(console.read_centre(settings)))
    if told:
        console.change_centre(settings, CentreChange.model_validate(told))
        print("已保存：" + "、".join(FIELD_NAMES[name] for name in told))
    print(console.unconfirmed_line(settings))


def _ask(names: list[CentreFieldName]) -> dict[CentreFieldName, str]:
    """Ask for each field until it does; Enter leaves it empty."""
    told: dict[CentreFieldName, str] = {}
    if names:
        print("下面填的，群众在办事指南上都看得到。还不知道的，直接按回车，以后再填。")
    else:
        print("要改哪一项，就写在命令后面，比如：./daoban confirm --phone 新的电话")
    for place, name in enumerate(names, 1):
        print(f"\n{place}/{len(names)}　{FIELD_NAMES[name]}（写法举例：{FIELD_EXAMPLES[name]}）")
        while said := _line():
            try:
                told[name] = checked(name, said)
                break
            except InvalidError as error:
                print(error.detail)
    print()
    return told


def _line() -> str:
    """A line typed at the terminal; empty at its end too."""
    print("请填：", end="", flush=True)
    return sys.stdin.readline().strip()


def _add_staff(options: argparse.Namespace, settings: Settings) -> None:
    view, password = console.add_staff(settings, options.username, options.name, options.role, options.unit)
    print(f"账号 {view.username}（{view.name}）已建好，第一次登录的密码：{password}\n登录后要先改密码。")


def _reset_staff(options: argparse.Namespace, settings: Settings) -> None:
    view, password = console.reset_staff(settings, options.username)
    print(f"账号 {view.username}（{view.name}）已重设，两步登录已关，第一次登录的密码：{password}\n登录后要先改密码。")


def _demo(_options: argparse.Namespace, settings: Settings) -> None:
    for line in console.fill_demo(settings):
        print(line)


def _openapi(_options: argparse.Namespace, _settings: Settings) -> None:
    routes = [route for feature in FEATURES for route in feature.operations]
    print(json.dumps(document(routes, VERSION), ensure_ascii=False, indent=1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backend", description="导办后台")
    commands = parser.add_subparsers(required=True)
    for name, run, text in (
        ("serve", _serve, "启动后台"),
        ("migrate", _migrate, "升级数据库"),
        ("check", _check, "检查内容文件"),
        ("demo", _demo, "给空数据库填演示数据"),
        ("openapi", _openapi, "打印接口文档"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)
    confirm = commands.add_parser("confirm", help="填中心的地址、电话、上班时间、怎么去")
    for name in CentreFieldName:
        confirm.add_argument(f"--{name.replace('_', '-')}", dest=str(name), help=FIELD_NAMES[name])
    confirm.set_defaults(run=_confirm)
    staff = commands.add_parser("staff", help="工作人员账号").add_subparsers(required=True)
    add = staff.add_parser("add", help="新建账号")
    add.add_argument("username", help="用户名：小写字母开头")
    add.add_argument("--name", required=True, help="姓名")
    add.add_argument("--role", action="append", required=True, help="岗位，可写多次，如 counter_clerk")
    add.add_argument("--unit", action="append", default=[], help="单元代码，可写多次，如 SY；* 为综合窗口")
    add.set_defaults(run=_add_staff)
    reset = staff.add_parser("reset", help="忘了密码或换了手机：发一个新的首次密码")
    reset.add_argument("username")
    reset.set_defaults(run=_reset_staff)
    trust_commands.add_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
