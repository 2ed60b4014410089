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
from backend.platform.permissions import Role
from tests.conftest import ID_NUMBER, PHONE, Hall
from tests.reports import asked, made

SEPARATORS = ("", " ", "\u00a0", "\u3000", "–", "  ", "-", "_", "/", "、", "·", "\n", "，", " - ")
GROUPINGS = {
    ID_NUMBER: ((6, 8, 4), (6, 4, 4, 4), (2,) * 9, (4, 4, 4, 4, 2)),
    PHONE: ((3, 4, 4), (4, 4, 3), (3, 2, 2, 2, 2)),
}
A_MINUTE = 15
"""Messages in one conversation."""
SCRIPTS = ("0123456789", "零一二三四五六七八九", "０１２３４５６７８９")


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
                        yield table, _unescaped(cell)


def _unescaped(cell: str) -> str:
    try:
        return json.dumps(json.loads(cell), ensure_ascii=False)
    except ValueError:
        return cell


async def asked_for_a_number(hall: Hall, conversation: str) -> None:
    """The assistant's last word is a question for an identity number."""
    said = NewMessage(message_id=hall.key(), text="我要办失业金")
    await hall.connectors.part(ConversationsClient).add_message(conversation, said)
    reply = {
        "messages": [{"web": {"text": "请写号码"}, "speech": "请写号码", "desk": {"script": "请写号码"}}],
        "expects": {"kind": "digits", "digits": {"of": "id", "length": 18}},
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
    await hall.server.close()
    log = capfd.readouterr()
    assert leaks(log.out + log.err) == []
    assert [(table, leaks(cell)) for table, cell in cells(hall.settings.data / "daoban.db") if leaks(cell)] == []
    assert ID_NUMBER[:9] not in "".join(cell for _, cell in cells(hall.settings.data / "daoban.db"))
    files = [path for path in hall.settings.data.rglob("*") if path.is_file()]
    assert [path for path in files if any(number.encode() in path.read_bytes() for number in (ID_NUMBER, PHONE))] == []


async def _reports(hall: Hall) -> None:
    """The one import of texts: a report of an evaluation."""
    async with hall.staff(Role.CONTENT_EDITOR) as editor:
        questions = [
            asked(at, f"我的号码{written}要不要紧", "unemployment", "LJ-SY-001")
            for at, (_, written) in enumerate(spellings())
        ]
        pairs = [(one, made(one, Outcome.NOT_UNDERSTOOD, None, None)) for one in questions]
        text = json.dumps(make_report(pairs), ensure_ascii=False)
        status, answer = await editor.post("/understanding/reports", {"name": "号码", "text": text})
        assert status == 201, answer
