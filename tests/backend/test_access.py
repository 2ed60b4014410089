"""Who may do what, and what refusals look like."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from backend.client.catalogue import CatalogueClient
from backend.client.events import EventsClient
from backend.features import FEATURES
from backend.one_window.catalogue.delivered import edition
from backend.platform.database import SecondBackendError
from backend.platform.http import SIGN_IN_PAGE, Route
from backend.platform.permissions import ANYONE, PERMISSIONS, Role
from tests.conftest import Hall, running_hall

ROUTES = [route for feature in FEATURES for route in feature.operations]
GUARDED = [route for route in ROUTES if ANYONE not in PERMISSIONS[route.permission]]


def address(route: Route) -> str:
    """The route's path with something in place of its parts."""
    return (
        route.path.replace("{id}", "x")
        .replace("{step}", "accept")
        .replace("{mark}", "received")
        .replace("{code}", "LJ-SY-001")
        .replace("{number}", "1")
        .replace("{kind}", "item")
        .replace("{material}", "x")
        .replace("{target}", "x")
        .replace("{answer_id}", "x")
        .replace("{material}", "id_card")
        .replace("{version}", "1")
        .replace("{year}", "2026")
        .replace("{day}", "2026-12-01")
    )


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: f"{route.method} {route.path}")
async def test_nobody_is_asked_to_sign_in_and_the_wrong_role_is_refused(hall: Hall, route: Route) -> None:
    """The permission table is what the routes do: 401 for nobody (a page leads to signing in), 403 for a role without the door."""
    async with (
        hall.browser() as nobody,
        nobody.session.request(
            route.method, hall.base + address(route), json={}, headers={"Origin": hall.base}, allow_redirects=False
        ) as refused,
    ):
        if route.page:
            assert (refused.status, refused.headers["Location"]) == (303, SIGN_IN_PAGE)
        else:
            assert refused.status == 401
    outsider = next((role for role in Role if f"role:{role}" not in PERMISSIONS[route.permission]), None)
    if outsider is None:
        return
    async with hall.staff(outsider) as staff:
        status, problem = await staff.send(route.method, address(route), {})
    assert (status, problem["type"]) == (403, "urn:daoban:problem:identity.forbidden")


PUBLIC_PAGES = {
    "/",
    "/login",
    "/items",
    "/items/{code}",
    "/items/{code}/form",
    "/items/{code}/form/sample",
    "/calculators",
    "/calculators/{id}",
    "/notice/{number}",
}
PUBLIC_OPERATIONS = {
    "GET /health",
    "GET /ready",
    "GET /openapi.json",
    "GET /emergency-notice",
    "GET /calendar/days/{day}",
    "GET /catalogue/index",
    "GET /catalogue/items",
    "GET /catalogue/items/{code}",
    "GET /catalogue/answers/{answer_id}",
    "GET /catalogue/centre",
    "GET /rules",
    "GET /rules/{id}",
    "POST /rules/{id}/compute",
    "POST /rules/{id}/next-question",
    "POST /notices/preview",
    "GET /notices/{number}",
    "POST /socket-tickets",
    "POST /staff/session",
}


def test_only_the_listed_addresses_are_public() -> None:
    """Whoever makes something public writes it down here; pages and operations that forget a permission stay closed."""
    public = [route for route in ROUTES if ANYONE in PERMISSIONS[route.permission]]
    assert {route.path for route in public if route.page} == PUBLIC_PAGES
    assert {f"{route.method} {route.path}" for route in public if not route.page} == PUBLIC_OPERATIONS


def test_every_permission_is_used_and_every_route_has_one() -> None:
    """No door in the table that leads nowhere."""
    assert {route.permission for route in ROUTES} == PERMISSIONS.keys()


async def test_a_wrong_password_locks_with_growing_pauses(hall: Hall) -> None:
    """ASVS: four wrong tries are free, then the pause doubles."""
    async with hall.staff() as staff:
        name = staff.credentials["username"]
        for _ in range(5):
            status, problem = await staff.post("/staff/session", {"username": name, "password": "wrong"})
            assert (status, problem["detail"]) == (401, "用户名或密码不对，请再输一次。")
        status, problem = await staff.post("/staff/session", staff.credentials)
        assert (status, problem["title"]) == (429, "暂时锁定")
        hall.clock.move(timedelta(minutes=2))
        await staff.sign_in()


