"""Commands that work on the hall's data: its settings, and refusals as sentences."""

from __future__ import annotations

import sys
from collections.abc import Callable

from backend.operate.command_line import INTERRUPTED
from backend.operate.parts import FIRST_PORT, data_folder, environment, ports_from
from backend.platform.database import SecondBackendError
from backend.platform.errors import StartRefusedError
from backend.settings import Settings
from backend.telemetry.logs import configure_logs
from backend.telemetry.settings import START_REFUSED, WrongSettingError


def carry_out(work: Callable[[Settings], int | None], *, data: str | None = None, first_port: int = FIRST_PORT) -> int:
    """Do something with the hall here; returns the exit status. A refusal is printed as its sentence, with status 3."""

    def carried_out() -> int | None:
        settings = Settings.from_environment(environment(data_folder(data), ports=ports_from(first_port)))
        configure_logs(json=settings.json_logs, quiet=True, level=settings.log_level)
        return work(settings)

    return refusals_told(carried_out)


def refusals_told(work: Callable[[], int | None]) -> int:
    """The exit status of a piece of work."""
    try:
        return work() or 0
    except SecondBackendError:
        print("这个数据库已经有一个后台在用；一个数据库文件只能开一个后台。", file=sys.stderr)
        return START_REFUSED
    except (StartRefusedError, WrongSettingError) as error:
        print(error, file=sys.stderr)
        return START_REFUSED
    except KeyboardInterrupt:
        print("\n已停下，没有保存。", file=sys.stderr)
        return INTERRUPTED
