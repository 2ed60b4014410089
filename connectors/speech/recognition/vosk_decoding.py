"""One stream of sound decoded by vosk. Synchronous: runs in a worker, one call at a time."""

from __future__ import annotations

import json
import math
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import vosk

from connectors.errors import InvalidError
from connectors.speech.audio import Resampler, from_pcm, pcm
from connectors.speech.recognition.endpointing import FRAME_SECONDS, VOICE_RATES, Endpointer, Framer, voice_detector
from connectors.speech.recognition.grammar import MAX_ALTERNATIVES, Grammar, figures, fits
from connectors.speech.recognition.recognition_data import recognition_data
from connectors.speech.recognition.transcription import (
    Alternative,
    EndReason,
    Event,
    Expected,
    Partial,
    SpeechStarted,
    Transcription,
    Word,
)
from connectors.speech.recognition.vocabulary import UNKNOWN, ModelVocabulary

ALTERNATIVES = 8
PRE_ROLL_SECONDS = 0.4
"""Sound before the first voiced frames that is decoded too: soft beginnings."""
PARTIAL_INTERVAL_SECONDS = 0.2
WORD_APART_SECONDS = 0.15
UNFIT, SECOND_BEST = 0.4, 0.6
"""Confidence left where digits do not fit what is expected; where those that fit are not the likeliest."""


class Model:
    """A loaded model and its words; shared by all streams."""

    def __init__(self, folder: Path) -> None:
        """Raises InvalidError ``speech.no_model``."""
        vosk.SetLogLevel(-1)
        try:
            self.vocabulary = ModelVocabulary.of_model(folder)
            self.vosk = vosk.Model(str(folder))
        except OSError as error:
            raise InvalidError("speech.no_model", folder=folder.name, problem="文件不全") from error
        except Exception as error:
            if type(error) is not Exception:  # vosk raises a plain Exception where it cannot load
                raise
            raise InvalidError("speech.no_model", folder=folder.name, problem="读不出来") from error


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    share: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Decoding:
    """Sound in, events out."""

    def __init__(self, model: Model, rate: int, expected: Expected, *, whole: bool = False) -> None:
        """``whole``: everything is one utterance, pauses included (a recorded message)."""
        self._model = model
        self._rate = rate if rate in VOICE_RATES else VOICE_RATES[-1]
        self._resampler = Resampler(rate, self._rate)
        self._whole = whole
        self._framer = Framer(self._rate)
        self._voiced = voice_detector(self._rate, recognition_data().voice_activity)
        self._clock = 0.0
        self._begin(expected)

    def expect(self, expected: Expected) -> None:
        """Something else is expected from now on; an utterance under way is given up."""
        self._begin(expected)

    def _begin(self, expected: Expected) -> None:
        self._expected = expected
        self._grammar = Grammar(expected, self._model.vocabulary)
        self._endpointer = Endpointer(recognition_data().timeouts[expected.kind], recognition_data().voice_activity)
        self._recogniser: Any = None
        self._pre_roll: deque[bytes] = deque(maxlen=int(PRE_ROLL_SECONDS / FRAME_SECONDS))
        self._segments: list[list[_Hypothesis]] = []
        self._partial = ""
        self._since_partial = 0.0
        self._enough = False

    def accept(self, data: bytes) -> list[Event]:
        """16-bit samples at the stream's rate."""
        return self._frames(pcm(self._resampler.feed(from_pcm(data))))

    def finish(self) -> list[Event]:
        """The sound ends here."""
        events = self._frames(pcm(self._resampler.feed(from_pcm(b""), last=True)))
        if self._recogniser is not None:
            events.append(self._transcription(EndReason.FINISHED))
        elif self._whole:
            events.append(Transcription("", 0.0, ended=EndReason.NOTHING))
        self._begin(self._expected)
        return events

    def _frames(self, data: bytes) -> list[Event]:
        events: list[Event] = []
        for frame in self._framer.feed(data):
            self._clock += FRAME_SECONDS
            if self._whole:
                self._decode(frame)
                continue
            if self._endpointer.feed(voiced=self._voiced(frame), enough=self._enough):
                events.append(SpeechStarted(self._clock))
                for earlier in self._pre_roll:
                    self._decode(earlier)
            if self._endpointer.started:
                self._decode(frame)
                events.extend(self._news())
            else:
                self._pre_roll.append(frame)
            if self._endpointer.ended is not None:
                events.append(self._transcription(self._endpointer.ended))
                self._begin(self._expected)
        return events

    def _decode(self, frame: bytes) -> None:
        if self._recogniser is None:
            lines = self._grammar.lines
            arguments = () if lines is None else (json.dumps(lines, ensure_ascii=False),)
            self._recogniser = vosk.KaldiRecognizer(self._model.vosk, self._rate, *arguments)
            self._recogniser.SetMaxAlternatives(ALTERNATIVES)
            self._recogniser.SetWords(True)
        if self._recogniser.AcceptWaveform(frame):
            self._keep(self._recogniser.Result())

    def _news(self) -> list[Event]:
        self._since_partial += FRAME_SECONDS
        if self._since_partial < PARTIAL_INTERVAL_SECONDS - 1e-9:
            return []
        self._since_partial = 0.0
        now = str(json.loads(self._recogniser.PartialResult()).get("partial", ""))
        before = [segment[0].text for segment in self._segments]
        said = " ".join(part for part in (*before, now) if part)
        if self._expected.kind == "digits" and self._expected.length is not None:
            self._enough = len(figures(said.split())) >= self._expected.length
        if said == self._partial:
            return []
        self._partial = said
        return [Partial(said.replace(" ", ""))]

    def _keep(self, result: str) -> None:
        found = [_hypothesis(one) for one in json.loads(result).get("alternatives", ())]
        hypotheses = _shares([(score, words) for score, words in found if words])
        if hypotheses:
            self._segments.append(hypotheses)

    def _transcription(self, ended: EndReason) -> Transcription:
        if self._recogniser is not None:
            self._keep(self._recogniser.FinalResult())
        whole = _joined(self._segments)
        transcription = Transcription(
            "", 0.0, ended=EndReason.NOTHING if not whole else ended, speech_seconds=self._endpointer.speech_seconds
        )
        if not whole:
            return transcription
        transcription = replace(transcription, words=whole[0].words, raw=whole[0].text)
        if self._expected.kind == "digits":
            return self._as_digits(transcription, whole)
        if self._grammar.lines is not None:
            return self._as_phrase(transcription)
        return replace(
            transcription,
            text=transcription.raw.replace(" ", ""),
            confidence=_mean([word.confidence for word in transcription.words]),
            alternatives=_different(
                ((other.text.replace(" ", ""), other.share) for other in whole), transcription.raw.replace(" ", "")
            ),
        )

    def _as_phrase(self, transcription: Transcription) -> Transcription:
        ranked = self._grammar.nearest(transcription.raw, _lost(transcription.words))
        if not ranked:
            return transcription
        return replace(transcription, text=ranked[0].text, confidence=ranked[0].confidence, alternatives=ranked[1:])

    def _as_digits(self, transcription: Transcription, whole: list[_Hypothesis]) -> Transcription:
        said = [(figures(word.text for word in one.words), one) for one in whole]
        fitting = next(((digits, one) for digits, one in said if digits and fits(digits, self._expected)), None)
        digits, chosen = fitting or said[0]
        if len(digits) < 2:
            return self._as_phrase(transcription)
        sure = min((word.confidence for word in chosen.words if figures([word.text])), default=0.0)
        if fitting is None and (self._expected.length is not None or self._expected.of is not None):
            sure *= UNFIT
        elif chosen is not whole[0]:
            sure *= SECOND_BEST
        others = _different(((other, one.share) for other, one in said), digits)
        return replace(
            transcription,
            text=digits,
            digits=digits,
            confidence=sure,
            words=chosen.words,
            raw=chosen.text,
            alternatives=others,
        )


