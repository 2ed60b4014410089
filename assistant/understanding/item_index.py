"""The item index: which items a sentence may be about. Immutable; not trained; swapped whole when the catalogue changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.understanding.normaliser import ITEM_MARK, normalise
from assistant.understanding.offices import shared_words
from assistant.understanding.similarity import Similarity
from backend.contracts.catalogue import AnswerEntry, CatalogueIndex, IndexEntry
from backend.language.pinyin import folded, latin_runs, syllables

MIN_SOUND = 3
"""Syllables: shorter names sound like too much else."""
NAMED = {2: 0.84, 3: 0.93}
"""Confidence of a name found as written, by its length; longer ones are surer."""
LONG_NAMED = 0.97
SOUNDED, SOUNDED_FOLDED = 0.86, 0.74
EMPLOYERS = ("单位", "公司", "企业")
"""Items for employers come after those for people where no employer is spoken of."""
NEARLY_THE_SAME = 0.72
"""Likeness from which a sentence counts as one that editors taught."""
LIKE_LOW, LIKE_HIGH, LIKE_TOP = 0.10, 0.52, 0.9
"""Likeness below LOW says nothing; from HIGH on it is as sure as LIKE_TOP."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found at ``start:end`` of the normal form."""

    code: str
    start: int
    end: int
    confidence: float
    how: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item the sentence may be about."""

    code: str
    confidence: float
    how: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What was found: candidates best first, and the sentence with every mention replaced by one token."""

    candidates: tuple[Candidate, ...]
    masked: str
    said: str
    """The normal form."""


