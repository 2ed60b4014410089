"""Sounds and signs: pinyin, folded sounds, traditional characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.pinyin import folded, latin_runs, syllables
from backend.language.script import has_hanzi, is_hanzi, simplified
from backend.language.text import tidy


@given(st.text(max_size=30))
def test_every_character_has_one_place(text: str) -> None:
    """Places in the text and in its sounds agree, also for signs that nobody reads (兙)."""
    sounds = syllables(text)
    assert len(sounds) == len(folded(sounds)) == len(text)
    assert all(is_hanzi(character) for character, sound in zip(text, sounds, strict=True) if sound)


def test_sounds_are_toneless() -> None:
    """Who types by sound takes the wrong character, not the wrong sound."""
    assert syllables("失业金A") == syllables("师业金A") == ("shi", "ye", "jin", "")
    assert syllables("兙") == ("",)


@pytest.mark.parametrize(
    ("one", "other"), [("shi", "si"), ("ling", "ning"), ("jing", "jin"), ("hua", "fa"), ("zhang", "zan")]
)
def test_what_yunnan_mandarin_confuses_is_folded(one: str, other: str) -> None:
    """zh/z, n/l, ng/n, hu/f."""
    assert folded([one]) == folded([other])


def test_typed_pinyin_is_a_long_run() -> None:
    """English abbreviations are too short."""
    assert latin_runs("shi ye jin怎么领hr") == ["shiyejin"]


def test_traditional_characters_become_simplified() -> None:
    """And all else stays."""
    assert simplified("社會保險abc") == "社会保险abc"
    assert has_hanzi("a社")
    assert not has_hanzi("abc１")


@given(st.text(max_size=40))
def test_tidying_is_done_once(text: str) -> None:
    """Tidy text stays as it is."""
    assert tidy(tidy(text)) == tidy(text)
