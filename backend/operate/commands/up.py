"""``up``: run everything on this machine until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backend.operate.addresses import check_ports, open_without_address, port_number, taken_port
from backend.operate.parts import FIRST_PORT, data_folder, environment, run_module, tell
from backend.operate.settings import SupervisorSettings
from backend.operate.supervisor import Plan, supervise
from backend.process.data_folder import prepare
from backend.process.locks import HeldElsewhereError, ProcessLock
from backend.process.refusals import refusals_told, refused, sentence
from backend.settings import Settings

HANDS_ON = False
LOCK = "up.lock"
"""Held in the data folder while the product runs."""
TAKEN = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where, with what data, open to whom."""
    parser.add_argument("--demo", action="store_true", help="给空数据库填上演示账号和一天的演示数据")
    parser.add_argument("--host", help="监听地址，默认 127.0.0.1；0.0.0.0 让局域网里的人也能打开")
    parser.add_argument("--port", type=port_number, help=f"第一个端口，默认 {FIRST_PORT}；三个部分依次占三个端口")


def run(options: argparse.Namespace) -> int:
    """Refuse what cannot run; bring the database up to date, say what the content lacks, then keep the three parts running."""
    return refusals_told(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    settings = SupervisorSettings.from_environment()
    hall = Settings.from_environment()  # what we tell the parts ourselves would else hide a wrong variable
    data, host, ports = data_folder(options.data), options.host or settings.host, settings.ports(options.port)
    if closed := prepare(data):
        tell(sentence("closed_to_others", path=data, count=closed))
    if warning := open_without_address(host, hall.public_url):
        tell(warning)
    plan = Plan(
        environment(data, host, ports),
        data,
        host,
        ports,
        longest_pause=settings.longest_pause,
        log_bytes=settings.log_megabytes * 2**20,
        log_days=settings.log_days,
    )
    with _alone(data, plan.base):
        if (taken := taken_port(host, ports)) is not None:
            tell(f"端口 {ports[taken]}（{taken}）已被占用。是不是已经在运行？请先停下再启动。")
            return TAKEN
        check_ports(host, ports)
        return _prepare(data, plan, demo=options.demo) or _keep_running(plan)


@contextmanager
def _alone(data: Path, address: str) -> Iterator[None]:
    """Nobody else runs this data folder, before anything in it is touched. Raises StartRefusedError."""
    lock = ProcessLock(data / LOCK)
    try:
        lock.take(address)
    except HeldElsewhereError as held:
        where = "" if held.holder is None else f"：{held.holder.address}/（进程 {held.holder.pid}）"
        raise refused("already_up", path=data, where=where) from held
    try:
        yield
    finally:
        lock.give_back()


def _prepare(data: Path, plan: Plan, *, demo: bool) -> int:
    plan.logs.mkdir(parents=True, exist_ok=True)
    quiet = {**plan.env, "DAOBAN_LOG_LEVEL": "warning"}
    if status := run_module("backend", "migrate", env=quiet):
        return status
    if demo and (status := run_module("backend.operate", "demo", f"--data={data}", env=quiet)):
        return status
    run_module("backend", "check", env=quiet)
    return 0


def _keep_running(plan: Plan) -> int:
    with suppress(KeyboardInterrupt):
        asyncio.run(supervise(plan))
    tell("已全部停下。")
    return 0
