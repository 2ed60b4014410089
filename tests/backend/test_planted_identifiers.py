"""Numbers of people, spelt in two hundred ways, told wherever something can be told: none is left outside the vault."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from assistant.evaluation.report import make_report
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.contracts.cases import DraftAnswer, NewCase
from backend.contracts.conversations import NewMessage, NewReply
from backend.contracts.replies import Outcome
from backend.language.digit_runs import digit_runs
from backend.limiting.counting import RateLimits
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.writing import to_yaml
from backend.platform.permissions import Role
from backend.platform.rate_limits import LIMITER
from tests.backend.counter import marks
from tests.conftest import APPLICATION, ID_NUMBER, PHONE, Hall
from tests.own_ids import without_own_ids
from tests.reports import asked, made

SEPARATORS = ("", " ", "\u00a0", "\u3000", "–", "  ", "-", "_", "/", "、", "·", "\n", "，", " - ")
GROUPINGS = {
    ID_NUMBER: ((6, 8, 4), (6, 4, 4, 4), (2,) * 9, (4, 4, 4, 4, 2)),
    PHONE: ((3, 4, 4), (4, 4, 3), (3, 2, 2, 2, 2)),
}
A_FEW = 7
A_MINUTE = 15
"""Messages in one conversation."""
SCRIPTS = ("0123456789", "零一二三四五六七八九", "０１２３４５６７８９", "Ol23456789")
"""The last one as people type it who find no difference."""
NO_LIMITS = RateLimits(**dict.fromkeys(RateLimits.model_fields, 0))


def spellings() -> list[tuple[str, str]]:
    """(number, how it is written): every grouping with every separator in every script, 200 and more."""
    made = []
    for number, groupings in GROUPINGS.items():
        for grouping, separator, script in product(groupings, SEPARATORS, SCRIPTS):
            starts = [sum(grouping[:at]) for at in range(len(grouping))]
            groups = [number[start : start + size] for start, size in zip(starts, grouping, strict=True)]
            made.append((number, separator.join(groups).translate(str.maketrans("0123456789", script))))
    return sorted(set(made))


def figures(text: str) -> Iterator[str]:
    """The joined digits of each run."""
    for run in digit_runs(text):
        yield "".join(group.digits for group in run)


def leaks(text: str) -> list[str]:
    """Numbers that stand in a text however they are written, and tails of them."""
    written = [*figures(text), *figures(text.replace("\\n", "\n"))]
    return [number for number in (ID_NUMBER, PHONE) if any(number[-8:] in run for run in written)]


def cells(path: Path) -> Iterator[tuple[str, str]]:
    """(table, what is written) of every row of a database, JSON unescaped."""
    with sqlite3.connect(path) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608  # names are the database's own
                for cell in row:
                    if isinstance(cell, str):
                        yield table, without_own_ids(_unescaped(cell))


def _unescaped(cell: str) -> str:
    try:
        return json.dumps(json.loads(cell), ensure_ascii=False)
    except ValueError:
        return cell


async def asked_for_a_number(hall: Hall, conversation: str, left: int = 18) -> None:
    """The assistant's last word is a question for an identity number, of which ``left`` figures are lacking."""
    said = NewMessage(message_id=hall.key(), text="我要办失业金")
    await hall.connectors.part(ConversationsClient).add_message(conversation, said)
    reply = {
        "messages": [{"web": {"text": "请写号码"}, "speech": "请写号码", "desk": {"script": "请写号码"}}],
        "expects": {"kind": "digits", "digits": {"of": "id", "length": left}},
        "understood": {"intent": "start_case", "outcome": "clarify"},
        "catalogue_version": 1,
    }
    await hall.connectors.part(ConversationsClient).add_reply(
        conversation, NewReply.model_validate({"in_reply_to": said.message_id, "reply": reply})
    )


def test_there_are_two_hundred_spellings() -> None:
    """And every one of them is a leak where it is not hidden: the search below sees them."""
    assert len(spellings()) >= 200
    assert [written for number, written in spellings() if number not in leaks(written)] == []


