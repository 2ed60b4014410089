"""Commands that work on the hall's data: the hall's settings, and refusals as sentences."""

from __future__ import annotations

import os
from collections.abc import Callable

from backend.operate.parts import data_folder
from backend.process.refusals import refusals_told
from backend.settings import Settings
from backend.telemetry.logs import configure_logs


def carry_out(work: Callable[[Settings], int | None], *, data: str | None = None) -> int:
    """Do something with the hall here; returns the exit status. A refusal is printed as its sentence, with status 3."""

    def carried_out() -> int | None:
        told = {**os.environ, "DAOBAN_DATA": str(data_folder(data)), "DAOBAN_LOG": "json"}
        settings = Settings.from_environment(told)
        configure_logs(json=settings.json_logs, quiet=True, level=settings.log_level)
        return work(settings)

    return refusals_told(carried_out)
