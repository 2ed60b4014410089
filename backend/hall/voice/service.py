"""Holds the state of voice that the connectors last reported. In memory: they report it again every minute."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.voice import VoiceState


class VoiceService:
    """The newest state; unknown until the connectors have reported one."""

    def __init__(self) -> None:
        self.state = VoiceState()

    def tell(self, state: VoiceState) -> VoiceState:
        """The connectors' word."""
        self.state = state
        return state


VOICE = web.AppKey("voice", VoiceService)
