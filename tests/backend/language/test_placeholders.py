"""Placeholders: one grammar, and nobody types one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.placeholders import (
    BRACKETED,
    Placeholder,
    disarm_brackets,
    find_placeholders,
    has_placeholder,
    make_placeholder,
    mark,
    new_token,
    parse_placeholder,
    replace_placeholders,
)

KINDS = st.sampled_from(["id", "phone", "bank", "number", "secret"])
TOKENS = st.text("0123456789abcdef", min_size=10, max_size=10)
WORDS = st.text(st.characters(exclude_characters="⟦⟧", codec="utf-8"), max_size=10)


@given(KINDS, TOKENS)
def test_what_is_made_is_found_again(kind: str, token: str) -> None:
    """Alone."""
    assert parse_placeholder(make_placeholder(kind, token)) == Placeholder(kind, token)


@given(st.lists(st.tuples(WORDS, KINDS, TOKENS), max_size=4), WORDS)
def test_all_in_a_text_are_found_and_nothing_else_is_touched(parts: list[tuple[str, str, str]], end: str) -> None:
    """In order, with the text around them."""
    text = "".join(words + make_placeholder(kind, token) for words, kind, token in parts) + end
    assert find_placeholders(text) == [Placeholder(kind, token) for _, kind, token in parts]
    assert has_placeholder(text) is bool(parts)
    assert replace_placeholders(text, "") == "".join(words for words, _, _ in parts) + end
    assert replace_placeholders(text, str) == text


@given(st.text(max_size=30) | TOKENS.map(lambda token: f"我的⟦id:{token}⟧"))
def test_nobody_types_a_placeholder(text: str) -> None:
    """What people write holds none of our brackets afterwards."""
    assert BRACKETED.search(disarm_brackets(text)) is None


@pytest.mark.parametrize(
    ("kind", "token"), [("ID", "0123456789"), ("id", "01234"), ("", "0123456789"), ("id", "012345678g")]
)
def test_what_could_not_be_found_again_is_not_made(kind: str, token: str) -> None:
    """A mistake shows where it is made."""
    with pytest.raises(ValueError, match="⟦"):
        make_placeholder(kind, token)


def test_a_mark_is_no_placeholder() -> None:
    """It stands for a sort; nothing is behind it."""
    assert BRACKETED.fullmatch(mark("事项"))
    assert not has_placeholder(mark("事项"))
    assert len({new_token() for _ in range(50)}) == 50
