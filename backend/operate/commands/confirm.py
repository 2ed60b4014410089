"""``confirm``: fill in what only the centre knows of itself."""

from __future__ import annotations

import argparse
import sys

from backend.contracts.catalogue import CentreChange
from backend.one_window.catalogue.confirming import (
    FIELD_EXAMPLES,
    FIELD_NAMES,
    CentreFieldName,
    checked,
    empty_fields,
)
from backend.operate.centre import change_centre, read_centre, unconfirmed_line
from backend.operate.hall import carry_out
from backend.platform.errors import InvalidError
from backend.settings import Settings

HANDS_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The fields, and which product to tell."""
    for name in CentreFieldName:
        parser.add_argument(f"--{name.replace('_', '-')}", dest=str(name), help=FIELD_NAMES[name])


def run(options: argparse.Namespace) -> int:
    """Fill in the fields given; without any, ask for each empty one."""
    given = {name: value for name in CentreFieldName if (value := getattr(options, name)) is not None}
    return carry_out(lambda settings: _confirm(settings, given), data=options.data)


def _confirm(settings: Settings, given: dict[CentreFieldName, str]) -> None:
    told = given or _ask(empty_fields(read_centre(settings)))
    if told:
        change_centre(settings, CentreChange.model_validate(told))
        print("已保存：" + "、".join(FIELD_NAMES[name] for name in told))
    print(unconfirmed_line(settings))


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
