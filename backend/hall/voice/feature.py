"""Which voice model the connectors use, shown to staff."""

from __future__ import annotations

from backend.client.voice import VoiceClient
from backend.hall.voice import api
from backend.hall.voice.service import VOICE, VoiceService
from backend.platform.features import Feature, House
from backend.platform.permissions import ALL_STAFF, CONNECTORS


def build(house: House) -> None:
    """Keep the newest word of the connectors."""
    house[VOICE] = VoiceService()


FEATURE = Feature(
    package=__package__,
    title="语音状态",
    build=build,
    routes=(api.routes,),
    permissions={"voice:tell": frozenset({CONNECTORS}), "voice:read": ALL_STAFF},
    client=VoiceClient,
)
