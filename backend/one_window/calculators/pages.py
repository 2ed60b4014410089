"""Rules as small calculators: on the guides they belong to, on a page of their own, and the list of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from backend.contracts.calculator_content import NO, YES, QuestionKind, RuleQuestion
from backend.contracts.calculators import RuleQuery, RuleView
from backend.one_window.calculators.service import CALCULATORS
from backend.one_window.catalogue.guide_panels import GuidePanel
from backend.one_window.catalogue.guide_view import Related
from backend.one_window.catalogue.service import CATALOGUE, CatalogueService
from backend.one_window.catalogue.wording import basis_text
from backend.platform.http import Call, Routes
from backend.shell.rendering import PAGES

routes = Routes("pages")

EXAMPLES: Mapping[QuestionKind, str] = {
    QuestionKind.DATE: "例：2026年10月31日",
    QuestionKind.MONTH: "例：1965年3月",
    QuestionKind.DURATION: "例：4年11个月",
    QuestionKind.MONEY: "例：3500元",
    QuestionKind.NUMBER: "写数字",
}
"""How an answer that is typed may look."""
YES_OR_NO = ((YES, "是"), (NO, "不是"))


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as a field: radio buttons where it has options, else a line to type."""

    question: RuleQuestion
    options: tuple[tuple[str, str], ...]
    """Value and words of each."""
    example: str


@dataclass(frozen=True, slots=True)
class CalculatorView:
    """One rule as a form and the frame of its result."""

    rule: RuleView
    questions: tuple[QuestionView, ...]
    unit_name: str
    """Who decides in earnest."""
    basis: str
    """How sure its result is."""


@dataclass(frozen=True, slots=True)
class CalculatorGroup:
    """Calculators about the same matter."""

    title: str
    rules: tuple[RuleView, ...]


def guide_panel(call: Call, code: str) -> GuidePanel | None:
    """The calculators of an item, on its guide."""
    rules = call.service(CALCULATORS).list_rules(RuleQuery(item=code)).rules
    found = tuple(_view(call.service(CATALOGUE), rule) for rule in rules)
    if not found:
        return None
    return GuidePanel(
        "calculators/guide_panel.html", head="calculators/guide_panel_head.html", values={"calculators": found}
    )


@routes.page("/calculators", permission="rules:read", summary="计算器清单页")
async def calculators(call: Call) -> web.Response:
    """All calculators by matter."""
    rules = call.service(CALCULATORS).list_rules(RuleQuery()).rules
    names = {topic.id: topic.name for topic in call.service(CATALOGUE).topics}
    groups = [
        CalculatorGroup(names[topic], tuple(rule for rule in rules if rule.topic == topic))
        for topic in dict.fromkeys(rule.topic for rule in rules)
    ]
    return call.service(PAGES).render("calculators/calculators.html", "算一算", "citizen", groups=groups)


@routes.page("/calculators/{id}", permission="rules:read", summary="一个计算器的页")
async def calculator(call: Call) -> web.Response:
    """One calculator and the guides it belongs to."""
    catalogue = call.service(CATALOGUE)
    rule = call.service(CALCULATORS).rule(call.path("id"))
    names = await catalogue.plain_names(call.session)
    return call.service(PAGES).render(
        "calculators/calculator.html",
        rule.title,
        "citizen",
        one=_view(catalogue, rule),
        guides=[Related(code, names[code]) for code in rule.items if code in names],
    )


def _view(catalogue: CatalogueService, rule: RuleView) -> CalculatorView:
    unit = rule.items[0].split("-")[1]  # LJ-YL-001: the unit's code stands in the middle
    name = next(one.name for one in catalogue.units if one.code == unit)
    return CalculatorView(rule, tuple(map(_question, rule.questions)), name, basis_text(rule.basis))


def _question(question: RuleQuestion) -> QuestionView:
    words = tuple((choice.id, choice.label) for choice in question.choices)
    options = YES_OR_NO if question.kind is QuestionKind.YES_NO else words
    return QuestionView(question, options, EXAMPLES.get(question.kind, ""))
