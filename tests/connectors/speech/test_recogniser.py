"""Streams are bounded, never hold up a socket, and say so politely when there are too many. All on the null twin."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import numpy as np
import pytest

from connectors.errors import ConflictError, InvalidError
from connectors.speech.audio import Audio, pcm, write_wav
from connectors.speech.recognition.null import Script
from connectors.speech.recognition.recogniser import MAX_BEHIND_SECONDS, Busy, Recogniser
from connectors.speech.recognition.transcription import (
    EndReason,
    Event,
    Expected,
    Partial,
    SpeechStarted,
    Transcription,
)
from connectors.speech.speech import SpeechEngines, null_speech
from connectors.speech.synthesis.engine import Manner

RATE = 8_000
LOUD = pcm(np.full(RATE, 5_000, np.int16))
QUIET = bytes(2 * RATE)
YES = Expected("yes_no")


@pytest.fixture
async def script() -> Script:
    return Script()


@pytest.fixture
async def speech(script: Script) -> AsyncIterator[SpeechEngines]:
    made = null_speech(script, places=2)
    yield made
    made.close()


async def test_an_utterance_arrives_as_it_is_spoken(speech: SpeechEngines, script: Script) -> None:
    script.add(Transcription("是的", 0.9), Transcription("提交", 0.8))
    async with speech.stream(RATE, YES) as stream:
        for _ in range(2):
            stream.feed(LOUD)
            stream.feed(QUIET)
        stream.finish()
        events = [event async for event in stream]
    assert [type(event) for event in events] == [SpeechStarted, Partial, Transcription] * 2
    assert [event.text for event in events if isinstance(event, Transcription)] == ["是的", "提交"]


async def test_what_is_expected_may_change_between_two_utterances(speech: SpeechEngines, script: Script) -> None:
    script.add(Transcription("530799199003070018", 0.9))
    async with speech.stream(RATE, YES) as stream:
        stream.expect(Expected("digits", of="id", length=18))
        stream.feed(LOUD)
        stream.feed(QUIET)  # one second: the end of a yes, not of a number
        stream.finish()
        events = [event async for event in stream]
    assert len([event for event in events if isinstance(event, Transcription)]) == 1


async def test_who_says_nothing_is_told_apart_from_who_was_not_understood(speech: SpeechEngines) -> None:
    async with speech.stream(RATE, YES) as stream:
        for _ in range(2):
            stream.feed(QUIET * 4)
        stream.finish()
        events = [event async for event in stream]
    assert events == [Transcription("", 0.0, ended=EndReason.NOTHING)]


async def test_one_more_than_there_are_places_is_refused_politely(speech: SpeechEngines) -> None:
    async with speech.stream(RATE, YES), speech.stream(RATE, YES):
        with pytest.raises(Busy) as refusal:
            async with speech.stream(RATE, YES):
                pass
        assert "再说一遍" in refusal.value.detail
        assert speech.health()["taken"] == 2
    async with speech.stream(RATE, YES):
        assert speech.health()["taken"] == 1


async def test_a_place_is_free_again_when_the_line_breaks(speech: SpeechEngines) -> None:
    with pytest.raises(ConnectionError):
        async with speech.stream(RATE, YES):
            raise ConnectionError
    assert speech.health()["taken"] == 0


class Slow:
    """A decoder that waits until it may go on."""

    def __init__(self) -> None:
        self.go = threading.Event()

    def accept(self, _data: bytes) -> list[Event]:
        self.go.wait(10)
        return []

    def expect(self, expected: Expected) -> None:
        """Nothing."""

    def finish(self) -> list[Event]:
        return [Transcription("好", 1.0)]


async def test_a_slow_decoder_does_not_hold_up_the_loop_and_is_given_up_when_too_far_behind() -> None:
    slow = Slow()
    recogniser = Recogniser(lambda _rate, _expected, _whole: slow, places=1, workers=1)
    async with recogniser.stream(RATE, YES) as stream:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for _ in range(int(MAX_BEHIND_SECONDS)):
            stream.feed(QUIET)
            await asyncio.sleep(0)
        assert loop.time() - began < 1
        with pytest.raises(Busy) as refusal:
            stream.feed(QUIET)
        assert "没听全" in refusal.value.detail
        slow.go.set()
    recogniser.close()


class Broken(Slow):
    """A decoder that fails."""

    def accept(self, _data: bytes) -> list[Event]:
        raise MemoryError


async def test_a_failing_decoder_is_reported_to_whoever_listens() -> None:
    recogniser = Recogniser(lambda _rate, _expected, _whole: Broken(), places=1, workers=1)
    async with recogniser.stream(RATE, YES) as stream:
        stream.feed(QUIET)
        with pytest.raises(MemoryError):
            async for _ in stream:
                pass
    assert recogniser.taken == 0
    recogniser.close()


async def test_a_recorded_message_is_one_utterance(speech: SpeechEngines, script: Script) -> None:
    script.add(Transcription("我想领失业金", 0.9))
    wav = write_wav(Audio(np.full(RATE, 5_000, np.int16), RATE))
    assert (await speech.transcribe(wav)).text == "我想领失业金"
    with pytest.raises(InvalidError):
        await speech.transcribe(b"no sound")


async def test_with_a_model_that_understands_no_people_free_speech_is_refused(speech: SpeechEngines) -> None:
    guarded = SpeechEngines(
        speech.recogniser, speech.speaker, sentence="", model="bundled", free_speech=False, manner=Manner()
    )
    with pytest.raises(ConflictError) as refusal:
        guarded.stream(RATE, Expected("free"))
    assert "按键" in refusal.value.detail
    async with guarded.stream(RATE, YES):
        pass
