"""The command line: which commands there are, and the module that carries each out.

``./daoban -h`` reads this before there is an environment: standard library only, Python 3.8.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from contextlib import contextmanager
from importlib import import_module
from typing import Iterator, Optional, Protocol, Sequence, cast  # noqa: UP035  # Python 3.8

from backend.process.arguments import speak_chinese

INTERRUPTED = 130
"""Exit status after Ctrl-C."""
READER_GONE = 141
"""Exit status when whoever read our output has ended, as ``head`` does; shells expect this one."""

_DATA = "DAOBAN_DATA"
"""The setting of the data folder (backend/operate/parts.py)."""

COMMANDS = {
    "up": "启动全部（Ctrl-C 停下）",
    "test": "检查并运行全部测试；后面的参数交给 pytest；--fast 只做一分钟以内的",
    "train": "训练助手",
    "evaluate": "用一份问题文件测助手",
    "check": "检查内容、话术、对话文件和语音",
    "say": "把一句话说成WAV文件：say 您好 --wav F",
    "hear": "听一个WAV文件：hear F.wav [--grammar …] [--json]",
    "voices": "语音模型：voices list | fetch small-cn | fetch cn | train",
    "confirm": "填中心的地址、电话、上班时间、怎么去；不带参数就一项一项问",
    "demo": "给空数据库填上演示账号和一天的演示数据",
    "migrate": "升级数据库",
    "migration": '写下一个迁移文件：表改了以后 migration "what it does"',
    "staff": "工作人员账号，如 staff add zhang --name 张三 --role counter_clerk --unit SY",
    "person": "一个人的数据：导出给本人，或者删除",
    "audit": "审计记录：audit verify 核对有没有被改过；audit dependencies 核对依赖有没有漏洞",
    "backup": "备份：backup 目录",
    "permissions": "谁能做什么：按权限列出",
    "retention": "保存期限：retention show 看表，retention run 清理",
    "restore": "恢复：restore 备份目录 --data 新的空目录 [--key 钥匙文件]",
    "vault": "个人信息保险箱：vault rotate 换钥匙",
}
"""Commands and what each is for. Each is a module of ``backend.operate.commands``, which loads only when it is called."""


class Command(Protocol):
    """What a module of ``backend.operate.commands`` has."""

    HANDS_ON: bool
    """Whether what its parser does not know (also ``-h``) is handed on, as ``options.rest``, instead of refused."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare its options."""

    def run(self, options: argparse.Namespace) -> int:
        """Carry it out; returns the exit status."""


def load(name: str) -> Command:
    """The module of a command."""
    return cast("Command", import_module("backend.operate.commands." + name))


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Let a command, in each of its forms, be told which product is meant: the one of a data folder, whatever its ports."""
    works = [
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    ]  # argparse tells its tree nowhere else
    for form in {id(form): form for action in works for form in action.choices.values()}.values():
        add_data_option(form)
    if not works and not any("--data" in action.option_strings for action in parser._actions):  # as above
        parser.add_argument("--data", help="数据目录，默认 ./var；正在运行的那一套由它找到")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    speak_chinese()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for Python's own last flush
        return READER_GONE
    return status


def _run(arguments: Sequence[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else list(arguments)
    top = argparse.ArgumentParser(prog="./daoban", description="导办：就业和社会保障服务大厅的前台助手与服务系统")
    choices = top.add_subparsers(required=True, metavar="命令")
    command = load(given[0]) if given and given[0] in COMMANDS else None
    for name, purpose in COMMANDS.items():
        chosen = command if command is not None and name == given[0] else None
        hands_on = chosen is not None and chosen.HANDS_ON
        parser = choices.add_parser(name, help=purpose, add_help=not hands_on, allow_abbrev=not hands_on)
        if chosen is not None:
            chosen.add_arguments(parser)
            add_data_option(parser)
    options, rest = top.parse_known_args(given)
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if command is None:
        return 2  # not reached: argparse has refused it
    if rest and not command.HANDS_ON:
        top.error("没有这样的写法：" + " ".join(rest))
    options.rest = rest
    try:
        with _data_named(options.data):
            return command.run(options)
    except KeyboardInterrupt:  # the command has said so itself
        return INTERRUPTED


@contextmanager
def _data_named(folder: Optional[str]) -> Iterator[None]:  # noqa: UP045  # Python 3.8
    """While the block runs, the environment names the data folder, for the command and every process it starts."""
    before = os.environ.get(_DATA)
    if folder:
        os.environ[_DATA] = os.path.abspath(folder)  # noqa: PTH100  # as the shell means it; others start elsewhere
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_DATA, None)
        else:
            os.environ[_DATA] = before
