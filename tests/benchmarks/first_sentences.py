"""What the whole assistant does with the first sentence of a conversation: ``python -m tests.benchmarks.first_sentences``.

Asks the questions of ``questions/first_sentences.jsonl`` (written from the catalogue in eight hands), each in a conversation of
its own. ``choose`` is the half that margins are chosen on, ``report`` the other; only failures of the first are shown.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.actions.backend import use
from assistant.evaluation.scoring import OUT_OF_SCOPE, Question, Result, item_first
from assistant.semantics.vectors import VECTORS
from assistant.training import ROOT, prepare_rasa, train
from assistant.understanding.index_holder import HOLDER
from backend.client.catalogue import CatalogueClient
from backend.client.conversations import ConversationsClient
from backend.contracts.conversations import NewConversation
from backend.contracts.replies import Outcome
from backend.contracts.turns import Turn
from backend.migrations import migrate
from backend.platform.clock import SetClock
from backend.settings import Settings
from backend.telemetry.logs import configure_logs
from tests.conftest import MONDAY_MORNING, Hall, running_hall

FILE = Path(__file__).parent / "questions" / "first_sentences.jsonl"
OVERVIEW = "想知道什么，点下面"
"""In the reply that tells an item as a whole."""
KINDS = ("answered", "overview", "other item", "list with", "list without", "not understood", "turned away")


class FirstSentence(Question):
    """A question with the hand that wrote it, whether it asks something definite, and its half."""

    hand: str
    asks: str
    half: str


def kind_of(question: FirstSentence, result: Result) -> str:
    """What became of a question of ours, by its name in ``KINDS``; of another office's: told as such or not."""
    if question.topic == OUT_OF_SCOPE:
        return "taken for ours" if result.outcome in {Outcome.ANSWERED, Outcome.CLARIFY} else "told whose"
    if result.outcome is Outcome.ANSWERED:
        if not item_first(question, result):
            return "other item"
        return "overview" if OVERVIEW in result.reply else "answered"
    if result.outcome is Outcome.CLARIFY:
        codes = [result.item, *(one.item for one in result.alternatives)]
        return "list with" if set(codes[:4]) & set(question.item_codes) else "list without"
    return "turned away" if result.outcome is Outcome.NOT_OURS else "not understood"


async def _results(questions: Sequence[FirstSentence]) -> list[tuple[Result, float]]:
    prepare_rasa()
    from assistant.actions.executor import make_executor
    from assistant.engine import Engine

    models = ROOT / "var" / "test_models"
    model = train(models, print, if_changed=True)
    VECTORS.keep_in(models)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        migrate(f"sqlite+aiosqlite:///{folder / 'daoban.db'}")
        settings = Settings.from_environment({"DAOBAN_DATA": str(folder)})
        async with running_hall(settings, SetClock(MONDAY_MORNING)) as hall:
            use(hall.assistant)
            index = await hall.assistant.part(CatalogueClient).index()
            assert index is not None
            HOLDER.swap(index)
            engine = Engine(model, folder / "tracker.db", make_executor())
            return [await _asked(hall, engine, question) for question in questions]


async def _asked(hall: Hall, engine: object, question: FirstSentence) -> tuple[Result, float]:
    opened = await hall.connectors.part(ConversationsClient).open(NewConversation(channel="web"), key=question.id)
    turn = Turn(message_id=f"{question.id}-1", seq=1, channel="web", text=question.text)
    began = time.process_time()
    await engine.parse(question.text)  # type: ignore[attr-defined]
    took = time.process_time() - began
    reply = await engine.turn(opened.id, turn)  # type: ignore[attr-defined]
    told = reply.understood
    return Result(
        id=question.id, text=question.text, intent=told.intent, item=told.item, item_name=told.item_name,
        topic=told.topic, confidence=told.confidence, alternatives=told.alternatives, outcome=told.outcome,
        reply="\n\n".join(message.web.text for message in reply.messages),
    ), took  # fmt: skip


def _table(rows: Sequence[tuple[FirstSentence, Result]]) -> Iterator[str]:
    ours = [(q, r) for q, r in rows if q.topic != OUT_OF_SCOPE]
    others = Counter(kind_of(q, r) for q, r in rows if q.topic == OUT_OF_SCOPE)
    yield f"{'':10}{'n':>5}" + "".join(f"{kind:>16}" for kind in KINDS)
    for hand in ("all", *dict.fromkeys(q.hand for q, _ in ours)):
        counted = Counter(kind_of(q, r) for q, r in ours if hand in {"all", q.hand})
        yield f"{hand:10}{counted.total():>5}" + "".join(f"{counted[kind]:>16}" for kind in KINDS)
    definite = Counter(kind_of(q, r) for q, r in ours if q.asks == "definite")
    yield f"{'definite':10}{definite.total():>5}" + "".join(f"{definite[kind]:>16}" for kind in KINDS)
    yield f"others' matters: {dict(others)}"


def main() -> None:
    """Print a table a half, and what went wrong in the first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=("choose", "report"), help="only this half")
    parser.add_argument("--out", type=Path, help="a file for the results of the half that is chosen on")
    parser.add_argument("--show", action="store_true", help="what went wrong in the half that is chosen on")
    options = parser.parse_args()
    configure_logs(json=True)
    questions = [FirstSentence.model_validate_json(line) for line in FILE.read_text("utf-8").splitlines()]
    questions = [question for question in questions if options.half in {None, question.half}]
    found = asyncio.run(_results(questions))
    rows = [(question, result) for question, (result, _) in zip(questions, found, strict=True)]
    for half in ("choose", "report"):
        part = [(q, r) for q, r in rows if q.half == half]
        if part:
            print(half, *_table(part), sep="\n")
    times = np.array([took for _, took in found]) * 1000
    print(f"parsing: {times.mean():.1f} ms of processor on average, p95 {np.percentile(times, 95):.1f}")
    chosen = [(q, r) for q, r in rows if q.half == "choose"]
    if options.show:
        for q, r in chosen:
            if (kind := kind_of(q, r)) not in {"answered", "told whose"}:
                print(f"\n[{kind}; {q.asks}] {q.id} {q.item_codes} {q.text}\n    {r.intent} {r.item_name} {r.confidence} "
                      f"{[one.item_name for one in r.alternatives]}\n    " + r.reply.replace("\n", "\n    "))  # fmt: skip
    if options.out is not None:
        options.out.write_text(json.dumps([r.model_dump(mode="json") for _, r in chosen], ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
