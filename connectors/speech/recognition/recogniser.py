"""The recogniser as channels use it: streams of sound in, events out; nothing here holds up the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Protocol

from connectors.errors import ConflictError
from connectors.speech.recognition.transcription import Event, Expected, Transcription

MAX_BEHIND_SECONDS = 8.0
"""Sound that may wait for a worker; more means that this machine cannot follow, and the stream is given up politely."""


class Busy(ConflictError):
    """All places are taken; ``detail`` is the sentence to say."""


class Decoder(Protocol):
    """One stream, synchronous; called by one worker at a time."""

    def accept(self, data: bytes) -> list[Event]:
        """16-bit samples at the stream's rate."""

    def expect(self, expected: Expected) -> None:
        """Something else is expected from now on."""

    def finish(self) -> list[Event]:
        """The sound ends."""


MakeDecoder = Callable[[int, Expected, bool], Decoder]
"""(rate, expected, whole) to a decoder."""


class RecognitionStream:
    """One stream of sound. ``feed`` never waits; iterate for its events."""

    def __init__(self, decoder: Decoder, workers: ThreadPoolExecutor, rate: int) -> None:
        self._decoder = decoder
        self._workers = workers
        self._rate = rate
        self._waiting: list[bytes | Expected | None] = []
        self._behind = 0
        self._events: asyncio.Queue[Event | BaseException | None] = asyncio.Queue()
        self._wake = asyncio.Event()
        self._task = asyncio.create_task(self._work())
        self._task.add_done_callback(self._over)

    def feed(self, data: bytes, *, live: bool = True) -> None:
        """16-bit little-endian samples. Raises Busy when the workers are too far behind live sound; the stream is over then."""
        self._behind += len(data)
        if live and self._behind > MAX_BEHIND_SECONDS * self._rate * 2:
            raise Busy("speech.behind")
        self._put(data)

    def expect(self, expected: Expected) -> None:
        """From here on something else is expected."""
        self._put(expected)

    def finish(self) -> None:
        """No more sound; the last events follow."""
        self._put(None)

    def _put(self, item: bytes | Expected | None) -> None:
        self._waiting.append(item)
        self._wake.set()

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        finished = False
        while not finished:
            await self._wake.wait()
            self._wake.clear()
            batch, self._waiting = self._waiting, []
            finished = None in batch
            for event in await loop.run_in_executor(self._workers, self._decode, batch):
                self._events.put_nowait(event)
            self._behind -= sum(len(item) for item in batch if isinstance(item, bytes))

    def _over(self, task: asyncio.Task[None]) -> None:
        """Tell whoever iterates that there is no more, or what went wrong."""
        self._events.put_nowait(None if task.cancelled() else task.exception())

    def _decode(self, batch: list[bytes | Expected | None]) -> list[Event]:
        events: list[Event] = []
        for item in batch:
            if item is None:
                events.extend(self._decoder.finish())
                break
            if isinstance(item, Expected):
                self._decoder.expect(item)
            else:
                events.extend(self._decoder.accept(item))
        return events

    async def __aiter__(self) -> AsyncIterator[Event]:
        while (event := await self._events.get()) is not None:
            if isinstance(event, BaseException):
                raise event
            yield event

    async def close(self) -> None:
        """Give the stream up."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


class Recogniser:
    """A bounded number of streams over a few worker threads. vosk decodes outside Python's lock, so threads are enough."""

    def __init__(self, make: MakeDecoder, *, places: int, workers: int) -> None:
        self._make = make
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="recogniser")
        self.places = places
        self.taken = 0

    @asynccontextmanager
    async def stream(self, rate: int, expected: Expected, *, whole: bool = False) -> AsyncIterator[RecognitionStream]:
        """Open one stream; raises Busy at once when all places are taken."""
        if self.taken >= self.places:
            raise Busy("speech.busy")
        self.taken += 1
        try:
            loop = asyncio.get_running_loop()
            decoder = await loop.run_in_executor(self._workers, self._make, rate, expected, whole)
            stream = RecognitionStream(decoder, self._workers, rate)
            try:
                yield stream
            finally:
                await stream.close()
        finally:
            self.taken -= 1

    async def transcribe(self, samples: bytes, rate: int, expected: Expected) -> Transcription:
        """Transcribe a recorded message as one utterance."""
        async with self.stream(rate, expected, whole=True) as stream:
            stream.feed(samples, live=False)
            stream.finish()
            async for event in stream:
                if isinstance(event, Transcription):
                    return event
        raise RuntimeError("a decoder ended without a result")

    def close(self) -> None:
        """End the workers; streams under way end with them."""
        self._workers.shutdown(wait=True, cancel_futures=True)
