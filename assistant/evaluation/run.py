"""Ask the assistant every question of a file, each in a conversation of its own, and write the report."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.actions.backend import use
from assistant.evaluation.printing import lines
from assistant.evaluation.report import KEPT_FOLDER, keep, make_report, read_report
from assistant.evaluation.scoring import Question, Result
from assistant.settings import Settings
from assistant.training import model_path, prepare_rasa
from assistant.understanding.index_holder import HOLDER
from backend.client import BackendClient
from backend.client.catalogue import CatalogueClient
from backend.client.conversations import ConversationsClient
from backend.contracts.conversations import NewConversation
from backend.contracts.evaluation import EvaluationReport
from backend.contracts.replies import Reply
from backend.contracts.turns import Turn


def evaluate(file: Path, out: Path, settings: Settings, before: Path | None = None) -> Iterator[str]:
    """Lines to print; the report is written to ``out``. Needs a running backend. Raises UnreadableReport for ``before``."""
    earlier = None if before is None else read_report(before)
    questions = [Question.model_validate_json(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    results = asyncio.run(_ask_all(questions, settings))
    report = make_report(list(zip(questions, results, strict=True)))
    out.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
    read = EvaluationReport.model_validate(report)
    keep(read, settings.models.resolve().parent / KEPT_FOLDER)
    index = HOLDER.current
    names = {code: entry.plain_name for code, entry in index.entries.items()} | dict(index.topics)
    yield from lines(read, names, earlier)


async def _ask_all(questions: list[Question], settings: Settings) -> list[Result]:
    prepare_rasa()
    from assistant.actions.executor import make_executor
    from assistant.engine import Engine

    backend = BackendClient(settings.backend_url, settings.token("assistant"))
    connectors = BackendClient(settings.backend_url, settings.token("connectors"))
    use(backend)
    index = await backend.part(CatalogueClient).index()
    if index is not None:
        HOLDER.swap(index)
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(model_path(settings.models), Path(scratch) / "tracker.db", make_executor())
        results = [await _ask(engine, connectors, question, number) for number, question in enumerate(questions)]
    await backend.close()
    await connectors.close()
    return results


async def _ask(engine: Any, connectors: BackendClient, question: Question, number: int) -> Result:
    conversation = await connectors.part(ConversationsClient).open(
        NewConversation(channel="web"), key=f"evaluate-{number}"
    )
    turn = Turn(message_id=f"evaluate-{number:06d}", seq=1, channel="web", text=question.text)
    reply: Reply = await engine.turn(conversation.id, turn)
    understood = reply.understood
    return Result(
        id=question.id,
        text=question.text,
        intent=understood.intent,
        item=understood.item,
        item_name=understood.item_name,
        topic=understood.topic,
        confidence=understood.confidence,
        alternatives=understood.alternatives,
        outcome=understood.outcome,
        reply="\n\n".join(message.web.text for message in reply.messages),
    )
