"""Numbers of persons, planted into every text field of the OpenAPI document, are kept nowhere but in the vault."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest

from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.feedback import FeedbackClient
from backend.contracts.cases import DraftAnswer, NewStatement
from backend.contracts.conversations import NewMessage, NewReply
from backend.contracts.feedback import FeedbackKind, NewFeedback, NewRating
from backend.features import FEATURES
from backend.language.personal_numbers import find_personal
from backend.limiting.counting import RateLimits
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.writing import to_yaml
from backend.platform.permissions import PERMISSIONS, Role
from backend.platform.rate_limits import LIMITER
from tests.backend.counter import does, marks
from tests.conftest import ID_NUMBER, Browser, Hall

PHONE, IDENTITY, CARD = "13900000007", "530799198505050018", "6222021234567894"
OFFICE = "0888-5123456"
PLANTED = f"请联系{PHONE}，身份证{IDENTITY}，卡号{CARD}，单位电话{OFFICE}，热线12333"
NO_LIMITS = RateLimits(**dict.fromkeys(RateLimits.model_fields, 0))
MARKED = {
    "POST /cases/search q": "lookup",
    "POST /cases/{id}/notes text": "vault",
    "POST /cases/{id}/statements text": "vault",
    "POST /assistance/{id}/finish answer": "vault",
    "POST /assistance/{id}/finish note": "vault",
    "POST /cases/{id}/steps/{step} lines.how": "vault",
    "POST /cases/{id}/steps/{step} lines.name": "vault",
    "POST /cases/{id}/steps/{step} lines.why": "vault",
    "POST /cases/{id}/steps/{step} note": "vault",
    "POST /cases/{id}/steps/{step} why_again": "vault",
    "POST /cases/{id}/unmask purpose": "hidden",
    "PATCH /cases/{id}/draft value": "vault",
    "POST /conversations/{id}/feedback text": "vault",
    "POST /conversations/{id}/ratings text": "vault",
    "POST /feedback/{number}/answer answer": "vault",
    "POST /conversations/{id}/messages choice": "vault",
    "POST /conversations/{id}/messages recognised": "vault",
    "POST /conversations/{id}/messages shown": "vault",
    "POST /conversations/{id}/messages text": "vault",
    "POST /conversations/{id}/replies reply": "vault",
    "POST /conversations/{id}/verification/check code": "secret",
    "POST /persons/erase identifier": "lookup",
    "POST /persons/erase purpose": "hidden",
    "POST /persons/export identifier": "lookup",
    "POST /persons/export purpose": "hidden",
    "POST /staff/password current": "secret",
    "POST /staff/password new": "secret",
    "POST /staff/second-step password": "secret",
    "POST /staff/second-step/confirm code": "secret",
    "POST /staff/second-step/off password": "secret",
    "POST /staff/session code": "secret",
    "POST /staff/session password": "secret",
    "POST /understanding/decisions text": "hidden",
    "POST /understanding/reports text": "hidden",
    "POST /understanding/taught text": "refused",
}
"""Fields that say who looks after the numbers in them; each is tried below. All others refuse them with the field named."""
GIVEN: dict[str, Any] = {
    "item": "LJ-SY-001", "message_id": "key-900001", "in_reply_to": "key-900001", "username": "somebody",
    "roles": ["counter_clerk"], "day": "2026-12-01", "target": "LJ-SY-001", "purpose": "本人来申请", "fields": ["phone"],
    "code": "123456", "key": "minimum_wage", "area": "530700", "cite": "依据", "opening": "x", "identifier": IDENTITY,
}  # fmt: skip
"""What fits where only something of a kind is taken."""


def test_the_planted_numbers_are_numbers() -> None:
    """They hold, and the office's and the hotline's are nobody's."""
    assert [found.verdict.kind for found in find_personal(PLANTED)] == ["phone", "id", "bank"]


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A schema behind its reference, with what stands beside it."""
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = {**document["components"]["schemas"][name], **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema


def leaves(
    schema: dict[str, Any], document: dict[str, Any], path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str, dict[str, Any]]]:
    """Every place for text: its path, who looks after it (empty: nobody), its schema. ``0`` is a list's, ``*`` a name of one's own."""
    schema = resolved(schema, document)
    if "x-numbers" in schema:
        yield path, schema["x-numbers"], schema
        return
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from leaves(choice, document, path)
    for name, part in schema.get("properties", {}).items():
        yield from leaves(part, document, (*path, name))
    if schema.get("type") == "array":
        yield from leaves(schema.get("items", {}), document, (*path, "0"))
    if isinstance(schema.get("additionalProperties"), dict):
        yield (*path, "*"), "", {"type": "string"}
        yield from leaves(schema["additionalProperties"], document, (*path, "x"))
    if schema.get("type") == "string" and "enum" not in schema and "const" not in schema and "format" not in schema:
        yield path, "", schema


def example(schema: dict[str, Any], document: dict[str, Any], name: str = "") -> Any:
    """Something small of that shape."""
    schema = resolved(schema, document)
    if name in GIVEN:
        return GIVEN[name]
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if choice.get("type") != "null":
            return example(choice, document, name)
    match schema.get("type"):
        case "object":
            needed = schema.get("required", ())
            return {
                one: example(part, document, one) for one, part in schema.get("properties", {}).items() if one in needed
            }
        case "array":
            return [example(schema.get("items", {}), document, name)] if schema.get("minItems") else []
        case "string":
            return (
                "2026-12-01" if schema.get("format") == "date" else "例子" * max(1, schema.get("minLength", 2) // 2 + 1)
            )
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return False
    return None


def planted(body: Any, path: tuple[str, ...], text: str, schema: dict[str, Any], document: dict[str, Any]) -> Any:
    """The body with the text at the path; whatever lies between is made."""
    schema = resolved(schema, document)
    if not path:
        return text
    name, *rest = path
    for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        if any(found[0][:1] == path[:1] for found in leaves(choice, document)):
            return planted(body, path, text, choice, document)
    if name == "*":
        return {text: False}
    if name == "0":
        inner = schema.get("items", {})
        return [planted(example(inner, document), tuple(rest), text, inner, document)]
    inner = schema.get("properties", {}).get(name) or schema["additionalProperties"]
    held = body if isinstance(body, dict) else {}
    before = held.get(name)
    return {
        **held,
        name: planted(example(inner, document) if before is None else before, tuple(rest), text, inner, document),
    }


class Callers:
    """Somebody who may, for every operation."""

    def __init__(self, hall: Hall, everybody: Browser, conversation: str) -> None:
        self.hall = hall
        self.everybody = everybody
        self.conversation = conversation

    async def send(self, method: str, path: str, permission: str, body: Any) -> tuple[int, Any]:
        """As a member of staff with every role where staff may, else as the process that may."""
        doors = PERMISSIONS[permission]
        headers: dict[str, str] = {}
        if not any(door.startswith("role:") or door == "anyone" for door in doors):
            name = next(door for door in sorted(doors) if door.startswith("service:")).removeprefix("service:")
            token = (self.hall.settings.secrets / f"{name}.token").read_text()
            headers = {"Authorization": f"Bearer {token}", "Daoban-Conversation": self.conversation}
        return await self.everybody.send(method, path, body, **headers)


def bodies(document: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Every operation with a body: method, path, permission, schema."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "requestBody" in operation:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                yield method.upper(), path, operation["x-permission"], schema


def written(hall: Hall) -> bytes:
    """Everything in the data folder."""
    return b"".join(path.read_bytes() for path in hall.settings.data.rglob("*") if path.is_file())


def test_every_marked_field_is_tried_here(document: dict[str, Any]) -> None:
    """A new mark gets its case below, or the number that it lets in may lie anywhere."""
    found = {
        f"{method} {path} {'.'.join(part for part in place if part != '0')}": mark
        for method, path, _, schema in bodies(document)
        for place, mark, _ in leaves(schema, document)
        if mark
    }
    assert found == MARKED


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    from backend.platform.openapi import document as made  # beside its own name

    return json.loads(json.dumps(made([route for feature in FEATURES for route in feature.operations], "0")))


async def test_an_unmarked_field_refuses_them_with_its_name(
    hall: Hall, document: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """Every text field of every operation that keeps anything, one after the other; then everything written is searched."""
    hall.server.app[LIMITER].counts.limits = NO_LIMITS
    keeping = {f"{route.method} {route.path}" for feature in FEATURES for route in feature.operations if route.writes}
    conversation = await hall.conversation()
    case = (await hall.submitted(conversation)).id
    tried, wrong = 0, []
    async with hall.staff(*Role, units=("*",)) as everybody:
        callers = Callers(hall, everybody, conversation)
        for method, path, permission, schema in bodies(document):
            if f"{method} {path}" not in keeping:
                continue
            address = (
                path.replace("{id}", case if "cases" in path else conversation)
                .replace("{code}", "LJ-SY-001")
                .replace("{answer_id}", "Q001")
            )
            for part, value in (("{step}", "accept"), ("{version}", "1"), ("{material}", "x"), ("{year}", "2027")):
                address = address.replace(part, value)
            for place, mark, leaf in leaves(schema, document):
                if mark or leaf.get("maxLength", 99) < len(PHONE):
                    continue
                text = PLANTED if "pattern" not in leaf and leaf.get("maxLength", 999) >= len(PLANTED) else PHONE
                body = planted(example(schema, document), place, text, schema, document)
                status, answer = await callers.send(method, address, permission, body)
                tried += 1
                named = answer.get("type", "").endswith("text.personal") if isinstance(answer, dict) else False
                field = ".".join(part for part in place if part != "*")
                closed = "pattern" in leaf and status == 422
                if not (named and answer["field"] == field) and not closed:
                    wrong.append((method, path, place, status, answer))
    assert wrong == []
    assert tried > 40
    await hall.server.close()
    kept = written(hall) + capsys.readouterr().err.encode()
    for number in (PHONE, IDENTITY, CARD):
        assert number.encode() not in kept


async def test_marked_fields_keep_them_in_the_vault_or_nowhere(hall: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever types: citizen, assistant, clerk, editor, operator. Office telephones and hotlines stay readable."""
    hall.server.app[LIMITER].counts.limits = NO_LIMITS
    conversation = await hall.conversation()
    async with AsyncExitStack() as stack:
        everybody = await stack.enter_async_context(hall.staff(*Role, units=("*",)))
        operator = await stack.enter_async_context(hall.browser())
        token = (hall.settings.secrets / "operations.token").read_text()
        connectors = (hall.settings.secrets / "connectors.token").read_text()
        heard = {"confidence": 0.9, "alternatives": [PLANTED]}
        question = hall.key()
        for extra in ({"text": PLANTED, "recognised": heard}, {"choice": f"form_value:{PHONE}", "shown": PLANTED}):
            body = {"message_id": question if "text" in extra else hall.key(), **extra}
            address = f"/conversations/{conversation}/messages"
            status, message = await operator.post(address, body, Authorization=f"Bearer {connectors}")
            assert status == 201, message
            assert PHONE not in json.dumps(message)
        assert message["choice"].startswith("form_value:⟦phone:")
        rendering = {"web": {"text": PLANTED, "choices": [{"say": PLANTED, "choice": f"form_value:{PHONE}"}]},
                     "speech": PLANTED, "desk": {"card": None, "script": PLANTED}}  # fmt: skip
        reply = {"messages": [rendering], "expects": {"kind": "free"}, "catalogue_version": 1,
                 "understood": {"intent": "person", "outcome": "handover"}, "handover": {"reason": "person"}}  # fmt: skip
        made = await hall.connectors.part(ConversationsClient).add_reply(
            conversation, NewReply.model_validate({"in_reply_to": question, "reply": reply})
        )
        assert OFFICE in made.messages[0].text
        _, waiting = await everybody.get("/assistance")
        request = waiting["waiting"][0]["id"]
        await everybody.post(f"/assistance/{request}/take")
        assert (await everybody.post(f"/assistance/{request}/finish", {"note": PLANTED, "answer": PLANTED}))[0] == 200
        feedback = hall.assistant.part(FeedbackClient)
        new = NewFeedback(kind=FeedbackKind.COMPLAINT, text=PLANTED)
        number = (await feedback.register(conversation, new, key=hall.key())).number
        await feedback.rate(conversation, NewRating(level=1, reasons=("other",), text=PLANTED), key=hall.key())
        status, answered = await everybody.post(f"/feedback/{number}/answer", {"answer": PLANTED})
        assert status == 200, answered
        assert PHONE not in json.dumps(answered)

        cases = hall.assistant.part(CasesClient)
        case = await hall.draft(conversation)
        answer = DraftAnswer(field="last_employer", value=PLANTED)
        with pytest.raises(BackendProblem, match=r"field\.employer"):  # the name of an employer holds nobody's number
            await cases.answer(case.id, answer, conversation=conversation, key=hall.key())
        await cases.submit(case.id, conversation=conversation, key=hall.key())
        await marks(everybody, case.id, "id_card", "received")
        line = {"name": PLANTED, "why": PLANTED, "how": PLANTED}
        told = {"note": PLANTED, "lines": [line], "until": "2026-12-01"}
        status, asked = await everybody.post(f"/cases/{case.id}/steps/request_supplement", told)
        assert status == 200, asked
        await does(everybody, case.id, "receive_supplement")
        status, asked = await does(everybody, case.id, "request_supplement", **told, why_again=PLANTED)
        assert status == 200, asked
        line = asked["supplement"][0]
        assert "139****0007" in asked["history"][-1]["why_again"]
        for text in (asked["history"][-1]["note"], line["name"], line["why"], line["how"]):
            assert "139****0007" in text
            assert OFFICE in text
            assert "⟦" not in text
        said = await cases.state(case.id, NewStatement(text=PLANTED), conversation=conversation, key=hall.key())
        assert "139****0007" in said.statements[0].text
        assert OFFICE in said.statements[0].text
        status, work = await everybody.post(f"/cases/{case.id}/notes", {"text": PLANTED})
        assert status in {200, 201}, work
        assert OFFICE in work["notes"][0]["text"]
        assert "139****0007" in work["notes"][0]["text"]
        for number in (PHONE, IDENTITY):
            status, _ = await everybody.post("/cases/search", {"q": number})
            assert status == 200
        purpose = {"fields": ["phone"], "purpose": PLANTED}
        assert (await everybody.post(f"/cases/{case.id}/unmask", purpose))[0] == 200
        acting = {"Authorization": f"Bearer {token}"}
        for number, whose in ((ID_NUMBER, 200), (IDENTITY, 404)):  # an applicant; somebody who is only mentioned
            person = {"identifier": number, "purpose": PLANTED}
            assert (await operator.post("/persons/export", person, **acting))[0] == whose
        teach = {"kind": "item", "target": "LJ-SY-001", "text": PLANTED[:200]}
        status, problem = await everybody.post("/understanding/taught", teach)
        assert (status, problem["field"]) == (422, "text")
        assert (await everybody.post("/understanding/decisions", {"text": PLANTED, "decision": "leave"}))[0] == 204
        await everybody.get(f"/audit?subject={PHONE}&number={PHONE}&by={IDENTITY}")
        await everybody.post("/staff/session", {"username": PHONE, "password": CARD, "code": PHONE[:10]})
        _, trail = await everybody.get("/audit?action=case.unmasked")
        assert OFFICE in trail["entries"][0]["purpose"]
    await hall.server.close()
    kept = written(hall) + capsys.readouterr().err.encode()
    for number in (PHONE, IDENTITY, CARD):
        assert number.encode() not in kept


