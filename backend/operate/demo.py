"""Demonstration data: accounts and a plausible day of cases, made through the services, every name marked 「演示」.

Identity numbers use the unassigned region code 530799, telephone numbers the exchange's test range.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import CaseStep, DraftAnswer, NewCase, StepRequest
from backend.contracts.conversations import NewMessage
from backend.hall.accounts.schemas import NewStaff, StaffView
from backend.hall.accounts.service import STAFF
from backend.one_window.cases.service import CASES
from backend.one_window.conversations.models import ConversationRow
from backend.one_window.conversations.service import CONVERSATIONS
from backend.platform.errors import StartRefusedError
from backend.platform.http import CLOCK
from backend.platform.identity import SYSTEM, Principal

_FILE = Path(__file__).parent / "data" / "demo.yaml"


class DemoCase(BaseModel):
    """A case of the demonstration day: what was answered, and what was done."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    answers: dict[str, str]
    steps: tuple[CaseStep, ...] = ()
    request: StepRequest = StepRequest()
    """What the last step carries."""


class DemoDay(BaseModel):
    """The content of demo.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    staff: tuple[NewStaff, ...]
    cases: tuple[DemoCase, ...]


@lru_cache(maxsize=1)
def demo_day() -> DemoDay:
    """The demonstration day."""
    return DemoDay.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


async def fill(app: web.Application, session: AsyncSession) -> list[str]:
    """Fill an empty database; returns lines with the accounts and their passwords. Raises StartRefusedError."""
    used = await app[STAFF].anyone(session) or await session.scalar(select(ConversationRow.id).limit(1))
    if used:
        raise StartRefusedError("数据库里已经有数据，不能再填演示数据。请换一个空的数据目录（--data）。")
    day = demo_day()
    lines = ["演示账号（密码只显示这一次）："]
    staff: list[StaffView] = []
    for new in day.staff:
        view, password = await app[STAFF].add(session, new, SYSTEM, demo=True)
        staff.append(view)
        lines.append(f"  {view.username:<10}{password}  {view.name}（{view.position}）")
    numbers = count(1)
    for case in day.cases:
        await _replay(app, session, case, staff, numbers)
    return lines


async def _replay(
    app: web.Application, session: AsyncSession, case: DemoCase, staff: list[StaffView], numbers: Iterator[int]
) -> None:
    conversation = await app[CONVERSATIONS].open(session, "web", SYSTEM)
    citizen = Principal("service", id="assistant", conversation=conversation.id)
    cases = app[CASES]
    draft = await cases.start(session, NewCase(item=case.item), citizen)
    for field, said in case.answers.items():
        message = await app[CONVERSATIONS].add_message(
            session, conversation.id, NewMessage(message_id=f"demo-{next(numbers):06d}", text=said), citizen
        )
        await app[CONVERSATIONS].mark_answered(session, conversation.id, message.message_id)
        draft = await cases.answer(session, draft.id, DraftAnswer(field=field, value=message.text), citizen)
    await cases.step(session, draft.id, CaseStep.SUBMIT, StepRequest(), citizen)
    clerk = next(view for view in staff if draft.unit in view.units or "*" in view.units)
    principal = Principal("staff", clerk.id, roles=frozenset(clerk.roles), units=frozenset(clerk.units))
    for step in case.steps:
        _let_time_pass(app)
        last = step is case.steps[-1]
        await cases.step(session, draft.id, step, case.request if last else StepRequest(), principal)


def _let_time_pass(app: web.Application) -> None:
    clock: Any = app[CLOCK]
    move = getattr(clock, "move", None)
    if move is not None:
        move(timedelta(minutes=11))
