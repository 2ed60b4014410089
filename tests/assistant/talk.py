"""A conversation as a citizen has it: stored by the backend, understood by the real assistant, answered, stored."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.engine import Engine
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.contracts.choices import ChoiceValue
from backend.contracts.conversations import NewMessage, NewReply
from backend.contracts.replies import Reply
from backend.contracts.turns import Turn, TurnClaim
from backend.one_window.verification.service import VERIFICATION
from backend.platform.sms import FileSms
from tests.conftest import Hall


@dataclass
class Talk:
    """One conversation with the assistant."""

    hall: Hall
    engine: Engine
    conversation: str
    turns: list[Turn] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    @property
    def last(self) -> Reply:
        """The last reply."""
        return self.replies[-1]

    @property
    def buttons(self) -> dict[str, str]:
        """What the last reply's buttons say, and send."""
        return {choice.say: str(choice.choice) for message in self.last.messages for choice in message.web.choices}

    async def say(self, text: str) -> Reply:
        """Write something."""
        return await self._turn(NewMessage(message_id=self.hall.key(), text=text))

    async def press(self, label: str) -> Reply:
        """Press a button of the last reply."""
        choice = ChoiceValue.parse(self.buttons[label])
        return await self._turn(NewMessage(message_id=self.hall.key(), choice=choice, shown=label))

    async def send(self, choice: str) -> Reply:
        """Send a choice whatever the last reply offered: an old button, or a forged one."""
        return await self._turn(NewMessage(message_id=self.hall.key(), choice=ChoiceValue.parse(choice)))

    def with_messages_to_phones(self) -> None:
        """From now on there is a provider: the twin that writes to a file."""
        self.hall.server.app[VERIFICATION]._sms = FileSms(self._phones)

    def filled(self, text: str) -> str:
        """What is said, with the code that arrived last (``{code}``) or another (``{wrong_code}``)."""
        if "code}" not in text:
            return text
        last = json.loads(self._phones.read_text("utf-8").splitlines()[-1])
        found = re.search(r"\d{6}", last["text"])
        assert found is not None
        return text.format(code=found.group(), wrong_code=f"{(int(found.group()) + 1) % 10**6:06d}")

    @property
    def _phones(self) -> Path:
        return self.hall.settings.data / "sms.jsonl"

    async def clerk(self, step: str, **request: Any) -> None:
        """A clerk of the unit does a step on the newest case of the conversation."""
        (case, *_) = await self.hall.assistant.part(CasesClient).of_conversation(self.conversation)
        async with self.hall.staff(units=(case.unit,)) as clerk:
            status, answer = await clerk.post(f"/cases/{case.id}/steps/{step}", request)
            assert status == 200, answer

    async def _turn(self, message: NewMessage) -> Reply:
        await self.hall.connectors.part(ConversationsClient).add_message(self.conversation, message)
        leased = await self.hall.connectors.part(ConversationsClient).claim_turn(
            TurnClaim(worker="test", conversation=self.conversation)
        )
        assert leased is not None
        self.turns.append(leased.turn)
        return await self.answered(self.turns[-1])

    async def answered(self, turn: Turn) -> Reply:
        """The assistant takes a turn (again); its reply is stored."""
        reply = await self.engine.turn(self.conversation, turn)
        await self.hall.connectors.part(ConversationsClient).add_reply(
            self.conversation, NewReply(in_reply_to=turn.message_id, reply=reply)
        )
        self.replies.append(reply)
        return reply


def shown(reply: Reply) -> str:
    """All that a reply shows, its messages parted by a blank line."""
    return "\n\n".join(message.web.text for message in reply.messages)
