"""What the bundled model is taught to hear: every phone at its place, with the tone of its syllable."""

from __future__ import annotations

from connectors.voice_training.phones import halved, toned, with_tone, without_gaps
from connectors.voice_training.speakers import BLIND, STOCK

RATE = 1000
LEARNT = {"ban4": ("p", "a4", "n4"), "li3": ("l", "i3"), "er4": ("ər", "ɚ4"), "bu4": ("p", "u4"), "bu3": ("p", "u3")}


def test_vowel_and_coda_carry_the_tone_the_onset_does_not() -> None:
    assert with_tone(["ɕ", "iɑ", "ŋ"], "3") == ("ɕ", "iɑ3", "ŋ3")
    assert with_tone(["n", "y"], "3") == ("n", "y3")


def test_the_moment_before_a_stop_is_the_stop_and_a_long_one_is_a_pause() -> None:
    phones = [
        ("l", 0),
        ("i", 60),
        ("SIL", 200),
        ("p", 240),
        ("u", 300),
        ("SIL", 400),
        ("l", 700),
        ("i", 760),
        ("SIL", 900),
    ]
    placed = without_gaps(phones, 1000, RATE)
    assert placed == [("l", 0), ("i", 60), ("p", 200), ("u", 300), ("SIL", 400), ("l", 700), ("i", 760), ("SIL", 900)]


def test_a_moment_before_anything_else_belongs_to_what_went_before() -> None:
    assert without_gaps([("i", 0), ("SIL", 100), ("l", 120), ("i", 200)], 300, RATE) == [
        ("i", 0),
        ("l", 120),
        ("i", 200),
    ]


def test_words_that_differ_in_tone_only_are_taught_apart() -> None:
    phones = [("p", 0), ("u", 50)]
    assert toned(phones, ["bu4"], LEARNT) != toned(phones, ["bu3"], LEARNT)
    assert toned([("p", 0), ("a", 5), ("n", 9), ("SIL", 12), ("l", 15), ("i", 20)], ["ban4", "li3"], LEARNT) == [
        ("p", 0), ("a4", 5), ("n4", 9), ("SIL", 12), ("l", 15), ("i3", 20)]  # fmt: skip


def test_what_espeak_said_otherwise_is_not_taught() -> None:
    assert toned([("p", 0), ("u", 50)], ["ban4"], LEARNT) is None
    assert toned([("p", 0), ("u", 50)], ["bu4", "li3"], LEARNT) is None
    assert toned([("p", 0), ("u", 50)], ["hm4"], LEARNT) is None


def test_a_phone_that_is_a_whole_word_has_two_halves() -> None:
    """二二 once became 二."""
    assert toned(halved([("ər", 0), ("ər", 100)], 200), ["er4", "er4"], LEARNT) == [
        ("ər", 0), ("ɚ4", 50), ("ər", 100), ("ɚ4", 150)]  # fmt: skip


def test_the_blind_voices_are_not_taught() -> None:
    assert not set(BLIND) & set(STOCK)
