"""The check of the pages' JavaScript: what is checked, against which shapes, and what happens where there is no Node."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from backend.features import FEATURES
from backend.operate.javascript import __main__ as command
from backend.operate.javascript.checking import complaints, configuration, static_folders
from backend.operate.javascript.declarations import answers, declared, type_of
from backend.operate.javascript.tools import PACKAGES, ToolsUnavailable, ready_tools
from connectors import __main__ as connectors

ROOT = Path(__file__).parents[2]


def _program(folder: Path, name: str, script: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def _machine(folder: Path, monkeypatch: pytest.MonkeyPatch, **programs: str) -> None:
    """A machine that has only these programs."""
    (folder / "bin").mkdir()
    for name, script in programs.items():
        _program(folder / "bin", name, script)
    monkeypatch.setenv("PATH", str(folder / "bin"))


def test_every_folder_that_is_served_is_checked() -> None:
    """Under the address it is served at."""
    folders = {feature.name: feature.folder / "static" for feature in FEATURES}
    served = {name: folder for name, folder in folders.items() if folder.is_dir()}
    assert static_folders(ROOT / "backend") == served


def test_addresses_are_found_on_disk(tmp_path: Path) -> None:
    """``/static/NAME/`` is the feature's folder, seen from where the tools lie."""
    scripts = tmp_path / "backend/hall/accounts/static"
    scripts.mkdir(parents=True)
    tools = tmp_path / ".tools/javascript"
    paths = configuration(tmp_path, tools)["compilerOptions"]["paths"]
    assert (tools / paths["/static/accounts/*"][0].removesuffix("/*")).resolve() == scripts
    assert (tools / paths["/types/accounts/*"][0].removesuffix("/*")).resolve() == scripts.parent / "types"


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        ({"type": "string", "format": "date"}, "string"),
        ({"type": "integer"}, "number"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string | null"),
        ({"enum": ["mine", "unit"], "type": "string"}, '"mine" | "unit"'),
        ({"const": "say", "type": "string"}, '"say"'),
        ({"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "null"}]}}, "(string | null)[]"),
        ({"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}]}, "[string, number]"),
        ({"type": "object", "additionalProperties": {"type": "boolean"}}, "Record<string, boolean>"),
        ({"type": "object", "additionalProperties": True}, "Record<string, unknown>"),
        ({"$ref": "#/components/schemas/Case"}, "Case"),
        ({}, "unknown"),
    ],
)
def test_schemas_are_written_as_types(schema: dict[str, Any], written: str) -> None:
    """One of each kind that the API has."""
    assert type_of(schema) == written


def test_only_what_is_answered_is_declared() -> None:
    """Directly or inside another answer; bodies of requests are the backend's to check. Defaults are always sent."""
    case = {"type": "object", "properties": {"clocks": {"type": "array", "items": {"$ref": "#/c/s/Clock"}}}}
    clock = {"type": "object", "properties": {"days": {"type": "integer", "default": 0}}}
    body = {"type": "object", "properties": {}}
    operation = {"requestBody": {"$ref": "#/c/s/NewCase"}, "responses": {"200": {"schema": {"$ref": "#/c/s/Case"}}}}
    document = {
        "paths": {"/cases": {"post": operation}},
        "components": {"schemas": {"Case": case, "Clock": clock, "NewCase": body}},
    }
    assert answers(document) == (
        'export type Case = { "clocks": (Clock)[] };\nexport type Clock = { "days": number };\n'
    )


@pytest.mark.parametrize(
    ("programs", "reason"),
    [
        ({}, "没有 node"),
        ({"node": "echo v16.20.2"}, "node 太旧"),
        ({"node": "echo v18.19.0"}, "没有 npm"),
        ({"node": "echo v20.1.0", "npm": "echo 'npm error network' >&2; exit 1"}, "取不到"),
    ],
)
def test_a_machine_that_cannot_check_says_why(
    programs: dict[str, str], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves no mark of having brought anything."""
    _machine(tmp_path, monkeypatch, **programs)
    with pytest.raises(ToolsUnavailable, match=reason):
        ready_tools(tmp_path / "tools")
    assert not (tmp_path / "tools/versions").exists()


def test_packages_are_brought_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In their exact versions; another version brings them anew."""
    _machine(tmp_path, monkeypatch, node="echo v20.1.0", npm=f'echo "$@" >> {tmp_path}/asked')
    assert ready_tools(tmp_path / "tools") == tmp_path / "tools/node_modules/.bin"
    ready_tools(tmp_path / "tools")
    (asked,) = (tmp_path / "asked").read_text("utf-8").splitlines()
    assert all(package in asked for package in PACKAGES)
    assert all("@" in package for package in PACKAGES)
    (tmp_path / "tools/versions").write_text("typescript@1.0.0", "utf-8")
    ready_tools(tmp_path / "tools")
    assert len((tmp_path / "asked").read_text("utf-8").splitlines()) == 2


def test_both_tools_are_asked_and_what_they_say_is_told(tmp_path: Path) -> None:
    """A tool that ends badly without a word is a complaint too."""
    (tmp_path / "backend/shell/static").mkdir(parents=True)
    (tmp_path / "backend/shell/static/size.js").touch()
    bin_ = tmp_path / "bin"
    _program(bin_, "tsc", "echo 'size.js(1,1): error TS1005'; exit 2")
    _program(bin_, "eslint", "exit 1")
    assert complaints(tmp_path, tmp_path, bin_) == ["size.js(1,1): error TS1005", "eslint 停了（1）"]
    _program(bin_, "tsc", "exit 0")
    _program(bin_, "eslint", "exit 0")
    assert complaints(tmp_path, tmp_path, bin_) == []


@pytest.mark.parametrize(("required", "status"), [("", 77), ("required", 2)])
def test_not_checked_is_skipped_unless_required(
    required: str, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """CI requires it."""
    _machine(tmp_path, monkeypatch)
    monkeypatch.setenv("DAOBAN_NODE_TESTS", required)
    assert command.main() == status
    assert "这台机器上没有 node" in capsys.readouterr().out
    assert "DAOBAN_NODE_TESTS=required" in (ROOT / ".ci/run").read_text("utf-8")
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_what_a_page_sends_may_leave_out_defaults() -> None:
    """What it is sent may not: there is always a value."""
    read = {"type": "object", "properties": {"id": {"$ref": "#/$defs/Frame-Id"}, "seq": {"type": "integer"}}}
    schema = {**read, "required": ["id"], "$defs": {"Frame-Id": {"type": "string"}}}
    assert declared("Read", schema, optional=True) == (
        'export type Frame_Id = string;\nexport type Read = { "id": Frame_Id; "seq"?: number };\n'
    )
    assert declared("Read", schema, optional=False).endswith('{ "id": Frame_Id; "seq": number };\n')


def test_every_frame_of_the_socket_has_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """As ``python -m connectors frames`` prints them: each direction a union told apart by ``type``."""
    assert connectors.main(["frames"]) == 0
    printed = json.loads(capsys.readouterr().out)
    for direction, one in (("to_browser", "Hello"), ("from_browser", "Say")):
        union = printed[direction].get("anyOf") or printed[direction]["oneOf"]
        kinds = [reference["$ref"].rsplit("/", 1)[-1] for reference in union]
        assert one in kinds
        assert all("type" in printed[direction]["$defs"][kind]["properties"] for kind in kinds)
