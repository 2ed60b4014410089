"""A plausible day of cases, made through the services.

Identity numbers use the unassigned region code 530799, telephone numbers the exchange's test range.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import yaml
from aiohttp import web
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import Mark
from backend.contracts.cases import CaseStep, DraftAnswer, NewCase, StepRequest
from backend.contracts.conversations import NewMessage
from backend.one_window.cases.counter_work import COUNTER_WORK
from backend.one_window.cases.service import CASES
from backend.one_window.conversations.service import CONVERSATIONS
from backend.platform.clock import SetClock
from backend.platform.http import CLOCK
from backend.platform.identity import SYSTEM, Principal
from backend.platform.staff_directory import STAFF_DIRECTORY

_FILE = Path(__file__).parent / "data" / "demonstration.yaml"
BETWEEN_STEPS = timedelta(minutes=11)


class DemonstrationCase(BaseModel):
    """A case of the day: what was answered, and what was done."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    answers: dict[str, str]
    steps: tuple[CaseStep, ...] = ()
    request: StepRequest = StepRequest()
    """What the last step carries."""


class DemonstrationDay(BaseModel):
    """The content of demonstration.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cases: tuple[DemonstrationCase, ...]


async def fill(app: web.Application, session: AsyncSession) -> list[str]:
    """Play the day."""
    numbers = count(1)
    for case in DemonstrationDay.model_validate(yaml.safe_load(_FILE.read_text("utf-8"))).cases:
        await _play(app, session, case, numbers)
    return []


async def _play(app: web.Application, session: AsyncSession, case: DemonstrationCase, numbers: Iterator[int]) -> None:
    conversation = await app[CONVERSATIONS].open(session, "web", SYSTEM)
    citizen = Principal("service", id="assistant", conversation=conversation.id)
    cases = app[CASES]
    draft = await cases.drafts.start(session, NewCase(item=case.item), citizen)
    for field, said in case.answers.items():
        message = await app[CONVERSATIONS].add_message(
            session, conversation.id, NewMessage(message_id=f"demo-{next(numbers):06d}", text=said), citizen
        )
        await app[CONVERSATIONS].mark_answered(session, conversation.id, message.message_id)
        draft = await cases.drafts.answer(session, draft.id, DraftAnswer(field=field, value=message.text), citizen)
    await cases.steps.step(session, draft.id, CaseStep.SUBMIT, StepRequest(), citizen)
    clerk = (await app[STAFF_DIRECTORY].case_workers(session, draft.unit))[0]
    principal = Principal("staff", clerk.id, units=frozenset({draft.unit}))
    for step in case.steps:
        _let_time_pass(app)
        if step is CaseStep.ACCEPT:
            await _receive_all(app, session, draft.id, principal)
        request = case.request if step is case.steps[-1] else StepRequest()
        if step is CaseStep.REQUEST_SUPPLEMENT:
            until = (await app[COUNTER_WORK].work(session, draft.id, principal)).until
            request = request.model_copy(update={"until": until})
        await cases.steps.step(session, draft.id, step, request, principal)


async def _receive_all(app: web.Application, session: AsyncSession, case_id: str, clerk: Principal) -> None:
    work = app[COUNTER_WORK]
    for line in (await work.work(session, case_id, clerk)).checklist:
        if line.lacking:
            await work.mark(session, case_id, (line.material, Mark.RECEIVED), clerk, done=True)


def _let_time_pass(app: web.Application) -> None:
    clock = app[CLOCK]
    if isinstance(clock, SetClock):
        clock.move(BETWEEN_STEPS)
