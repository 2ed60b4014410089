"""Ask the assistant every question of a file, each in a conversation of its own, and write the report."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.actions.backend import use
from assistant.evaluation.scoring import Question, Result, totals
from assistant.nlu.index_holder import HOLDER
from assistant.settings import Settings
from assistant.training import model_path, prepare_rasa
from assistant.wire import Reply, Turn
from backend.client import BackendClient, NewConversation

KEPT = Path("reports") / "understanding.json"
"""Where the figures (not the questions) are kept beside the models, for the back office."""
_SHOWN = (
    "topic_right",
    "item_first",
    "item_among_three",
    "answerable_answered",
    "answerable_not_handed_over",
    "confidently_wrong",
    "out_of_scope_taken_for_ours",
)


def evaluate(file: Path, out: Path, settings: Settings) -> Iterator[str]:
    """Lines to print; the report is written to ``out``. Needs a running backend."""
    questions = [Question.model_validate_json(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    results = asyncio.run(_ask_all(questions, settings))
    figures = totals(list(zip(questions, results, strict=True)))
    report = {"questions": [result.model_dump(mode="json") for result in results], "totals": figures}
    text = json.dumps(report, ensure_ascii=False, indent=1)
    out.write_text(text, "utf-8")
    kept = settings.models.resolve().parent / KEPT
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps({"totals": figures}, ensure_ascii=False), "utf-8")
    yield f"问了{len(questions)}个问题：{figures['outcomes']}"
    for name in _SHOWN:
        found = figures[name]
        if found["n"]:
            yield f"  {name:<28}{found['rate']:.1%}  [{found['low']:.1%}, {found['high']:.1%}]  n={found['n']}"
    for topic, found in figures["by_topic"].items():
        yield f"    {topic:<24}{found['rate']:.1%}  n={found['n']}"


async def _ask_all(questions: list[Question], settings: Settings) -> list[Result]:
    prepare_rasa()
    from assistant.actions.executor import make_executor
    from assistant.engine import Engine

    backend = BackendClient(settings.backend_url, settings.token("assistant"))
    connectors = BackendClient(settings.backend_url, settings.token("connectors"))
    use(backend)
    index = await backend.catalogue_index()
    if index is not None:
        HOLDER.swap(index)
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine(model_path(settings.models), Path(scratch) / "tracker.db", make_executor())
        results = [await _ask(engine, connectors, question, number) for number, question in enumerate(questions)]
    await backend.close()
    await connectors.close()
    return results


async def _ask(engine: Any, connectors: BackendClient, question: Question, number: int) -> Result:
    conversation = await connectors.open_conversation(NewConversation(channel="web"), key=f"evaluate-{number}")
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
