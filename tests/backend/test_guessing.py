"""Which new passwords are refused as easy to guess, and what is said of them."""

from __future__ import annotations

import pytest

from backend.hall.accounts.guessing import LONGEST_JUDGED, guessable, why_guessable
from backend.hall.accounts.passwords import Passwords

OWN = ("he.xiuying", "和秀英", "窗口经办", "kD83_old-pass9x")
"""User name, name, position, the password up to now."""

GUESSED = {
    "own": [
        "he.xiuying2026", "hexiuying1990", "HeXiuYing1990", "和秀英2026年和秀英", "hxy123456789", "xiuying_xiuying",
        "窗口经办窗口经办窗口", "kD83_old-pass9x", "kD83_old-pass9y", "kD83_old-pass9x1",
        "lijiangrenshe", "丽江人社局2026年", "daoban.lijiang", "YunNan2026!!", "renshe12333a", "woaini5201314",
    ],
    "common": ["password1234", "P@ssw0rd2026", "1qaz2wsx3edc", "123456789012", "iloveyou1314520"],
    "repeat": ["aaaaaaaaaaaa", "abcabcabcabc", "zzzz1111xxxx", "我爱家乡我爱家乡我爱家乡"],
    "sequence": ["abcdefghijkl", "zyxwvutsrqponm", "fedcba654321"],
    "spatial": ["qwertyuiop[]", "zxcvbnm,./asd"],
    "date": ["2026年11月28日", "19900307x19900308"],
}  # fmt: skip
HARD = [
    "long enough to keep", "竹筐 雪山 七点 铜壶", "zhukuang7xueshan", "xK9-bV2_qPz7", "v3Tq-81aaLw0cZ",
    "和秀英 竹筐 七点 铜壶 石桥", "x" * 3 + "kT7-bV2_qPz7" * 15,
]  # fmt: skip


@pytest.mark.parametrize(("kind", "password"), [(kind, one) for kind, all_ in GUESSED.items() for one in all_])
def test_what_many_would_try_is_refused_with_what_is_weak_about_it(kind: str, password: str) -> None:
    """Own names by character and by sound, the hall, what is common, repeated, in order, beside each other, a day."""
    assert why_guessable(password, *OWN) == guessable().why[kind]  # type: ignore[index]  # the names of the kinds


@pytest.mark.parametrize("password", HARD)
def test_what_is_hard_to_guess_is_taken(password: str) -> None:
    """Some words that have nothing to do with each other are enough; signs are not asked for."""
    assert why_guessable(password, *OWN) is None


def test_only_the_beginning_of_a_very_long_one_is_judged() -> None:
    """Long ones of odd signs would hold the backend up for seconds."""
    hard = "xK9-bV2_qPz7"
    assert why_guessable("a" * (LONGEST_JUDGED - len(hard)) + hard) is None
    assert why_guessable("a" * LONGEST_JUDGED + hard) == guessable().why["repeat"]


async def test_a_password_that_is_made_up_is_never_one_that_is_refused() -> None:
    """First passwords come from the same rule's good side."""
    made = await Passwords().made_up()
    assert why_guessable(made.plain, *OWN) is None
