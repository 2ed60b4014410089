"""HTTP of verification."""

from __future__ import annotations

from backend.contracts.verification import (
    CheckCode,
    CodeSent,
    CounterCheck,
    SendCode,
    VerificationWays,
    Verified,
)
from backend.one_window.verification.service import VERIFICATION
from backend.platform.errors import NotAllowedError
from backend.platform.http import Call, Routes

routes = Routes("verification")


@routes.post(
    "/conversations/{id}/verification",
    permission="verification:phone",
    body=SendCode,
    returns=CodeSent,
    own_transactions=True,
    limit="code",
    summary="发验证码到手机",
)
async def send_code(call: Call) -> CodeSent:
    """Send a one-time code to a phone that the citizen gave in the conversation."""
    return await call.service(VERIFICATION).send(_own(call), call.body, call.who)


@routes.get(
    "/conversations/{id}/verification",
    permission="verification:phone",
    returns=VerificationWays,
    summary="怎么核验",
)
async def ways(call: Call) -> VerificationWays:
    """Whether a code can be sent; asked before anybody is asked for their phone."""
    _own(call)
    return VerificationWays(phone=call.service(VERIFICATION).by_phone)


@routes.post(
    "/conversations/{id}/verification/check",
    permission="verification:phone",
    body=CheckCode,
    returns=Verified,
    own_transactions=True,
    limit="code",
    summary="核对验证码",
)
async def check_code(call: Call) -> Verified:
    """Raise the conversation's level with the code."""
    return await call.service(VERIFICATION).check(_own(call), call.body.code, call.who)


@routes.post(
    "/conversations/{id}/verification/counter",
    permission="verification:counter",
    body=CounterCheck,
    returns=Verified,
    summary="窗口当面核验了身份证",
)
async def check_at_counter(call: Call) -> Verified:
    """Raise the conversation's level at the counter."""
    return await call.service(VERIFICATION).check_at_counter(call.session, call.path("id"), call.body, call.who)


def _own(call: Call) -> str:
    """The conversation in the path, which must be that of whoever asks."""
    if call.who.conversation != call.path("id"):
        raise NotAllowedError("conversation.forbidden")
    return call.path("id")
