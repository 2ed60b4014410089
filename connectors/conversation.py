"""One conversation, whatever the channel.

Store the citizen's message (backend), get the turn (assistant), store the reply, wake whoever delivers. Everything that must not be
lost is in the backend; this process can die at any moment and another goes on: an unanswered message is claimed again when
its lease ends, the assistant answers a repeated message id with the same reply, the backend stores one reply per message.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog

from assistant.client import AssistantClient, AssistantUnavailable
from backend.client import BackendClient, BackendProblem, BackendUnavailable
from backend.client.conversations import ConversationsClient
from backend.client.events import EventsClient
from backend.contracts.conversation_events import MESSAGE_ADDED
from backend.contracts.conversations import Message, NewMessage, NewReply
from backend.contracts.replies import Reply
from backend.contracts.turns import LeasedTurn, TurnClaim

log = structlog.get_logger(__name__)

SWEEP_INTERVAL_SECONDS = 10.0
"""Seconds between two looks for leases that ran out elsewhere."""
RETRY_INTERVAL_SECONDS = 1.0
MAX_STORE_TRIES = 5
MESSAGE_EVENT = MESSAGE_ADDED.name
"""Kind of the events that wake whoever delivers: a conversation has a new message, by whomever."""


@dataclass(slots=True, eq=False)
class Listener:
    """Whoever delivers a conversation's messages: woken when something changed."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    typing: bool = False


class Conversations:
    """Runs the turns of all conversations and wakes their listeners."""

    def __init__(self, backend: BackendClient, assistant: AssistantClient, worker: str) -> None:
        self.backend = backend
        self.assistant_ready = False
        self._assistant = assistant
        self._worker = worker
        self._listeners: dict[str, set[Listener]] = defaultdict(set)
        self._work = asyncio.Event()
        self._turns: set[asyncio.Task[None]] = set()
        self._answering: set[str] = set()
        """Conversations with a turn under way."""
        self._leases_unsure = True
        """We have just begun, or the backend was away: it may hold leases for us that we know nothing of."""

    async def receive(self, conversation: str, message: NewMessage) -> Message:
        """Store a citizen's message; its answer follows by itself. Raises BackendProblem, BackendUnavailable."""
        stored = await self.backend.part(ConversationsClient).add_message(conversation, message)
        self._work.set()
        return stored

    @contextmanager
    def listening(self, conversation: str) -> Iterator[Listener]:
        """Register a listener of the conversation for as long as the block runs."""
        listener = Listener()
        self._listeners[conversation].add(listener)
        try:
            yield listener
        finally:
            self._listeners[conversation].discard(listener)
            if not self._listeners[conversation]:
                del self._listeners[conversation]

    async def run(self) -> None:
        """Answer what waits, until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch_assistant())
            group.create_task(self._follow_events())
            group.create_task(self._answer_all())

    async def _watch_assistant(self) -> None:
        while True:
            ready = await self._assistant.ready()
            if ready != self.assistant_ready:
                log.info("assistant.ready" if ready else "assistant.warming")
                self.assistant_ready = ready
                self.wake_everybody()
                self._work.set()
            await asyncio.sleep(RETRY_INTERVAL_SECONDS)

    async def _follow_events(self) -> None:
        last: int | None = None
        while True:
            try:
                async for event in self.backend.part(EventsClient).stream(last, kinds=(MESSAGE_EVENT,)):
                    last = event.id
                    self._wake(event.subject.removeprefix("conversation:"))
                    self._work.set()
            except BackendUnavailable:
                log.warning("events.lost")
            await asyncio.sleep(RETRY_INTERVAL_SECONDS)
            self.wake_everybody()
            self._work.set()

    async def _answer_all(self) -> None:
        while True:
            self._work.clear()
            try:
                while self.assistant_ready and (leased := await self._claim()) is not None:
                    self._answering.add(leased.conversation)
                    task = asyncio.create_task(self._answer(leased))
                    self._turns.add(task)
                    task.add_done_callback(self._turns.discard)
            except (BackendUnavailable, BackendProblem):
                log.warning("claim.failed")
                self._leases_unsure = True  # it may have leased a turn to us and died before it said so
                await asyncio.sleep(RETRY_INTERVAL_SECONDS)
                continue
            try:
                async with asyncio.timeout(SWEEP_INTERVAL_SECONDS):
                    await self._work.wait()
            except TimeoutError:
                continue

    async def _claim(self) -> LeasedTurn | None:
        """The next turn; leases that got lost with a backend are given up now that it is back, not when they end."""
        unsure, self._leases_unsure = self._leases_unsure, False
        holding = tuple(sorted(self._answering)) if unsure else None
        return await self.backend.part(ConversationsClient).claim_turn(TurnClaim(worker=self._worker, holding=holding))

    async def _answer(self, leased: LeasedTurn) -> None:
        conversation, turn = leased.conversation, leased.turn
        self._set_typing(conversation, typing=True)
        try:
            reply = await self._assistant.turn(conversation, turn)
            await self._store(conversation, turn.message_id, reply)
            log.info(
                "turn.answered",
                conversation=conversation,
                seq=turn.seq,
                intent=reply.understood.intent,
                outcome=reply.understood.outcome,
            )
        except AssistantUnavailable:
            log.warning("turn.postponed", conversation=conversation, seq=turn.seq)
            await self._release(conversation, turn.message_id)
        except (BackendUnavailable, BackendProblem):
            log.warning("reply.not_stored", conversation=conversation, seq=turn.seq)
            self._leases_unsure = True
        finally:
            self._set_typing(conversation, typing=False)
            self._answering.discard(conversation)
            self._work.set()

    async def _store(self, conversation: str, message_id: str, reply: Reply) -> None:
        """Store the reply; the assistant would give the same again, so a few tries are enough before the lease ends."""
        new = NewReply(in_reply_to=message_id, reply=reply)
        for attempt in range(MAX_STORE_TRIES):
            try:
                await self.backend.part(ConversationsClient).add_reply(conversation, new)
            except BackendUnavailable:
                if attempt == MAX_STORE_TRIES - 1:
                    raise
                await asyncio.sleep(RETRY_INTERVAL_SECONDS)
            else:
                return

    async def _release(self, conversation: str, message_id: str) -> None:
        self.assistant_ready = False
        try:
            await self.backend.part(ConversationsClient).release_turn(conversation, message_id)
        except (BackendUnavailable, BackendProblem):
            log.warning("release.failed", conversation=conversation)
            self._leases_unsure = True

    def _set_typing(self, conversation: str, *, typing: bool) -> None:
        for listener in self._listeners.get(conversation, ()):
            listener.typing = typing
            listener.changed.set()

    def _wake(self, conversation: str) -> None:
        for listener in self._listeners.get(conversation, ()):
            listener.changed.set()

    def wake_everybody(self) -> None:
        """Wake every listener: whoever delivers looks again."""
        for conversation in list(self._listeners):
            self._wake(conversation)
