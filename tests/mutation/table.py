"""What a run found, as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tests.mutation.found import Found
from tests.mutation.tables import EquivalentChange, RulesModule


def lines(modules: Sequence[RulesModule], found: Sequence[Found], equivalent: Sequence[EquivalentChange]) -> list[str]:
    """One line for each module and one for all: changes made, noticed, without effect, and noticed of those with one."""
    head = ["| module | changes | noticed | without effect | noticed of the others |", "|---|---:|---:|---:|---:|"]
    by_module = [(module.path, [one for one in found if one.path == module.path]) for module in modules]
    return [*head, *(_line(f"`{path}`", some, equivalent) for path, some in by_module), _line("all", found, equivalent)]


def without_effect(one: Found, equivalent: Sequence[EquivalentChange]) -> EquivalentChange | None:
    """Why no test could notice it, if that was looked into."""
    return next(
        (
            known
            for known in equivalent
            if (known.path, known.statement, known.told) == (one.path, one.statement, one.told)
        ),
        None,
    )


def document(table: Sequence[str], found: Sequence[Found], equivalent: Sequence[EquivalentChange], command: str) -> str:
    """The whole page."""
    day = max((datetime.fromtimestamp(one.at, UTC).date() for one in found), default=datetime.now(UTC).date())
    return "\n".join(
        [
            "# Small changes, and whether the tests notice",
            "",
            f"In English. Made on {day.day} {day:%B %Y} by `{command}`; CONTRIBUTING.md says how it works. Each change is made alone, and the tests",
            "named beside the module in `tests/mutation/modules.yaml` are run until the first fails; tests that never end count as noticed.",
            "It is a sample. Tests are mended after what a seed finds, so a seed that was not looked at before judges more fairly.",
            "",
            *table,
            "",
            "## Not noticed",
            "",
            *(list(_survivors(found, equivalent)) or ["None."]),
            "",
            "## Without effect",
            "",
            "No test can notice these: the program does the same.",
            "",
            *(list(_equivalent(found, equivalent)) or ["None among those tried."]),
            "",
        ]
    )


def _line(name: str, found: Sequence[Found], equivalent: Sequence[EquivalentChange]) -> str:
    noticed = sum(one.noticed for one in found)
    idle = sum(not one.noticed and without_effect(one, equivalent) is not None for one in found)
    percent = f"{100 * noticed / (len(found) - idle):.0f} %" if len(found) > idle else "–"
    return f"| {name} | {len(found)} | {noticed} | {idle} | {percent} |"


def _survivors(found: Sequence[Found], equivalent: Sequence[EquivalentChange]) -> Iterator[str]:
    for one in found:
        if not one.noticed and without_effect(one, equivalent) is None:
            yield f"- `{one.path}`, `{one.statement}`: {one.told}"


def _equivalent(found: Sequence[Found], equivalent: Sequence[EquivalentChange]) -> Iterator[str]:
    for one in found:
        known = None if one.noticed else without_effect(one, equivalent)
        if known is not None:
            yield f"- `{one.path}`, `{one.statement}`: {one.told}. {known.because}"
