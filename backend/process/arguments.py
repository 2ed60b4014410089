"""Command lines in Chinese: argparse says what is wrong and what there is in the words of ``data/arguments.json``.

Standard library only, Python 3.8: ``./daoban -h`` is answered before there is an environment.
"""

from __future__ import annotations

import argparse
import json
from functools import lru_cache
from pathlib import Path
from typing import Dict, cast  # noqa: UP035  # Python 3.8

_FILE = Path(__file__).parent / "data" / "arguments.json"


def speak_chinese() -> None:
    """Let every parser of this process speak Chinese. argparse looks its words up by these two names (gettext's)."""
    setattr(argparse, "_", _said)  # noqa: B010  # not in its types
    setattr(argparse, "ngettext", lambda one, many, count: _said(one if count == 1 else many))  # noqa: B010


def _said(english: str) -> str:
    return _words().get(english, english)


@lru_cache(maxsize=1)
def _words() -> Dict[str, str]:  # noqa: UP006  # Python 3.8
    return cast("dict[str, str]", json.loads(_FILE.read_text("utf-8")))
