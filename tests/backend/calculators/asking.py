"""Computing a rule as a guide or the assistant does, on a day that stands still."""

from __future__ import annotations

from datetime import date

from backend.contracts.calculators import CalculationResult
from backend.one_window.calculators.registry import RULES
from backend.one_window.calculators.wording import DATA
from backend.one_window.parameters.figures import LocalFigures
from backend.platform.errors import InvalidError, declare_problems
from backend.platform.working_days import WorkingCalendar

declare_problems(DATA.parent / "problems.yaml")
TODAY = date(2026, 11, 23)


def ask(rule: str, today: date = TODAY, /, **answers: str) -> CalculationResult:
    """The outcome for answers as people say them."""
    return RULES[rule].compute(answers, today, WorkingCalendar())


def compute_with(figures: LocalFigures, rule: str, answers: dict[str, str]) -> CalculationResult:
    """The outcome where these local figures are published."""
    return RULES[rule].compute(answers, TODAY, WorkingCalendar(), figures)


def figure(rule: str, name: str, today: date = TODAY, /, **answers: str) -> str:
    """One of its figures."""
    return ask(rule, today, **answers).figures[name]


def tried(rule: str, answers: dict[str, str]) -> CalculationResult | InvalidError:
    """The outcome or the refusal."""
    try:
        return ask(rule, **answers)
    except InvalidError as error:
        return error
