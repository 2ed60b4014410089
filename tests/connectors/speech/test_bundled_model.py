"""The bundled model at work, through the real code path. It has heard synthetic voices only, and says so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from connectors.errors import ConflictError, InvalidError
from connectors.speech.__main__ import main
from connectors.speech.audio import Audio, Samples, from_mu_law, pcm, read_wav, resampled, to_mu_law, write_wav
from connectors.speech.check import unsayable_aliases
from connectors.speech.models import BUNDLED, voice_model
from connectors.speech.recognition.transcription import (
    EndReason,
    Event,
    Expected,
    Partial,
    SpeechStarted,
    Transcription,
)
from connectors.speech.settings import SpeechSettings
from connectors.speech.speech import SpeechEngines, open_speech
from connectors.speech.synthesis.espeak_library import EspeakLibrary, Prosody
from connectors.speech.text.espeak_input import VOICE, espeak_text
from connectors.speech.text.spelling import spell

pytestmark = pytest.mark.heavy

ID = "530799199003070018"
IDENTITY = Expected("digits", of="id", length=18)
VOICES = ("f5", "benjamin")  # never heard in training


@pytest.fixture(scope="module")
def library() -> EspeakLibrary:
    return EspeakLibrary()


@pytest.fixture
async def speech(tmp_path: Path) -> AsyncIterator[SpeechEngines]:
    opened = await open_speech(SpeechSettings(fetched=tmp_path, free_speech=True, places=2, workers=2))
    yield opened
    opened.close()


def said(library: EspeakLibrary, text: str, voice: str = "f5", rate: int = 16_000) -> Samples:
    spoken = library.speak(espeak_text(spell(text)), f"{VOICE}+{voice}", Prosody())
    return resampled(spoken.samples, library.rate, rate)


def wav(samples: Samples, rate: int = 16_000) -> bytes:
    return write_wav(Audio(samples, rate))


async def live(speech: SpeechEngines, samples: Samples, rate: int, expected: Expected) -> list[Event]:
    """Half a second of quiet, the voice, two seconds of quiet, in frames of 20 ms."""
    whole = np.concatenate([np.zeros(rate // 2, np.int16), samples, np.zeros(2 * rate, np.int16)])
    async with speech.stream(rate, expected) as stream:
        for at in range(0, len(whole), rate // 50):
            stream.feed(pcm(whole[at : at + rate // 50]))
            await asyncio.sleep(0)
        stream.finish()
        return [event async for event in stream]


def utterances(events: list[Event]) -> list[Transcription]:
    return [event for event in events if isinstance(event, Transcription)]


def test_it_is_small_enough_to_live_in_the_repository() -> None:
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) <= 5_000_000


def test_it_says_what_it_is() -> None:
    model = voice_model(BUNDLED)
    assert model.complete
    assert model.synthetic
    assert not model.free_speech(allowed=False)
    assert "听不懂真人" in model.sentence(20_000, free_allowed=False)
    assert "听不懂真人" in model.sentence(20_000, free_allowed=True)


async def test_which_model_is_active_is_on_health(speech: SpeechEngines) -> None:
    health = speech.health()
    assert health["model"] == "bundled"
    assert "听不懂真人" in health["sentence"]
    assert health["voice"].startswith("espeak")


async def test_by_default_nobody_is_listened_to_freely_with_it(tmp_path: Path) -> None:
    opened = await open_speech(SpeechSettings(fetched=tmp_path))
    with pytest.raises(ConflictError):
        await opened.transcribe(wav(np.zeros(1600, np.int16)))
    opened.close()


@pytest.mark.parametrize("voice", VOICES)
async def test_a_question_is_heard_with_times_and_confidence(
    voice: str, speech: SpeechEngines, library: EspeakLibrary
) -> None:
    text = "失业保险金需要什么材料"
    samples = said(library, text, voice)
    transcription = await speech.transcribe(wav(samples))
    assert transcription.text == text
    assert transcription.confidence > 0.5
    starts = [word.start for word in transcription.words]
    assert starts == sorted(starts)
    assert transcription.words[-1].end <= len(samples) / 16_000 + 0.1
    assert all(0 < word.confidence <= 1 for word in transcription.words)


async def test_partial_results_come_while_somebody_speaks(speech: SpeechEngines, library: EspeakLibrary) -> None:
    events = await live(speech, said(library, "我要查社保"), 16_000, Expected())
    assert isinstance(events[0], SpeechStarted)
    assert len([event for event in events if isinstance(event, Partial)]) >= 2
    assert utterances(events)[0].ended is EndReason.SILENCE


@pytest.mark.parametrize("rate", [8_000, 16_000])
@pytest.mark.parametrize("phrase", ["失业保险金", "都不是", "转人工"])
async def test_a_choice_is_heard_at_both_rates(
    phrase: str, rate: int, speech: SpeechEngines, library: EspeakLibrary
) -> None:
    choice = Expected("choice", ("失业保险金", "养老保险", "都不是"))
    transcription = utterances(await live(speech, said(library, phrase, rate=rate), rate, choice))[0]
    assert transcription.text == phrase
    assert transcription.confidence > 0.8


async def test_what_was_no_choice_is_not_taken_for_one(speech: SpeechEngines, library: EspeakLibrary) -> None:
    choice = Expected("choice", ("提交", "修改", "取消"))
    transcription = utterances(await live(speech, said(library, "今天天上的云彩飘过来飘过去"), 16_000, choice))[0]
    assert transcription.confidence < 0.45


async def test_an_identity_number_is_heard_over_the_telephone(speech: SpeechEngines, library: EspeakLibrary) -> None:
    line = from_mu_law(to_mu_law(said(library, ID, rate=8_000)))
    transcription = utterances(await live(speech, line, 8_000, IDENTITY))[0]
    assert transcription.digits == ID
    assert transcription.ended is EndReason.ENOUGH, "all there: no need to wait the long pause of digits"


async def test_the_same_figure_said_again_is_not_lost(speech: SpeechEngines, library: EspeakLibrary) -> None:
    """二二 once became 二."""
    samples = said(library, "一三八零零二二二二二二")
    assert (await speech.transcribe(wav(samples), Expected("digits", of="phone", length=11))).digits == "13800222222"


async def test_silence_is_no_word(speech: SpeechEngines) -> None:
    """Pure digital silence once gave 对."""
    assert (await speech.transcribe(wav(np.zeros(16_000 * 4, np.int16)))).empty
    assert (await speech.transcribe(wav(np.zeros(16_000 * 2, np.int16)), Expected("yes_no"))).empty


async def test_too_many_at_once_are_refused_while_the_others_go_on(
    speech: SpeechEngines, library: EspeakLibrary
) -> None:
    samples = wav(said(library, "我要投诉"))
    results = await asyncio.gather(*(speech.transcribe(samples) for _ in range(3)), return_exceptions=True)
    assert [result.text for result in results if isinstance(result, Transcription)] == ["我要投诉"] * 2
    assert [result.name for result in results if isinstance(result, ConflictError)] == ["speech.busy"]


async def test_what_we_say_is_what_we_hear(speech: SpeechEngines) -> None:
    """Speak a reply, hear it back: both ends of the phone line."""
    audio = await speech.wav("请打12333问一下。")
    transcription = await speech.transcribe(write_wav(audio))
    assert transcription.text == "请打幺二三三三问一下"


@pytest.mark.parametrize("spoilt", ["am/final.mdl", "graph/words.txt"])
async def test_a_spoilt_model_is_refused_in_words(spoilt: str, tmp_path: Path) -> None:
    for path in BUNDLED.rglob("*"):
        if path.is_file():
            copy = tmp_path / "spoilt" / path.relative_to(BUNDLED)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    (tmp_path / "spoilt" / spoilt).unlink()
    with pytest.raises(InvalidError) as refusal:
        await open_speech(SpeechSettings(fetched=tmp_path, model=tmp_path / "spoilt"))
    assert "voices list" in refusal.value.detail


def test_everything_in_the_delivered_catalogue_can_be_said() -> None:
    assert unsayable_aliases() == []


def test_the_commands_say_and_hear(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DAOBAN_DATA", str(tmp_path))
    file = str(tmp_path / "said.wav")
    assert main(["say", "我要查社保", "--wav", file, "--rate", "8000"]) == 0
    assert read_wav(Path(file).read_bytes()).rate == 8_000
    capsys.readouterr()
    assert main(["hear", file, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["text"] == "我要查社保"
    assert main(["hear", file, "--grammar", "我要查社保", "我要投诉"]) == 0
    assert "我要查社保（1.00）" in capsys.readouterr().out
    assert main(["voices", "list"]) == 0
    assert "bundled" in capsys.readouterr().out
    assert main(["hear", str(tmp_path / "none.wav")]) == 1
