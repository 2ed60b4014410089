"""Voice messages and replies read aloud over the real socket, with real sound of our own synthesis and the bundled model."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest
import structlog

from backend.contracts.replies import DigitsExpected, Expects, Reply, ReplyMessage
from backend.contracts.turns import Turn
from backend.limiting.counting import RateLimiter, RateLimits
from backend.platform.clock import SetClock
from backend.settings import Settings
from connectors.speech.audio import Audio, pcm, write_wav
from connectors.speech.recognition.transcription import FREE
from connectors.speech.settings import SpeechSettings
from connectors.speech.speech import RATE, SpeechEngines, open_speech
from connectors.web_chat import speech_input
from connectors.web_chat.socket import VOICE_LIMITS
from connectors.web_chat.voice import voice_data
from tests.browser.house import House, running_house
from tests.browser.scripted import Answer, message, reply
from tests.conftest import ID_NUMBER
from tests.connectors.web_chat.voices import SECOND_OF_SILENCE, as_samples, spoken, voice_line

pytestmark = pytest.mark.heavy

QUESTION = "领失业金要带什么"
SENTENCES = voice_data().sentences


@pytest.fixture
async def house(settings: Settings, clock: SetClock, tmp_path: Path) -> AsyncIterator[House]:
    """The operator has allowed free speech with the bundled model, as tests do; two places."""
    voice = SpeechSettings(fetched=tmp_path, free_speech=True, places=2, workers=2)
    async with running_house(settings, clock, lambda: open_speech(voice)) as house:
        yield house


@pytest.fixture
async def other_side(tmp_path: Path) -> AsyncIterator[SpeechEngines]:
    """The citizen's side: speaks our sentences, transcribes what is read aloud."""
    speech = await open_speech(SpeechSettings(fetched=tmp_path, free_speech=True, places=2, workers=2))
    yield speech
    speech.close()


def _choosing(asked: ReplyMessage) -> Answer:
    async def answer(_conversation: str, _turn: Turn) -> Reply:
        return reply(asked).model_copy(update={"expects": Expects(kind="choice")})

    return answer


def _awaiting_id(asked: ReplyMessage) -> Answer:
    async def answer(_conversation: str, _turn: Turn) -> Reply:
        digits = DigitsExpected(of="id", length=18)
        return reply(asked).model_copy(update={"expects": Expects(kind="digits", digits=digits)})

    return answer


def _limits(house: House) -> RateLimiter:
    return house.line.app[VOICE_LIMITS]


async def _health(house: House) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{house.line.port}/health") as answer:
        health: dict[str, Any] = await answer.json()
    return health


async def test_a_question_is_spoken_understood_and_answered(house: House, other_side: SpeechEngines) -> None:
    """Partial texts while speaking; the pause ends it; the text comes back with its confidence; sent, it is answered."""
    async with voice_line(house) as line:
        transcription = await line.speak(await spoken(other_side, QUESTION))
        assert transcription["text"] == QUESTION
        assert transcription["advice"] == "accept"
        assert transcription["sentence"] == SENTENCES["accept"]
        assert len(line.of("partial_transcription")) >= 2
        recognised = {"confidence": transcription["confidence"], "alternatives": transcription["alternatives"]}
        reply = await line.say(transcription["text"], "message-1", recognised)
        assert reply["message"]["text"] == f"听到了：{QUESTION}"
    turn = house.assistant.heard[0]
    assert turn.recognised is not None
    assert turn.recognised.confidence == transcription["confidence"]


async def test_pressing_again_ends_it_at_once(house: House, other_side: SpeechEngines) -> None:
    """No pause has to be waited for."""
    sound = await spoken(other_side, QUESTION)
    async with voice_line(house) as line:
        await line.start_recording()
        await line.pour(sound[: -len(SECOND_OF_SILENCE)])
        await line.send(type="stop_recording", id="recording-1")
        assert (await line.until("transcription"))["text"] == QUESTION


