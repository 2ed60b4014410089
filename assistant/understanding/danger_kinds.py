"""Kinds of danger, whose it is, and what one sentence says of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class DangerKind(StrEnum):
    """What the danger is; the gravest first. ``SIGN`` alone is no danger yet, several of them are."""

    PLAN = "plan"
    MEDICAL = "medical"
    FIRE = "fire"
    VIOLENCE = "violence"
    HELD = "held"
    CHILD = "child"
    DOMESTIC = "domestic"
    THREAT = "threat"
    THOUGHT = "thought"
    PASSIVE = "passive"
    FRAUD_PAID = "fraud_paid"
    FRAUD_ASKED = "fraud_asked"
    LURED = "lured"
    SIGN = "sign"


class Whose(StrEnum):
    """Of the person who speaks, or of somebody else."""

    SELF = "self"
    OTHER = "other"


class HeardDanger(BaseModel):
    """What one sentence says of danger. ``sign``: 1 and more is danger by itself, 0 the bound of what deserves a word."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sign: float = -1.0
    kind: DangerKind = DangerKind.SIGN
    whose: Whose = Whose.SELF
    listed: bool = False
    """Whether the list found it; else it is learnt, and of few words little is known."""

    @property
    def alone(self) -> bool:
        """Whether the sentence is danger without those before it."""
        return self.sign >= 1
