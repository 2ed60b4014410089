"""Nobody is cut off in the middle of a number, nobody waits after a yes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.speech.recognition.endpointing import FRAME_SECONDS, Endpointer, Framer, loud, voice_detector
from connectors.speech.recognition.recognition_data import recognition_data
from connectors.speech.recognition.transcription import EndReason


def endpointer(kind: str) -> Endpointer:
    return Endpointer(recognition_data().timeouts[kind], recognition_data().voice_activity)


def frames(seconds: float) -> int:
    return round(seconds / FRAME_SECONDS)


def run(kind: str, *parts: tuple[bool, float], enough: bool = False) -> Endpointer:
    found = endpointer(kind)
    for voiced, seconds in parts:
        for _ in range(frames(seconds)):
            if found.ended is None:
                found.feed(voiced=voiced, enough=enough)
    return found


@pytest.mark.parametrize(("kind", "pause"), [("choice", 0.4), ("yes_no", 0.4), ("free", 0.8), ("digits", 1.5)])
def test_the_pause_that_ends_it_depends_on_what_is_expected(kind: str, pause: float) -> None:
    assert run(kind, (True, 1.0), (False, pause - 0.04)).ended is None
    assert run(kind, (True, 1.0), (False, pause)).ended is EndReason.SILENCE


def test_a_number_may_be_said_with_pauses_between_its_groups() -> None:
    assert run("digits", (True, 1.5), (False, 1.2), (True, 1.5), (False, 1.2), (True, 1.0)).ended is None


def test_once_all_digits_are_there_a_short_pause_is_enough() -> None:
    assert run("digits", (True, 5.0), (False, 0.5), enough=True).ended is EndReason.ENOUGH


def test_who_says_nothing_is_not_waited_for_for_ever() -> None:
    timeout = recognition_data().timeouts["choice"].start
    assert run("choice", (False, timeout - 0.1)).ended is None
    assert run("choice", (False, timeout)).ended is EndReason.NOTHING


def test_an_endless_speaker_is_ended() -> None:
    assert run("free", (True, recognition_data().timeouts["free"].max_utterance + 0.2)).ended is EndReason.TOO_LONG


def test_a_click_is_not_speech() -> None:
    assert not run("free", (False, 0.2), (True, 0.04), (False, 0.2)).started


@given(st.lists(st.booleans(), max_size=300))
def test_speech_never_ends_before_it_began(voiced: list[bool]) -> None:
    found = endpointer("choice")
    for frame in voiced:
        found.feed(voiced=frame)
        if found.ended in (EndReason.SILENCE, EndReason.TOO_LONG):
            assert found.started
            assert found.speech_seconds > 0
            break


@given(st.lists(st.integers(0, 700), max_size=20))
def test_frames_are_cut_without_losing_a_byte(sizes: list[int]) -> None:
    framer = Framer(8000)
    data = bytes(range(256)) * 60
    sent, at = b"", 0
    for size in sizes:
        sent += b"".join(framer.feed(data[at : at + size]))
        at += size
    assert sent == data[: at // 320 * 320]


def test_silence_is_silent_for_both_detectors() -> None:
    silent = bytes(640)
    assert not loud(silent)
    assert not voice_detector(16000, recognition_data().voice_activity)(silent)