async def test_a_button_may_be_spoken_and_so_may_anything_else(house: House, other_side: SpeechEngines) -> None:
    """Where a choice is open its words are listened for; a new question is heard as well."""
    asked = message("哪一种？", [("失业保险金", "item:LJ-SY-001"), ("养老保险", "item:LJ-YL-001")])
    house.assistant.does("哪些", _choosing(asked))
    async with voice_line(house) as line:
        await line.say("哪些", "message-1")
        assert (await line.speak(await spoken(other_side, "养老保险"), "recording-1"))["text"] == "养老保险"
        assert (await line.speak(await spoken(other_side, QUESTION), "recording-2"))["text"] == QUESTION


async def test_an_identity_number_is_heard_figure_by_figure(house: House, other_side: SpeechEngines) -> None:
    """Where digits are awaited only figures are; the number goes to the vault, the assistant sees its placeholder."""
    house.assistant.does("办", _awaiting_id(message("请说身份证号码")))
    async with voice_line(house) as line:
        await line.say("办", "message-1")
        transcription = await line.speak(await spoken(other_side, ID_NUMBER))
        assert transcription["text"] == ID_NUMBER
        recognised = {"confidence": transcription["confidence"], "alternatives": [ID_NUMBER[:-1] + "9"]}
        await line.say(transcription["text"], "message-2", recognised)
    turn = house.assistant.heard[-1]
    assert str(turn.text).startswith("⟦id:")
    assert turn.recognised is not None
    assert turn.recognised.alternatives == (), "what else it could have been is a personal number too"


async def test_a_number_heard_unsurely_is_never_taken(house: House) -> None:
    """Whatever the page does: such a message is refused with a sentence and not stored."""
    async with voice_line(house) as line:
        refused = await line.say(f"号码{ID_NUMBER}", "message-1", {"confidence": 0.4})
        assert (refused["type"], refused["detail"]) == ("refused", SENTENCES["unsure_number"])
    assert house.assistant.heard == []


async def test_a_button_that_means_nothing_is_refused_and_the_line_goes_on(house: House) -> None:
    """The field is named, the sentence says what to do; one of an earlier page is still understood."""
    async with voice_line(house) as line:
        await line.send(type="choose", message_id="message-1", choice="teleport:1", shown="去")
        refused = await line.until("refused")
        assert (refused["message_id"], refused["field"]) == ("message-1", "choice")
        assert refused["detail"] == SENTENCES["unknown_choice"]
        await line.send(type="choose", message_id="message-2", choice="answer:Q001", shown="看这个")
        while (await line.until("message"))["message"]["in_reply_to"] != "message-2":
            continue
    assert [str(turn.choice) for turn in house.assistant.heard] == ["policy_answer:Q001"]


async def test_silence_and_noise_are_asked_again_then_a_person_is_named(house: House) -> None:
    """Plain sentences; the third time it names a person; nothing is sent."""
    noise = pcm((np.random.default_rng(7).normal(0, 2500, 2 * RATE)).astype(np.int16))
    async with voice_line(house) as line:
        silent = await line.speak(SECOND_OF_SILENCE * 11, "recording-1")
        assert (silent["text"], silent["sentence"]) == ("", SENTENCES["nothing"])
        again = await line.speak(noise + SECOND_OF_SILENCE * 11, "recording-2")
        assert (again["text"], again["advice"]) == ("", "ask_again")
        third = await line.speak(SECOND_OF_SILENCE * 11, "recording-3")
        assert (third["advice"], third["sentence"]) == ("person", SENTENCES["person"])
    assert house.assistant.heard == []


@pytest.mark.parametrize(
    "wrong",
    [write_wav(Audio(np.zeros(800, np.int16), RATE)), b"\x1aE\xdf\xa3webm", b"\0" * 801],
    ids=["wav", "webm", "odd"],
)
async def test_what_is_no_bare_sound_is_refused(house: House, other_side: SpeechEngines, wrong: bytes) -> None:
    """A WAV file, WebM, half a sample; afterwards the next recording is heard."""
    async with voice_line(house) as line:
        refused = await line.speak(wrong, "recording-1")
        assert (refused["name"], refused["sentence"]) == ("wrong_format", SENTENCES["wrong_format"])
        assert (await line.speak(await spoken(other_side, QUESTION), "recording-2"))["text"] == QUESTION


