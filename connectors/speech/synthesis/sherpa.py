"""sherpa-onnx as an engine: the operator's own neural voice (VITS, Matcha or Kokoro), brought as a folder. An optional extra.

Not tried with a real voice here: none can be had where we build. The folder is one of sherpa-onnx's published TTS models.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from connectors.errors import InvalidError
from connectors.speech.audio import Audio
from connectors.speech.synthesis.engine import Manner

THREADS = 2


class SherpaEngine:
    """A voice folder: ``*.onnx``, ``tokens.txt``, ``lexicon.txt``, rule files ``*.fst``; for Matcha also a vocoder."""

    def __init__(self, folder: Path) -> None:
        """Raises InvalidError ``speech.no_voice`` where the package or a file is missing."""
        self.name = f"sherpa-onnx {folder.name}"
        try:
            sherpa = importlib.import_module("sherpa_onnx")
        except ImportError as error:
            raise InvalidError(
                "speech.no_voice",
                voice=folder.name,
                problem="没有安装sherpa-onnx（uv pip install --python .venv/bin/python --group neural-voice）",
            ) from error
        if not (folder / "tokens.txt").exists():
            raise InvalidError("speech.no_voice", voice=folder.name, problem="文件夹里没有tokens.txt")
        config = sherpa.OfflineTtsConfig(
            model=_model(sherpa, folder),
            rule_fsts=",".join(str(path) for path in sorted(folder.glob("*.fst"))),
            max_num_sentences=1,
        )
        if not config.validate():
            raise InvalidError("speech.no_voice", voice=folder.name, problem="文件不全")
        try:
            self._voice = sherpa.OfflineTts(config)
        except RuntimeError as error:
            raise InvalidError("speech.no_voice", voice=folder.name, problem="模型文件坏了") from error

    def speak(self, spelled: str, manner: Manner) -> Audio:
        """At the voice's own rate."""
        made = self._voice.generate(spelled, sid=0, speed=manner.rate)
        samples = np.clip(np.asarray(made.samples, np.float32) * manner.volume, -1, 1)
        return Audio((samples * 32767).astype(np.int16), int(made.sample_rate))


def _model(sherpa: Any, folder: Path) -> Any:
    """The part of the configuration that depends on the kind of voice."""
    models = sorted(path for path in folder.glob("*.onnx") if "vocos" not in path.name and "hifigan" not in path.name)
    if not models:
        raise InvalidError("speech.no_voice", voice=folder.name, problem="文件夹里没有.onnx模型")
    common = {
        "lexicon": _if_there(folder / "lexicon.txt"),
        "tokens": str(folder / "tokens.txt"),
        "data_dir": _if_there(folder / "espeak-ng-data"),
    }
    kinds: dict[str, Any] = {}
    vocoder = next((path for path in folder.glob("*.onnx") if path not in models), None)
    if (folder / "voices.bin").exists():
        kinds["kokoro"] = sherpa.OfflineTtsKokoroModelConfig(
            model=str(models[0]), voices=str(folder / "voices.bin"), **common
        )
    elif vocoder is not None:
        kinds["matcha"] = sherpa.OfflineTtsMatchaModelConfig(
            acoustic_model=str(models[0]), vocoder=str(vocoder), **common
        )
    else:
        kinds["vits"] = sherpa.OfflineTtsVitsModelConfig(model=str(models[0]), **common)
    return sherpa.OfflineTtsModelConfig(**kinds, num_threads=THREADS)


def _if_there(path: Path) -> str:
    return str(path) if path.exists() else ""
