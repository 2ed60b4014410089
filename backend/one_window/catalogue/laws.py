"""Laws have dates: which bases of an item are in force on a day, which are to come, which end soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backend.contracts.catalogue_content import DatedLaw, LegalBasis

SOON = timedelta(days=90)
"""How far ahead an editor is told: time to read the new text and to have it approved."""


@dataclass(frozen=True, slots=True)
class BasisInTime:
    """A basis with its first and last day, its own or its law's."""

    rule: LegalBasis
    since: date | None
    until: date | None
    leads: bool

    def holds_on(self, day: date) -> bool:
        """Whether it is in force."""
        return (self.since is None or self.since <= day) and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < day


def law_of(cite: str, laws: Iterable[DatedLaw]) -> DatedLaw | None:
    """The dated law that a citation names."""
    return next((law for law in laws if law.title in cite), None)


def in_time(rule: LegalBasis, laws: Iterable[DatedLaw]) -> BasisInTime:
    """A basis with its days; what it says of itself stands before what its law says."""
    law = law_of(rule.title, laws)
    if law is None:
        return BasisInTime(rule, rule.since, rule.until, leads=False)
    return BasisInTime(rule, rule.since or law.since, rule.until or law.until, law.leads)


def in_force(rules: Iterable[LegalBasis], laws: Iterable[DatedLaw], day: date) -> tuple[LegalBasis, ...]:
    """The bases in force on a day; a law that leads stands first, under its own name without 「某日起施行」."""
    laws = tuple(laws)
    found = [one for one in (in_time(rule, laws) for rule in rules) if one.holds_on(day)]
    return tuple(_named(one.rule, laws) for one in sorted(found, key=lambda one: not one.leads))


def to_come(rules: Iterable[LegalBasis], laws: Iterable[DatedLaw], day: date) -> tuple[LegalBasis, ...]:
    """The bases whose first day is still ahead, with that day."""
    found = [one for one in (in_time(rule, tuple(laws)) for rule in rules) if one.since is not None and one.since > day]
    return tuple(one.rule.model_copy(update={"since": one.since}) for one in found)


def _named(rule: LegalBasis, laws: tuple[DatedLaw, ...]) -> LegalBasis:
    law = law_of(rule.title, laws)
    return rule if law is None or law.since is None else rule.model_copy(update={"title": law.title})
