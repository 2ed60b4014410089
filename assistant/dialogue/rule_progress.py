"""A calculation under way, as the form's slot keeps it: what was answered, left out, and in which order it was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.calculators import RuleProgress


class RuleForm(BaseModel):
    """The slot's value; replaced, never changed."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    answers: dict[str, str] = {}
    skipped: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """Ids of the questions in the order in which they were first answered or left out."""
    last: str | None = None
    """The one that was answered or corrected last."""
    begun: dict[str, str] = {}
    """By question the part of a date that was told so far (「1973年」)."""

    @classmethod
    def standing_on(cls, rule_id: str, questions: Sequence[RuleQuestion], answers: Mapping[str, str]) -> RuleForm:
        """A form whose result was told: what may be left out and was not told is left out."""
        left = (one.id for one in questions if not one.required and one.id not in answers)
        return cls(id=rule_id, answers=dict(answers), skipped=tuple(left))

    @property
    def progress(self) -> RuleProgress:
        """As the backend is asked for the next question."""
        return RuleProgress(answers=self.answers, skipped=self.skipped)

    @property
    def recent(self) -> list[str]:
        """Ids answered or left out, the newest first; what was known before any question comes last."""
        known = [*reversed(self.order), *(one for one in reversed(self.answers) if one not in self.order)]
        return sorted(known, key=lambda one: one != self.last)

    @property
    def before(self) -> str | None:
        """The question that was asked before the open one; None at the first."""
        return self.order[-1] if self.order else None

    def with_answer(self, question: str, said: str) -> RuleForm:
        """With a question answered anew; empty words leave it out."""
        rest = self.without(question)
        answers = {**rest.answers, question: said} if said else rest.answers
        skipped = rest.skipped if said else (*rest.skipped, question)
        order = self.order if question in self.order else (*self.order, question)
        begun = {one: part for one, part in self.begun.items() if one != question}
        return self.model_copy(
            update={"answers": answers, "skipped": skipped, "order": order, "last": question, "begun": begun}
        )

    def with_part(self, question: str, part: str) -> RuleForm:
        """With a part of a date kept until the rest is told."""
        return self.model_copy(update={"begun": {**self.begun, question: part}})

    def without(self, question: str) -> RuleForm:
        """With a question open again."""
        return self.model_copy(
            update={
                "answers": {one: said for one, said in self.answers.items() if one != question},
                "skipped": tuple(one for one in self.skipped if one != question),
                "order": tuple(one for one in self.order if one != question),
                "last": None,
            }
        )


def read_rule_form(stored: Any) -> RuleForm | None:
    """Read the slot; None where no calculation is under way."""
    try:
        return None if not stored else RuleForm.model_validate(stored)
    except ValidationError:
        return None
