"""HTTP of cases."""

from __future__ import annotations

from backend.contracts.case_work import (
    CaseWork,
    CounterCase,
    CounterDrafts,
    CoverList,
    CoverView,
    Mark,
    MarkRequest,
    NewCover,
    NewNote,
)
from backend.contracts.cases import (
    Case,
    CaseList,
    CaseOpening,
    CaseQuery,
    CaseStep,
    ConversationCases,
    DraftAnswer,
    NewCase,
    NewStatement,
    StepRequest,
    Unmasked,
    UnmaskRequest,
)
from backend.contracts.remedies import Remedies, RemediesQuery
from backend.one_window.cases.counter_work import COUNTER_WORK
from backend.one_window.cases.covers import COVERS
from backend.one_window.cases.remedies import decision_of, remedies_of
from backend.one_window.cases.service import CASES
from backend.one_window.cases.statements import STATEMENTS
from backend.platform.errors import NotAllowedError, NotFoundError
from backend.platform.http import Call, Routes

routes = Routes("cases")


@routes.post("/cases", permission="cases:start", body=NewCase, returns=Case, status=201, summary="开始申请（草稿）")
async def start_case(call: Call) -> Case:
    """Start or continue a draft in the conversation."""
    return await call.service(CASES).drafts.start(call.session, call.body, call.who)


@routes.get("/cases", permission="cases:queue", query=CaseQuery, returns=CaseList, summary="办件列表")
async def queue(call: Call) -> CaseList:
    """Cases of a clerk or of their unit."""
    return await call.service(CASES).queue(call.session, call.query, call.who)


@routes.post(
    "/cases/search",
    permission="cases:queue",
    body=CaseQuery,
    returns=CaseList,
    secret=True,
    summary="按姓名、号码查办件",
)
async def search(call: Call) -> CaseList:
    """Cases by what is not written into an address: name, identity number, telephone."""
    return await call.service(CASES).search(call.session, call.body, call.who)


@routes.post(
    "/cases/at-counter", permission="cases:counter", body=CounterCase, returns=Case, status=201, summary="窗口代填申请"
)
async def begin_at_counter(call: Call) -> Case:
    """Begin a case for somebody who is there."""
    return await call.service(CASES).drafts.begin_at_counter(call.session, call.body, call.who)


@routes.get("/cases/at-counter", permission="cases:counter", returns=CounterDrafts, summary="窗口没填完的申请")
async def drafts_at_counter(call: Call) -> CounterDrafts:
    """One's own drafts of the counter."""
    return await call.service(CASES).drafts.at_counter(call.session, call.who)


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
    return await call.service(CASES).drafts.answer(call.session, call.path("id"), call.body, call.who)


@routes.post("/cases/{id}/steps/{step}", permission="cases:step", body=StepRequest, returns=Case, summary="办一步")
async def do_step(call: Call) -> Case:
    """Do one lawful step."""
    if call.path("step") not in set(CaseStep):
        raise NotFoundError("route.unknown")
    step = CaseStep(call.path("step"))
    return await call.service(CASES).steps.step(call.session, call.path("id"), step, call.body, call.who)


@routes.post(
    "/cases/{id}/statements",
    permission="cases:tell",
    body=NewStatement,
    returns=Case,
    status=201,
    summary="申请人说明补材料的情况，或者哪一项填错了",
)
async def state(call: Call) -> Case:
    """Keep what the applicant says of a supplement, or of a field that is wrong."""
    return await call.service(STATEMENTS).add(call.session, call.path("id"), call.body, call.who)


@routes.get("/remedies", permission="cases:remedies", query=RemediesQuery, returns=Remedies, summary="对决定不服怎么办")
async def remedies(call: Call) -> Remedies:
    """What can be done about a kind of decision, to a date where it is known when it came."""
    query = call.query
    kind = query.decision or decision_of(query.item, refused=query.refused)
    return remedies_of(kind, query.received_on)


@routes.get("/cases/{id}/work", permission="cases:work", returns=CaseWork, summary="材料清单、内部备注、能转给谁")
async def work(call: Call) -> CaseWork:
    """What the counter needs of a case beside the case itself."""
    return await call.service(COUNTER_WORK).work(call.session, call.path("id"), call.who)


@routes.post(
    "/cases/{id}/materials/{material}/{mark}",
    permission="cases:work",
    body=MarkRequest,
    returns=CaseWork,
    summary="勾一样材料",
)
async def mark(call: Call) -> CaseWork:
    """Set or lift a mark on a material."""
    if call.path("mark") not in set(Mark):
        raise NotFoundError("route.unknown")
    place = (call.path("material"), Mark(call.path("mark")))
    service = call.service(COUNTER_WORK)
    return await service.mark(call.session, call.path("id"), place, call.who, done=call.body.done)


@routes.post("/cases/{id}/notes", permission="cases:work", body=NewNote, returns=CaseWork, summary="写内部备注")
async def note(call: Call) -> CaseWork:
    """Write an internal note."""
    return await call.service(COUNTER_WORK).note(call.session, call.path("id"), call.body, call.who)


@routes.get("/covers", permission="cases:cover", returns=CoverList, summary="谁代谁办")
async def covers(call: Call) -> CoverList:
    """Covers that run or are to come."""
    return await call.service(COVERS).listed(call.session, call.who)


@routes.post("/covers", permission="cases:cover", body=NewCover, returns=CoverView, status=201, summary="安排代办")
async def arrange_cover(call: Call) -> CoverView:
    """Arrange that somebody stands in."""
    return await call.service(COVERS).arrange(call.session, call.body, call.who)


@routes.delete("/covers/{id}", permission="cases:cover", returns=CoverList, summary="取消代办")
async def end_cover(call: Call) -> CoverList:
    """End a cover."""
    return await call.service(COVERS).end(call.session, call.path("id"), call.who)


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
