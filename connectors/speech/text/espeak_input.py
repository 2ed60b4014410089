"""Characters as espeak-ng 1.52 reads them rightly: toned pinyin, one syllable per word, pauses kept."""

from __future__ import annotations

import re

from connectors.speech.text.pronunciation import syllables

VOICE = "cmn-latn-pinyin"
_PAUSES = {"，": ", ", "。": ". ", "？": "? ", "！": "! "}
_PIECE = re.compile(r"[\u4e00-\u9fff]+|[，。？！]")
_IONG = re.compile(r"([jqx])iong([1-5])")
_INITIALS = {"j": "tS;", "q": "tS;h", "x": "S;"}
_TONES = {"1": "55", "2": "35", "3": "214", "4": "51", "5": "11"}


def espeak_syllable(syllable: str) -> str:
    """One toned syllable; jiong, qiong, xiong as phonemes, because 1.52 reads them in English."""
    iong = _IONG.fullmatch(syllable)
    return syllable if iong is None else f"[[{_INITIALS[iong[1]]}j'ong{_TONES[iong[2]]}]]"


def espeak_text(spelled: str) -> str:
    """Spelt text (``spell``) for the voice ``cmn-latn-pinyin``."""
    said = ""
    for piece in _PIECE.findall(spelled):
        said += _PAUSES.get(piece) or " ".join(map(espeak_syllable, syllables(piece))) + " "
    return said.strip()
