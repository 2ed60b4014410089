"""The backend as the other processes see it: one typed client and the shapes that travel.

Other packages import only this module of ``backend``, ``backend.telemetry.logs`` and ``backend.telemetry.metrics``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, TypeVar

import aiohttp
from pydantic import BaseModel, Field

from backend.contracts.calculator_content import QuestionKind, RuleQuestion
from backend.contracts.calculators import NextQuestion, Outcome, RuleAnswers, RuleList, RuleProgress, RuleView
from backend.contracts.cases import (
    Case,
    CaseList,
    CaseState,
    CaseStep,
    CaseSummary,
    ClockView,
    ConversationCases,
    DraftAnswer,
    FieldView,
    NewCase,
    StepRequest,
    SupplementLine,
)
from backend.contracts.catalogue import (
    AnswerEntry,
    CatalogueIndex,
    CentreInfo,
    Guide,
    IndexEntry,
    ItemList,
    ItemSummary,
    PolicyAnswerView,
    SwitchView,
)
from backend.contracts.catalogue_content import Ask, Basis, Centre, FieldKind, Hotline, Item, PolicyAnswer, Topic, Unit
from backend.contracts.conversations import (
    LONGEST_MESSAGE,
    ClaimedTurn,
    Conversation,
    Identifier,
    Message,
    MessageList,
    NewConversation,
    NewMessage,
    NewReply,
    Recognised,
    RedeemedTicket,
    RedeemTicket,
    ReleasedTurn,
    Turn,
    TurnClaim,
)
from backend.contracts.evaluation import (
    Comparison,
    Confusion,
    EvaluationReport,
    Figure,
    Mistake,
    ReportQuestion,
    compare_reports,
    confusions,
    without_identifiers,
)
from backend.contracts.evaluation_words import report_words
from backend.contracts.events import Event, EventList
from backend.contracts.notices import (
    LineKind,
    Notice,
    NoticeLine,
    NoticePreview,
    NoticeRequest,
    SituationQuestion,
)
from backend.contracts.privacy import RetentionTable
from backend.contracts.verification import CheckCode, CodeSent, SendCode, VerificationWays, Verified
from backend.contracts.voice import VoiceState
from backend.contracts.wire import Wire

__all__ = [
    "LONGEST_MESSAGE", "AnswerEntry", "Ask", "BackendClient", "BackendProblem", "BackendUnavailable", "Basis", "Case",
    "CaseList", "CaseState", "CaseStep", "CaseSummary", "CatalogueIndex", "Centre", "CentreInfo", "CheckCode",
    "ClaimedTurn", "ClockView", "CodeSent", "Comparison", "Confusion", "Conversation", "DraftAnswer", "EvaluationReport", "Event",
    "EventList", "FieldKind",
    "FieldView", "Figure", "Guide", "Hotline", "Identifier", "IndexEntry", "Item", "ItemList", "ItemSummary", "LineKind",
    "Message", "MessageList", "Mistake", "NewCase", "NewConversation", "NewMessage", "NewReply", "NextQuestion", "Notice",
    "NoticeLine", "NoticePreview", "NoticeRequest", "Outcome", "PolicyAnswer", "PolicyAnswerView", "Problem",
    "QuestionKind", "Recognised", "RedeemTicket", "RedeemedTicket", "ReportQuestion", "RetentionTable", "RuleProgress", "RuleQuestion", "RuleView",
    "SendCode", "SituationQuestion", "StepRequest", "SupplementLine", "SwitchView", "Topic", "Turn", "TurnClaim",
    "Unit", "VerificationWays", "Verified", "VoiceState", "compare_reports", "confusions", "report_words",
    "without_identifiers",
]  # fmt: skip

Shape = TypeVar("Shape", bound=BaseModel)

CONVERSATION_HEADER = "Daoban-Conversation"
"""A service acting for a citizen names the conversation here; the backend checks what that conversation may do."""


class Problem(Wire):
    """An RFC 9457 problem document. ``detail`` is a plain Chinese sentence with what to do next."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    """The field of the body that is wrong, where there is one."""
    trace: str | None = None
    extra: dict[str, Any] = Field(default={})


class BackendProblem(Exception):
    """The backend refused; ``problem.detail`` can be shown to people as it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.status} {problem.type}: {problem.detail}")
        self.problem = problem


class BackendUnavailable(Exception):
    """The backend could not be reached or did not answer in time; the call may be repeated with its idempotency key."""


