"""The verdict on an item's conditions for one person, and the one question that decides most for what it costs to answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.dialogue.eligibility.comparing import KnownOf, Truth, condition_truth, open_facts
from backend.contracts.eligibility import EligibilityCondition, ItemEligibility, fact_questions
from backend.contracts.facts import KnownFact


class Entitled(StrEnum):
    """What the conditions come to."""

    YES = "yes"
    AFTER_STEP = "after_step"
    """Nothing stands in the way but something that one does on the spot: a registration."""
    NO = "no"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The conditions by what is known of them, in the item's order. ``ask``: the fact to ask for, where one is still open."""

    verdict: Entitled
    met: tuple[EligibilityCondition, ...]
    failed: tuple[EligibilityCondition, ...]
    open: tuple[EligibilityCondition, ...]
    assumed: tuple[EligibilityCondition, ...]
    decided: tuple[EligibilityCondition, ...]
    """Those for others to decide."""
    ask: str | None
    used: tuple[KnownFact, ...]
    steps: tuple[EligibilityCondition, ...] = ()
    """What is to be done first, or may have been done already."""


def judge(rules: ItemEligibility, known: KnownOf, given_up: Collection[str] = ()) -> Judgement:
    """Judge. ``given_up``: facts that are asked for no more."""
    truths = {one: condition_truth(one, known) for one in rules.conditions}
    tested = [one for one in rules.conditions if one.holds_if]
    steps = tuple(one for one in tested if one.step and truths[one] is not Truth.TRUE)
    failed = tuple(one for one in tested if truths[one] is Truth.FALSE and one not in steps)
    unknown = tuple(one for one in tested if truths[one] is Truth.UNKNOWN and one not in steps)
    verdict = _verdict(failed, unknown, steps)
    return Judgement(
        verdict,
        met=tuple(one for one in tested if truths[one] is Truth.TRUE),
        failed=failed,
        open=unknown,
        assumed=tuple(one for one in rules.conditions if one.assumed),
        decided=tuple(one for one in rules.conditions if one.decided_by is not None),
        ask=None if failed else _question(unknown or steps, known, given_up),
        used=_used(failed or tested, known),
        steps=steps,
    )


def _verdict(failed: Sequence[object], unknown: Sequence[object], steps: Sequence[object]) -> Entitled:
    if failed:
        return Entitled.NO
    if unknown:
        return Entitled.OPEN
    return Entitled.AFTER_STEP if steps else Entitled.YES


def _question(unknown: tuple[EligibilityCondition, ...], known: KnownOf, given_up: Collection[str]) -> str | None:
    """The fact whose answer most likely decides, for its cost: the last open condition decides either way, others by failing."""
    worth: dict[str, float] = {}
    for one in unknown:
        facts = open_facts(one, known)
        decides = 1.0 if len(unknown) == 1 else 1.0 - one.prior
        for place, fact in enumerate(facts):
            cost = fact_questions()[fact].cost + place / len(
                facts
            )  # of several that belong together the first is asked first
            worth[fact] = max(worth.get(fact, 0.0), decides / len(facts) / cost)
    return max((fact for fact in worth if fact not in given_up), key=lambda fact: worth[fact], default=None)


def _used(
    conditions: tuple[EligibilityCondition, ...] | list[EligibilityCondition], known: KnownOf
) -> tuple[KnownFact, ...]:
    facts = dict.fromkeys(fact for one in conditions for comparison in one.comparisons for fact in comparison.facts)
    return tuple(known.facts[fact] for fact in facts if fact in known.facts)
