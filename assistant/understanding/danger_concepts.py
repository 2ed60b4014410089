"""Groups of words that mean the same where danger is spoken of (``nlu_data/danger_concepts.yml``), as columns of a row.

A column for each group that a sentence has a word of, and one for each two groups in it: 「药」 with 「攒够」 says what neither says.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import yaml
from pydantic import TypeAdapter
from scipy.sparse import csr_matrix

GROUP, TWO_GROUPS = 0.3, 0.2
"""Weight of a column beside those of n-grams, whose squares sum up to 1 (chosen by leaving out hands, 28 November 2026)."""
FILE = Path(__file__).parents[2] / "nlu_data" / "danger_concepts.yml"


@lru_cache(maxsize=1)
def concepts() -> tuple[re.Pattern[str], ...]:
    """One pattern a group, in the file's order."""
    groups = TypeAdapter(dict[str, str]).validate_python(yaml.safe_load(FILE.read_text("utf-8")))
    return tuple(re.compile("|".join(words.split())) for words in groups.values())


def column_count() -> int:
    """How many columns there are."""
    groups = len(concepts())
    return groups + groups * (groups - 1) // 2


def concept_columns(said: str) -> dict[int, float]:
    """The columns of a sentence in normal form, with their weights."""
    groups = len(concepts())
    found = [place for place, pattern in enumerate(concepts()) if pattern.search(said)]
    columns = dict.fromkeys(found, GROUP)
    for first, second in itertools.combinations(found, 2):
        before = first * (2 * groups - first - 1) // 2
        columns[groups + before + second - first - 1] = TWO_GROUPS
    return columns


def concept_rows(texts: Sequence[str]) -> csr_matrix:
    """The rows of sentences in normal form."""
    rows = [concept_columns(text) for text in texts]
    ends = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.fromiter((column for row in rows for column in row), np.int32)
    weights = np.fromiter((weight for row in rows for weight in row.values()), np.float64)
    return csr_matrix((weights, columns, ends), shape=(len(texts), column_count()))