async def searched(hall: Hall, capfd: pytest.CaptureFixture[str]) -> None:
    """Close the hall and search logs, tables and files."""
    await hall.server.close()
    log = capfd.readouterr()
    assert leaks(log.out + log.err) == []
    assert [(table, leaks(cell)) for table, cell in cells(hall.settings.data / "daoban.db") if leaks(cell)] == []
    files = [path for path in hall.settings.data.rglob("*") if path.is_file()]
    assert [path for path in files if any(number.encode() in path.read_bytes() for number in (ID_NUMBER, PHONE))] == []


async def test_nothing_is_left_of_a_number_typed_at_the_counter(hall: Hall, capfd: pytest.CaptureFixture[str]) -> None:
    """Every field of a form, the note of a case, reasons, a supplement's lines, a search, the purpose of an unmasking."""
    hall.server.app[LIMITER].counts.limits = NO_LIMITS
    async with hall.staff() as clerk:
        _, case = await clerk.post("/cases/at-counter", {"item": "LJ-SY-001", "situation": {"by_proxy": False}})
        draft = f"/cases/{case['id']}/draft"
        for number, written in spellings()[::2]:
            field = "id_number" if number == ID_NUMBER else "phone"
            status, filled = await clerk.send("PATCH", draft, {"field": field, "value": written})
            assert status == 200, (written, filled)
            told = {"field": "last_employer", "value": f"古城酒店，{written}。"}
            status, filled = await clerk.send("PATCH", draft, told)
            kept = [one["value"] for one in filled.get("fields", []) if one["id"] == "last_employer"]
            # the name of an employer holds nobody's number: it is refused, or the name alone is kept
            assert (status, kept) in [(422, []), (200, ["古城酒店"])], written
            assert (await clerk.post("/cases/search", {"q": written}))[0] in {200, 422}
        for part in ("530799", "1990 0307", "oo18"):  # at the counter a number is written whole
            assert (await clerk.send("PATCH", draft, {"field": "id_number", "value": part}))[0] == 422
        for name, value in APPLICATION.items():
            await clerk.send("PATCH", draft, {"field": name, "value": value})
        status, done = await clerk.post(f"/cases/{case['id']}/steps/submit", {})
        assert status == 200, done
        for at, (_, written) in enumerate(spellings()):
            if at % A_FEW == 0:
                text = f"本人的号码{written}。"
                assert (await clerk.post(f"/cases/{case['id']}/notes", {"text": text}))[0] in {200, 201}
                await clerk.post(f"/cases/{case['id']}/unmask", {"fields": ["phone"], "purpose": text})
        await marks(clerk, case["id"], "id_card", "received")
        line = {name: f"号码{spellings()[0][1]}" for name in ("name", "why", "how")}
        request = {"note": f"请补{spellings()[-1][1]}", "lines": [line], "until": "2026-12-01"}
        status, asked = await clerk.post(f"/cases/{case['id']}/steps/request_supplement", request)
        assert status == 200, asked
        assert leaks(json.dumps(asked, ensure_ascii=False)) == []
    await searched(hall, capfd)


async def test_nothing_is_left_of_a_number_in_what_is_learnt_from(
    hall: Hall, capfd: pytest.CaptureFixture[str]
) -> None:
    """Refused with the field named, or left out: questions to teach, decisions, content, a request for data, a report."""
    hall.server.app[LIMITER].counts.limits = NO_LIMITS
    operations = (hall.settings.secrets / "operations.token").read_text()
    async with hall.staff(*Role, units=("*",)) as everybody, hall.browser() as operator:
        for _, written in spellings()[::2]:
            text = f"我的号码{written}要不要紧"
            body = {"kind": "item", "target": "LJ-SY-001", "text": text}
            status, problem = await everybody.post("/understanding/taught", body)
            assert (status, problem["field"]) == (422, "text"), written
            assert (await everybody.post("/understanding/decisions", {"text": text, "decision": "leave"}))[0] == 204
            status, problem = await everybody.post("/switches", {"kind": "notice", "target": "all", "sentence": text})
            assert (status, problem["field"]) == (422, "sentence"), written
        for number, written in (spellings()[0], spellings()[-1]):
            body = {"identifier": number, "purpose": f"本人{written}来申请"}
            assert (await operator.post("/persons/export", body, Authorization=f"Bearer {operations}"))[0] == 404
    await _reports(hall)
    await searched(hall, capfd)


