"""The nearest tests on a changed module, each time in a fork: the working tree stays as it is, and libraries are imported once."""

from __future__ import annotations

import ast
import importlib
import importlib.machinery
import json
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType

import pytest
from hypothesis import settings

from tests.mutation.changes import changed_tree
from tests.mutation.tables import ROOT, RulesModule

_OWN = ("backend", "assistant", "connectors", "tests")
_PLUGINS = ("_hypothesis_pytestplugin", "pytest_asyncio.plugin", "pytest_aiohttp.plugin")
_LONGER = 5
"""How many times as much processor time as the unchanged module takes is endless."""
_LEAST_SECONDS = 20
_WALL_SECONDS = 300
"""Of waiting for something that never comes; a fork that takes so long is stopped."""
PROFILE = "mutation"
EXAMPLES = 50
"""Of a property: fewer than in the suite, the same each time."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How the tests of a fork ended."""

    how: str
    """``passed``, ``failed``, or ``endless``."""
    seconds: float
    """Of processor time."""

    @property
    def noticed(self) -> bool:
        """Whether the tests noticed that something was changed."""
        return self.how != "passed"


class ChangedModule(importlib.machinery.SourceFileLoader):
    """Loads a module from another tree than that of its file; nothing is written."""

    def __init__(self, name: str, path: str, tree: ast.Module) -> None:
        super().__init__(name, path)
        self._tree = tree

    def get_code(self, fullname: str) -> CodeType:
        """The tree, compiled under the file's name."""
        return compile(self._tree, self.get_filename(fullname), "exec", dont_inherit=True)


class ChangedFinder(MetaPathFinder):
    """Finds one module, changed; everything else is found as always."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self._name = name
        self._tree = tree

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's own place with the changed code."""
        if fullname != self._name:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.origin is None:
            return None
        spec.loader = ChangedModule(fullname, spec.origin, self._tree)
        return spec


class Forks:
    """Runs a module's tests in forks that find all libraries imported already."""

    def __init__(self) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="mutation-")
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = self._scratch.name
        settings.register_profile(PROFILE, deadline=None, derandomize=True, database=None, max_examples=EXAMPLES)

    def unchanged(self, module: RulesModule) -> float:
        """Processor seconds that the tests take on the module as it is. Raises RuntimeError where they fail."""
        names = Path(self._scratch.name) / "imported.json"
        names.write_text("[]", "utf-8")
        ended = self._run(module, None, _WALL_SECONDS, names)
        if ended.noticed:
            raise RuntimeError(f"{module.path}: its tests {ended.how} before anything was changed")
        for name in json.loads(names.read_text("utf-8")):  # the forks that follow need not
            _import(name)
        return ended.seconds

    def changed(self, module: RulesModule, number: int, usual: float) -> Ended:
        """How they end with that change made; ``usual``: seconds without it."""
        return self._run(module, number, int(max(usual * _LONGER, _LEAST_SECONDS)))

    def close(self) -> None:
        """Remove what the forks wrote."""
        self._scratch.cleanup()

    def _run(self, module: RulesModule, number: int | None, limit: int, names: Path | None = None) -> Ended:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            os._exit(self._in_fork(module, number, limit, names))
        _, status, usage = os.wait4(child, 0)
        seconds = usage.ru_utime + usage.ru_stime
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) in {signal.SIGXCPU, signal.SIGALRM}:
            return Ended("endless", seconds)
        return Ended("passed" if status == 0 else "failed", seconds)

    def _in_fork(self, module: RulesModule, number: int | None, limit: int, names: Path | None) -> int:
        """The exit status of pytest."""
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
        signal.alarm(_WALL_SECONDS)
        silence = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(silence, stream)
        if number is not None:
            tree, _ = changed_tree(module.source, number)
            sys.meta_path.insert(0, ChangedFinder(module.name, tree))
        status = int(pytest.main(self._arguments(module)))
        if names is not None:
            names.write_text(json.dumps(list(_libraries(sys.modules))), "utf-8")
        return status

    def _arguments(self, module: RulesModule) -> list[str]:
        options = ["-x", "-q", "-p", "no:cacheprovider", f"--hypothesis-profile={PROFILE}", f"--rootdir={ROOT}"]
        options += [f"--basetemp={self._scratch.name}/tests"]
        for plugin in _PLUGINS:
            options += ["-p", plugin]
        return [*options, *([] if module.conftest else ["--noconftest"]), *module.tests]


def _libraries(names: Iterable[str]) -> Iterable[str]:
    """Modules that are not ours."""
    return (name for name in names if name.partition(".")[0] not in {*_OWN, "__main__", "__mp_main__"})


def _import(name: str) -> None:
    """Import it here too, where that can be done; a fork that needs it otherwise imports it itself."""
    try:
        importlib.import_module(name)
    except Exception:  # noqa: BLE001 - whatever a library raises: only speed hangs on it
        return
