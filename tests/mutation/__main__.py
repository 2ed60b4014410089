"""How many of the small changes to the modules of rules the nearest tests notice.

    python -m tests.mutation [--sample N] [--seed N] [--afresh] [--write docs/mutation.md] [PATH ...]

What was found is kept in var/mutation/: a run that was stopped goes on. A change that was noticed once is not tried again while
its module stays as it is; one that was not is tried again when the tests have changed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.mutation.found import Found, Kept, chosen, digest
from tests.mutation.running import Forks
from tests.mutation.table import document, lines
from tests.mutation.tables import ROOT, RulesModule, read_equivalent, read_modules


def main() -> int:
    """Change, run, tell. Exit status 2 for a module that the table does not have."""
    options = _options()
    modules = [one for one in read_modules() if not options.paths or one.path in options.paths]
    unknown = set(options.paths) - {one.path for one in modules}
    if unknown:
        print(f"not in tests/mutation/modules.yaml: {', '.join(sorted(unknown))}")
        return 2
    kept = Kept(options.kept, afresh=options.afresh)
    share = -(-options.sample // len(modules))
    forks = Forks()
    try:
        found = [one for module in modules for one in _of_module(module, share, options.seed, kept, forks)]
    finally:
        forks.close()
    equivalent = read_equivalent()
    told = lines(modules, found, equivalent)
    print("\n".join(told))
    if options.write:
        command = f"python -m tests.mutation --sample {options.sample} --seed {options.seed}"
        (ROOT / options.write).write_text(document(told, found, equivalent, command), "utf-8")
    return 0


def _of_module(module: RulesModule, share: int, seed: int, kept: Kept, forks: Forks) -> list[Found]:
    numbers, code, tests = chosen(module, share, seed), digest(module.source), digest(*_texts(module))
    found: list[Found] = []
    usual: float | None = None
    for number, change in numbers:
        known = kept.find(module.path, number, code, tests)
        if known is None:
            if usual is None:
                usual = forks.unchanged(module)
                print(f"{module.path}: {len(numbers)} changes, {usual:.1f} s each", flush=True)
            ended = forks.changed(module, number, usual)
            known = Found(
                path=module.path, number=number, code=code, tests=tests, line=change.line, told=change.told,
                statement=change.statement, how=ended.how, at=time.time(),
            )  # fmt: skip
            kept.add(known)
            if not ended.noticed:
                print(f"  {module.path}:{change.line}: {change.told}", flush=True)
        found.append(known)
    return found


def _texts(module: RulesModule) -> list[str]:
    files = sorted({ROOT / test.partition("::")[0] for test in module.tests})
    return [file.read_text("utf-8") for one in files for file in ([one] if one.is_file() else sorted(one.glob("*.py")))]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--sample", type=int, default=240, help="changes in all, as many of each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--afresh", action="store_true", help="forget what was found before")
    parser.add_argument("--kept", type=Path, default=ROOT / "var" / "mutation" / "found.jsonl", help="what was found")
    parser.add_argument("--write", default="", help="where the table goes")
    parser.add_argument("paths", nargs="*", help="modules of modules.yaml; all if none is named")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
