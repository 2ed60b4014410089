"""Complaints, ratings and urging, for the assistant."""

from __future__ import annotations

from backend.client.transport import ClientPart, required
from backend.contracts.feedback import Feedback, NewFeedback, NewRating, OwnFeedback, Rating, Urged


class FeedbackClient(ClientPart):
    """What the conversation's citizen says of the service."""

    async def register(self, conversation: str, new: NewFeedback, *, key: str) -> Feedback:
        """Register a complaint, suggestion or praise."""
        return await self.post(
            f"/conversations/{conversation}/feedback", new, Feedback, conversation=conversation, key=key
        )

    async def of_conversation(self, conversation: str) -> tuple[Feedback, ...]:
        """What was registered, newest first."""
        path = f"/conversations/{conversation}/feedback"
        return (await self.get(path, OwnFeedback, conversation=conversation)).feedback

    async def rate(self, conversation: str, new: NewRating, *, key: str) -> Rating:
        """Rate; BackendProblem (409) where that was done before."""
        return await self.post(
            f"/conversations/{conversation}/ratings", new, Rating, conversation=conversation, key=key
        )

    async def urge(self, case_id: str, *, conversation: str, key: str) -> Urged:
        """Tell the owner of a case that its applicant waits; BackendProblem (409) where it is not with us."""
        return required(
            await self.client.call("POST", f"/cases/{case_id}/urge", Urged, conversation=conversation, key=key)
        )
