"""The words a model knows, and what of our content it cannot say or hear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from connectors.speech.text.spelling import spell

UNKNOWN = "[unk]"
_HANZI = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class ModelVocabulary:
    """Words of a model's ``graph/words.txt``."""

    words: frozenset[str]
    longest: int

    @classmethod
    def of_model(cls, folder: Path) -> ModelVocabulary:
        """Read ``graph/words.txt``; raises OSError where there is none."""
        lines = (folder / "graph" / "words.txt").read_text("utf-8").splitlines()
        return cls.of_words(line.split(" ", 1)[0] for line in lines)

    @classmethod
    def of_words(cls, words: Iterable[str]) -> ModelVocabulary:
        """Marks such as <eps> and #0 are left out."""
        known = frozenset(word for word in words if word and word[0] not in "<#")
        return cls(known, max(map(len, known), default=0))

    def segmented(self, phrase: str) -> tuple[str, ...] | None:
        """The spelt phrase as known words, the longest first; None where one of its characters is in no word."""
        found: list[str] = []
        for run in _HANZI.findall(spell(phrase)):
            at = 0
            while at < len(run):
                for length in range(min(self.longest, len(run) - at), 0, -1):
                    if run[at : at + length] in self.words:
                        found.append(run[at : at + length])
                        at += length
                        break
                else:
                    return None
        return tuple(found) or None


def cannot_say(names: Mapping[str, Iterable[str]], vocabulary: ModelVocabulary) -> list[tuple[str, str]]:
    """(code, alias) of the catalogue that the model has no words for: nobody will be understood who says it."""
    return [
        (code, alias) for code, aliases in names.items() for alias in aliases if vocabulary.segmented(alias) is None
    ]
