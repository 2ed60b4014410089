"""JSON shapes of the voice's state."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.contracts.wire import Wire

State = Literal["unknown", "loading", "ready", "none"]


class VoiceState(Wire):
    """Which voice model is active, and what that means for people, in one sentence."""

    state: State = "unknown"
    model: Annotated[str, StringConstraints(max_length=200)] = ""
    free_speech: bool = False
    """Whether people may speak freely; else keys, typing and a person."""
    sentence: Annotated[str, StringConstraints(max_length=500)] = Field(default="")
