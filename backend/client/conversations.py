"""Conversations and turns, for the connectors."""

from __future__ import annotations

from backend.client.transport import ClientPart
from backend.contracts.conversations import (
    Conversation,
    Message,
    MessageList,
    NewConversation,
    NewMessage,
    NewReply,
    RedeemedTicket,
    RedeemTicket,
)
from backend.contracts.facts import KnownFact, KnownFacts
from backend.contracts.turns import ClaimedTurn, LeasedTurn, ReleasedTurn, TurnClaim
from backend.contracts.wire import Wire


class ConversationsClient(ClientPart):
    """Conversations and turns, for the connectors."""

    async def open(self, request: NewConversation, *, key: str) -> Conversation:
        """Open a conversation on a channel."""
        return await self.post("/conversations", request, Conversation, key=key)

    async def add_message(self, conversation: str, message: NewMessage) -> Message:
        """Store a citizen's message; repeating the message id returns the stored one."""
        return await self.post(f"/conversations/{conversation}/messages", message, Message)

    async def messages(self, conversation: str, after: int = 0) -> MessageList:
        """Messages after a sequence number."""
        return await self.get(f"/conversations/{conversation}/messages", MessageList, params={"after": str(after)})

    async def facts(self, conversation: str) -> tuple[KnownFact, ...]:
        """What was told of whom, the newest last."""
        return (await self.get(f"/conversations/{conversation}/facts", KnownFacts)).facts

    async def claim_turn(self, claim: TurnClaim) -> LeasedTurn | None:
        """Lease the next unanswered message."""
        return (await self.post("/conversations/turns/claim", claim, ClaimedTurn)).leased

    async def release_turn(self, conversation: str, message_id: str) -> None:
        """Give a leased message back unanswered."""
        await self.client.call(
            "POST",
            f"/conversations/{conversation}/turns/release",
            Wire,
            body=ReleasedTurn(message_id=message_id),
            none_on=204,
        )

    async def add_reply(self, conversation: str, reply: NewReply) -> MessageList:
        """Store the assistant's reply; returns the stored messages."""
        return await self.post(f"/conversations/{conversation}/replies", reply, MessageList)

    async def redeem_ticket(self, ticket: str) -> RedeemedTicket:
        """Turn a browser's socket ticket into its conversation; a ticket works once."""
        return await self.post("/socket-tickets/redeem", RedeemTicket(ticket=ticket), RedeemedTicket)