@pytest.mark.parametrize("number", [PHONE, IDENTITY, CARD, f"+86 {PHONE}", "139 0000 0007"])
async def test_public_content_refuses_a_person_s_number_and_keeps_the_office_s(hall: Hall, number: str) -> None:
    """An emergency notice, a reason in the calendar: the field is named; the telephone of an office stays."""
    switch = {"kind": "notice", "target": "all", "sentence": f"停电，急事打{number}"}
    async with hall.staff(Role.HALL_MANAGER) as manager:
        status, problem = await manager.post("/switches", switch)
        assert (status, problem["field"]) == (422, "sentence")
        assert problem["detail"].startswith("「要说的话」里有")
        status, _ = await manager.post("/switches", {**switch, "sentence": f"停电，急事打{OFFICE}或12333、12345"})
        assert status == 200


def test_nothing_delivered_would_be_refused() -> None:
    """The catalogue as it is holds no number that an editor could not save again."""
    found = [
        (item.code, one.verdict.kind)
        for item in edition().items.values()
        for one in find_personal(to_yaml([item.item]))
    ]
    assert found == []


async def test_a_number_in_a_button_that_grows_too_long_is_refused(hall: Hall) -> None:
    """Its placeholder is longer than itself; the field is named, nothing is stored."""
    conversation = await hall.conversation()
    long = NewMessage.model_validate({"message_id": hall.key(), "choice": f"form_value:{'长' * 178}{PHONE}"})
    with pytest.raises(BackendProblem) as refused:
        await hall.connectors.part(ConversationsClient).add_message(conversation, long)
    assert (refused.value.problem.status, refused.value.problem.field) == (422, "choice")