class ItemIndex:
    """Finds items by name, by sound, by likeness."""

    def __init__(self, index: CatalogueIndex) -> None:
        self.version = index.version
        self.entries: dict[str, IndexEntry] = {entry.code: entry for entry in index.items}
        self.topics = {topic.id: topic.name for topic in index.topics}
        self._names = {normalise(name): entry.code for entry in index.items for name in names_of(entry)}
        self._lengths = sorted({len(name) for name in self._names if len(name) > 1}, reverse=True)
        self._sounds: dict[tuple[str, ...], str] = {}
        self._folded: dict[tuple[str, ...], str] = {}
        self._latin: dict[str, str] = {}
        for name, code in self._names.items():
            self._add_sound(name, code)
        self._sound_lengths = sorted({len(sound) for sound in self._sounds}, reverse=True)
        self._similarity = Similarity(
            {entry.code: [normalise(text) for text in (*names_of(entry), *entry.examples)] for entry in index.items}
        )
        self.switches = index.switches
        self._taught = {
            normalise(text): label
            for label, texts in (
                *((entry.code, entry.taught) for entry in index.items),
                *((answer.id, answer.taught) for answer in index.answers),
            )
            for text in texts
        }
        self._taught_similarity = Similarity(_by_label(self._taught))
        self.answers: dict[str, AnswerEntry] = {answer.id: answer for answer in index.answers}
        self._answer_similarity = Similarity(
            {answer.id: [normalise(text) for text in (answer.title, *answer.questions)] for answer in index.answers}
        )

    def link(self, text: str) -> Linked:
        """Candidates and masked form of a sentence."""
        said = normalise(text)
        mentions = list(self._named(said)) or list(self._sounding(said))
        return Linked(tuple(self._candidates(said, mentions)), _masked(said, mentions), said)

    def masked(self, text: str) -> str:
        """The normal form with every name of an item replaced by one token."""
        said = normalise(text)
        return _masked(said, list(self._named(said)))

    def taught(self, said: str) -> str | None:
        """The item or policy answer that editors attached this sentence (in normal form) to, or one nearly the same."""
        if said in self._taught:
            return self._taught[said]
        near = self._taught_similarity.scores(said)[:1]
        return near[0][0] if near and near[0][1] >= NEARLY_THE_SAME else None

    def sharing(self, text: str) -> list[str]:
        """Items whose everyday name has the common word that is said (「补贴怎么领」), the likest first; none if fewer than two."""
        said = normalise(text)
        word = next((word for word in shared_words() if word in said), None)
        found = [] if word is None else [code for code, entry in self.entries.items() if word in entry.plain_name]
        like = dict(self._similarity.scores(said))
        employers = any(name in said for name in EMPLOYERS)
        return (
            sorted(
                found,
                key=lambda code: (
                    not employers and self.entries[code].plain_name.startswith(EMPLOYERS),
                    -like.get(code, 0.0),
                    code,
                ),
            )
            if len(found) > 1
            else []
        )

    def like_answers(self, said: str) -> list[tuple[str, float]]:
        """Policy answers with their likeness to a sentence in normal form, best first."""
        return self._answer_similarity.scores(said)

    def _add_sound(self, name: str, code: str) -> None:
        sounds = syllables(name)
        if len(sounds) < MIN_SOUND or not all(sounds):
            return
        self._sounds.setdefault(sounds, code)
        self._folded.setdefault(folded(sounds), code)
        self._latin.setdefault("".join(sounds), code)

    def _named(self, said: str) -> Iterator[Mention]:
        """Names as written, the longest at each place."""
        position = 0
        while position < len(said):
            for length in self._lengths:
                code = self._names.get(said[position : position + length])
                if code is not None and position + length <= len(said):
                    yield Mention(code, position, position + length, NAMED.get(length, LONG_NAMED), "name")
                    position += length - 1
                    break
            position += 1

    def _sounding(self, said: str) -> Iterator[Mention]:
        """Names that sound the same: homophones, typed pinyin, confused initials and finals."""
        sounds = syllables(said)
        for known, heard, confidence in (
            (self._sounds, sounds, SOUNDED),
            (self._folded, folded(sounds), SOUNDED_FOLDED),
        ):
            found = list(_runs(known, heard, self._sound_lengths, confidence))
            if found:
                yield from found
                return
        for run in latin_runs(said):
            for spelt, code in self._latin.items():
                start = run.find(spelt)
                if start >= 0:
                    begin = said.find(run[0])
                    yield Mention(code, begin, begin, SOUNDED, "pinyin")
                    break

    def _candidates(self, said: str, mentions: Iterable[Mention]) -> list[Candidate]:
        like = dict(self._similarity.scores(said))
        best: dict[str, Candidate] = {}
        for mention in mentions:
            known = best.get(mention.code)
            if known is None or known.confidence < mention.confidence:
                best[mention.code] = Candidate(mention.code, mention.confidence, mention.how)
        for code, score in like.items():
            if code not in best:
                best[code] = Candidate(code, _confidence(score), "like")
        ordered = sorted(best.values(), key=lambda c: (-c.confidence, -like.get(c.code, 0.0), c.code))
        return [candidate for candidate in ordered if candidate.confidence > 0][:5]


def names_of(entry: IndexEntry) -> tuple[str, ...]:
    """All names of an item."""
    return (entry.name, entry.plain_name, *entry.aliases)


def _by_label(taught: dict[str, str]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for text, label in taught.items():
        texts.setdefault(label, []).append(text)
    return texts


def _runs(
    known: dict[tuple[str, ...], str], heard: tuple[str, ...], lengths: list[int], confidence: float
) -> Iterator[Mention]:
    position = 0
    while position < len(heard):
        for length in lengths:
            code = known.get(heard[position : position + length])
            if code is not None and position + length <= len(heard):
                yield Mention(code, position, position + length, confidence, "sound")
                position += length - 1
                break
        position += 1


def _confidence(score: float) -> float:
    return round(max(0.0, min(1.0, (score - LIKE_LOW) / (LIKE_HIGH - LIKE_LOW))) * LIKE_TOP, 4)


def _masked(said: str, mentions: list[Mention]) -> str:
    pieces: list[str] = []
    end = 0
    for mention in sorted(mentions, key=lambda found: found.start):
        pieces += [said[end : mention.start], ITEM_MARK]
        end = mention.end
    return "".join(pieces) + said[end:]
