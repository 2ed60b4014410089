"""What was said: handed out, and deleted with the browser it came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.facts import fact_list, holder_list, shown_fact
from backend.one_window.conversations.known_facts import known_facts
from backend.one_window.conversations.models import ConversationRow, KnownFactRow, MessageRow, SocketTicketRow
from backend.one_window.conversations.service import ConversationsService
from backend.one_window.conversations.visitors import Visitors
from backend.platform.personal_records import PersonalRecords


class ConversationRecords(PersonalRecords):
    """A conversation that is erased stays as an empty row without its browser: cases and figures refer to it."""

    erases = (ConversationRow, KnownFactRow, MessageRow, SocketTicketRow)

    def __init__(self, conversations: ConversationsService, visitors: Visitors) -> None:
        self._conversations = conversations
        self._visitors = visitors

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:
        """Every message and every fact that was read in them, oldest first."""
        found = (await self._conversations.messages(session, conversation, after=0)).messages
        return {
            "messages": [
                {"at": message.at.isoformat(), "from": message.sender, "text": message.text} for message in found
            ],
            "facts": [
                {
                    "of": holder_list()[known.holder].name,
                    "fact": fact_list()[known.fact].name,
                    "value": shown_fact(known),
                }
                for known in await known_facts(session, conversation)
            ],
        }

    async def said(self, session: AsyncSession, conversation: str) -> list[str]:
        """Return the citizen's own messages, with what was pressed."""
        found = (await self._conversations.messages(session, conversation, after=0)).messages
        return [message.model_dump_json(include={"text", "choice"}) for message in found if message.sender == "citizen"]

    async def applicants(self, session: AsyncSession, conversation: str) -> list[frozenset[str]]:
        """Return the identifier that is verified now."""
        proof = await self._conversations.proof(session, conversation)
        return [] if proof is None else [frozenset({proof})]

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Delete the messages and open tickets."""
        await self._visitors.erase(session, conversation)
        return Counter(messages=await self._conversations.erase(session, conversation))
