"""Calculators: each computes one rule of law from a few answers and explains itself."""

from __future__ import annotations

from backend.client.calculators import CalculatorsClient
from backend.contracts.content_review import ReviewedKind
from backend.one_window.calculators import api, pages
from backend.one_window.calculators.registry import RULES, unknown_question_facts, unknown_references
from backend.one_window.calculators.rule import Rule
from backend.one_window.calculators.service import CALCULATORS, CalculatorsService
from backend.one_window.catalogue.delivered import ContentError, edition
from backend.one_window.catalogue.guide_panels import GUIDE_PANELS
from backend.one_window.catalogue.reviewed import REVIEWED, ReviewedContent
from backend.one_window.catalogue.wording import citation
from backend.one_window.parameters.service import PARAMETERS
from backend.platform.features import ContentReport, Feature, House
from backend.platform.permissions import ANYONE


def build(house: House) -> None:
    """Compute, stand on the guides, and be read again like the answers."""
    house[CALCULATORS] = CalculatorsService(house.calendar, house.clock, house[PARAMETERS])
    house[GUIDE_PANELS].append(pages.guide_panel)
    house[REVIEWED].extend(map(reviewed, RULES.values()))


def reviewed(rule: Rule) -> ReviewedContent:
    """A calculator as an editor reads it again: what it tells, with all its sources."""
    content = rule.content
    return ReviewedContent(
        kind=ReviewedKind.CALCULATOR,
        id=content.id,
        title=content.title,
        topic=content.topic,
        text=content.summary,
        basis="、".join(map(citation, content.sources)),
        sources=content.sources,
        checked_on=content.checked_on,
    )


def check() -> ContentReport:
    """Every rule names items, topics and answers that exist."""
    try:
        found = edition()
    except ContentError:  # the catalogue's own check says so
        return ContentReport()
    problems = unknown_references(set(found.items), set(found.topics), set(found.policy_answers))
    problems += unknown_question_facts()
    return ContentReport(tuple(problems), (f"规则计算{len(RULES)}条。",))


FEATURE = Feature(
    package=__package__,
    title="计算器",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={"rules:read": frozenset({ANYONE})},
    check=check,
    client=CalculatorsClient,
)
