"""Which steps are offered, in every state, to everybody, written out; where they lead; which states are the end."""

from __future__ import annotations

from itertools import product

import pytest

from backend.contracts.cases import CaseState, CaseStep
from backend.one_window.cases.models import CaseStepRow
from backend.one_window.cases.stepping import TOLD
from backend.one_window.cases.steps import (
    FINISHED,
    INTERNAL,
    OPEN,
    RULES,
    Actor,
    lawful_steps,
    leads_to,
    proposal,
    proposed_by,
)

S, D = CaseState, CaseStep

OF_APPLICANT = {
    S.DRAFT: [D.SUBMIT, D.WITHDRAW],
    S.SUBMITTED: [D.WITHDRAW],
    S.ACCEPTED: [D.WITHDRAW],
    S.AWAITING_SUPPLEMENT: [D.WITHDRAW],
    S.AWAITING_REVIEW: [D.WITHDRAW],
    S.REFUSED: [],
    S.APPROVED: [],
    S.REJECTED: [],
    S.DELIVERED: [],
    S.WITHDRAWN: [],
}
OF_CLERK = {
    S.DRAFT: [],
    S.SUBMITTED: [D.ACCEPT, D.REQUEST_SUPPLEMENT, D.REFUSE, D.TRANSFER],
    S.ACCEPTED: [D.APPROVE, D.REQUEST_SUPPLEMENT, D.REJECT, D.TRANSFER],
    S.AWAITING_SUPPLEMENT: [D.RECEIVE_SUPPLEMENT, D.TRANSFER],
    S.AWAITING_REVIEW: [D.CONFIRM, D.SEND_BACK, D.TRANSFER],
    S.REFUSED: [],
    S.APPROVED: [D.DELIVER],
    S.REJECTED: [D.DELIVER],
    S.DELIVERED: [],
    S.WITHDRAWN: [],
}
"""Of an item that one person decides; the buttons in this order."""
OF_TWO = {**OF_CLERK, S.ACCEPTED: [D.PROPOSE_APPROVAL, D.REQUEST_SUPPLEMENT, D.PROPOSE_REJECTION, D.TRANSFER]}
"""Of an item that two people decide."""
OF_PROPOSER = {**OF_TWO, S.AWAITING_REVIEW: [D.SEND_BACK, D.TRANSFER]}
"""Of whoever proposed the decision that waits."""


@pytest.mark.parametrize("state", S)
def test_what_each_state_offers_to_each(state: CaseState) -> None:
    """The whole table: applicant, clerk, of a reviewed item, proposer, who handed it on, with the applicant there, nobody."""
    applicant, clerk = {Actor.APPLICANT}, {Actor.CLERK}
    for reviewed, proposer in product((False, True), repeat=2):
        assert lawful_steps(state, applicant, reviewed=reviewed, proposer=proposer) == OF_APPLICANT[state]
        assert lawful_steps(state, set(), reviewed=reviewed, proposer=proposer) == []
    assert lawful_steps(state, clerk) == OF_CLERK[state]
    assert lawful_steps(state, clerk, reviewed=True) == OF_TWO[state]
    assert lawful_steps(state, clerk, reviewed=True, proposer=True) == OF_PROPOSER[state]
    for reviewed, all_steps in ((False, OF_CLERK), (True, OF_TWO)):
        left = lawful_steps(state, clerk, reviewed=reviewed, held_elsewhere=True)
        assert left == [step for step in all_steps[state] if step in {D.RECEIVE_SUPPLEMENT, D.DELIVER, D.TRANSFER}]
    both = lawful_steps(state, {Actor.APPLICANT, Actor.CLERK})
    assert set(both) == {*OF_APPLICANT[state], *OF_CLERK[state]}
    assert both == [step for step in RULES if step in both]


LEADS_TO = {
    D.SUBMIT: S.SUBMITTED,
    D.ACCEPT: S.ACCEPTED,
    D.REFUSE: S.REFUSED,
    D.REQUEST_SUPPLEMENT: S.AWAITING_SUPPLEMENT,
    D.APPROVE: S.APPROVED,
    D.REJECT: S.REJECTED,
    D.PROPOSE_APPROVAL: S.AWAITING_REVIEW,
    D.PROPOSE_REJECTION: S.AWAITING_REVIEW,
    D.SEND_BACK: S.ACCEPTED,
    D.DELIVER: S.DELIVERED,
    D.WITHDRAW: S.WITHDRAWN,
}


