"""Commands that work on the hall's data: their option, the hall's settings, and refusals as sentences."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from backend.operate.parts import data_folder
from backend.process.refusals import refusals_told
from backend.settings import Settings
from backend.telemetry.logs import configure_logs


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Which product is meant: the one of this data folder, whatever its ports."""
    parser.add_argument("--data", help="数据目录，默认 ./var；正在运行的那一套由它找到")


def carry_out(work: Callable[[Settings], int | None], *, data: str | None = None) -> int:
    """Do something with the hall here; returns the exit status. A refusal is printed as its sentence, with status 3."""

    def carried_out() -> int | None:
        told = {**os.environ, "DAOBAN_DATA": str(data_folder(data)), "DAOBAN_LOG": "json"}
        settings = Settings.from_environment(told)
        configure_logs(json=settings.json_logs, quiet=True, level=settings.log_level)
        return work(settings)

    return refusals_told(carried_out)
