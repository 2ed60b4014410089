"""Placeholders: what stands everywhere in the place of a personal identifier, ``⟦kind:token⟧``, and the marks that learning uses.

The vault makes them; everybody else finds, replaces or leaves them. People cannot type one: their brackets are disarmed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

TOKEN_BYTES = 5
PLACEHOLDER = re.compile(rf"⟦(?P<kind>[a-z]+):(?P<token>[0-9a-f]{{{2 * TOKEN_BYTES}}})⟧")
"""One placeholder; its kind is one of ``identifiers.IdentifierKind``."""
BRACKETED = re.compile(r"⟦[^⟦⟧]+⟧")
"""Anything in our brackets: a placeholder or a mark."""
_DISARMED = str.maketrans("⟦⟧", "【】")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """The kind of the identifier and the token that the vault finds it by."""

    kind: str
    token: str

    def __str__(self) -> str:
        return f"⟦{self.kind}:{self.token}⟧"


def new_token() -> str:
    """A random token."""
    return secrets.token_hex(TOKEN_BYTES)


def make_placeholder(kind: str, token: str) -> str:
    """The placeholder as it stands in texts. Raises ValueError for a kind or token that could not be found again."""
    made = str(Placeholder(kind, token))
    if PLACEHOLDER.fullmatch(made) is None:
        raise ValueError(made)
    return made


def parse_placeholder(text: str) -> Placeholder | None:
    """The placeholder that the whole text is, or None."""
    found = PLACEHOLDER.fullmatch(text)
    return None if found is None else _of(found)


def find_placeholders(text: str) -> list[Placeholder]:
    """All placeholders in a text, in order."""
    return [_of(found) for found in PLACEHOLDER.finditer(text)]


def has_placeholder(text: str) -> bool:
    """Whether the text holds an identifier."""
    return PLACEHOLDER.search(text) is not None


def replace_placeholders(text: str, by: str | Callable[[Placeholder], str]) -> str:
    """The text with other words for every placeholder: the same ones, or those that ``by`` gives for each."""
    return PLACEHOLDER.sub(lambda found: by if isinstance(by, str) else by(_of(found)), text)


def mark(name: str) -> str:
    """A mark ``⟦name⟧`` that stands for any mention of a sort; no placeholder, since nothing is behind it."""
    return f"⟦{name}⟧"


def disarm_brackets(text: str) -> str:
    """What people wrote, with our brackets as common ones: nobody types a placeholder."""
    return text.translate(_DISARMED)


def _of(found: re.Match[str]) -> Placeholder:
    return Placeholder(found["kind"], found["token"])
