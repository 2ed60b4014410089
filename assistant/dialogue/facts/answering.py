"""A calculator's questions answered from what is known of a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from backend.contracts.calculator_content import NO, RuleQuestion
from backend.contracts.facts import FactKind, KnownFact, fact_list, shown_fact


@dataclass(frozen=True, slots=True)
class Filled:
    """Answers by question id: the least and the most that the facts allow, and the facts used."""

    least: dict[str, str]
    most: dict[str, str]
    used: tuple[KnownFact, ...]

    @property
    def exact(self) -> dict[str, str]:
        """The answers of which the value is known."""
        return {name: said for name, said in self.least.items() if self.most[name] == said}

    @property
    def settled(self) -> tuple[KnownFact, ...]:
        """The facts of which the value is known."""
        return tuple(known for known in self.used if known.exact is not None)

    @property
    def vague(self) -> frozenset[str]:
        """Questions of which only an interval is known."""
        return frozenset(name for name, value in self.least.items() if self.most[name] != value)


def fill(
    questions: Sequence[RuleQuestion], facts: Mapping[str, KnownFact], before: Mapping[str, str] | None = None
) -> Filled:
    """The answers that the facts of one person give; a question that does not apply is left out.

    ``before``: answers given already, by question id; they decide which questions apply.
    """
    least: dict[str, str] = {}
    most: dict[str, str] = {}
    used: dict[str, KnownFact] = {}
    for question in questions:
        if not applies(question, {**(before or {}), **least}):
            continue
        known = None if question.fact is None else facts.get(question.fact)
        if known is not None and question.fact is not None:
            least[question.id], most[question.id] = (
                _as_said(question.fact, value) for value in (known.least, known.most)
            )
            used[known.fact] = known
            continue
        chosen = [choice for choice in question.choices if choice.facts and _all_hold(choice.facts, facts)]
        if chosen:
            least[question.id] = most[question.id] = chosen[-1].id
            used |= {fact: facts[fact] for fact in chosen[-1].facts}
    return Filled(least, most, tuple(used.values()))


def missing(questions: Sequence[RuleQuestion], answered: Collection[str], answers: Mapping[str, str]) -> list[str]:
    """The questions that apply, cannot be left out, and have no answer."""
    return [
        question.id
        for question in questions
        if question.required and question.id not in answered and applies(question, answers)
    ]


def applies(question: RuleQuestion, answers: Mapping[str, str]) -> bool:
    """Whether the answers before it call for a question; one that hangs on an open question does not yet."""
    return all(answers.get(other) in allowed for other, allowed in question.when.items())


def echo(used: Sequence[KnownFact]) -> list[str]:
    """The facts a result was computed with, as they are said back."""
    said = []
    order = list(fact_list())
    for known in sorted(used, key=lambda fact: order.index(fact.fact)):
        declared = fact_list()[known.fact]
        if declared.kind is FactKind.YES_NO and known.least == NO:
            said.append(declared.echo_no or f"{declared.name}：不是")
        else:
            said.append(declared.echo.format(value=shown_fact(known)))
    return said


def _all_hold(wanted: Mapping[str, tuple[str, ...]], facts: Mapping[str, KnownFact]) -> bool:
    return all(fact in facts and facts[fact].exact in values for fact, values in wanted.items())


def _as_said(fact: str, value: str) -> str:
    return f"{value}个月" if fact_list()[fact].kind is FactKind.DURATION else value
