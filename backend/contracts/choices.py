"""What a pressed button sends: one closed grammar, ``kind`` or ``kind:argument``, e.g. ``item:LJ-SY-001``, ``skip``.

Buttons are stored with the replies that carry them and may be pressed much later: what earlier versions sent is still
understood (``ChoiceValue.parse``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, InstanceOf, PlainSerializer, WithJsonSchema

MAX_CHOICE = 200
"""Characters of a button's value as it travels."""


class ChoiceKind(StrEnum):
    """What a button means; its argument stands in brackets."""

    ITEM = "item"
    """This item is meant (code)."""
    POLICY_ANSWER = "policy_answer"
    """This policy answer (id)."""
    TOPIC = "topic"
    """This topic as a whole (id)."""
    RULE = "rule"
    """Compute with this rule (id)."""
    ASK = "ask"
    """Ask this of the item talked about (intent)."""
    START = "start"
    """Start or continue a case of this item (code)."""
    WHO = "who"
    """For whom the case is (``self``, ``other``)."""
    FACT = "fact"
    """Answer of a one-time notice's question (fact id and ``yes`` or ``no``)."""
    FORM_VALUE = "form_value"
    """Value of the case form's field that is asked for (the words of one of its choices)."""
    FIELD = "field"
    """Correct this field of the case form (field id)."""
    CASE = "case"
    """What becomes of the filled case form (``submit``, ``edit``, ``cancel``)."""
    REPLY = "reply"
    """Answer of a rule's question (choice id)."""
    STATUS = "status"
    """Where a case stands (case id; the newest without)."""
    WITHDRAW = "withdraw"
    """Take this case back (case id)."""
    WITHDRAW_YES = "withdraw_yes"
    """Yes, really (case id)."""
    WITHDRAW_NO = "withdraw_no"
    SUPPLEMENT = "supplement"
    """What this case still lacks (case id)."""
    APPEAL = "appeal"
    """What can be done about the decision of this case (case id)."""
    URGE = "urge"
    """Tell the owner of this case that its applicant waits (case id)."""
    FEEDBACK = "feedback"
    """Register a complaint, suggestion or praise (kind)."""
    RATE = "rate"
    """How the service was (level, 5 best)."""
    RATE_REASON = "rate_reason"
    """Why a low level is given (level and reason)."""
    SKIP = "skip"
    """Leave the question that is open unanswered."""
    NONE = "none"
    """None of what was offered."""
    SEND_AGAIN = "send_again"
    """Send the code once more."""
    HAS_NONE = "has_none"
    """There is no number, or no phone."""


_NO_ARGUMENT = re.compile("")
_SOMETHING = re.compile(r".+", re.DOTALL)
_ARGUMENTS: dict[ChoiceKind, re.Pattern[str]] = {
    ChoiceKind.WHO: re.compile("self|other"),
    ChoiceKind.CASE: re.compile("submit|edit|cancel"),
    ChoiceKind.FACT: re.compile(r"[^:]+:(?:yes|no)"),
    ChoiceKind.FEEDBACK: re.compile("complaint|suggestion|praise"),
    ChoiceKind.RATE: re.compile("[1-5]"),
    ChoiceKind.RATE_REASON: re.compile(r"[12]:[a-z_]{1,30}"),
    ChoiceKind.STATUS: re.compile(r".*", re.DOTALL),
    ChoiceKind.WITHDRAW_NO: _NO_ARGUMENT,
    ChoiceKind.SKIP: _NO_ARGUMENT,
    ChoiceKind.NONE: _NO_ARGUMENT,
    ChoiceKind.SEND_AGAIN: _NO_ARGUMENT,
    ChoiceKind.HAS_NONE: _NO_ARGUMENT,
}
_RETIRED = "answer"
"""Until November 2026 the kind both of policy answers and of a form's values."""
_POLICY_ANSWER_ID = re.compile(r"Q\d{3}", re.ASCII)


class UnknownChoice(ValueError):
    """No choice, or none any more; the message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class ChoiceValue:
    """A kind of choice with its argument. Raises UnknownChoice for an argument that the kind does not take."""

    kind: ChoiceKind
    argument: str = ""

    def __post_init__(self) -> None:
        if not _ARGUMENTS.get(self.kind, _SOMETHING).fullmatch(self.argument):
            raise UnknownChoice(f"选项「{self.kind}」后面不能是「{self.argument}」")
        if len(str(self)) > MAX_CHOICE:
            raise UnknownChoice(f"选项最多{MAX_CHOICE}个字")

    def __str__(self) -> str:
        return f"{self.kind}:{self.argument}" if self.argument else str(self.kind)

    @classmethod
    def parse(cls, text: str) -> ChoiceValue:
        """Read what a button sent, of this or an earlier version. Raises UnknownChoice."""
        kind, _, argument = text.partition(":")
        if kind == _RETIRED:
            policy = _POLICY_ANSWER_ID.fullmatch(argument)
            return cls(ChoiceKind.POLICY_ANSWER if policy else ChoiceKind.FORM_VALUE, argument)
        try:
            known = ChoiceKind(kind)
        except ValueError:
            raise UnknownChoice(f"没有「{kind[:20]}」这种选项") from None
        return cls(known, argument)

    @classmethod
    def fact(cls, fact: str, *, holds: bool) -> ChoiceValue:
        """The answer to a one-time notice's question."""
        return cls(ChoiceKind.FACT, f"{fact}:{'yes' if holds else 'no'}")


def readable_choice(text: str | None) -> ChoiceValue | None:
    """The choice, or None where there is none or it is of no kind known (any more)."""
    try:
        return None if text is None else ChoiceValue.parse(text)
    except UnknownChoice:
        return None


def _parsed(given: Any) -> Any:
    return ChoiceValue.parse(given) if isinstance(given, str) else given


SentChoice = Annotated[
    InstanceOf[ChoiceValue],
    BeforeValidator(_parsed),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "maxLength": MAX_CHOICE,
            "description": "kind 或 kind:argument；kind 是 " + "、".join(ChoiceKind),
        }
    ),
]
"""A ChoiceValue that travels as text."""
