"""The design system's colours: every pair of text and ground that is used has enough contrast (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BACKEND = Path(__file__).parents[2] / "backend"
SHEETS = sorted(BACKEND.glob("**/static/*.css"))
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", (BACKEND / "shell/static/tokens.css").read_text("utf-8")))
TEXT, BORDER = 4.5, 3.0

GROUNDS = ("paper", "card")
PAIRS = [
    *((ink, ground, TEXT) for ink in ("ink", "muted", "accent", "accent-deep", "bad") for ground in GROUNDS),
    *((ink, "accent-soft", TEXT) for ink in ("ink", "muted", "accent-deep")),
    *((tone, f"{tone}-soft", TEXT) for tone in ("good", "warn", "bad")),
    ("ink", "bad-soft", TEXT),
    *(("accent-ink", ground, TEXT) for ground in ("accent", "accent-deep", "bad")),
    *(("edge", ground, BORDER) for ground in GROUNDS),
    *(("accent", ground, BORDER) for ground in GROUNDS),
    ("focus", "ink", BORDER),
    *(("ink", ground, BORDER) for ground in GROUNDS),
]


def luminance(colour: str) -> float:
    """Relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS, ids=lambda value: str(value))
def test_contrast(ink: str, ground: str, least: float) -> None:
    """As WCAG asks."""
    assert contrast(TOKENS[ink], TOKENS[ground]) >= least


def test_colours_are_named_once() -> None:
    """Pages use tokens: no colour of their own outside the token sheet, except black and white on paper."""
    texts = {sheet.name: sheet.read_text("utf-8") for sheet in SHEETS}
    own = "".join(text for name, text in texts.items() if name != "tokens.css")
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", own)) <= {"#000000", "#ffffff", "#333333"}
    assert "gradient" not in "".join(texts.values())


def test_every_token_that_is_used_is_stated() -> None:
    """A misspelt token would silently fall back to nothing."""
    stated = set(re.findall(r"(--[\w-]+):", "".join(sheet.read_text("utf-8") for sheet in SHEETS)))
    used = {token for sheet in SHEETS for token in re.findall(r"var\((--[\w-]+)", sheet.read_text("utf-8"))}
    assert used <= stated


def test_pages_carry_no_inline_script_or_style() -> None:
    """The content security policy would refuse it."""
    for template in BACKEND.glob("**/templates/*.html"):
        text = template.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", text), template.name


def test_scripts_insert_text_only_as_text() -> None:
    """No way for a message to become markup."""
    for script in BACKEND.glob("**/static/*.js"):
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", script.read_text("utf-8")
        )
