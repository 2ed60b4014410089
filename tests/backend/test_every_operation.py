"""Every operation of the OpenAPI document gets what nobody expects: no server error, and nothing without authorisation."""

from __future__ import annotations

import asyncio
import dataclasses
from collections import Counter
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from backend.features import FEATURES
from backend.limiting.counting import RateLimits
from backend.platform.cookies import SECURE_COOKIES
from backend.platform.permissions import ANYONE, CITIZEN, PERMISSIONS, Role
from backend.platform.rate_limits import LIMITER
from tests.conftest import Hall

EXAMPLES = 8
SEED = 20261123
SELF = [route for feature in FEATURES for route in feature.operations if route.permission == "staff:self"]
PAGES = {route.path for feature in FEATURES for route in feature.operations if route.page}
REFUSED = {False: {401, 404, 405}, True: {303, 404, 405}}
"""What nobody gets; a page leads to signing in."""
NO_LIMITS = RateLimits(**dict.fromkeys(RateLimits.model_fields, 0))


@dataclasses.dataclass
class Callers:
    """Credentials by door, and ids that exist."""

    hall: Hall
    conversation: str
    case: str
    staff: dict[str, str]
    spare: list[str]
    """Sessions of one account, one for each operation on it: some of them end the session."""
    citizen: str

    def headers(self, permission: str) -> dict[str, str]:
        """Headers of somebody who holds the permission; none where nobody has to be known."""
        doors = PERMISSIONS[permission]
        origin = {"Origin": self.hall.base}
        for service in ("assistant", "connectors", "operations"):
            if f"service:{service}" in doors:
                token = (self.hall.settings.secrets / f"{service}.token").read_text()
                return {"Authorization": f"Bearer {token}", "Daoban-Conversation": self.conversation}
        if permission == "staff:self":
            return {"Cookie": self.spare.pop(), **origin}
        for door, cookie in self.staff.items():
            if door in doors:
                return {"Cookie": cookie, **origin}
        return {"Cookie": self.citizen, **origin} if CITIZEN in doors else origin


@pytest.fixture
async def callers(hall: Hall) -> Callers:
    """Somebody for every door, and a submitted case."""
    assert not hall.server.app[SECURE_COOKIES]
    hall.server.app[LIMITER].counts.limits = NO_LIMITS
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    staff: dict[str, str] = {}
    for role in Role:
        async with hall.staff(role, units=("*",)) as someone:
            staff[f"role:{role}"] = _cookie(someone.session)
    spare = []
    async with hall.staff() as someone:
        for _ in SELF:
            await someone.sign_in()
            spare.append(_cookie(someone.session))
    async with hall.browser() as browser:
        await browser.post("/socket-tickets")
        citizen = _cookie(browser.session)
    return Callers(hall, conversation, case.id, staff, spare, citizen)


def _cookie(session: Any) -> str:
    return "; ".join(f"{cookie.key}={cookie.value}" for cookie in session.cookie_jar)


def send(case: Any, base: str, headers: dict[str, str]) -> requests.Response:
    """One generated request."""
    response: Any = case.call(base_url=base, headers=headers, timeout=20, allow_redirects=False)
    return response


def bombard(operation: Any, callers: Callers) -> Counter[str]:
    """Generated requests to one operation: by nobody, and by somebody who may."""
    permission = operation.definition.raw["x-permission"]
    guarded = ANYONE not in PERMISSIONS[permission]
    ids = st.sampled_from(["", callers.conversation, callers.case])
    headers = callers.headers(permission)
    counts: Counter[str] = Counter()

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(), ids)
    def check(case: Any, known: str) -> None:
        if known and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = known
        what = f"{operation.method.upper()} {operation.path} {case.path_parameters} {case.query} {case.body!r:.300}"
        if guarded:
            assert send(case, callers.hall.base, {}).status_code in REFUSED[operation.path in PAGES], (
                f"without authorisation: {what}"
            )
            counts["refused"] += 1
        response = send(case, callers.hall.base, headers)
        assert response.status_code < 500, f"{response.status_code}: {what} {response.text}"
        counts[f"{response.status_code // 100}xx"] += 1
        counts["not known"] += guarded and response.status_code == 401 and "identity.required" in response.text

    check()
    return counts


@pytest.mark.both_databases
async def test_no_operation_fails_or_opens_to_nobody(hall: Hall, callers: Callers) -> None:
    """Seeded and bounded: some dozen requests to each."""
    async with hall.browser() as browser:
        _, document = await browser.get("/openapi.json")
    schema = schemathesis.openapi.from_dict(document)
    counts: Counter[str] = Counter()
    for result in schema.get_all_operations():
        counts["operations"] += 1
        counts += await asyncio.to_thread(bombard, result.ok(), callers)
    assert counts["operations"] == sum(len(methods) for methods in document["paths"].values())
    assert counts["2xx"] > counts["operations"]
    assert counts["refused"] > counts["operations"]
    assert counts["not known"] < EXAMPLES, "only signing out ends a session here"
    print("operations:", dict(counts))  # noqa: T201  # shown by pytest -s
