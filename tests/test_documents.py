"""The documents are true to the code: what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backend.operate.command_line import COMMANDS

ROOT = Path(__file__).parent.parent
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "OPERATIONS.md",
    "docs/life_of_a_sentence.md",
    "docs/structure.md",
    "docs/glossary.md",
    "docs/roles.md",
)
PATH = re.compile(r"(?<![\w/.…-])(?:backend|assistant|connectors|tests|docs|nlu_data)/[\w/.-]*[\w/]")
FILE = re.compile(r"(?<![\w/.…])\w+\.(?:py|js|d\.ts)\b")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_path_is_there(document: str) -> None:
    """A file that moved takes its mention along."""
    named = set(PATH.findall((ROOT / document).read_text("utf-8")))
    assert {path for path in named if not (ROOT / path).exists()} == set()


@pytest.mark.parametrize("document", [*DOCUMENTS, "docs/life_of_a_sentence.svg"])
def test_every_file_named_alone_is_there(document: str) -> None:
    """Also in the drawing."""
    rooms = ("backend", "assistant", "connectors", "tests")
    here = {file.name for room in rooms for file in (ROOT / room).rglob("*") if file.suffix in {".py", ".js"}}
    named = set(FILE.findall((ROOT / document).read_text("utf-8")))
    assert named - here == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_is_one(document: str) -> None:
    """``./daoban`` has it."""
    named = set(re.findall(r"\./daoban ([a-z]+)", (ROOT / document).read_text("utf-8")))
    assert named - COMMANDS.keys() == set()


def test_every_command_that_operators_need_is_in_their_document() -> None:
    """Those for developers and for trying out are in the others."""
    told = "".join((ROOT / document).read_text("utf-8") for document in DOCUMENTS)
    assert {name for name in COMMANDS if f"./daoban {name}" not in told} == set()
