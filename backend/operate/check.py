"""The check command: content files, wording, problems; names file, field and what to do."""

from __future__ import annotations

from backend.migrations import heads
from backend.one_window.calculators.registry import RULES, unknown_references
from backend.one_window.catalogue.delivered import ContentError, edition
from backend.one_window.catalogue.search import unknown_codes
from backend.platform.errors import problem_texts


def run() -> tuple[list[str], list[str]]:
    """(problems, things to know)."""
    problems: list[str] = []
    problem_texts()
    if len(heads()) != 1:
        problems.append(f"migrations：有{len(heads())}个头，应当只有一个")
    try:
        found = edition()
    except ContentError as error:
        return [*problems, *str(error).splitlines()], []
    problems += unknown_references(set(found.items), set(found.topics), set(found.policy_answers))
    problems += unknown_codes(found.items.keys())
    unconfirmed = sum(len(delivered.item.to_confirm) for delivered in found.items.values())
    without_clock = sum(
        delivered.item.clock.statutory is None and delivered.item.clock.promised is None
        for delivered in found.items.values()
    )
    return problems, [
        f"事项{len(found.items)}个；待中心确认的说法{unconfirmed}处；没有公布时限的事项{without_clock}个。",
        f"规则计算{len(RULES)}条。",
    ]
