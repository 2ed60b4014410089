"""A reply is heard sentence by sentence; an operator's recording wins; what was said once is not made twice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from connectors.errors import InvalidError
from connectors.speech.audio import Audio, write_wav
from connectors.speech.settings import SpeechSettings
from connectors.speech.speech import open_speech
from connectors.speech.synthesis.engine import Manner, NullEngine
from connectors.speech.synthesis.espeak import EspeakEngine
from connectors.speech.synthesis.recordings import read_recordings
from connectors.speech.synthesis.sherpa import SherpaEngine
from connectors.speech.synthesis.speaker import Speaker, sentences


class Counting(NullEngine):
    """Remembers what it was asked to say."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def speak(self, spelled: str, manner: Manner) -> Audio:
        self.said.append(spelled)
        return super().speak(spelled, manner)


@pytest.fixture
def engine() -> Counting:
    return Counting()


def test_a_reply_is_cut_at_its_sentences() -> None:
    assert sentences("要带身份证。收费吗？不收费！\n好的") == ["要带身份证。", "收费吗？", "不收费！", "好的"]
    assert sentences("……。——") == []


def test_a_long_first_sentence_is_begun_at_its_first_comma() -> None:
    long = "您好，您要办的这件事需要准备三样东西，" + "身份证、户口本、照片，" * 6 + "都要原件。"
    assert len(sentences(long)) == 2
    assert "".join(sentences(long)) == long


async def test_the_first_sentence_comes_before_the_second_is_made(engine: Counting) -> None:
    speaker = Speaker(engine)
    stream = speaker.speak("第一句。第二句。")
    assert len(await anext(stream)) > 1000
    assert engine.said == ["第一句。"]
    speaker.close()


async def test_what_was_said_once_is_not_made_again(engine: Counting) -> None:
    speaker = Speaker(engine)
    first, second = [await speaker.whole("您好。您要办什么？") for _ in range(2)]
    assert np.array_equal(first.samples, second.samples)
    assert engine.said == ["您好。", "您要办什么？"]
    await speaker.prepare(["请再说一遍。"])
    await speaker.whole("请再说一遍。")
    assert engine.said.count("请再说一遍。") == 1
    speaker.close()


async def test_faster_is_shorter_and_louder_is_louder(engine: Counting) -> None:
    speaker = Speaker(engine)
    plain = await speaker.whole("您要办什么？")
    fast = await speaker.whole("您要办什么？", manner=Manner(rate=9))
    loud = await speaker.whole("您要办什么？", manner=Manner(volume=1.5))
    assert fast.seconds == pytest.approx(plain.seconds / 2, rel=0.1)  # twice is the limit
    assert np.abs(loud.samples).max() > 1.3 * np.abs(plain.samples).max()
    speaker.close()


async def test_an_operators_recording_wins_over_synthesis(engine: Counting, tmp_path: Path) -> None:
    recorded = Audio(np.full(4_000, 777, np.int16), 8_000)
    (tmp_path / "hello.wav").write_bytes(write_wav(recorded))
    (tmp_path / "recordings.yaml").write_text("您好，这里是12333。: hello.wav\n", "utf-8")
    speaker = Speaker(engine, read_recordings(tmp_path))
    said = await speaker.whole("您好，这里是幺二三三三！", rate=8_000)
    assert said.samples.tolist() == recorded.samples.tolist()
    assert engine.said == []
    speaker.close()


def test_a_recording_that_cannot_be_used_is_named_and_the_others_stay(tmp_path: Path) -> None:
    (tmp_path / "good.wav").write_bytes(write_wav(Audio(np.zeros(800, np.int16), 8_000)))
    (tmp_path / "bad.wav").write_bytes(b"mp3")
    (tmp_path / "recordings.yaml").write_text("您好。: good.wav\n再见。: bad.wav\n稍等。: gone.wav\n", "utf-8")
    found = read_recordings(tmp_path)
    assert found.find("您好") is not None
    assert len(found.problems) == 2
    assert "再见。" in found.problems[0]


@pytest.mark.parametrize("index", ["- a\n", "{", ""])
def test_a_spoilt_index_does_not_silence_the_voice(index: str, tmp_path: Path) -> None:
    (tmp_path / "recordings.yaml").write_text(index, "utf-8")
    assert read_recordings(tmp_path).audio == {}


def test_a_folder_without_recordings_is_no_problem(tmp_path: Path) -> None:
    assert read_recordings(tmp_path / "none").problems == ()


async def test_the_bundled_voice_speaks_mandarin_and_changes_with_its_manner() -> None:
    speaker = Speaker(EspeakEngine())
    plain = await speaker.whole("您要办什么？")
    assert 0.6 < plain.seconds < 3
    assert np.abs(plain.samples).max() > 3_000
    slow = await speaker.whole("您要办什么？", manner=Manner(rate=0.6))
    assert slow.seconds > 1.3 * plain.seconds
    assert (await speaker.whole("您要办什么？", rate=8_000)).rate == 8_000
    speaker.close()


def test_a_neural_voice_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidError) as refusal:
        SherpaEngine(tmp_path)
    assert "sherpa-onnx" in refusal.value.detail or "tokens.txt" in refusal.value.detail


async def test_an_unknown_voice_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(InvalidError) as refusal:
        await open_speech(SpeechSettings(fetched=tmp_path, voice="piper:x"))
    assert "espeak" in refusal.value.detail
