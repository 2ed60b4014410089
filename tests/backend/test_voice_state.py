"""The operator reads which voice model is active and what that means; the connectors tell it."""

from __future__ import annotations

from backend.client.voice import VoiceClient
from backend.contracts.voice import VoiceState
from backend.platform.permissions import Role
from tests.conftest import Hall

SENTENCE = "正在用随附的语音模型（20000个词）。它只听过合成语音，听不懂真人说话。"


async def test_the_operator_reads_which_voice_model_is_active(hall: Hall) -> None:
    """On the operator's page; nobody else's page has it."""
    async with (
        hall.staff(Role.OPERATOR) as operator,
        hall.staff(Role.COUNTER_CLERK, Role.CONTENT_EDITOR) as clerk,
        hall.browser() as citizen,
    ):
        await hall.connectors.part(VoiceClient).tell(VoiceState(state="ready", model="bundled", sentence=SENTENCE))
        assert SENTENCE in (await operator.get("/operator"))[1]
        for path in ("/counter", "/content/items", "/account"):
            assert SENTENCE not in (await clerk.get(path))[1], path
        for path in ("/", "/login", "/items"):
            assert SENTENCE not in (await citizen.get(path))[1], path
        assert (await clerk.get("/voice"))[1]["model"] == "bundled"
        assert (await citizen.get("/voice"))[0] == 401


async def test_only_the_connectors_tell_it(hall: Hall) -> None:
    async with hall.staff() as clerk:
        assert (await clerk.post("/voice", {"state": "ready"}))[0] == 403
