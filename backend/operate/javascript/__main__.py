"""``python -m backend.operate.javascript``: 0 nothing to mend, 1 complaints, 77 not checked on this machine (automake's skipped).

``DAOBAN_NODE_TESTS=required`` makes a check that could not be done a failure (2).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from backend.operate.javascript.checking import complaints, declare, scripts_of
from backend.operate.javascript.tools import PACKAGES, ToolsUnavailable, ready_tools

ROOT = Path(__file__).parents[3]
TOOLS = ROOT / ".tools" / "javascript"
NOT_CHECKED, SKIPPED = 2, 77


def main() -> int:
    """Check all scripts and tell the person at the terminal."""
    try:
        commands = ready_tools(TOOLS)
    except ToolsUnavailable as reason:
        print(f"页面脚本没有检查：{reason}。")
        return NOT_CHECKED if os.environ.get("DAOBAN_NODE_TESTS") == "required" else SKIPPED
    declare(TOOLS, _told("backend", "openapi"), _told("connectors", "frames"))
    found = complaints(ROOT, TOOLS, commands)
    for told in found:
        print(told)
    scripts = len(scripts_of(ROOT / "backend"))
    print(f"页面脚本{scripts}个，{'有要改的' if found else '没有要改的'}（{'，'.join(PACKAGES)}）。")
    return 1 if found else 0


def _told(package: str, name: str) -> dict[str, Any]:
    command = [sys.executable, "-m", package, name]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S603  # our own arguments
    document: dict[str, Any] = json.loads(told)
    return document


if __name__ == "__main__":
    sys.exit(main())
