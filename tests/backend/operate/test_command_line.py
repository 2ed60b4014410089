"""``./daoban``: every command is there, help needs no environment, what belongs to others is handed on."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from backend.operate import command_line, commands
from backend.operate.addresses import open_without_address
from backend.operate.command_line import COMMANDS, add_data_option, load, main
from backend.operate.commands import check, say, train, voices

ROOT = Path(__file__).parents[3]
FOLDER = Path(commands.__file__).parent


def test_every_module_is_a_command_and_every_command_a_module() -> None:
    """Adding one touches its module and one line of the list."""
    assert {path.stem for path in FOLDER.glob("*.py")} - {"__init__"} == set(COMMANDS)


@pytest.mark.parametrize("name", [name for name in COMMANDS if not load(name).HANDS_ON])
def test_every_command_explains_its_options(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """``./daoban NAME -h``."""
    with pytest.raises(SystemExit) as ended:
        main([name, "-h"])
    assert ended.value.code == 0
    assert f"用法：./daoban {name}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "given",
    [
        ["nonsense"],
        [],
        ["backup"],
        ["migrate", "--soon"],
        ["person", "export", "f"],
        ["up", "--port", "x"],
        ["up", "--port"],
        ["staff", "add", "z", "--name"],
        ["person", "look", "--purpose", "x"],
    ],
)
def test_a_wrong_command_line_is_refused(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2 and what was wrong, in Chinese."""
    with pytest.raises(SystemExit) as ended:
        main(given)
    assert ended.value.code == 2
    usage, _, complaint = capsys.readouterr().err.strip().rpartition("\n")
    assert "用法：./daoban" in usage
    assert complaint.endswith("看说明。")
    assert "。。" not in complaint
    assert not {"error", "required", "argument", "arguments", "invalid", "choice", "expected"} & set(
        re.findall("[a-z]+", complaint)
    )


@pytest.mark.parametrize(
    ("command", "given", "handed_on"),
    [
        (train, ["train", "--if-changed"], ("assistant", "train", "--if-changed")),
        (train, ["train", "-h"], ("assistant", "train", "-h")),
        (say, ["say", "您好", "--wav", "a.wav"], ("connectors.speech", "say", "您好", "--wav", "a.wav")),
        (voices, ["voices", "list"], ("connectors.speech", "voices", "list")),
        (voices, ["voices", "train", "--out", "m"], ("connectors.voice_training", "--out", "m")),
    ],
)
def test_what_another_package_carries_out_is_handed_on_as_it_is(
    command: ModuleType, given: list[str], handed_on: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a process of its own; its exit status is ours."""
    started: list[tuple[str, ...]] = []

    def note(*told: str) -> int:
        started.append(told)
        return 5

    monkeypatch.setattr(command, "run_module", note)
    assert main(given) == 5
    assert started == [handed_on]


def forms_of(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The forms of a command, 「staff add」 and 「staff reset」, or the command alone."""
    works = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return [deeper for one in works for form in one.choices.values() for deeper in forms_of(form)] or [parser]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_form_of_every_command_is_told_its_data_folder(name: str) -> None:
    """As OPERATIONS.md says of all of them: whoever looks after another folder writes it behind every command."""
    parser = argparse.ArgumentParser(name)
    load(name).add_arguments(parser)
    add_data_option(parser)
    for form in forms_of(parser):
        options = [action for action in form._actions if "--data" in action.option_strings]
        assert len(options) == 1, form.prog
        assert options[0].help, form.prog


def test_the_table_of_retention_is_shown_whatever_the_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that had no such option."""
    monkeypatch.setattr("backend.operate.hall.configure_logs", lambda **_how: None)  # the tests have set them up
    assert main(["retention", "show", "--data", str(tmp_path)]) == 0
    assert "天。" in capsys.readouterr().out


@pytest.mark.parametrize("before", [None, "elsewhere"])
def test_what_is_handed_on_works_on_the_folder_that_was_named(
    before: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other packages take it from the environment, as an absolute path; afterwards it is as it was."""
    if before is None:
        monkeypatch.delenv("DAOBAN_DATA", raising=False)
    else:
        monkeypatch.setenv("DAOBAN_DATA", before)
    monkeypatch.chdir(tmp_path)
    told: list[tuple[str | None, tuple[str, ...]]] = []

    def note(*given: str) -> int:
        told.append((os.environ.get("DAOBAN_DATA"), given))
        return 0

    monkeypatch.setattr(train, "run_module", note)
    assert main(["train", "--data", "here", "--if-changed"]) == 0
    assert main(["train"]) == 0
    assert told == [(str(tmp_path / "here"), ("assistant", "train", "--if-changed")), (before, ("assistant", "train"))]
    assert os.environ.get("DAOBAN_DATA") == before


def test_check_stops_at_the_first_room_with_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """Content, then replies and dialogues, then speech."""
    started: list[tuple[str, ...]] = []

    def note(*told: str) -> int:
        started.append(told)
        return 1 if told[0] == "assistant" else 0

    monkeypatch.setattr(check, "run_module", note)
    assert main(["check"]) == 1
    assert started == [("backend", "check"), ("assistant", "check")]


def test_ctrl_c_is_status_130(monkeypatch: pytest.MonkeyPatch) -> None:
    """As shells expect."""

    def interrupt(*_told: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "run_module", interrupt)
    assert main(["train"]) == command_line.INTERRUPTED


def test_help_needs_neither_environment_nor_packages(tmp_path: Path) -> None:
    """A fresh clone answers at once: standard library only, and nothing is made."""
    shutil.copy(ROOT / "daoban", tmp_path)
    (tmp_path / "backend" / "operate").mkdir(parents=True)
    shutil.copytree(ROOT / "backend" / "process", tmp_path / "backend" / "process")
    for path in ("backend/__init__.py", "backend/operate/__init__.py", "backend/operate/command_line.py"):
        shutil.copy(ROOT / path, tmp_path / path)
    done = subprocess.run(
        [sys.executable, "-S", "-B", "daoban", "-h"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert all(name in done.stdout for name in COMMANDS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backend", "daoban"]


@pytest.mark.parametrize(
    ("host", "public_url", "warned"),
    [
        ("0.0.0.0", None, True),  # noqa: S104  # read, not bound
        ("::", None, True),
        ("192.0.2.7", None, True),
        ("0.0.0.0", "https://hall.example", False),  # noqa: S104  # read, not bound
        ("127.0.0.1", None, False),
        ("::1", None, False),
        ("localhost", None, False),
    ],
)
def test_who_opens_the_pages_to_others_is_told_to_name_their_address(
    host: str, public_url: str | None, warned: bool
) -> None:
    """One line at the start, with the variable to set."""
    warning = open_without_address(host, public_url)
    assert (warning is not None) is warned
    assert not warned or "DAOBAN_PUBLIC_URL" in str(warning)
