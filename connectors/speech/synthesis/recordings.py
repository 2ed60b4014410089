"""An operator's own recordings: they win over synthesis wherever their sentence is said.

A folder with ``recordings.yaml``: ``{你好，我是导办助手。: greeting.wav, …}``. What cannot be used is named and left out; speech goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from connectors.errors import InvalidError
from connectors.speech.audio import Audio, read_wav
from connectors.speech.text.spelling import spell

INDEX = "recordings.yaml"
_PAUSES = re.compile(r"[，。？！]")


def same_words(text: str) -> str:
    """What two ways of writing one sentence have in common."""
    return _PAUSES.sub("", spell(text))


@dataclass(frozen=True, slots=True)
class Recordings:
    """Recorded sentences, and what is wrong with the others."""

    audio: dict[str, Audio] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def find(self, sentence: str) -> Audio | None:
        """The recording of a sentence; None where there is none."""
        return self.audio.get(same_words(sentence)) if self.audio else None


def read_recordings(folder: Path | None) -> Recordings:
    """Read the folder; a missing one has no recordings."""
    if folder is None or not (folder / INDEX).exists():
        return Recordings()
    try:
        listed = yaml.safe_load((folder / INDEX).read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        return Recordings(problems=(f"{INDEX} 读不出来：{error}",))
    if not isinstance(listed, dict):
        return Recordings(problems=(f"{INDEX} 应当每行写「句子: 文件名」",))
    audio: dict[str, Audio] = {}
    problems: list[str] = []
    for sentence, name in listed.items():
        path = folder / Path(str(name)).name
        try:
            audio[same_words(str(sentence))] = read_wav(path.read_bytes())
        except OSError:
            problems.append(f"{INDEX}：「{sentence}」的录音 {name} 不在")
        except InvalidError as error:
            problems.append(f"{INDEX}：「{sentence}」的录音 {name}：{error.detail}")
    return Recordings(audio, tuple(problems))
