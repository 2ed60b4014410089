"""Cases of a conversation's citizen."""

from __future__ import annotations

from backend.client.transport import ClientPart, required
from backend.contracts.cases import Case, CaseStep, ConversationCases, DraftAnswer, NewCase, NewStatement, StepRequest
from backend.contracts.remedies import Remedies, RemediesQuery


class CasesClient(ClientPart):
    """Cases of a conversation's citizen."""

    async def start(self, request: NewCase, *, conversation: str, key: str) -> Case:
        """Start a draft case for the conversation's citizen."""
        return await self.post("/cases", request, Case, conversation=conversation, key=key)

    async def case(self, case_id: str, *, conversation: str) -> Case:
        """One case of the conversation."""
        return await self.get(f"/cases/{case_id}", Case, conversation=conversation)

    async def answer(self, case_id: str, answer: DraftAnswer, *, conversation: str, key: str) -> Case:
        """Fill one field; BackendProblem (422, ``problem.field``) says what is wrong with the value."""
        return required(
            await self.client.call(
                "PATCH", f"/cases/{case_id}/draft", Case, body=answer, conversation=conversation, key=key
            )
        )

    async def submit(self, case_id: str, *, conversation: str, key: str) -> Case:
        """Submit a complete draft: it gets its number, its clock and its owner."""
        return await self._step(case_id, CaseStep.SUBMIT, StepRequest(), conversation, key)

    async def withdraw(self, case_id: str, reason: str, *, conversation: str, key: str) -> Case:
        """Withdraw a case (or drop a draft)."""
        return await self._step(case_id, CaseStep.WITHDRAW, StepRequest(note=reason), conversation, key)

    async def state(self, case_id: str, statement: NewStatement, *, conversation: str, key: str) -> Case:
        """Say something of the supplement that is asked for, or of a wrong field; BackendProblem (409) where nothing is, or it is decided."""
        return await self.post(f"/cases/{case_id}/statements", statement, Case, conversation=conversation, key=key)

    async def remedies(self, query: RemediesQuery) -> Remedies:
        """What can be done about a decision that is no case of the conversation."""
        told = query.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        params = {name: "true" if value is True else str(value) for name, value in told.items()}
        return await self.get("/remedies", Remedies, params=params)

    async def of_conversation(self, conversation: str) -> list[Case]:
        """Cases started in the conversation, newest first, drafts included."""
        cases = await self.get(f"/conversations/{conversation}/cases", ConversationCases, conversation=conversation)
        return list(cases.cases)

    async def by_number(self, number: str, *, conversation: str) -> Case:
        """A case started elsewhere; BackendProblem (403) until the conversation is verified."""
        return await self.get(f"/conversations/{conversation}/cases/{number}", Case, conversation=conversation)

    async def _step(self, case_id: str, step: CaseStep, body: StepRequest, conversation: str, key: str) -> Case:
        return await self.post(f"/cases/{case_id}/steps/{step}", body, Case, conversation=conversation, key=key)
