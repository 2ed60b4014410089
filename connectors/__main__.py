"""Commands of the connectors: serve, frames."""

from __future__ import annotations

import argparse
import json
import sys

from backend.process.arguments import speak_chinese
from backend.process.data_folder import prepare
from backend.process.refusals import refusals_told
from backend.process.serving import serve
from backend.telemetry.logs import configure_logs
from connectors.app import create_app
from connectors.settings import Settings
from connectors.web_chat.frames import schemas


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    speak_chinese()
    parser = argparse.ArgumentParser(prog="connectors", description="导办：群众说话的入口")
    commands = parser.add_subparsers(required=True, dest="command")
    commands.add_parser("serve", help="启动")
    commands.add_parser("frames", help="打印浏览器连接上来来往往的帧（JSON Schema）")
    if parser.parse_args(arguments).command == "frames":
        print(json.dumps(schemas(), ensure_ascii=False, indent=1))
        return 0
    return refusals_told(_serve)


def _serve() -> int:
    settings = Settings.from_environment()
    configure_logs(json=settings.json_logs, level=settings.log_level)
    prepare(settings.data)
    serve(create_app(settings), settings.host, settings.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
