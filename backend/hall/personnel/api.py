"""HTTP of looking after accounts."""

from __future__ import annotations

from backend.hall.accounts.service import STAFF
from backend.hall.personnel.schemas import AccountChange, ChangeOutcome, Personnel
from backend.hall.personnel.service import PERSONNEL
from backend.platform.errors import NotFoundError
from backend.platform.http import DATABASE, Call, Routes

routes = Routes("personnel")


@routes.get("/personnel", permission="personnel:decide", returns=Personnel, summary="全部账号")
async def read(call: Call) -> Personnel:
    """All accounts, and what waits for a second person."""
    return await call.service(PERSONNEL).read(call.session, call.who)


@routes.post(
    "/personnel/changes",
    permission="personnel:manage",
    body=AccountChange,
    returns=ChangeOutcome,
    secret=True,
    own_transactions=True,
    summary="新建、重设、调岗、离岗、恢复一个账号",
)
async def request(call: Call) -> ChangeOutcome:
    """Change an account, or propose it where it takes two."""
    first = await call.service(STAFF).passwords.made_up()  # before the transaction: hashing is slow
    async with call.service(DATABASE).write() as session:
        return await call.service(PERSONNEL).request(session, call.body, call.who, first)


@routes.post(
    "/personnel/proposals/{id}/approve",
    permission="personnel:decide",
    returns=ChangeOutcome,
    secret=True,
    own_transactions=True,
    summary="同意别人提的账号改动",
)
async def approve(call: Call) -> ChangeOutcome:
    """Do what somebody else proposed."""
    first = await call.service(STAFF).passwords.made_up()  # before the transaction: hashing is slow
    async with call.service(DATABASE).write() as session:
        return await call.service(PERSONNEL).approve(session, _number(call), call.who, first)


@routes.post(
    "/personnel/proposals/{id}/refuse",
    permission="personnel:decide",
    returns=ChangeOutcome,
    summary="不同意，或收回自己提的",
)
async def refuse(call: Call) -> ChangeOutcome:
    """Leave it undone."""
    return await call.service(PERSONNEL).refuse(call.session, _number(call), call.who)


def _number(call: Call) -> int:
    text = call.path("id")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFoundError("personnel.unknown")
    return int(text)
