"""The supervisor: parts that die come back, a part that refuses stops everything, TERM leaves no process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import pytest

from backend.operate import supervisor
from backend.operate.commands import up
from backend.operate.parts import PARTS, ports_from
from backend.operate.supervisor import Part, Plan, supervise
from backend.platform.errors import StartRefusedError
from tests.ports import neighbours

NOTHING = (sys.executable, "-c", "")
REFUSES = (sys.executable, "-c", "print('一行'); print('钥匙不在，不启动。'); raise SystemExit(3)")
LIVES = (sys.executable, "-c", "import signal; signal.pause()")
ANSWERS = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Health(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write('{"ready": true, "speech": {"sentence": "听得见。"}}'.encode())
HTTPServer(("127.0.0.1", int(sys.argv[1])), Health).serve_forever()
"""


def plan(folder: Path, serve: Callable[[str], Sequence[str]], **about: float) -> Plan:
    """Programs in place of the parts."""
    return Plan(os.environ, folder, "127.0.0.1", ports_from(neighbours()), serve=serve, train=NOTHING, **about)


class Enough(Exception):
    """Ends a part that would go on for ever."""


async def test_a_part_that_dies_is_started_again_after_growing_pauses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Up to the longest pause; each death is told with its status."""
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 5:
            raise Enough

    dies = (sys.executable, "-c", "raise SystemExit(7)")
    with pytest.raises(Enough):
        await Part("backend", plan(tmp_path, lambda _part: dies, longest_pause=5), note).keep_running()
    assert pauses == [1, 2, 4, 5, 5]
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"backend 停了（7），1秒后重启。记录在 {tmp_path / 'backend.log'}"
    assert len(said) == 5


async def test_a_part_that_has_run_long_is_started_again_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It dies of something new."""
    monkeypatch.setattr(supervisor, "STEADY_SECONDS", -1)
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            raise Enough

    with pytest.raises(Enough):
        await Part("backend", plan(tmp_path, lambda _part: NOTHING), note).keep_running()
    assert pauses == [supervisor.FIRST_PAUSE] * 3


def test_a_part_that_refuses_to_start_stops_everything_with_its_sentence(tmp_path: Path) -> None:
    """Restarting would not help."""
    with pytest.raises(StartRefusedError, match=r"^backend 没有启动：钥匙不在，不启动。$"):
        asyncio.run(supervise(plan(tmp_path, lambda part: REFUSES if part == "backend" else LIVES)))
    assert children() == []


def test_a_training_that_fails_stops_everything(tmp_path: Path) -> None:
    """An assistant without a model is of no use."""
    failing = Plan(
        os.environ,
        tmp_path,
        "127.0.0.1",
        ports_from(neighbours()),
        serve=lambda _part: LIVES,
        train=(sys.executable, "-c", "raise SystemExit(1)"),
    )
    with pytest.raises(StartRefusedError, match="训练没有成功"):
        asyncio.run(supervise(failing))
    assert children() == []


def test_term_stops_all_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After everything has been told: pages, assistant, voice."""
    wanted = plan(tmp_path, lambda part: (sys.executable, "-c", ANSWERS, str(wanted.ports[part])))

    async def run() -> list[psutil.Process]:
        work = asyncio.ensure_future(supervise(wanted))
        told = ""
        while not all(word in told for word in ("页面可以打开了", "助手准备好了", "语音：听得见。")):
            await asyncio.wait([work], timeout=0.05)
            assert not work.done()
            told += capsys.readouterr().out
        running = children()
        os.kill(os.getpid(), signal.SIGTERM)
        await work
        return running

    try:
        assert len(asyncio.run(run())) == len(PARTS)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    assert capsys.readouterr().out.splitlines() == ["正在停下……"]
    assert children() == []


def test_a_taken_port_is_named_and_nothing_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most often the product runs already."""
    monkeypatch.setattr(up, "run_module", lambda *_told, **_env: pytest.fail("started"))
    first = neighbours()
    with socket.create_server(("127.0.0.1", first + 1)):
        assert up.run(argparse_of(tmp_path, first)) == 1
    assert capsys.readouterr().out == f"端口 {first + 1}（assistant）已被占用。是不是已经在运行？请先停下再启动。\n"


def argparse_of(data: Path, port: int) -> up.argparse.Namespace:
    """What the command line would give."""
    parser = up.argparse.ArgumentParser()
    up.add_arguments(parser)
    return parser.parse_args(["--data", str(data), "--port", str(port)])


def children() -> list[psutil.Process]:
    """Processes of parts that this test has started."""
    ours = psutil.Process().children()
    return [child for child in ours if child.status() != psutil.STATUS_ZOMBIE and "-c" in child.cmdline()]