class BackendClient:
    """Calls of the backend's API with a service token.

    ``conversation``: on whose behalf; ``key``: idempotency key of calls that change something.
    Every method raises BackendProblem or BackendUnavailable.
    """

    def __init__(self, base_url: str, token: str, *, timeout_seconds: float = 10.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    # --- catalogue

    async def catalogue_index(self, known_version: int | None = None) -> CatalogueIndex | None:
        """The item linker's index, or None when ``known_version`` is still current."""
        headers = {} if known_version is None else {"If-None-Match": f'"{known_version}"'}
        return await self._call("GET", "/catalogue/index", CatalogueIndex, headers=headers, none_on=304)

    async def guide(self, code: str) -> Guide:
        """The guide of one item."""
        return await self._get(f"/catalogue/items/{code}", Guide)

    async def policy_answer(self, answer_id: str) -> PolicyAnswerView:
        """One policy answer with its basis and date."""
        return await self._get(f"/catalogue/answers/{answer_id}", PolicyAnswerView)

    async def search_items(self, text: str, limit: int = 5) -> ItemList:
        """Items by everyday words, best first."""
        return await self._get("/catalogue/items", ItemList, params={"q": text, "limit": str(limit)})

    async def centre(self) -> CentreInfo:
        """The hall, its units and hotlines."""
        return await self._get("/catalogue/centre", CentreInfo)

    # --- rules

    async def rules_of(self, item: str = "", *, topic: str = "", policy_answer: str = "") -> list[RuleView]:
        """Rules that can be computed for an item, a topic or a policy answer; all of them without a filter."""
        asked = {"item": item, "topic": topic, "policy_answer": policy_answer}
        params = {name: value for name, value in asked.items() if value}
        return list((await self._get("/rules", RuleList, params=params)).rules)

    async def compute_rule(self, rule: str, answers: Mapping[str, str]) -> Outcome:
        """What a rule comes to; BackendProblem (422, ``problem.field``) names the question to ask (again)."""
        return await self._post(f"/rules/{rule}/compute", RuleAnswers(answers=dict(answers)), Outcome)

    async def rule(self, rule: str) -> RuleView:
        """One rule."""
        return await self._get(f"/rules/{rule}", RuleView)

    async def next_rule_question(self, rule: str, progress: RuleProgress) -> RuleQuestion | None:
        """What to ask next, None when it can be computed; BackendProblem (422) says what is wrong with an answer."""
        return (await self._post(f"/rules/{rule}/next-question", progress, NextQuestion)).question

    # --- notices

    async def preview_notice(self, request: NoticeRequest) -> NoticePreview:
        """The list as it stands and the questions still worth asking."""
        return await self._post("/notices/preview", request, NoticePreview)

    async def issue_notice(self, request: NoticeRequest, *, conversation: str, key: str) -> Notice:
        """Issue a numbered notice."""
        return await self._post("/notices", request, Notice, conversation=conversation, key=key)

    async def notice(self, number: str) -> Notice:
        """A notice by its number."""
        return await self._get(f"/notices/{number}", Notice)

    # --- cases

    async def start_case(self, request: NewCase, *, conversation: str, key: str) -> Case:
        """Start a draft case for the conversation's citizen."""
        return await self._post("/cases", request, Case, conversation=conversation, key=key)

    async def case(self, case_id: str, *, conversation: str) -> Case:
        """One case of the conversation."""
        return await self._get(f"/cases/{case_id}", Case, conversation=conversation)

    async def answer_draft(self, case_id: str, answer: DraftAnswer, *, conversation: str, key: str) -> Case:
        """Fill one field; BackendProblem (422, ``problem.field``) says what is wrong with the value."""
        return _required(
            await self._call("PATCH", f"/cases/{case_id}/draft", Case, body=answer, conversation=conversation, key=key)
        )

    async def submit_case(self, case_id: str, *, conversation: str, key: str) -> Case:
        """Submit a complete draft: it gets its number, its clock and its owner."""
        return await self._step(case_id, CaseStep.SUBMIT, StepRequest(), conversation, key)

    async def withdraw_case(self, case_id: str, reason: str, *, conversation: str, key: str) -> Case:
        """Withdraw a case (or drop a draft)."""
        return await self._step(case_id, CaseStep.WITHDRAW, StepRequest(note=reason), conversation, key)

    async def conversation_cases(self, conversation: str) -> list[Case]:
        """Cases started in the conversation, newest first, drafts included."""
        cases = await self._get(f"/conversations/{conversation}/cases", ConversationCases, conversation=conversation)
        return list(cases.cases)

    async def case_by_number(self, number: str, *, conversation: str) -> Case:
        """A case started elsewhere; BackendProblem (403) until the conversation is verified."""
        return await self._get(f"/conversations/{conversation}/cases/{number}", Case, conversation=conversation)

    # --- verification

    async def codes_can_be_sent(self, conversation: str) -> bool:
        """Whether there is a provider of short messages; without one nobody is asked for their phone."""
        address = f"/conversations/{conversation}/verification"
        return (await self._get(address, VerificationWays, conversation=conversation)).phone

    async def send_code(self, request: SendCode, *, conversation: str, key: str) -> CodeSent:
        """Send a code to the citizen's phone; ``sent`` says whether one was really sent."""
        address = f"/conversations/{conversation}/verification"
        return await self._post(address, request, CodeSent, conversation=conversation, key=key)

    async def check_code(self, request: CheckCode, *, conversation: str) -> Verified:
        """Check the code; BackendProblem (422) says how many tries are left."""
        address = f"/conversations/{conversation}/verification/check"
        return await self._post(address, request, Verified, conversation=conversation)

    # --- conversations (connectors)

    async def open_conversation(self, request: NewConversation, *, key: str) -> Conversation:
        """Open a conversation on a channel."""
        return await self._post("/conversations", request, Conversation, key=key)

    async def add_message(self, conversation: str, message: NewMessage) -> Message:
        """Store what a citizen said; repeating the message id returns the stored one."""
        return await self._post(f"/conversations/{conversation}/messages", message, Message)

    async def messages(self, conversation: str, after: int = 0) -> MessageList:
        """Messages after a sequence number."""
        return await self._get(f"/conversations/{conversation}/messages", MessageList, params={"after": str(after)})

    async def claim_turn(self, claim: TurnClaim) -> Turn | None:
        """Lease the next unanswered message."""
        return (await self._post("/conversations/turns/claim", claim, ClaimedTurn)).turn

    async def release_turn(self, conversation: str, message_id: str) -> None:
        """Give a leased message back unanswered."""
        await self._call(
            "POST",
            f"/conversations/{conversation}/turns/release",
            Wire,
            body=ReleasedTurn(message_id=message_id),
            none_on=204,
        )

    async def add_reply(self, conversation: str, reply: NewReply) -> MessageList:
        """Store the assistant's reply; returns the stored messages."""
        return await self._post(f"/conversations/{conversation}/replies", reply, MessageList)

    async def redeem_ticket(self, ticket: str) -> RedeemedTicket:
        """Turn a browser's socket ticket into its conversation; a ticket works once."""
        return await self._post("/socket-tickets/redeem", RedeemTicket(ticket=ticket), RedeemedTicket)

    # --- protection of personal information

    async def retention(self) -> RetentionTable:
        """How long each kind of data is kept."""
        return await self._get("/retention", RetentionTable)

    # --- the voice (connectors)

    async def tell_voice(self, state: VoiceState) -> None:
        """Which voice model is active, for staff's pages."""
        await self._post("/voice", state, VoiceState)

    # --- events

    async def events(self, after: int, limit: int = 500) -> EventList:
        """Events after an id, oldest first."""
        return await self._get("/events", EventList, params={"after": str(after), "limit": str(limit)})

    async def event_stream(self, after: int | None, kinds: Sequence[str] = ()) -> AsyncIterator[Event]:
        """Events after an id (None: only new ones) as they happen, of these kinds or of all.

        Raises BackendUnavailable or ends when the connection is lost: call again with the last id.
        """
        params = {} if after is None else {"after": str(after)}
        if kinds:
            params["kinds"] = ",".join(kinds)
        try:
            async with self._connection().ws_connect(
                f"{self._base_url}/events/stream", params=params, heartbeat=20
            ) as socket:
                async for frame in socket:
                    if frame.type is aiohttp.WSMsgType.TEXT:
                        yield Event.model_validate_json(frame.data)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise BackendUnavailable(str(error)) from error

    async def healthy(self) -> bool:
        """Whether the backend answers."""
        try:
            async with self._connection().get(f"{self._base_url}/health") as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    # --- the wire

    def _connection(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=self._timeout)
        return self._session

    async def _step(self, case_id: str, step: CaseStep, body: StepRequest, conversation: str, key: str) -> Case:
        return await self._post(f"/cases/{case_id}/steps/{step}", body, Case, conversation=conversation, key=key)

    async def _get(
        self, path: str, shape: type[Shape], *, params: Mapping[str, str] | None = None, conversation: str | None = None
    ) -> Shape:
        return _required(await self._call("GET", path, shape, params=params, conversation=conversation))

    async def _post(
        self, path: str, body: BaseModel, shape: type[Shape], *, conversation: str | None = None, key: str | None = None
    ) -> Shape:
        return _required(await self._call("POST", path, shape, body=body, conversation=conversation, key=key))

    async def _call(
        self,
        method: str,
        path: str,
        shape: type[Shape],
        *,
        body: BaseModel | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        conversation: str | None = None,
        key: str | None = None,
        none_on: int | None = None,
    ) -> Shape | None:
        sent = dict(headers or {})
        if conversation is not None:
            sent[CONVERSATION_HEADER] = conversation
        if key is not None:
            sent["Idempotency-Key"] = key
        data = None
        if body is not None:
            data = body.model_dump_json(by_alias=True).encode()
            sent["Content-Type"] = "application/json"
        try:
            async with self._connection().request(
                method, self._base_url + path, params=params, headers=sent, data=data
            ) as response:
                if response.status == none_on:
                    return None
                content = await response.read()
                if response.status >= 400:
                    raise BackendProblem(Problem.model_validate_json(content))
                return shape.model_validate_json(content)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise BackendUnavailable(f"{method} {path}: {error}") from error


def _required(value: Shape | None) -> Shape:
    if value is None:
        raise BackendUnavailable("empty answer")
    return value
