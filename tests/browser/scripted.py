"""An assistant that says what it is told to say: the conversation API without Rasa, for tests of pages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from backend.contracts.cards import Card
from backend.contracts.choices import ChoiceValue
from backend.contracts.replies import (
    Choice,
    DeskRendering,
    Expects,
    Outcome,
    Reply,
    ReplyMessage,
    Understood,
    WebRendering,
)
from backend.contracts.turns import Turn

Answer = Callable[[str, Turn], Awaitable[Reply]]


def message(text: str, choices: Sequence[tuple[str, str]] = (), card: Card | None = None) -> ReplyMessage:
    """One message: text, (words, choice) of the buttons, a card."""
    buttons = tuple(Choice(say=say, choice=ChoiceValue.parse(choice)) for say, choice in choices)
    return ReplyMessage(
        web=WebRendering(text=text, choices=buttons, card=card), speech=text, desk=DeskRendering(script=text)
    )


def reply(*messages: ReplyMessage) -> Reply:
    """A reply of these messages."""
    understood = Understood(intent="scripted", outcome=Outcome.ANSWERED)
    return Reply(messages=messages, expects=Expects(kind="free"), understood=understood, catalogue_version=1)


class ScriptedAssistant:
    """Answers by the script, otherwise repeats what it heard."""

    def __init__(self) -> None:
        self.ready = True
        self.heard: list[Turn] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self._script: dict[str, Answer] = {}

    def when(self, said: str, *messages: ReplyMessage) -> None:
        """What it says to a sentence or a pressed choice."""

        async def answer(_conversation: str, _turn: Turn) -> Reply:
            return reply(*messages)

        self._script[said] = answer

    def does(self, said: str, answer: Answer) -> None:
        """What it does and says."""
        self._script[said] = answer

    def app(self) -> web.Application:
        """The conversation API."""
        app = web.Application()
        app.router.add_post("/conversations/{id}/turns", self._turn)
        app.router.add_get("/health", self._health)
        return app

    async def _turn(self, request: web.Request) -> web.Response:
        turn = Turn.model_validate_json(await request.read())
        self.heard.append(turn)
        await self.may_answer.wait()
        said = turn.text or str(turn.choice)
        answer = self._script.get(said)
        spoken = reply(message(f"听到了：{said}")) if answer is None else await answer(request.match_info["id"], turn)
        return web.Response(text=spoken.model_dump_json(), content_type="application/json")

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"ready": self.ready})