def test_where_each_step_leads() -> None:
    """Those that say it themselves; the rest hang on what was before."""
    assert {step: leads_to(step, S.SUBMITTED, (), accepted=False) for step in LEADS_TO} == LEADS_TO
    assert set(RULES) - set(LEADS_TO) == {D.CONFIRM, D.RECEIVE_SUPPLEMENT, D.TRANSFER}


def done(*steps: CaseStep) -> list[CaseStepRow]:
    """Steps as they were done, each by somebody of its own."""
    return [CaseStepRow(step=step, by_id=f"clerk {place}") for place, step in enumerate(steps)]


def test_what_was_proposed_last_is_what_is_confirmed() -> None:
    """A proposal that was sent back no longer counts."""
    once = done(D.SUBMIT, D.ACCEPT, D.PROPOSE_APPROVAL)
    assert leads_to(D.CONFIRM, S.AWAITING_REVIEW, once, accepted=True) is S.APPROVED
    twice = done(D.SUBMIT, D.ACCEPT, D.PROPOSE_APPROVAL, D.SEND_BACK, D.PROPOSE_REJECTION, D.TRANSFER)
    assert leads_to(D.CONFIRM, S.AWAITING_REVIEW, twice, accepted=True) is S.REJECTED
    assert proposal(twice).by_id == "clerk 4"
    assert proposed_by(S.AWAITING_REVIEW, twice) == "clerk 4"
    assert proposed_by(S.ACCEPTED, twice) is None


def test_a_supplement_that_came_goes_back_to_where_the_case_was() -> None:
    """Asked for before or after acceptance; a transfer leaves the state alone."""
    assert leads_to(D.RECEIVE_SUPPLEMENT, S.AWAITING_SUPPLEMENT, (), accepted=False) is S.SUBMITTED
    assert leads_to(D.RECEIVE_SUPPLEMENT, S.AWAITING_SUPPLEMENT, (), accepted=True) is S.ACCEPTED
    for state in OPEN:
        assert leads_to(D.TRANSFER, state, (), accepted=True) is state


def test_which_states_are_open_and_which_are_the_end() -> None:
    """Withdrawn and delivered are finished; a draft is neither."""
    assert {S.REFUSED, S.APPROVED, S.REJECTED, S.DELIVERED, S.WITHDRAWN} == FINISHED
    assert {S.SUBMITTED, S.ACCEPTED, S.AWAITING_SUPPLEMENT, S.AWAITING_REVIEW} == OPEN
    assert set(S) - FINISHED - OPEN == {S.DRAFT}


@pytest.mark.parametrize("state", sorted(FINISHED))
def test_nothing_leads_out_of_the_end_but_delivery(state: CaseState) -> None:
    """What was decided can be handed over; what was handed over, refused or withdrawn stays."""
    assert {step for step, rule in RULES.items() if state in rule.sources} == (
        {D.DELIVER} if state in {S.APPROVED, S.REJECTED} else set()
    )


NEEDS = {
    D.APPROVE: ("note",),
    D.REJECT: ("note",),
    D.PROPOSE_APPROVAL: ("note",),
    D.PROPOSE_REJECTION: ("note",),
    D.SEND_BACK: ("note",),
    D.REFUSE: ("note",),
    D.REQUEST_SUPPLEMENT: ("lines", "until"),
    D.TRANSFER: ("to", "note"),
}
GRAVE = {D.REJECT, D.PROPOSE_REJECTION, D.REFUSE, D.WITHDRAW}


def test_what_a_step_must_carry_and_which_are_asked_once_more() -> None:
    """Reasons for every decision; what harms the applicant is confirmed before it is done."""
    assert {step: rule.needs for step, rule in RULES.items() if rule.needs} == NEEDS
    assert {step for step, rule in RULES.items() if rule.danger} == GRAVE
    assert {step for step, rule in RULES.items() if rule.second_person} == {D.CONFIRM}


def test_what_stays_between_colleagues_and_what_the_applicant_hears_of() -> None:
    """Proposals, sending back and transfers are internal; every result is told."""
    assert {D.PROPOSE_APPROVAL, D.PROPOSE_REJECTION, D.SEND_BACK, D.TRANSFER} == INTERNAL
    assert (
        frozenset(
            {
                D.ACCEPT, D.REFUSE, D.REQUEST_SUPPLEMENT, D.RECEIVE_SUPPLEMENT, D.APPROVE, D.REJECT, D.CONFIRM, D.DELIVER
            }
        )
        == TOLD
    )  # fmt: skip
    assert not TOLD & INTERNAL
