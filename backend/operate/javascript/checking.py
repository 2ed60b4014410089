"""Runs TypeScript and ESLint over the pages' scripts of all features."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from backend.operate.javascript.declarations import answers, declared

OPTIONS: dict[str, Any] = {
    "noEmit": True,
    "allowJs": True,
    "checkJs": True,
    "strict": True,
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "noFallthroughCasesInSwitch": True,
    "target": "ES2020",
    "module": "ESNext",
    "moduleResolution": "bundler",
    "lib": ["ES2020", "DOM", "DOM.Iterable"],
    "types": [],
}


def static_folders(backend: Path) -> dict[str, Path]:
    """Find every feature's scripts: name of the feature -> folder served as ``/static/NAME/``."""
    return {folder.parent.name: folder for folder in sorted(backend.glob("**/static"))}


def scripts_of(backend: Path) -> list[Path]:
    """Find every script that a browser loads."""
    return [script for folder in static_folders(backend).values() for script in sorted(folder.glob("*.js"))]


def configuration(root: Path, tools: Path) -> dict[str, Any]:
    """State for TypeScript what is checked and where an absolute address is found on disk.

    ``/static/NAME/`` is a feature's static folder, ``/types/NAME/`` its declarations; ``/types/api``,
    ``/types/to_browser`` and ``/types/from_browser`` are made from the schemas.
    """
    folders = {name: os.path.relpath(folder, tools) for name, folder in static_folders(root / "backend").items()}
    served = {f"/static/{name}/*": [f"{folder}/*"] for name, folder in folders.items()}
    stated = {f"/types/{name}/*": [f"{folder}/../types/*"] for name, folder in folders.items()}
    scripts = [f"{folder}/*.js" for folder in folders.values()]
    ambient = [f"{folder}/../types/**/*.d.ts" for folder in folders.values()]
    made = {f"/types/{name}": [f"./{name}"] for name in ("api", "to_browser", "from_browser")}
    paths = {**made, **served, **stated}
    return {"compilerOptions": {**OPTIONS, "paths": paths}, "include": [*scripts, *ambient]}


def declare(tools: Path, document: dict[str, Any], frames: dict[str, dict[str, Any]]) -> None:
    """Write the declarations made from the API's OpenAPI document and the schemas of the chat's socket."""
    made = {
        "api": answers(document),
        "to_browser": declared("ToBrowser", frames["to_browser"], optional=False),
        "from_browser": declared("FromBrowser", frames["from_browser"], optional=True),
    }
    for name, text in made.items():
        (tools / f"{name}.d.ts").write_text(text, "utf-8")


def complaints(root: Path, tools: Path, commands: Path) -> list[str]:
    """Run both; what they complain of, nothing where all is well."""
    project = tools / "tsconfig.json"
    project.write_text(json.dumps(configuration(root, tools), indent=1), "utf-8")
    scripts = [str(script.relative_to(root)) for script in scripts_of(root / "backend")]
    types = [str(commands / "tsc"), "--project", str(project), "--pretty", "false"]
    habits = [str(commands / "eslint"), "--config", str(root / "eslint.config.mjs"), "--max-warnings=0", *scripts]
    return [told for command in (types, habits) if (told := _run(command, root))]


def _run(command: list[str], root: Path) -> str:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603  # our own arguments
    if not done.returncode:
        return ""
    return (done.stdout + done.stderr).strip() or f"{Path(command[0]).name} 停了（{done.returncode}）"
