"""What the backend does as a process of its own: serve, migrate, check, openapi. Commands for people are ``backend.operate``."""

from __future__ import annotations

import argparse
import json
import sys

from aiohttp import web

from backend.app import create_app
from backend.features import FEATURES
from backend.migrations import migrate
from backend.operate import check
from backend.operate.centre import unconfirmed_line
from backend.operate.hall import refusals_told
from backend.platform.api import VERSION
from backend.platform.openapi import document
from backend.settings import Settings
from backend.telemetry.logs import configure_logs


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    return refusals_told(lambda: _run(options))


def _run(options: argparse.Namespace) -> int | None:
    settings = Settings.from_environment()
    configure_logs(json=settings.json_logs, quiet=options.run is not _serve, level=settings.log_level)
    done: int | None = options.run(settings)
    return done


def _serve(settings: Settings) -> None:
    web.run_app(create_app(settings), host=settings.host, port=settings.port, print=None, access_log=None)


def _migrate(settings: Settings) -> None:
    migrate(settings.database_url)


def _check(settings: Settings) -> int:
    problems, warnings = check.run()
    for line in (*warnings, *problems):
        print(line)
    if not problems:
        print(unconfirmed_line(settings))
    return 1 if problems else 0


def _openapi(_settings: Settings) -> None:
    routes = [route for feature in FEATURES for route in feature.operations]
    print(json.dumps(document(routes, VERSION), ensure_ascii=False, indent=1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backend", description="导办后台")
    commands = parser.add_subparsers(required=True)
    for name, run, text in (
        ("serve", _serve, "启动后台"),
        ("migrate", _migrate, "升级数据库"),
        ("check", _check, "检查内容文件"),
        ("openapi", _openapi, "打印接口文档"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
