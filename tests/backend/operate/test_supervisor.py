"""The supervisor: parts that die come back, a part that refuses stops everything, TERM leaves no process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from backend.operate import supervisor
from backend.operate.addresses import check_ports
from backend.operate.command_line import add_data_option
from backend.operate.commands import up
from backend.operate.parts import PARTS, ports_from
from backend.operate.settings import SupervisorSettings
from backend.operate.supervisor import Part, Plan, supervise
from backend.process.locks import ProcessLock
from backend.process.refusals import StartRefusedError
from backend.telemetry.settings import MODEL_UNUSABLE, START_REFUSED
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
    assert said[0] == f"backend 停了（7），1秒后重启。记录在 {tmp_path / 'logs' / 'backend.log'}"
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


def test_a_second_up_is_refused_at_once_and_touches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On other ports, so that only the data folder tells; the lock comes before ports and migration."""
    monkeypatch.setattr(up, "run_module", lambda *_told, **_env: pytest.fail("started"))
    first = ProcessLock(tmp_path / up.LOCK)
    first.take("http://127.0.0.1:8700")
    assert up.run(argparse_of(tmp_path, neighbours())) == START_REFUSED
    first.give_back()
    said = capsys.readouterr().err
    assert said.startswith(f"数据目录 {tmp_path} 已经在运行：http://127.0.0.1:8700/（进程 {os.getpid()}）。")
    assert [path.name for path in tmp_path.iterdir()] == [up.LOCK]


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DAOBAN_PORT", "abc"), ("DAOBAN_LOG_LEVEL", "loud"), ("DAOBAN_CONNECTORS_PORT", "0"), ("DAOBAN_LOG_DAYS", "x")],
)
def test_a_wrong_setting_is_refused_before_anything_starts_also_where_an_option_goes_before_it(
    variable: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by a part, seconds later, as a training without success."""
    monkeypatch.setattr(up, "run_module", lambda *_told, **_env: pytest.fail("started"))
    monkeypatch.setenv(variable, value)
    assert up.run(argparse_of(tmp_path, neighbours())) == START_REFUSED
    assert f"设置 {variable} 不对" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_ports_of_the_environment_are_used_where_no_option_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """``DAOBAN_PORT=9000 ./daoban up``."""
    settings = SupervisorSettings.from_environment({"DAOBAN_PORT": "9000", "DAOBAN_ASSISTANT_PORT": "9100"})
    assert settings.ports() == {"backend": 9000, "assistant": 9100, "connectors": 9002}
    assert settings.ports(21000) == {"backend": 21000, "assistant": 21001, "connectors": 21002}


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours_is_refused(host: str) -> None:
    """TEST-NET-1, a name that is none."""
    with pytest.raises(StartRefusedError, match=f"监听地址 {host} 不是这台机器的"):
        check_ports(host, ports_from(neighbours()))


def test_training_that_refuses_is_not_called_a_failure(tmp_path: Path) -> None:
    """It has said why."""
    refusing = replace(plan(tmp_path, lambda _part: LIVES), train=REFUSES)
    with pytest.raises(StartRefusedError, match="原因见上面一行"):
        asyncio.run(supervise(refusing))
    assert children() == []


def test_an_assistant_whose_model_is_damaged_is_trained_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And started again, instead of dying for ever; the terminal says so."""
    trained = tmp_path / "trained"
    train = (sys.executable, "-c", f"open({str(trained)!r}, 'a').write('x')")
    script = f"print('模型坏了，重新训练。', flush=True); raise SystemExit({MODEL_UNUSABLE} if len(open({str(trained)!r}).read()) < 2 else 3)"
    damaged = replace(
        plan(tmp_path, lambda part: (sys.executable, "-c", script) if part == "assistant" else LIVES), train=train
    )
    with pytest.raises(StartRefusedError, match="assistant 没有启动"):
        asyncio.run(supervise(damaged))
    assert trained.read_text() == "xx"
    assert "模型坏了，重新训练。" in capsys.readouterr().out


def argparse_of(data: Path, port: int) -> up.argparse.Namespace:
    """What the command line would give."""
    parser = up.argparse.ArgumentParser()
    up.add_arguments(parser)
    add_data_option(parser)
    return parser.parse_args(["--data", str(data), "--port", str(port)])


def children() -> list[psutil.Process]:
    """Processes of parts that this test has started."""
    ours = psutil.Process().children()
    return [child for child in ours if child.status() != psutil.STATUS_ZOMBIE and "-c" in child.cmdline()]


async def test_stopping_while_a_part_starts_or_ends_says_nothing_in_english(caplog: pytest.LogCaptureFixture) -> None:
    """Ctrl-C reaches the parts, too: they end while they are told to, and perhaps have only just been started."""
    for _ in range(25):
        process = await supervisor.start((sys.executable, "-S", "-c", ""), os.environ)
        os.kill(process.pid, signal.SIGINT)
        await supervisor.stop(process)
        assert process.returncode is not None
    for turns in range(6):
        starting = asyncio.create_task(supervisor.start(LIVES, os.environ, listen=True))
        for _ in range(turns):
            await asyncio.sleep(0)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await starting
    assert [record.getMessage() for record in caplog.records if record.name == "asyncio"] == []
    assert not [child for child in psutil.Process().children() if "signal.pause" in " ".join(child.cmdline())]
