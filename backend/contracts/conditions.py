"""Conditions of materials and form fields: expressions over the closed vocabulary of situation facts.

Grammar (lowest precedence first)::

    expression := "always" | or
    or         := and ("or" and)*
    and        := not ("and" not)*
    not        := "not" not | "(" or ")" | FACT

Evaluation is three-valued: a fact nobody has been asked about is ``None``, and so is every expression that hangs on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

Situation = Mapping[str, bool]
"""Answers known so far: fact id -> yes or no. A missing fact is unknown."""

_TOKEN = re.compile(r"\s*(\(|\)|[a-z][a-z0-9_]*)")
_KEYWORDS = frozenset({"and", "or", "not", "always"})


class ConditionError(ValueError):
    """The text is not an expression of the grammar; the message says where."""


@dataclass(frozen=True, slots=True)
class Always:
    """Holds in every situation."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Holds when the named fact is answered yes."""

    id: str


@dataclass(frozen=True, slots=True)
class Not:
    """Negation."""

    of: Condition


@dataclass(frozen=True, slots=True)
class And:
    """Conjunction."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Disjunction."""

    parts: tuple[Condition, ...]


Condition = Always | Fact | Not | And | Or


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = self._tokens(text)
        self.at = 0

    @staticmethod
    def _tokens(text: str) -> list[str]:
        tokens, position = [], 0
        stripped = text.rstrip()
        while position < len(stripped):
            match = _TOKEN.match(stripped, position)
            if match is None:
                raise ConditionError(f"看不懂条件「{text}」的第 {position + 1} 个字符")
            tokens.append(match.group(1))
            position = match.end()
        return tokens

    def parse(self) -> Condition:
        if self.tokens == ["always"]:
            return Always()
        condition = self._or()
        if self.at != len(self.tokens):
            raise ConditionError(f"条件「{self.text}」在「{self.tokens[self.at]}」处多出内容")
        return condition

    def _peek(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self.at += 1
        return True

    def _or(self) -> Condition:
        parts = [self._and()]
        while self._take("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self) -> Condition:
        parts = [self._not()]
        while self._take("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self) -> Condition:
        if self._take("not"):
            return Not(self._not())
        if self._take("("):
            inner = self._or()
            if not self._take(")"):
                raise ConditionError(f"条件「{self.text}」少一个右括号")
            return inner
        word = self._peek()
        if word is None or word in _KEYWORDS or word == ")":
            raise ConditionError(f"条件「{self.text}」在「{word or '结尾'}」处缺一个情形")
        self.at += 1
        return Fact(word)


@lru_cache(maxsize=4096)
def parse(text: str) -> Condition:
    """Parse an expression; raises ConditionError with a sentence for editors."""
    return _Parser(text).parse()


def evaluate(condition: Condition, situation: Situation) -> bool | None:
    """Three-valued truth of the condition: True, False, or None while it hangs on an unknown fact."""
    match condition:
        case Always():
            return True
        case Fact(id=fact):
            return situation.get(fact)
        case Not(of=inner):
            value = evaluate(inner, situation)
            return None if value is None else not value
        case And(parts=parts):
            return _fold([evaluate(part, situation) for part in parts], decisive=False)
        case Or(parts=parts):
            return _fold([evaluate(part, situation) for part in parts], decisive=True)


def _fold(values: list[bool | None], decisive: bool) -> bool | None:
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def facts_in(condition: Condition) -> frozenset[str]:
    """Ids of the facts that the expression names."""
    match condition:
        case Always():
            return frozenset()
        case Fact(id=fact):
            return frozenset({fact})
        case Not(of=inner):
            return facts_in(inner)
        case And(parts=parts) | Or(parts=parts):
            return frozenset().union(*(facts_in(part) for part in parts))


def negated_facts_in(condition: Condition, negated: bool = False) -> frozenset[str]:
    """Ids of the facts whose answer no makes the expression hold."""
    match condition:
        case Always():
            return frozenset()
        case Fact(id=fact):
            return frozenset({fact}) if negated else frozenset()
        case Not(of=inner):
            return negated_facts_in(inner, not negated)
        case And(parts=parts) | Or(parts=parts):
            return frozenset().union(*(negated_facts_in(part, negated) for part in parts))


def deciding_facts(condition: Condition, situation: Situation) -> frozenset[str]:
    """Unknown facts that can still change whether the condition holds, whatever the other unknown facts turn out to be."""
    unknown = sorted(facts_in(condition) - situation.keys())
    deciding: set[str] = set()
    for fact in unknown:
        others = [other for other in unknown if other != fact]
        for answers in product((False, True), repeat=len(others)):
            rest = {**situation, **dict(zip(others, answers, strict=True))}
            if evaluate(condition, {**rest, fact: True}) != evaluate(condition, {**rest, fact: False}):
                deciding.add(fact)
                break
    return frozenset(deciding)
