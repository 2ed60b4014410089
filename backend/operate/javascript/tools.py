"""TypeScript and ESLint in exact versions, brought once by npm into ``.tools/javascript``; no lock file, no package.json of ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

PACKAGES = ("typescript@5.9.3", "eslint@9.39.5")
"""Both run on Node 18.18 and later, the line of Debian 12."""
OLDEST_NODE = (18, 18)
MAX_INSTALL = 180.0
"""Seconds: longer means that there is no registry."""


class ToolsUnavailable(Exception):
    """The check could not be done on this machine; the reason is a Chinese clause."""


def ready_tools(folder: Path) -> Path:
    """Return the folder of the installed packages' commands, bringing them first if needed. Raises ToolsUnavailable."""
    _check_node()
    stamp, wanted = folder / "versions", "\n".join(PACKAGES)
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        _install(folder)
        stamp.write_text(wanted, "utf-8")
    return folder / "node_modules" / ".bin"


def _check_node() -> None:
    node = shutil.which("node")
    if node is None:
        raise ToolsUnavailable("这台机器上没有 node")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603  # found on PATH
    version = re.match(r"v(\d+)\.(\d+)", told)
    if version is None or tuple(map(int, version.groups())) < OLDEST_NODE:
        raise ToolsUnavailable(f"node 太旧（{told.strip()}），要 {'.'.join(map(str, OLDEST_NODE))} 以上")


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise ToolsUnavailable("这台机器上没有 npm")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "versions").unlink(missing_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', "utf-8")  # else npm looks for one in the folders above
    command = [
        npm, "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts",
        "--fetch-retries=1", "--prefix", str(folder), *PACKAGES,
    ]  # fmt: skip
    environment = {**os.environ, "npm_config_update_notifier": "false"}
    try:
        done = subprocess.run(  # noqa: S603  # our own arguments
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=MAX_INSTALL
        )
    except subprocess.TimeoutExpired as error:
        raise ToolsUnavailable(f"{MAX_INSTALL:.0f}秒里没有取到 {'、'.join(PACKAGES)}") from error
    if done.returncode:
        raise ToolsUnavailable(f"取不到 {'、'.join(PACKAGES)}（{_reason(done.stderr)}）")


def _reason(told: str) -> str:
    """Npm's own first complaint."""
    complaints = re.findall(r"^npm (?:error|ERR!) (.+)$", told, re.MULTILINE)
    return complaints[0] if complaints else "npm 没有说为什么"
