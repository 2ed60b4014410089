"""What is known of whom: facts in the order in which they were told. The newer stated one wins; a hedged one never replaces it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.dialogue.facts.told import Told
from assistant.dialogue.facts.words import PAID
from backend.contracts.facts import MAX_FACTS, Certainty, KnownFact

_SURE = frozenset({Certainty.STATED, Certainty.CONFIRMED})


@dataclass(slots=True)
class FactStore:
    """The facts of a conversation, and which of the last message replaced another value."""

    known: dict[tuple[str, str], KnownFact] = field(default_factory=dict)
    replaced: dict[tuple[str, str], KnownFact] = field(default_factory=dict)

    def tell(
        self, told: Iterable[Told], message_id: str, *, supposed: bool = False, paid_as: str | None = None
    ) -> None:
        """Take what a message tells. ``supposed``: suppositions too; ``paid_as``: the branch of years paid without one."""
        self.replaced.clear()
        for one in told:
            if supposed or not one.hypothetical:
                known = one.known(message_id)
                self._keep(known if paid_as is None or one.fact != PAID else known.model_copy(update={"fact": paid_as}))

    def of(self, holder: str, paid_as: str | None = None) -> dict[str, KnownFact]:
        """What is known of one person, and what follows from it. ``paid_as``: the branch of years paid without one."""
        own = {fact: known for (whose, fact), known in self.known.items() if whose == holder}
        if paid_as is not None and paid_as not in own and PAID in own:
            own[paid_as] = own[PAID].model_copy(update={"fact": paid_as})
        left = own.get("ended_on") or own.get("ended_why")
        if left is not None and "job" not in own and left.certainty is not Certainty.HEDGED:
            own["job"] = _follows("job", "left", left)
        if "contract_length" in own and "contract_kind" not in own:
            own["contract_kind"] = _follows("contract_kind", "fixed", own["contract_length"])
        return own

    @classmethod
    def holding(cls, facts: Iterable[KnownFact]) -> FactStore:
        """A store of facts known before."""
        return cls({(fact.holder, fact.fact): fact for fact in facts})

    @property
    def facts(self) -> tuple[KnownFact, ...]:
        """All of them, the newest last."""
        return tuple(self.known.values())

    def _keep(self, new: KnownFact) -> None:
        key = (new.holder, new.fact)
        old = self.known.get(key)
        if old is not None and new.certainty is Certainty.HEDGED and old.certainty in _SURE:
            return
        if old is not None and old.said_in == new.said_in and old.exact is not None and new.exact is None:
            return  # the same message, read more exactly: its year with the month told before
        if old is not None and (old.most < new.least or new.most < old.least):
            self.replaced[key] = old
        self.known.pop(key, None)
        self.known[key] = new
        while len(self.known) > MAX_FACTS:
            self.known.pop(next(iter(self.known)))


def _follows(fact: str, value: str, source: KnownFact) -> KnownFact:
    return source.model_copy(update={"fact": fact, "least": value, "most": value, "certainty": Certainty.INFERRED})