async def test_a_second_recording_does_not_disturb_the_first(house: House, other_side: SpeechEngines) -> None:
    async with voice_line(house) as line:
        await line.start_recording("recording-1")
        second = await line.start_recording("recording-2")
        assert (second["id"], second["sentence"]) == ("recording-2", SENTENCES["already"])
        await line.pour(await spoken(other_side, QUESTION))
        transcription = await line.until("transcription")
        assert (transcription["id"], transcription["text"]) == ("recording-1", QUESTION)


async def test_too_long_is_cut_and_told(
    house: House, other_side: SpeechEngines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said until then is shown; what comes later is dropped; the line goes on."""
    short = voice_data().model_copy(update={"max_seconds": 1})
    monkeypatch.setattr(speech_input, "voice_data", lambda: short)
    async with voice_line(house) as line:
        begun = await line.start_recording()
        assert begun["max_seconds"] == 1
        await line.pour(await spoken(other_side, "我要查社保我要查社保我要查社保"))
        assert (await line.until("transcription"))["id"] == "recording-1"
        assert (await line.say("你好", "message-1"))["message"]["text"] == "听到了：你好"


async def test_more_sound_than_anyone_can_speak_is_refused(house: House, other_side: SpeechEngines) -> None:
    """DAOBAN_LIMIT_LISTEN: seconds of sound a minute in one conversation."""
    async with voice_line(house) as line:
        limits = _limits(house)
        limits.limits = RateLimits(listen=2)
        refused = await line.speak(await spoken(other_side, "我要查社保我要查社保我要查社保"))
        assert refused["name"] == "limit.listen"
        assert "请" in refused["sentence"]
        assert (await line.say("你好", "message-1"))["message"]["text"] == "听到了：你好"


async def test_more_people_than_places_are_told_to_wait(house: House, other_side: SpeechEngines) -> None:
    """Two places: the third is told; who speaks is heard; a line that is lost gives its place back."""
    async with voice_line(house) as first, voice_line(house) as third:
        async with voice_line(house) as second:
            await first.start_recording()
            await second.start_recording()
            busy = await third.start_recording("recording-1")
            assert busy["name"] == "speech.busy"
            assert "请稍等" in busy["sentence"]
        await first.pour(await spoken(other_side, QUESTION))
        assert (await first.until("transcription"))["text"] == QUESTION
        while (await third.start_recording("recording-2"))["type"] == "recording_refused":
            continue  # the lost line is being cleared away


async def test_what_is_cancelled_is_never_told(house: House, other_side: SpeechEngines) -> None:
    async with voice_line(house) as line:
        await line.start_recording()
        await line.pour((await spoken(other_side, QUESTION))[: 2 * RATE])
        await line.send(type="cancel_recording", id="recording-1")
        assert (await line.speak(await spoken(other_side, "我要查社保"), "recording-2"))["id"] == "recording-2"
        assert [frame["id"] for frame in line.of("transcription")] == ["recording-2"]


async def test_a_reply_is_read_aloud_and_heard_back(house: House, other_side: SpeechEngines) -> None:
    """A sentence at a time, as WAV; slower is longer; what is heard on the other side is what the reply says."""
    house.assistant.when("问", message("失业保险金需要什么材料？我要查社保。"))
    async with voice_line(house) as line:
        seq = (await line.say("问", "message-1"))["message"]["seq"]
        wavs = await line.read(seq)
        assert len(wavs) >= 2
        transcription = await other_side.recogniser.transcribe(as_samples(wavs), RATE, FREE)
        assert transcription.text == "失业保险金需要什么材料我要查社保"
        assert len(as_samples(await line.read(seq, pace="slower"))) > 1.1 * len(as_samples(wavs))


async def test_our_own_sentences_are_read_too(house: House) -> None:
    """Who cannot read well hears that they were not understood."""
    async with voice_line(house) as line:
        assert await line.read(0, sentence_name="ask_again")


async def test_it_is_no_open_reading_service(house: House) -> None:
    """Only stored replies of the own conversation: not what the citizen wrote, not what does not exist, no text of a page."""
    _limits(house).limits = RateLimits(read_aloud=3)
    async with voice_line(house) as line:
        await line.say("随便什么话", "message-1")
        assert await line.read(1) == [], "the citizen's own words"
        assert await line.read(99) == []
        assert line.of("reading_refused")[-1]["sentence"] == SENTENCES["nothing_to_read"]
        await line.read(2)
        assert await line.read(2) == []
        assert "读出来" in line.of("reading_refused")[-1]["sentence"]
        await line.send(type="read_aloud", id="reading-1", text="念这句")
        async for received in line.socket:
            assert received.type is not aiohttp.WSMsgType.BINARY
        assert line.socket.close_code == aiohttp.WSCloseCode.UNSUPPORTED_DATA


async def test_a_new_message_stops_what_is_being_read(house: House) -> None:
    """Nothing of the old reply is sent after the answer to the new message was asked for."""
    house.assistant.when("长", message("".join(f"第{n}条，我要查社保。" for n in range(300))))
    async with voice_line(house) as line:
        seq = (await line.say("长", "message-1"))["message"]["seq"]
        await line.send(type="read_aloud", id="reading-1", seq=seq)
        await line.until("audio")
        await line.say("你好", "message-2")
        before = len(line.of("audio"))
        await line.say("再见", "message-3")
        assert len(line.of("audio")) == before
        assert not line.of("reading_finished")


async def test_a_foreign_page_gets_no_line(house: House) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError):
        async with voice_line(house, origin="https://elsewhere.example"):
            pass


async def test_what_was_said_is_in_no_log(house: House, other_side: SpeechEngines) -> None:
    """Logs say how surely and how long, never what."""
    with structlog.testing.capture_logs() as logs:
        async with voice_line(house) as line:
            await line.speak(await spoken(other_side, QUESTION))
    assert "voice.transcribed" in [entry["event"] for entry in logs]
    assert QUESTION not in str(logs)


async def test_the_bundled_model_is_not_offered_to_the_public(
    settings: Settings, clock: SetClock, tmp_path: Path
) -> None:
    """Without the operator's word: no microphone, one honest sentence; replies are read all the same."""
    voice = SpeechSettings(fetched=tmp_path)
    async with running_house(settings, clock, lambda: open_speech(voice)) as house, voice_line(house) as line:
        assert line.of("voice")[-1] == {
            "type": "voice", "can_record": False, "can_read": True, "sentence": voice_data().offer.closed,
        }  # fmt: skip
        assert (await line.start_recording())["sentence"] == SENTENCES["closed"]
        seq = (await line.say("你好", "message-1"))["message"]["seq"]
        assert await line.read(seq)
        health = (await _health(house))["speech"]
        assert (health["state"], health["model"], health["free_speech"]) == ("ready", "bundled", False)
        assert "听不懂真人" in health["sentence"]


async def test_a_model_that_cannot_be_used_leaves_the_chat_as_it_is(
    settings: Settings, clock: SetClock, tmp_path: Path
) -> None:
    """/health says why; people write."""
    voice = SpeechSettings(fetched=tmp_path, model=tmp_path / "none")
    async with running_house(settings, clock, lambda: open_speech(voice)) as house:
        async with voice_line(house, voiceless=True) as line:
            assert (await line.say("你好", "message-1"))["message"]["text"] == "听到了：你好"
            assert await line.read(2) == []
        health = (await _health(house))["speech"]
    assert health["state"] == "none"
    assert "voices list" in health["sentence"]
