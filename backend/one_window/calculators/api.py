"""HTTP of the rules."""

from __future__ import annotations

from backend.contracts.calculators import (
    CalculationResult,
    NextQuestion,
    RuleAnswers,
    RuleList,
    RuleProgress,
    RuleQuery,
    RuleView,
)
from backend.one_window.calculators.service import CALCULATORS
from backend.platform.http import Call, Routes

routes = Routes("rules")


@routes.get("/rules", permission="rules:read", query=RuleQuery, returns=RuleList, summary="规则计算器清单")
async def list_rules(call: Call) -> RuleList:
    """Rules, filtered by item, topic or policy answer."""
    return call.service(CALCULATORS).list_rules(call.query)


@routes.get("/rules/{id}", permission="rules:read", returns=RuleView, summary="一条规则和它要问的问题")
async def rule(call: Call) -> RuleView:
    """One rule with its questions and sources."""
    return call.service(CALCULATORS).rule(call.path("id"))


@routes.post(
    "/rules/{id}/compute",
    permission="rules:read",
    body=RuleAnswers,
    returns=CalculationResult,
    writes=False,
    summary="按规则算一算",
)
async def compute_rule(call: Call) -> CalculationResult:
    """The outcome with its explanation; a refusal names the question in ``field``."""
    return await call.service(CALCULATORS).compute(call.session, call.path("id"), call.body.answers)


@routes.post(
    "/rules/{id}/next-question",
    permission="rules:read",
    body=RuleProgress,
    returns=NextQuestion,
    writes=False,
    summary="这条规则接下来问什么",
)
async def next_rule_question(call: Call) -> NextQuestion:
    """The next question for somebody who is asked one by one; a refusal names the question in ``field``."""
    return call.service(CALCULATORS).next_question(call.path("id"), call.body)
