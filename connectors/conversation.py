"""One conversation, whatever the channel.

Store the citizen's message (backend), get the turn (assistant), store the reply, wake whoever delivers. Everything that must not be
lost is in the backend; this process can die at any moment and another goes on: an unanswered message is claimed again when
its lease ends, the assistant answers a repeated message id with the same reply, the backend stores one reply per message.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog

from assistant.client import AssistantClient, AssistantUnavailable
from backend.client import BackendClient, BackendProblem, BackendUnavailable
from backend.client.conversations import ConversationsClient
from backend.client.events import EventsClient
from backend.contracts.conversation_events import MESSAGE_ADDED, MessageAdded
from backend.contracts.conversations import Message, MessageList, NewMessage, NewReply
from backend.contracts.replies import Reply
from backend.contracts.turns import LeasedTurn, TurnClaim
from connectors.receiving import Receiving

log = structlog.get_logger(__name__)

SWEEP_INTERVAL_SECONDS = 10.0
"""Seconds between two looks for leases that ran out elsewhere."""
RETRY_INTERVAL_SECONDS = 1.0
MAX_STORE_TRIES = 5
MESSAGE_EVENT = MESSAGE_ADDED.name
"""Kind of the events that wake whoever delivers: a conversation has a new message, by whomever."""


@dataclass(slots=True, eq=False)
class Listener:
    """Whoever delivers a conversation's messages: woken when something changed. What went through here it need not ask for."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    typing: bool = False
    unsure: bool = True
    """Whether messages may have come that nobody told of: at the beginning, and when events got lost."""
    _storing: int = 0
    """How many are being stored here: their event may come before the backend's answer that brings them."""
    _newest: int = 0
    """The highest sequence number that was heard of."""
    _brought: dict[int, Message] = field(default_factory=dict)

    def begin_storing(self) -> None:
        """Something is being stored here; ``end_storing`` follows."""
        self._storing += 1

    def end_storing(self, stored: Iterable[Message]) -> None:
        """The messages that were stored; none where it failed."""
        self._storing -= 1
        for message in stored:
            self._brought[message.seq] = message
            self._newest = max(self._newest, message.seq)
        self.changed.set()

    def tell(self, seq: int) -> None:
        """The conversation has a message of this number."""
        self._newest = max(self._newest, seq)
        self.changed.set()

    def following(self, after: int) -> tuple[Message, ...] | None:
        """The messages after a number, without a gap, as far as they are here; None: the backend has to be asked."""
        if self._storing and not self.unsure:
            return ()
        brought, self._brought = self._brought, {}
        if self.unsure:
            return None
        awaited = range(after + 1, self._newest + 1)
        return tuple(brought[seq] for seq in awaited) if all(seq in brought for seq in awaited) else None


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
        self._receiving = Receiving()
        self._leases_unsure = True
        """We have just begun, or the backend was away: it may hold leases for us that we know nothing of."""

    async def receive(self, conversation: str, message: NewMessage) -> Message:
        """Store a citizen's message; its answer follows by itself. Raises BackendProblem, BackendUnavailable."""
        self._receiving.begin(conversation)
        seq: int | None = None
        try:
            with self._storing(conversation) as brought:
                stored = await self.backend.part(ConversationsClient).add_message(conversation, message)
                brought.append(stored)
            seq = stored.seq
        finally:
            self._receiving.end(conversation, seq)
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
                    self._heard(event.subject.removeprefix("conversation:"), MessageAdded.model_validate(event.data))
            except BackendUnavailable:
                log.warning("events.lost")
            await asyncio.sleep(RETRY_INTERVAL_SECONDS)
            self._receiving.forget()
            self.wake_everybody()
            self._work.set()

    def _heard(self, conversation: str, added: MessageAdded) -> None:
        """A message was stored, here or elsewhere; what is stored here is claimed once that is done, not twice."""
        for listener in self._listeners.get(conversation, ()):
            listener.tell(added.seq)
        if added.sender != "assistant" and not self._receiving.is_ours(conversation, added.seq):
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
                    if not leased.others_wait:
                        break
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
        waiting = True
        self._set_typing(conversation, typing=True)
        try:
            reply = await self._assistant.turn(conversation, turn)
            with self._storing(conversation) as brought:
                stored = await self._store(conversation, turn.message_id, reply)
                brought += stored.messages
            waiting = stored.waiting
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
            if waiting:
                self._work.set()

    async def _store(self, conversation: str, message_id: str, reply: Reply) -> MessageList:
        """Store the reply; the assistant would give the same again, so a few tries are enough before the lease ends."""
        new = NewReply(in_reply_to=message_id, reply=reply)
        for _ in range(MAX_STORE_TRIES - 1):
            try:
                return await self.backend.part(ConversationsClient).add_reply(conversation, new)
            except BackendUnavailable:
                await asyncio.sleep(RETRY_INTERVAL_SECONDS)
        return await self.backend.part(ConversationsClient).add_reply(conversation, new)

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

    @contextmanager
    def _storing(self, conversation: str) -> Iterator[list[Message]]:
        """Whoever listens waits for what the block has stored."""
        listeners = list(self._listeners.get(conversation, ()))
        stored: list[Message] = []
        for listener in listeners:
            listener.begin_storing()
        try:
            yield stored
        finally:
            for listener in listeners:
                listener.end_storing(stored)

    def wake_everybody(self) -> None:
        """Wake every listener: whoever delivers looks again."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.unsure = True
                listener.changed.set()
