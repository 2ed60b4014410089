"""HTTP of the voice's state."""

from __future__ import annotations

from backend.contracts.voice import VoiceState
from backend.hall.voice.service import VOICE
from backend.platform.http import Call, Routes

routes = Routes("voice")


@routes.post(
    "/voice", permission="voice:tell", body=VoiceState, returns=VoiceState, writes=False, summary="用的是哪个语音模型"
)
async def tell(call: Call) -> VoiceState:
    """The connectors say which model is active and what that means."""
    return call.service(VOICE).tell(call.body)


@routes.get("/voice", permission="voice:read", returns=VoiceState, summary="现在用的语音模型")
async def read(call: Call) -> VoiceState:
    """For staff."""
    return call.service(VOICE).state
