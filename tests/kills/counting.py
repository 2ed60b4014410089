"""What is in the database after the kills, held against what was played: nothing lost, nothing doubled."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backend.contracts.cases import CaseStep
from backend.one_window.cases.events import STEPS
from tests.kills.playing import Played


@dataclass(slots=True)
class Count:
    """How much there is, and what is wrong with it, one line each."""

    cases: int = 0
    messages: int = 0
    """Citizens' messages."""
    replies: int = 0
    events: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)

    def compare(self, what: str, expected: Iterable[Any], found: Iterable[Any]) -> None:
        """Note what is missing and what is there too often."""
        wanted, there = Counter(expected), Counter(found)
        self.lost += [f"{what}: {thing}" for thing in (wanted - there).elements()]
        self.doubled += [f"{what}: {thing}" for thing in (there - wanted).elements()]


def count(database: Path, played: list[Played]) -> Count:
    """Count everything in a data folder's database, opened read-only."""
    found = Count()
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as store:
        store.row_factory = sqlite3.Row
        ours = [_conversation(store, one) for one in played]
        found.compare("conversation with a case", range(len(played)), [i for i, c in enumerate(ours) if c])
        for one, conversation in zip(played, ours, strict=True):
            _count_case(store, one, conversation, found)
            _count_messages(store, one, conversation, found)
        ids = [row["id"] for row in store.execute("SELECT id FROM events ORDER BY id")]
        found.events = len(ids)
        found.compare("event id", range(1, max(ids) + 1), ids)
        begun = "SELECT id FROM cases WHERE conversation NOT IN (SELECT conversation_id FROM messages WHERE message_id LIKE 'demo-%')"
        found.cases = len(store.execute(begun).fetchall())
        found.compare("case begun", range(len(played)), range(found.cases))
        _count_numbers(store, found)
        waiting = store.execute("SELECT message_id FROM messages WHERE NOT answered").fetchall()
        found.lost += [f"unanswered: {row['message_id']}" for row in waiting]
    return found


def _conversation(store: sqlite3.Connection, one: Played) -> str:
    row = store.execute("SELECT conversation FROM cases WHERE number = ?", (one.number,)).fetchone()
    return "" if row is None else str(row["conversation"])


def _count_case(store: sqlite3.Connection, one: Played, conversation: str, found: Count) -> None:
    """One case, each step once and in order, one event each, every answer as it was given."""
    cases = store.execute("SELECT * FROM cases WHERE conversation = ?", (conversation,)).fetchall()
    found.compare(f"case of {one.number}", [one.script.item], [case["item"] for case in cases])
    for case in cases[:1]:
        query = "SELECT step FROM case_steps WHERE case_id = ? ORDER BY id"
        steps = [row["step"] for row in store.execute(query, (case["id"],))]
        found.compare(f"step of {one.number}", enumerate(one.script.done), enumerate(steps))
        kinds = [
            row["kind"] for row in store.execute("SELECT kind FROM events WHERE subject = ?", (f"case:{case['id']}",))
        ]
        found.compare(
            f"event of {one.number}", ["case.drafted", *(STEPS[CaseStep(step)].name for step in one.script.done)], kinds
        )
        kept = {name: answer["value"] for name, answer in json.loads(case["answers"]).items()}
        told = {name: kept.get(name) for name in one.script.answers}
        found.compare(f"answer of {one.number}", one.script.answers.items(), told.items())


def _count_messages(store: sqlite3.Connection, one: Played, conversation: str, found: Count) -> None:
    """Sequence numbers without gaps, each message once and answered once; what the browser saw is what is kept."""
    query = "SELECT * FROM messages WHERE conversation_id = ? ORDER BY seq"
    rows = store.execute(query, (conversation,)).fetchall()
    what = f"message of {one.number}"
    last = store.execute("SELECT last_seq FROM conversations WHERE id = ?", (conversation,)).fetchone()
    found.compare(f"{what}, number", range(1, (last["last_seq"] if last else 0) + 1), [row["seq"] for row in rows])
    said = [row["message_id"] for row in rows if row["sender"] == "citizen"]
    found.messages += len(said)
    found.compare(f"{what}, said", range(one.script.count("say", "choose")), range(len(set(said))))
    found.compare(f"{what}, told by the hall", range(one.script.count("clerk")), range(_sent_by(rows, "system")))
    answered = [row["in_reply_to"] for row in rows if row["sender"] == "assistant"]
    found.replies += len(answered)
    found.compare(f"{what}, answered", set(said), set(answered))
    stored = {(row["seq"], row["message_id"]) for row in rows}
    shown = {(seq, message["message_id"]) for seq, message in one.someone.seen.items()}
    found.compare(f"{what}, shown and kept", shown, shown & stored)
    events = list(_message_events(store, conversation))
    found.compare(f"{what}, answer announced", range(len(said)), range(events.count("assistant")))
    found.compare(f"{what}, announced", range(len(said)), range(events.count("citizen")))


def _sent_by(rows: list[sqlite3.Row], sender: str) -> int:
    return sum(row["sender"] == sender for row in rows)


def _message_events(store: sqlite3.Connection, conversation: str) -> Iterator[str]:
    """Who spoke, one for each event of a stored message; replies are announced once, whatever they consist of."""
    query = "SELECT data FROM events WHERE kind = 'conversation.message_added' AND subject = ?"
    for row in store.execute(query, (f"conversation:{conversation}",)):
        yield json.loads(row["data"])["from"]


def _count_numbers(store: sqlite3.Connection, found: Count) -> None:
    """The numbers of a day's cases count up without gaps (core/numbering.py: kind, day, counter, check digit)."""
    days: dict[str, list[int]] = {}
    for row in store.execute("SELECT number FROM cases WHERE number IS NOT NULL"):
        days.setdefault(row["number"][:7], []).append(int(row["number"][7:11]))
    for day, counters in days.items():
        found.compare(f"case number of {day}", range(1, max(counters) + 1), counters)
