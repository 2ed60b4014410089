"""Commands of the connectors: serve."""

from __future__ import annotations

import argparse
import sys

from aiohttp import web

from backend.telemetry.logs import configure_logs
from backend.telemetry.settings import refusing_wrong_settings
from connectors.app import create_app
from connectors.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="connectors", description="导办：群众说话的入口")
    parser.add_subparsers(required=True).add_parser("serve", help="启动")
    parser.parse_args(arguments)
    return refusing_wrong_settings(_serve)


def _serve() -> int:
    settings = Settings.from_environment()
    configure_logs(json=settings.json_logs, level=settings.log_level)
    web.run_app(create_app(settings), host=settings.host, port=settings.port, print=None, access_log=None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