def _lost(words: tuple[Word, ...]) -> float:
    """Share of the time that was no expected word."""
    total = sum(word.end - word.start for word in words)
    unknown = sum(word.end - word.start for word in words if word.text == UNKNOWN)
    return unknown / total if total else 0.0


def _hypothesis(found: dict[str, Any]) -> tuple[float, tuple[Word, ...]]:
    words = tuple(Word(w["word"], w["start"], w["end"], 1.0) for w in found.get("result", ()) if w["word"] != "<eps>")
    return float(found["confidence"]), words


def _shares(found: list[tuple[float, tuple[Word, ...]]]) -> list[_Hypothesis]:
    """Scores (log-likelihoods) to shares of 1; a word's confidence is the share of all hypotheses that have it there."""
    if not found:
        return []
    best = max(score for score, _ in found)
    weights = [math.exp(score - best) for score, _ in found]
    total = sum(weights)
    hypotheses = [_Hypothesis(weight / total, words) for weight, (_, words) in zip(weights, found, strict=True)]
    return [
        replace(one, words=tuple(replace(w, confidence=_agreed(w, hypotheses)) for w in one.words))
        for one in hypotheses
    ]


def _agreed(word: Word, hypotheses: list[_Hypothesis]) -> float:
    def has(other: _Hypothesis) -> bool:
        return any(
            _one_form(w.text) == _one_form(word.text) and abs(w.start - word.start) < WORD_APART_SECONDS
            for w in other.words
        )

    return min(1.0, sum(other.share for other in hypotheses if has(other)))


def _one_form(text: str) -> str:
    """幺 and 一 rival each other as words and are one figure."""
    return text.replace("幺", "一")


def _joined(segments: list[list[_Hypothesis]]) -> list[_Hypothesis]:
    """Hypotheses of the whole: the best of every segment, and each segment's others in turn."""
    if not segments:
        return []
    best = tuple(word for segment in segments for word in segment[0].words)
    joined = [_Hypothesis(math.prod(segment[0].share for segment in segments), best)]
    for place, segment in enumerate(segments):
        for other in segment[1:]:
            words = tuple(
                word for at, part in enumerate(segments) for word in (other.words if at == place else part[0].words)
            )
            joined.append(_Hypothesis(other.share, words))
    return joined[: 4 * ALTERNATIVES]


def _different(found: Iterable[tuple[str, float]], chosen: str) -> tuple[Alternative, ...]:
    """Each text once, with its shares added up, likeliest first; without the chosen one."""
    shares: dict[str, float] = defaultdict(float)
    for text, share in found:
        if text and _one_form(text) != _one_form(chosen):
            shares[text] += share
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    return tuple(Alternative(text, min(share, 1.0)) for text, share in ranked[:MAX_ALTERNATIVES])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
