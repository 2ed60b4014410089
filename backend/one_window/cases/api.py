"""HTTP of cases."""

from __future__ import annotations

from backend.contracts.cases import (
    Case,
    CaseList,
    CaseOpening,
    CaseQuery,
    CaseStep,
    ConversationCases,
    DraftAnswer,
    NewCase,
    StepRequest,
    Unmasked,
    UnmaskRequest,
)
from backend.one_window.cases.service import CASES
from backend.platform.errors import NotAllowedError, NotFoundError
from backend.platform.http import Call, Routes

routes = Routes("cases")


@routes.post("/cases", permission="cases:start", body=NewCase, returns=Case, status=201, summary="开始申请（草稿）")
async def start_case(call: Call) -> Case:
    """Start or continue a draft in the conversation."""
    return await call.service(CASES).start(call.session, call.body, call.who)


@routes.get("/cases", permission="cases:queue", query=CaseQuery, returns=CaseList, summary="办件列表")
async def queue(call: Call) -> CaseList:
    """Cases of a clerk or of their unit."""
    return await call.service(CASES).queue(call.session, call.query, call.who)


@routes.get("/cases/{id}", permission="cases:read", query=CaseOpening, returns=Case, writes=True, summary="一个办件")
async def case(call: Call) -> Case:
    """One case."""
    return await call.service(CASES).case(call.session, call.path("id"), call.who, call.query.opening)


@routes.post(
    "/cases/{id}/unmask",
    permission="cases:unmask",
    body=UnmaskRequest,
    returns=Unmasked,
    secret=True,
    summary="写明用途，看完整号码",
)
async def unmask(call: Call) -> Unmasked:
    """Identifiers of a case in plain, for a stated purpose."""
    return await call.service(CASES).unmask(call.session, call.path("id"), call.body, call.who)


@routes.patch("/cases/{id}/draft", permission="cases:draft", body=DraftAnswer, returns=Case, summary="填一项")
async def answer_draft(call: Call) -> Case:
    """Fill or correct one field of a draft."""
    return await call.service(CASES).answer(call.session, call.path("id"), call.body, call.who)


@routes.post("/cases/{id}/steps/{step}", permission="cases:step", body=StepRequest, returns=Case, summary="办一步")
async def do_step(call: Call) -> Case:
    """Do one lawful step."""
    if call.path("step") not in set(CaseStep):
        raise NotFoundError("route.unknown")
    step = CaseStep(call.path("step"))
    return await call.service(CASES).step(call.session, call.path("id"), step, call.body, call.who)


@routes.get(
    "/conversations/{id}/cases/{number}",
    permission="conversations:cases",
    returns=Case,
    writes=True,
    limit="code",
    summary="凭编号查别处办的件（要先核验）",
)
async def case_by_number(call: Call) -> Case:
    """A case by its number, for a verified citizen."""
    if call.who.conversation != call.path("id"):
        raise NotAllowedError("conversation.forbidden")
    return await call.service(CASES).by_number(call.session, call.path("number"), call.who)


@routes.get(
    "/conversations/{id}/cases", permission="conversations:cases", returns=ConversationCases, summary="一次对话里的办件"
)
async def conversation_cases(call: Call) -> ConversationCases:
    """Cases of a conversation, newest first."""
    cases = await call.service(CASES).of_conversation(call.session, call.path("id"), call.who)
    return ConversationCases(cases=tuple(cases))
