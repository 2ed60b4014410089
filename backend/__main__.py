"""What the backend does as a process of its own: serve, migrate, check, openapi. Commands for people are ``backend.operate``."""

from __future__ import annotations

import argparse
import json
import sys

from backend.app import create_app
from backend.features import FEATURES
from backend.operate import check
from backend.operate.centre import unconfirmed_line
from backend.operate.preparing import prepare_database
from backend.platform.api import VERSION
from backend.platform.http import DATABASE
from backend.platform.openapi import document
from backend.process.arguments import speak_chinese
from backend.process.data_folder import prepare
from backend.process.refusals import refusals_told
from backend.process.serving import serve
from backend.settings import Settings
from backend.telemetry.logs import configure_logs


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    speak_chinese()
    options = _parser().parse_args(arguments)
    return refusals_told(lambda: _run(options))


def _run(options: argparse.Namespace) -> int | None:
    settings = Settings.from_environment()
    configure_logs(json=settings.json_logs, quiet=options.run is not _serve, level=settings.log_level)
    done: int | None = options.run(settings)
    return done


def _serve(settings: Settings) -> None:
    prepare(settings.data)
    app = create_app(settings)
    app[DATABASE].announce(settings.own_address)
    serve(app, settings.host, settings.port)


def _migrate(settings: Settings) -> None:
    for line in prepare_database(settings):
        print(line)


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
