"""Which steps are lawful when, and for whom: one table."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from backend.contracts.cases import CaseState, CaseStep
from backend.one_window.cases.models import CaseStepRow

S = CaseState

FINISHED = frozenset({S.REFUSED, S.APPROVED, S.REJECTED, S.DELIVERED, S.WITHDRAWN})
OPEN = frozenset({S.SUBMITTED, S.ACCEPTED, S.AWAITING_SUPPLEMENT, S.AWAITING_REVIEW})
PROPOSALS = {CaseStep.PROPOSE_APPROVAL: S.APPROVED, CaseStep.PROPOSE_REJECTION: S.REJECTED}
"""What a confirmed proposal becomes."""
INTERNAL = frozenset({*PROPOSALS, CaseStep.SEND_BACK, CaseStep.TRANSFER})
"""Steps between colleagues: the applicant is not shown them, nor their notes."""


class Actor(StrEnum):
    """In whose place somebody acts on a case."""

    APPLICANT = "applicant"
    CLERK = "clerk"


@dataclass(frozen=True, slots=True)
class StepRule:
    """From which states a step leads where, who may do it, and what it must carry.

    ``to`` None: the case itself says where (``leads_to``). ``reviewed``: only for items decided by two people, or only for
    the others; None for all.
    """

    sources: frozenset[CaseState]
    to: CaseState | None
    by: Actor = Actor.CLERK
    needs: tuple[str, ...] = ()
    danger: bool = False
    reviewed: bool | None = None
    second_person: bool = False
    """Whoever proposed the decision may not do it."""
    decides: bool = False
    """Of a case that was handed on only those do it who hold it now (deciding.py)."""


RULES: dict[CaseStep, StepRule] = {
    CaseStep.SUBMIT: StepRule(frozenset({S.DRAFT}), S.SUBMITTED, Actor.APPLICANT),
    CaseStep.ACCEPT: StepRule(frozenset({S.SUBMITTED}), S.ACCEPTED, decides=True),
    CaseStep.CONFIRM: StepRule(frozenset({S.AWAITING_REVIEW}), None, second_person=True, decides=True),
    CaseStep.APPROVE: StepRule(frozenset({S.ACCEPTED}), S.APPROVED, needs=("note",), reviewed=False, decides=True),
    CaseStep.PROPOSE_APPROVAL: StepRule(
        frozenset({S.ACCEPTED}), S.AWAITING_REVIEW, needs=("note",), reviewed=True, decides=True
    ),
    CaseStep.RECEIVE_SUPPLEMENT: StepRule(frozenset({S.AWAITING_SUPPLEMENT}), None),
    CaseStep.REQUEST_SUPPLEMENT: StepRule(
        frozenset({S.SUBMITTED, S.ACCEPTED}), S.AWAITING_SUPPLEMENT, needs=("lines", "until"), decides=True
    ),
    CaseStep.REJECT: StepRule(
        frozenset({S.ACCEPTED}), S.REJECTED, needs=("note",), danger=True, reviewed=False, decides=True
    ),
    CaseStep.PROPOSE_REJECTION: StepRule(
        frozenset({S.ACCEPTED}), S.AWAITING_REVIEW, needs=("note",), danger=True, reviewed=True, decides=True
    ),
    CaseStep.SEND_BACK: StepRule(frozenset({S.AWAITING_REVIEW}), S.ACCEPTED, needs=("note",), decides=True),
    CaseStep.REFUSE: StepRule(frozenset({S.SUBMITTED}), S.REFUSED, needs=("note",), danger=True, decides=True),
    CaseStep.DELIVER: StepRule(frozenset({S.APPROVED, S.REJECTED}), S.DELIVERED),
    CaseStep.TRANSFER: StepRule(OPEN, None, needs=("to", "note")),
    CaseStep.WITHDRAW: StepRule(frozenset({S.DRAFT}) | OPEN, S.WITHDRAWN, Actor.APPLICANT, danger=True),
}


def lawful_steps(
    state: CaseState,
    actors: Collection[Actor],
    *,
    reviewed: bool = False,
    proposer: bool = False,
    held_elsewhere: bool = False,
) -> list[CaseStep]:
    """Next steps in the order of the buttons.

    ``proposer``: whoever asks proposed the decision that waits. ``held_elsewhere``: it was handed on to others.
    """
    return [
        step
        for step, rule in RULES.items()
        if state in rule.sources
        and rule.by in actors
        and rule.reviewed in (None, reviewed)
        and not (rule.second_person and proposer)
        and not (rule.decides and held_elsewhere)
    ]


def leads_to(step: CaseStep, state: CaseState, steps: Sequence[CaseStepRow], *, accepted: bool) -> CaseState:
    """Where a lawful step leads. ``steps``: what was done before it."""
    to = RULES[step].to
    if to is not None:
        return to
    if step is CaseStep.CONFIRM:
        return PROPOSALS[CaseStep(proposal(steps).step)]
    if step is CaseStep.RECEIVE_SUPPLEMENT:
        return S.ACCEPTED if accepted else S.SUBMITTED
    return state


def proposal(steps: Sequence[CaseStepRow]) -> CaseStepRow:
    """The decision proposed last. Raises StopIteration where none was."""
    return next(step for step in reversed(steps) if step.step in PROPOSALS)


def proposed_by(state: CaseState, steps: Sequence[CaseStepRow]) -> str | None:
    """Who proposed the decision that waits to be confirmed; None where none waits."""
    return proposal(steps).by_id if state is S.AWAITING_REVIEW else None
