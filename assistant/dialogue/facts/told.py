"""What a message tells: a fact of somebody, where it stands, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

from backend.contracts.facts import Certainty, KnownFact


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as it was said at ``start:end``. ``hypothetical``: a case that is supposed, nothing to keep."""

    fact: str
    least: str
    most: str
    holder: str
    certainty: Certainty
    start: int
    end: int
    hypothetical: bool = False

    def known(self, message_id: str) -> KnownFact:
        """As the conversation keeps it."""
        return KnownFact(holder=self.holder, fact=self.fact, least=self.least, most=self.most,
                         certainty=self.certainty, said_in=message_id)  # fmt: skip
