"""Kinds of danger, and whose it is."""

from __future__ import annotations

from enum import StrEnum


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
