"""Which steps are lawful when, and for whom: one table."""

from __future__ import annotations

from dataclasses import dataclass

from backend.contracts.cases import CaseState, CaseStep

S = CaseState

FINISHED = frozenset({S.REFUSED, S.APPROVED, S.REJECTED, S.DELIVERED, S.WITHDRAWN})
OPEN = frozenset({S.SUBMITTED, S.ACCEPTED, S.AWAITING_SUPPLEMENT})


@dataclass(frozen=True, slots=True)
class StepRule:
    """From which states a step leads where, who may do it, and what it must carry.

    ``to`` None: back to where the case stood before the supplement.
    """

    sources: frozenset[CaseState]
    to: CaseState | None
    by_clerk: bool
    needs: tuple[str, ...] = ()
    danger: bool = False


RULES: dict[CaseStep, StepRule] = {
    CaseStep.SUBMIT: StepRule(frozenset({S.DRAFT}), S.SUBMITTED, by_clerk=False),
    CaseStep.ACCEPT: StepRule(frozenset({S.SUBMITTED}), S.ACCEPTED, by_clerk=True),
    CaseStep.REQUEST_SUPPLEMENT: StepRule(
        frozenset({S.SUBMITTED, S.ACCEPTED}), S.AWAITING_SUPPLEMENT, by_clerk=True, needs=("lines", "until")
    ),
    CaseStep.RECEIVE_SUPPLEMENT: StepRule(frozenset({S.AWAITING_SUPPLEMENT}), None, by_clerk=True),
    CaseStep.APPROVE: StepRule(frozenset({S.ACCEPTED}), S.APPROVED, by_clerk=True, needs=("note",)),
    CaseStep.REJECT: StepRule(frozenset({S.ACCEPTED}), S.REJECTED, by_clerk=True, needs=("note",), danger=True),
    CaseStep.REFUSE: StepRule(frozenset({S.SUBMITTED}), S.REFUSED, by_clerk=True, needs=("note",), danger=True),
    CaseStep.DELIVER: StepRule(frozenset({S.APPROVED, S.REJECTED}), S.DELIVERED, by_clerk=True),
    CaseStep.WITHDRAW: StepRule(
        frozenset({S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.AWAITING_SUPPLEMENT}), S.WITHDRAWN, by_clerk=False, danger=True
    ),
}


def lawful_steps(state: CaseState, *, clerk: bool) -> list[CaseStep]:
    """Next steps for a clerk or for the applicant, in the order of the buttons."""
    return [step for step, rule in RULES.items() if state in rule.sources and rule.by_clerk is clerk]