async def test_nothing_is_left_of_a_number_in_what_is_brought_in_or_edited(
    hall: Hall, capfd: pytest.CaptureFixture[str]
) -> None:
    """Items as YAML, materials as CSV, an item in the editor, the name of a report's file: refused with the field named."""
    hall.server.app[LIMITER].counts.limits = NO_LIMITS
    item = next(iter(edition().items.values())).item
    async with hall.staff(*Role, units=("*",)) as everybody:
        for _, written in spellings()[:: A_FEW * A_FEW]:
            note = f"打{written}问"
            for kind, text in (
                ("yaml", to_yaml([item.model_copy(update={"notes": (note,)})])),
                ("csv", f"code,name\n{item.code},{note}"),
            ):
                body = {"kind": kind, "text": text}
                status, problem = await everybody.post("/catalogue/editor/import", body)
                assert (status, problem["field"]) == (422, "text"), (kind, written)
            status, _ = await everybody.post("/understanding/reports", {"name": note, "text": "{}"})
            assert status == 422, written
    await searched(hall, capfd)


async def test_nothing_is_left_of_a_number_told_in_parts(hall: Hall, capfd: pytest.CaptureFixture[str]) -> None:
    """Each part alone is kept as the whole would be, in the messages and in the draft."""
    mine = await hall.conversation()
    case = await hall.assistant.part(CasesClient).start(NewCase(item="LJ-SY-001"), conversation=mine, key=hall.key())
    left = len(ID_NUMBER)
    for part in ("530799", "19900307", "OO18"):
        await asked_for_a_number(hall, mine, left)
        text = await hall.say(mine, part)
        assert text.startswith("⟦number:"), part
        answer = DraftAnswer(field="id_number", value=text, in_parts=True)
        case = await hall.assistant.part(CasesClient).answer(case.id, answer, conversation=mine, key=hall.key())
        left -= len(part)
    shown = next(field for field in case.fields if field.id == "id_number")
    assert (shown.value, shown.figures) == ("530***********0018", 0)
    await hall.server.close()
    log = capfd.readouterr()
    for part in ("530799", "19900307", "0018", "OO18"):
        assert part not in without_own_ids(log.out + log.err)
        told = [table for table, cell in cells(hall.settings.data / "daoban.db") if part in cell]
        masked = {"vault_entries", "idempotency_keys"} if part == "0018" else set()
        assert set(told) <= masked, part


async def test_nothing_is_left_of_a_number_told(hall: Hall, capfd: pytest.CaptureFixture[str]) -> None:
    """Chat, form, answers to a question for a number, an imported report: files, logs and all tables are searched."""
    conversation = await hall.conversation()
    for at, (_, written) in enumerate(spellings()):
        if at % A_MINUTE == 0:  # nobody may say more in one conversation
            conversation = await hall.conversation()
        await hall.say(conversation, f"我的号码{written}。" if at % 2 else written)
    conversation = await hall.conversation()
    await asked_for_a_number(hall, conversation)
    await hall.say(conversation, ID_NUMBER[:9])
    mine = await hall.conversation()
    case = await hall.assistant.part(CasesClient).start(NewCase(item="LJ-SY-001"), conversation=mine, key=hall.key())
    for field_id, number, written in (
        ("id_number", ID_NUMBER, "53 07 99–1990、0307\u3000００18"),
        ("phone", PHONE, "138/0000／0001"),
    ):
        text = await hall.say(mine, written)
        case = await hall.assistant.part(CasesClient).answer(
            case.id, DraftAnswer(field=field_id, value=text), conversation=mine, key=hall.key()
        )
        shown = next(field.value for field in case.fields if field.id == field_id)
        assert shown is not None
        assert (shown[:3], shown[-4:]) == (number[:3], number[-4:])
    await _reports(hall)
    await searched(hall, capfd)
    assert ID_NUMBER[:9] not in "".join(cell for _, cell in cells(hall.settings.data / "daoban.db"))


async def _reports(hall: Hall) -> None:
    """The one import of texts: a report of an evaluation."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        questions = [
            asked(at, f"我的号码{written}要不要紧", "unemployment", "LJ-SY-001")
            for at, (_, written) in enumerate(spellings())
        ]
        pairs = [(one, made(one, Outcome.NOT_UNDERSTOOD, None, None)) for one in questions]
        report = make_report(pairs)
        text = json.dumps(report, ensure_ascii=False)
        status, answer = await editor.post("/understanding/reports", {"name": "号码", "text": text})
        assert status == 201, answer
