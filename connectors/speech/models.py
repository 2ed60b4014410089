"""Which voice model is active, and what that means for people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

BUNDLED = Path(__file__).parent / "model"
CARD = "daoban-model.yaml"
CURRENT = "current"
"""In the folder of fetched models: the name of the one to use."""
_FILE = Path(__file__).parent / "data" / "models.yaml"
_NEEDED = ("am/final.mdl", "conf/model.conf")


class Download(BaseModel):
    """An official model. Without ``sha256`` the checksum comes from the publisher's list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    size: int | None
    sha256: str | None


class Models(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    downloads: dict[str, Download]
    base_url: str
    list: str
    sentences: dict[str, str]


@lru_cache(maxsize=1)
def models() -> Models:
    """Read once."""
    return Models.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@dataclass(frozen=True, slots=True)
class VoiceModel:
    """A model's folder. A synthetic one has heard no people and understands none."""

    folder: Path
    synthetic: bool

    @property
    def name(self) -> str:
        """As people see it."""
        return "bundled" if self.folder == BUNDLED else self.folder.name

    @property
    def complete(self) -> bool:
        """Its files are there."""
        return all((self.folder / path).exists() for path in _NEEDED) and (self.folder / "graph").is_dir()

    def free_speech(self, *, allowed: bool) -> bool:
        """Whether free speech may be listened to: people's, or because the operator says so."""
        return allowed or not self.synthetic

    def sentence(self, words: int, *, free_allowed: bool) -> str:
        """Which model is active and what that means."""
        texts = models().sentences
        kind = "other" if not self.synthetic else "synthetic_free" if free_allowed else "synthetic"
        return texts[kind].format(name=self.name, words=words)


def voice_model(folder: Path) -> VoiceModel:
    """The model in a folder; the card beside it says what it was made of."""
    card = folder / CARD
    described = yaml.safe_load(card.read_text("utf-8")) if card.exists() else {}
    return VoiceModel(folder, synthetic=isinstance(described, dict) and described.get("kind") == "synthetic")


def active_model(setting: Path | None, fetched: Path) -> VoiceModel:
    """The model of the setting, else the fetched one in use, else the bundled one."""
    if setting is not None:
        return voice_model(setting)
    current = fetched / CURRENT
    if current.exists():
        chosen = voice_model(fetched / current.read_text("utf-8").strip())
        if chosen.complete:
            return chosen
    return voice_model(BUNDLED)
