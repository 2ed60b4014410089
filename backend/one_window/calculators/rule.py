"""A rule: its content and its computing, a pure function of the answers, the day and the calendar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from backend.contracts.calculator_content import QuestionKind, RuleContent, RuleQuestion
from backend.contracts.calculators import CalculationResult, RuleView
from backend.language.months import MONTHS_A_YEAR, add_months
from backend.language.quantities import is_hedged
from backend.one_window.calculators.reading import MEASURED, Answers, Value, read_answers
from backend.one_window.calculators.wording import DATA, Yuan, common, fill
from backend.one_window.parameters.figures import NO_FIGURES, LocalFigures
from backend.platform.errors import InvalidError
from backend.platform.working_days import WorkingCalendar


@dataclass(slots=True)
class Worksheet:
    """Where a rule writes down what it finds, in sentences of its content."""

    content: RuleContent
    today: date
    calendar: WorkingCalendar
    local: LocalFigures = NO_FIGURES
    """What the centre has published of its place."""
    _explanation: list[str] = field(default_factory=list)
    _unsure: list[str] = field(default_factory=list)
    _figures: dict[str, str] = field(default_factory=dict)
    _caveat: str = ""

    def step(self, sentence: str, **values: Any) -> None:
        """One line of how it was computed."""
        self._explanation.append(fill(self.content.sentences[sentence], **values))

    def unsure(self, sentence: str, **values: Any) -> None:
        """Something this rule does not settle."""
        self._unsure.append(fill(self.content.sentences[sentence], **values))

    def about(self, question: RuleQuestion, value: Value) -> None:
        """Say which number was reckoned with where a near one was told (「大概3500」)."""
        shown_value = Yuan(value) if question.kind is QuestionKind.MONEY and isinstance(value, Decimal) else value
        self._unsure.append(fill(common("hedged"), label=question.label, value=shown_value))

    def local_sum(self, key: str, day: date) -> Decimal | None:
        """A figure that holds for the whole city on ``day``, in yuan, told where it comes from; None and 「待中心公布」 without.

        A county's figure is told only: nobody was asked which county it is.
        """
        found = self.local.find(key, day)
        if found is None or not found.covers_everybody:
            self.local_line(key, day)
            return None
        self._explanation.append(self.local.text(key, day) + "。")
        return found.value

    def local_line(self, key: str, day: date) -> None:
        """Tell a local figure as it stands on ``day``, or that it is not published."""
        self._unsure.append(self.local.text(key, day) + "。")

    def figure(self, name: str, value: object) -> None:
        """A result for programs."""
        self._figures[name] = str(value)

    def last_day(self, day: date) -> date:
        """The last day of a period that ends on ``day``: moved on if nobody works then (《民法典》第二百零三条).

        Where that year's holidays are not known yet, nobody is told a later day than ``day``.
        """
        if self.calendar.is_provisional(day) and day >= self.today:
            self._unsure.append(fill(common("provisional"), year=day.year, day=day))
            return day
        last = self.calendar.next_working_day(day)
        if last != day:
            self._explanation.append(fill(common("moved"), day=day, last=last))
        return last

    def claimed_from(self, known: date) -> None:
        """Say beside the verdict that the claim may be time-barred: one year from ``known`` (《调解仲裁法》第二十七条) is over."""
        if self.today <= self.calendar.next_working_day(add_months(known, MONTHS_A_YEAR)):
            return
        self._caveat = common("late")
        self._unsure.append(fill(common("late_why"), since=known))

    def refuse(self, problem: str, question: str, **values: Any) -> InvalidError:
        """The error of an answer that cannot be; ``values`` are the problem's own."""
        return InvalidError(problem, field=question, label=self.content.question(question).label, **values)

    def outcome(self, verdict: str, **values: Any) -> CalculationResult:
        """The finished sheet."""
        content = self.content
        return CalculationResult(
            rule=content.id,
            title=content.title,
            verdict=fill(content.sentences[verdict], **values) + self._caveat,
            explanation=tuple(self._explanation),
            unsure=tuple(self._unsure),
            figures=dict(self._figures),
            basis=content.basis,
            sources=content.sources,
            items=content.items,
            policy_answers=content.policy_answers,
            computed_on=self.today,
        )


Computing = Callable[[Answers, Worksheet], CalculationResult]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law as a calculator."""

    content: RuleContent
    computing: Computing

    @property
    def view(self) -> RuleView:
        """What a guide or the assistant needs to offer it."""
        return RuleView.model_validate(self.content.model_dump(exclude={"table", "sentences"}))

    def compute(
        self, said: Mapping[str, str], today: date, calendar: WorkingCalendar, local: LocalFigures = NO_FIGURES
    ) -> CalculationResult:
        """Compute the outcome for answers in people's own words. Raises InvalidError naming the question."""
        answers = read_answers(self.content.questions, said, today)
        sheet = Worksheet(self.content, today, calendar, local)
        for question in self.content.questions:
            if question.kind in MEASURED and question.id in answers.values and is_hedged(said[question.id]):
                sheet.about(question, answers.values[question.id])
        return self.computing(answers, sheet)


def read_content(rule_id: str) -> RuleContent:
    """The content file of a rule; pydantic's ValidationError names the field that does not hold."""
    path = DATA / f"{rule_id}.yaml"
    content = RuleContent.model_validate(yaml.safe_load(path.read_text("utf-8")))
    if content.id != rule_id:
        raise ValueError(f"{path.name}：文件名要和 id（{content.id}）一样")
    return content