async def test_the_first_password_must_be_changed(hall: Hall) -> None:
    """Nothing else is open before."""
    async with hall.staff() as someone:
        new = {"username": "newcomer", "name": "阿英", "roles": ["counter_clerk"], "units": ["SY"]}
        token = (hall.settings.secrets / "operations.token").read_text()
        _, made = await someone.post("/staff", new, Authorization=f"Bearer {token}")
    async with hall.browser() as browser:
        browser.credentials = {"username": "newcomer", "password": made["first_password"]}
        await browser.sign_in()
        assert (await browser.get("/cases"))[1]["type"] == "urn:daoban:problem:identity.password_must_change"
        weak = await browser.post("/staff/password", {"current": made["first_password"], "new": "short"})
        assert (weak[0], weak[1]["field"]) == (422, "new")
        await browser.post("/staff/password", {"current": made["first_password"], "new": "long enough to keep"})
        assert (await browser.get("/cases"))[0] == 200


async def test_signing_out_ends_the_session(hall: Hall) -> None:
    """The cookie is worthless afterwards."""
    async with hall.staff() as staff:
        await staff.send("DELETE", "/staff/session")
        assert (await staff.get("/staff/me"))[0] == 401


async def test_a_second_backend_on_the_same_file_refuses_to_start(hall: Hall) -> None:
    """Only the backend opens the hall's database."""
    with pytest.raises(SecondBackendError):
        async with running_hall(hall.settings, hall.clock):
            raise AssertionError("started")


async def test_a_wrong_address_is_a_problem_for_programs_and_a_page_for_people(hall: Hall) -> None:
    """RFC 9457 on the wire, a plain sentence for people."""
    async with hall.browser() as browser:
        status, problem = await browser.get("/nowhere")
        assert (status, problem["detail"]) == (404, "没有找到这个地址，请回到首页重新进入。")
        status, page = await browser.get("/nowhere", Accept="text/html")
        assert status == 404
        assert "没有找到这个地址" in page


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b'{"item": 5}', b'{"item": "LJ-SY-001", "unknown": 1}'])
async def test_an_unreadable_body_is_refused_with_its_field(hall: Hall, body: bytes) -> None:
    """Bad input never becomes a server error."""
    async with (
        hall.browser() as browser,
        browser.session.post(
            f"{hall.base}/notices/preview", data=body, headers={"Content-Type": "application/json"}
        ) as response,
    ):
        assert response.status in (400, 422)
        assert (await response.json(content_type=None))["detail"]


async def test_the_openapi_document_names_every_route(hall: Hall) -> None:
    """Generated from routes and schemas, with the permission of each."""
    async with hall.browser() as browser:
        _, document = await browser.get("/openapi.json")
    documented = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert documented == {(route.method, route.path) for route in ROUTES if not route.socket}


@pytest.mark.both_databases
async def test_events_are_followed_as_they_happen(hall: Hall) -> None:
    """Whoever follows sees each change once, in order, and resumes from the last id."""
    stream = hall.connectors.part(EventsClient).stream(0)
    conversation = await hall.conversation()
    seen = [await anext(stream)]
    while seen[-1].kind != "conversation.opened":
        seen.append(await anext(stream))
    waiting = asyncio.ensure_future(anext(stream))
    await hall.say(conversation, "你好")
    assert (await waiting).kind == "conversation.message_added"
    await stream.aclose()
    assert (await hall.connectors.part(EventsClient).after(seen[-1].id)).events[0].kind == "conversation.message_added"


async def test_the_index_is_told_only_when_it_changed(hall: Hall) -> None:
    """ETag: the linker's follower costs nothing while nothing changes."""
    index = await hall.assistant.part(CatalogueClient).index()
    assert index is not None
    assert {entry.code for entry in index.items} == set(edition().items)
    assert await hall.assistant.part(CatalogueClient).index(index.version) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [("领失业金", "LJ-SY-001"), ("失业金要带什么", "LJ-SY-001"), ("被公司裁了能领钱不", "LJ-SY-001")],
)
async def test_search_understands_everyday_words(hall: Hall, words: str, code: str) -> None:
    """People don't know official names."""
    assert (await hall.assistant.part(CatalogueClient).search(words)).items[0].code == code
