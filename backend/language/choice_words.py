"""Which choice of a form is meant by the few words that part it from the others: 「刷不出来」 is 「卡坏了」 (``data/choice_words.yaml``).

Of a field whose choices people tell in many more ways (why somebody left) ``choice_meanings`` has learnt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

_FILE = Path(__file__).parent / "data" / "choice_words.yaml"
_DENIED = re.compile(r"(?:不是|并非|不算|没有?|不要|不想|不会|不用|别|又没|并没|从没)[^，。,]{0,2}$|[不没未无非]$")
FieldWords = dict[str, tuple[re.Pattern[str], ...]]
"""Patterns by label, all labels of one field."""


@lru_cache(maxsize=1)
def choice_words() -> tuple[FieldWords, ...]:
    """The fields with their labels and words, checked."""
    return TypeAdapter(tuple[FieldWords, ...]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))


def read_choice_worded(text: str, labels: Sequence[str]) -> int | None:
    """The index of the choice whose words alone stand in the text, in simplified characters; None for none or several."""
    field = next((one for one in choice_words() if set(one) == set(labels)), None)
    if field is None:
        return None
    meant = [label for label, words in field.items() if any(_says(text, word) for word in words)]
    return labels.index(meant[0]) if len(meant) == 1 else None


def _says(text: str, word: re.Pattern[str]) -> bool:
    """Whether the words stand in the text and are not denied: 「不是丢了」."""
    return any(not _DENIED.search(text[: found.start()]) for found in word.finditer(text))
