"""Dialogues as data (tests/dialogues): what is said, what is understood, the reply or what it tells, what is stored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select

from backend.client.cases import CasesClient
from backend.contracts.replies import Reply
from backend.one_window.notices.models import IssuedNotice
from backend.platform.http import DATABASE
from tests.assistant.statements import DONE, WORD_FOR_WORD, is_complete, stated
from tests.assistant.statements import recorded as as_recorded
from tests.assistant.talk import Talk, shown

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOLDER = Path(__file__).parents[1] / "dialogues"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
RECORD = os.environ.get("DAOBAN_RECORD") == "1"


def _dialogues() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for dialogue in _read(path):
            yield pytest.param(path, dialogue, id=f"{path.stem}:{dialogue['name']}")


@pytest.fixture(scope="module")
def recorded() -> Iterator[list[tuple[Path, dict[str, Any]]]]:
    """What was recorded in this run; written at its end, each file once."""
    found: list[tuple[Path, dict[str, Any]]] = []
    yield found
    for path in {path for path, _ in found}:
        _record(path, {actual["name"]: actual for where, actual in found if where == path})


@pytest.mark.parametrize(("path", "dialogue"), _dialogues())
async def test_dialogue(
    talk: Talk, path: Path, dialogue: dict[str, Any], recorded: list[tuple[Path, dict[str, Any]]]
) -> None:
    """The whole reply is as agreed, word for word, or tells what was agreed."""
    if dialogue.get("phones"):
        talk.with_messages_to_phones()
    for _ in range(int(dialogue.get("begun_elsewhere", 0))):
        await talk.hall.submitted(await talk.hall.conversation())
    happened = [await _happens(talk, turn) for turn in dialogue["turns"]]
    about = {name: dialogue[name] for name in ("name", "phones", "begun_elsewhere") if name in dialogue}
    stored = await _stored(talk)
    if RECORD and _incomplete(dialogue):
        turns = [
            {**_said(turn), **as_recorded(turn, found)} for turn, found in zip(dialogue["turns"], happened, strict=True)
        ]
        recorded.append((path, {**about, "turns": turns, "stored": stored}))
        return
    for turn, found in zip(dialogue["turns"], happened, strict=True):
        assert stated(turn, found) == turn
    assert {name: stored[name] for name in dialogue["stored"]} == dialogue["stored"]


def test_every_dialogue_is_complete() -> None:
    """A dialogue says what it expects of every turn: the understanding, the reply or what it tells, what is stored."""
    names: set[str] = set()
    for parameters in _dialogues():
        dialogue = parameters.values[1]
        assert not _incomplete(dialogue), parameters.id
        assert dialogue["name"] not in names, parameters.id
        names.add(dialogue["name"])


def _said(turn: dict[str, Any]) -> dict[str, Any]:
    return {name: turn[name] for name in DONE if name in turn}


def _incomplete(dialogue: dict[str, Any]) -> bool:
    return "stored" not in dialogue or not all(is_complete(turn) for turn in dialogue["turns"])


async def _happens(talk: Talk, turn: dict[str, Any]) -> dict[str, Any]:
    talk.hall.clock.move(
        timedelta(seconds=turn.get("seconds", 60))
    )  # people take their time; what is newest first has an order
    if "minutes" in turn:
        talk.hall.clock.move(timedelta(minutes=turn["minutes"]))
        return {}
    if "clerk" in turn:
        await talk.clerk(**turn["clerk"])
        return {}
    reply = await (talk.say(talk.filled(turn["say"])) if "say" in turn else talk.press(turn["press"]))
    wanted = {WORD_FOR_WORD.get(name, name) for name in turn}
    found = _as_data(reply)
    return {name: found[name] for name in found if name in wanted or name in {"understood", "reply", "buttons"}}


def _as_data(reply: Reply) -> dict[str, Any]:
    understood = reply.understood
    return {
        "understood": {"intent": understood.intent, "item": understood.item, "outcome": str(understood.outcome)},
        "reply": shown(reply),
        "buttons": [choice.say for message in reply.messages for choice in message.web.choices],
        "speech": " ".join(message.speech for message in reply.messages),
        "desk": " ".join(message.desk.script for message in reply.messages),
        "expects": reply.expects.kind,
        "card": next((m.web.card.kind for m in reply.messages if m.web.card), None),
        "handover": None if reply.handover is None else reply.handover.reason,
    }


async def _stored(talk: Talk) -> dict[str, Any]:
    async with talk.hall.server.app[DATABASE].read() as session:
        notices = await session.scalar(select(func.count()).select_from(IssuedNotice))
    cases = await talk.hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    return {"notices": notices, "cases": [str(case.state) for case in cases]}


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, Chinese as it is."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def _read(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.load(path.read_text("utf-8"), Loader=LOADER)  # noqa: S506  # safe loader, C speed
    return found


def _record(path: Path, actual: dict[str, dict[str, Any]]) -> None:
    dialogues = [actual.get(dialogue["name"], dialogue) for dialogue in _read(path)]
    text = yaml.dump(dialogues, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(text, "utf-8")
