"""What programs make by chance (ids, hashes, tokens, moments) taken out of a text, before figures of a person are searched in it."""

from __future__ import annotations

import re

from backend.language.placeholders import replace_placeholders

_OWN = re.compile(
    r"(?<![0-9a-f])[0-9a-f]{32,64}(?![0-9a-f])"  # ids and hashes
    r"|(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])"
    r"|(?<=\"trace\": \")[0-9a-f]{12}(?=\")|(?<=trace=)[0-9a-f]{12}"
    r"|(?<![\d.])\d{10}\.\d+(?![\d.])"  # moments, in seconds
    r"|key-\d{6}"  # of tests/conftest.py
)


def without_own_ids(text: str) -> str:
    """The text without them: four figures of somebody stand in one of a hundred random ids by chance."""
    return _OWN.sub("", replace_placeholders(text, ""))
