"""The house stands as it is drawn: a feature's tables are its own, features do not go round in circles, nothing public without notice."""

from __future__ import annotations

import ast
from functools import lru_cache
from pathlib import Path

import grimp

from backend.features import FEATURES

PACKAGES = [feature.package for feature in FEATURES]
LEAVES = [package for package in PACKAGES if package.count(".") == 2]
"""Features of the rooms (one_window, hall, units, public), without platform and shell."""


@lru_cache(maxsize=1)
def graph() -> grimp.ImportGraph:
    """Who imports whom in the backend."""
    return grimp.build_graph("backend", exclude_type_checking_imports=True)


def imports(package: str) -> set[str]:
    """Modules that the package imports."""
    inside = {package, *graph().find_descendants(package)}
    return {found for module in inside for found in graph().find_modules_directly_imported_by(module)} - inside


def home(module: str) -> str | None:
    """The feature a module belongs to."""
    return next((package for package in LEAVES if module == package or module.startswith(f"{package}.")), None)


def test_a_feature_touches_no_other_features_tables() -> None:
    """It asks the other's service."""
    strangers = {
        (package, module)
        for package in LEAVES
        for module in imports(package)
        if home(module) is not None and module.endswith(".models")
    }
    assert strangers == set()


def test_features_do_not_go_round_in_circles() -> None:
    """Each uses only features that stand before it in the list."""
    places = {package: place for place, package in enumerate(PACKAGES)}
    backwards = {
        (package, used)
        for package in LEAVES
        for module in imports(package)
        if (used := home(module)) is not None and places[used] > places[package]
    }
    assert backwards == set()


def test_nothing_but_the_list_names_features() -> None:
    """Only backend/features.py and the operator's commands import from features without being one."""
    commands = ("backend.operate", "backend.__main__")
    named = {
        module
        for package in LEAVES
        for member in (package, *graph().find_descendants(package))
        for module in graph().find_modules_that_directly_import(member)
        if home(module) is None
    }
    assert {module for module in named if not module.startswith(commands)} == {"backend.features"}


ROOT = Path(__file__).parent.parent
EACH_PROCESS_ITS_OWN = {"Settings"}
"""What one process is told of its surroundings."""
THE_SAME_REFUSAL_TWICE = {"ConflictError", "InvalidError", "TooOftenError"}
"""The connectors refuse over a socket what the backend refuses over HTTP, and may not import its platform."""


def test_a_class_name_means_one_thing() -> None:
    """Who reads a public class name anywhere in the product knows which class it is."""
    defined: dict[str, set[str]] = {}
    for room in ("backend", "connectors", "assistant"):
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.parse(file.read_text("utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    defined.setdefault(node.name, set()).add(str(file.relative_to(ROOT)))
    twice = {name: sorted(files) for name, files in defined.items() if len(files) > 1}
    assert twice.keys() == EACH_PROCESS_ITS_OWN | THE_SAME_REFUSAL_TWICE, twice
