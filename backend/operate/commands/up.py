"""``up``: run everything on this machine until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio

from backend.operate.parts import (
    FIRST_PORT,
    data_folder,
    environment,
    port_taken,
    ports_from,
    run_module,
    tell,
)
from backend.operate.settings import SupervisorSettings
from backend.operate.supervisor import Plan, supervise
from backend.platform.errors import StartRefusedError
from backend.telemetry.settings import START_REFUSED, WrongSettingError

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, with what data, open to whom."""
    parser.add_argument("--data", help="数据目录，默认 ./var")
    parser.add_argument("--demo", action="store_true", help="给空数据库填上演示账号和一天的演示数据")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址；0.0.0.0 让局域网里的人也能打开")
    parser.add_argument(
        "--port", type=int, default=FIRST_PORT, help=f"第一个端口，默认 {FIRST_PORT}；三个部分依次占三个端口"
    )


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date, say what the content lacks, then keep the three parts running."""
    try:
        pause = SupervisorSettings.from_environment().longest_pause
    except WrongSettingError as wrong:
        tell(str(wrong))
        return START_REFUSED
    ports = ports_from(options.port)
    for name, port in ports.items():
        if port_taken(port):
            tell(f"端口 {port}（{name}）已被占用。是不是已经在运行？请先停下再启动。")
            return 1
    data = data_folder(options.data)
    logs = data / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    env = environment(data, options.host, ports)
    quiet = {**env, "DAOBAN_LOG_LEVEL": "warning"}
    if status := run_module("backend", "migrate", env=quiet):
        return status
    if options.demo and (status := run_module("backend.operate", "demo", f"--data={data}", env=quiet)):
        return status
    run_module("backend", "check", env=quiet)
    try:
        asyncio.run(supervise(Plan(env, logs, options.host, ports, longest_pause=pause)))
    except KeyboardInterrupt:
        pass
    except StartRefusedError as refusal:
        tell(str(refusal))
        return START_REFUSED
    tell("已全部停下。")
    return 0
