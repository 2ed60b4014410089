"""Settings: each declared once, told in OPERATIONS.md, and refused by name when wrong."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
import textwrap
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.settings import Settings as AssistantSettings
from backend.limiting.counting import RateLimits
from backend.operate.settings import SupervisorSettings
from backend.settings import Settings
from backend.telemetry.settings import EnvironmentSettings, ProcessSettings, WrongSettingError
from connectors.settings import Settings as ConnectorsSettings
from connectors.speech.settings import SpeechSettings

ROOT = Path(__file__).parents[2]
DECLARED = (Settings, AssistantSettings, ConnectorsSettings, SpeechSettings, RateLimits, SupervisorSettings)


def test_the_table_of_operations_names_every_setting_and_no_other() -> None:
    """``DAOBAN_A`` `_B`: DAOBAN_A and its neighbour with the last word changed."""
    told: set[str] = set()
    for row in re.findall(r"^\| (`(?:DAOBAN_|_).*?) \|", (ROOT / "OPERATIONS.md").read_text("utf-8"), re.MULTILINE):
        first, *others = [name.partition("=")[0] for name in re.findall(r"`([^`]+)`", row)]
        told |= {first, *(name if name.startswith("DAOBAN_") else _neighbour(first, name) for name in others)}
    declared = {variable for settings in DECLARED for variable in settings.variables()}
    assert told == declared


def _neighbour(first: str, last_word: str) -> str:
    family = next(family for family in ("DAOBAN_LIMIT", "DAOBAN_SPEECH") if first.startswith(family))
    return family + last_word


def test_every_setting_is_explained() -> None:
    """A docstring under each field of each class."""
    for settings in (*DECLARED, ProcessSettings):
        [declared] = ast.parse(textwrap.dedent(inspect.getsource(settings))).body
        assert isinstance(declared, ast.ClassDef)
        for field, below in pairwise([*declared.body, ast.Pass()]):
            if isinstance(field, ast.AnnAssign):
                assert isinstance(below, ast.Expr), (settings, ast.unparse(field))
                assert isinstance(below.value, ast.Constant), (settings, ast.unparse(field))


@pytest.mark.parametrize(
    ("settings", "variable", "value", "sentence"),
    [
        (Settings, "DAOBAN_PORT", "eighty", "设置 DAOBAN_PORT 不对：要写整数。"),
        (Settings, "DAOBAN_PORT", "70000", "设置 DAOBAN_PORT 不对：不能大于 65535。"),
        (Settings, "DAOBAN_SECURE_COOKIES", "perhaps", "设置 DAOBAN_SECURE_COOKIES 不对：要写 1 或 0。"),
        (Settings, "DAOBAN_LOG", "xml", "设置 DAOBAN_LOG 不对：只能写 console、json。"),
        (Settings, "DAOBAN_PROXIES", "10.0.0.1 proxy", "设置 DAOBAN_PROXIES 不对：要写 IP 地址"),
        (Settings, "DAOBAN_LIMIT_CODE", "-1", "设置 DAOBAN_LIMIT_CODE 不对：不能小于 0。"),
        (
            Settings,
            "DAOBAN_DATABASE_URL",
            "mysql://root:s3cret@x/y",
            "DAOBAN_DATABASE_URL 不对：写法不对，例如 postgres",
        ),
        (AssistantSettings, "DAOBAN_ASSISTANT_PORT", "", ""),
        (AssistantSettings, "DAOBAN_ASSISTANT_PORT", "x", "设置 DAOBAN_ASSISTANT_PORT 不对：要写整数。"),
        (AssistantSettings, "DAOBAN_TRAINING_SEED", "-1", "设置 DAOBAN_TRAINING_SEED 不对：不能小于 0。"),
        (AssistantSettings, "DAOBAN_BACKEND_URL", "localhost", "设置 DAOBAN_BACKEND_URL 不对：写法不对，例如 http"),
        (SpeechSettings, "DAOBAN_SPEECH_FREE", "maybe", "设置 DAOBAN_SPEECH_FREE 不对：要写 1 或 0。"),
        (SpeechSettings, "DAOBAN_SPEECH_RATE", "0", "设置 DAOBAN_SPEECH_RATE 不对：要大于 0"),
        (SupervisorSettings, "DAOBAN_LONGEST_PAUSE", "long", "设置 DAOBAN_LONGEST_PAUSE 不对：要写数字。"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name(
    settings: type[EnvironmentSettings], variable: str, value: str, sentence: str
) -> None:
    """One Chinese sentence that says what it has to be; the value is not repeated, it may hold a password."""
    if not sentence:
        settings.from_environment({variable: value})  # an empty one is not set
        return
    with pytest.raises(WrongSettingError) as refused:
        settings.from_environment({variable: value})
    assert sentence in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.running
@pytest.mark.parametrize(
    ("command", "variable"),
    [
        (("backend", "migrate"), "DAOBAN_PORT"),
        (("backend.operate", "backup", "x"), "DAOBAN_LIMIT_CODE"),
        (("backend.operate", "up"), "DAOBAN_LONGEST_PAUSE"),
        (("connectors.speech", "voices", "list"), "DAOBAN_SPEECH_PLACES"),
    ],
)
def test_a_process_with_a_wrong_setting_does_not_start(command: tuple[str, ...], variable: str, tmp_path: Path) -> None:
    """Status 3, which the supervisor does not try again, and no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "DAOBAN_DATA": str(tmp_path), variable: "nonsense"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    [sentence] = (done.stdout + done.stderr).splitlines()
    assert sentence.startswith(f"设置 {variable} 不对：")
    assert list(tmp_path.iterdir()) == []


def test_connectors_without_their_token_say_what_to_do(tmp_path: Path) -> None:
    """The backend writes it."""
    with pytest.raises(WrongSettingError, match="先启动后台"):
        ConnectorsSettings.from_environment({"DAOBAN_DATA": str(tmp_path)})


def test_settings_built_directly_read_no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two products in one process stay apart."""
    monkeypatch.setenv("DAOBAN_PORT", "9999")
    assert Settings().port == 8700
    assert Settings.from_environment({}).port == 8700
    assert Settings.from_environment().port == 9999
