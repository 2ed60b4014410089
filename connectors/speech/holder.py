"""The speech of a process, opened beside everything else: sockets answer while a large model still loads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from backend.contracts.voice import VoiceState
from connectors.errors import ConnectorError
from connectors.speech.models import models
from connectors.speech.speech import SpeechEngines

log = structlog.get_logger(__name__)

OpenSpeech = Callable[[], Awaitable[SpeechEngines]]


class SpeechHolder:
    """``speech`` is None while it loads and where it cannot be used; then ``sentence`` says why."""

    def __init__(self, make: OpenSpeech | None) -> None:
        self.speech: SpeechEngines | None = None
        self.loading = make is not None
        self._make = make
        self._problem = ""

    @property
    def sentence(self) -> str:
        """Which model is active and what that means; empty while it loads."""
        if self.speech is not None:
            return self.speech.sentence
        return "" if self.loading else models().sentences["none"] + self._problem

    async def open(self) -> None:
        """Load it. A model or voice that cannot be used leaves the process without speech, and is told."""
        if self._make is None:
            return
        try:
            self.speech = await self._make()
        except ConnectorError as refusal:
            self._problem = refusal.detail
            log.warning("speech.none", problem=refusal.detail)
        finally:
            self.loading = False

    def health(self) -> dict[str, Any]:
        """For /health."""
        if self.speech is not None:
            return {"state": "ready", **self.speech.health()}
        return {"state": "loading" if self.loading else "none", "sentence": self.sentence}

    def told(self) -> VoiceState:
        """For staff's pages."""
        if self.speech is None:
            return VoiceState(state="loading" if self.loading else "none", sentence=self.sentence)
        health = self.speech.health()
        return VoiceState(
            state="ready", model=health["model"], free_speech=health["free_speech"], sentence=self.sentence
        )

    def close(self) -> None:
        """End its workers."""
        if self.speech is not None:
            self.speech.close()
