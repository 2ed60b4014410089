"""What may be said in one turn, as the recogniser's grammar; and what came back, mapped to the nearest expected phrase.

A grammar of vosk lets its words loop and never says which phrase it was. The mapping by sound does, and its distance is the
confidence (measured on people: exact text 11 %, nearest phrase by pinyin 80 to 89 % right).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.language.identifiers import ID_LENGTH, id_checksum_holds
from backend.language.yes_no import yes_no_words
from connectors.speech.recognition.recognition_data import recognition_data, said_figures
from connectors.speech.recognition.sounds import distance, sounds
from connectors.speech.recognition.transcription import Alternative, Expected
from connectors.speech.recognition.vocabulary import UNKNOWN, ModelVocabulary

MAX_ALTERNATIVES = 3
FORGIVEN = 0.25
"""Share of an utterance that may be other words without making us doubt the rest."""


@dataclass(frozen=True)
class Grammar:
    """The phrases of one turn."""

    expected: Expected
    vocabulary: ModelVocabulary

    @cached_property
    def phrases(self) -> tuple[str, ...]:
        """Everything that is understood."""
        spoken = yes_no_words().spoken
        answers = (*spoken.yes, *spoken.no) if self.expected.kind == "yes_no" else ()
        return tuple(dict.fromkeys((*self.expected.phrases, *answers, *recognition_data().always)))

    @cached_property
    def unsayable(self) -> tuple[str, ...]:
        """Expected phrases that the model has no words for."""
        return tuple(phrase for phrase in self.expected.phrases if self.vocabulary.segmented(phrase) is None)

    @cached_property
    def lines(self) -> tuple[str, ...] | None:
        """For the recogniser; None for free speech."""
        if self.expected.kind in ("free", "none"):
            return None
        found = [words for phrase in self.phrases if (words := self.vocabulary.segmented(phrase)) is not None]
        lines = [" ".join(words) for words in found]
        if self.expected.kind == "digits":  # without [unk]: it would swallow unsure figures
            figures_known = [figure for figure in said_figures() if figure in self.vocabulary.words]
            return (*lines, " ".join(_every_pair(figures_known)))
        return (*lines, UNKNOWN)

    def nearest(self, raw: str, lost: float = 0.0) -> tuple[Alternative, ...]:
        """Expected phrases by how much they sound like what came back, best first; empty when nothing did.

        ``lost`` is the share of the time that was no expected word at all; a little of it (a "well", a "please") is forgiven.
        """
        transcribed = sounds(raw.replace(UNKNOWN, ""))
        if not transcribed:
            return ()
        ranked = sorted(
            ((distance(transcribed, sounds(phrase)), phrase) for phrase in self.phrases), key=lambda pair: pair[0]
        )
        best = ranked[: MAX_ALTERNATIVES + 1]
        crowded = len(best) > 1 and best[1][0] - best[0][0] < recognition_data().too_close and best[0][0] > 0
        kept = 1 - max(0.0, lost - FORGIVEN) / (1 - FORGIVEN)
        return tuple(
            Alternative(phrase, max(0.0, 1 - apart) * kept * (0.5 if crowded else 1)) for apart, phrase in best
        )


def figures(words: Iterable[str]) -> str:
    """The digits in what was said, X for the last place of an identity card; other words are left out."""
    said = said_figures()
    return "".join(said[word] if word in said else "".join(said.get(c, "") for c in word) for word in words)


def fits(digits: str, expected: Expected) -> bool:
    """Whether these digits can be what is expected: length, and for an identity card its checksum (GB 11643-1999)."""
    if expected.length is not None and len(digits) != expected.length:
        return False
    if expected.of == "id" and len(digits) == ID_LENGTH:
        return id_checksum_holds(digits)
    if expected.of == "phone":
        return digits.startswith(("1", "0"))
    return "X" not in digits


def _every_pair(words: Sequence[str]) -> list[str]:
    """A row in which every word follows every word once, so that the grammar's bigrams prefer no number to another."""
    left = {word: list(words) for word in words}
    row: list[str] = []
    path = [words[0]]
    while path:
        if left[path[-1]]:
            path.append(left[path[-1]].pop())
        else:
            row.append(path.pop())
    return row[::-1]
