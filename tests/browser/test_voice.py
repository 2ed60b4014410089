"""Voice messages and replies read aloud on the citizen's page, in a real Chromium with a microphone that plays a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Playwright, async_playwright, expect

from backend.client.notices import NoticesClient
from backend.contracts.cards import NoticeCard
from backend.contracts.notices import NoticeRequest
from backend.contracts.replies import Reply
from backend.contracts.turns import Turn
from backend.platform.clock import SetClock
from backend.settings import Settings
from connectors.speech.audio import Audio, pcm, read_wav, write_wav
from connectors.speech.recognition.transcription import FREE
from connectors.speech.settings import SpeechSettings
from connectors.speech.speech import RATE, SpeechEngines, open_speech
from connectors.web_chat.voice import voice_data
from tests.browser.conftest import ARGUMENTS, NARROW, TIMEOUT_MS, WIDE, People
from tests.browser.house import House, running_house
from tests.browser.people import Citizen
from tests.browser.scripted import message, reply

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "领失业金要带什么"
SENTENCES = voice_data().sentences
Visit = Callable[..., "AsyncIterator[Citizen]"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    expect.set_options(timeout=TIMEOUT_MS)
    async with async_playwright() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def house(settings: Settings, clock: SetClock, tmp_path: Path) -> AsyncIterator[House]:
    """The operator has allowed free speech with the bundled model."""
    voice = SpeechSettings(fetched=tmp_path, free_speech=True, places=2, workers=2)
    async with running_house(settings, clock, lambda: open_speech(voice)) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def other_side(tmp_path: Path) -> AsyncIterator[SpeechEngines]:
    """Speaks into the microphone, listens to the loudspeaker."""
    speech = await open_speech(SpeechSettings(fetched=tmp_path, free_speech=True, places=2, workers=2))
    yield speech
    speech.close()


@pytest.fixture
def visit(playwright: Playwright, chromium_path: str, house: House, tmp_path: Path) -> Callable[..., object]:
    """A citizen with a microphone that plays these samples once; None: no microphone, or it is refused."""

    @asynccontextmanager
    async def visit(
        sound: np.ndarray | None, *, refuses: bool = False, screen: dict[str, int] = WIDE
    ) -> AsyncIterator[Citizen]:
        arguments = [*ARGUMENTS]
        if sound is not None:
            file = tmp_path / "microphone.wav"
            file.write_bytes(write_wav(Audio(sound, RATE)))
            arguments += ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}%noloop"]
            arguments += [] if refuses else ["--use-fake-ui-for-media-stream"]
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        people = People(browser, house.hall.base)
        async with AsyncExitStack() as leaving:
            leaving.push_async_callback(browser.close)
            await leaving.enter_async_context(people.contexts)
            citizen = await people.citizen(screen=screen)
            await citizen.arrives()
            yield citizen
            assert citizen.troubles == []

    return visit


async def spoken(speech: SpeechEngines, text: str, *, quiet_after: float = 3.0) -> np.ndarray:
    audio = await speech.wav(text)
    return np.concatenate([np.zeros(RATE // 2, np.int16), audio.samples, np.zeros(int(quiet_after * RATE), np.int16)])


def with_notice(house: House) -> None:
    """The assistant tells what to bring, with the card."""

    async def tell(conversation: str, _turn: Turn) -> Reply:
        notice = await house.hall.assistant.part(NoticesClient).issue(
            NoticeRequest(item="LJ-SY-001"), conversation=conversation, key=house.hall.key()
        )
        return reply(message("我要查社保。", card=NoticeCard(notice=notice)))

    house.assistant.does(QUESTION, tell)


def sounds_of(citizen: Citizen) -> list[bytes]:
    """WAV files that come over the page's line from now on; call it before the page opens its line."""
    arrived: list[bytes] = []
    citizen.page.on(
        "websocket",
        lambda line: line.on(
            "framereceived", lambda payload: arrived.append(payload) if isinstance(payload, bytes) else None
        ),
    )
    return arrived


async def test_a_question_is_asked_by_voice_and_answered_aloud(
    visit: Callable[..., object], house: House, other_side: SpeechEngines
) -> None:
    """Press, speak, a pause ends it; the text is there to be read and sent; the notice comes; the reply is read aloud."""
    with_notice(house)
    async with visit(await spoken(other_side, QUESTION), screen=NARROW) as citizen:  # type: ignore[attr-defined]
        sounds = sounds_of(citizen)
        await citizen.page.reload()
        await citizen.is_connected()
        await citizen.page.get_by_text("自动朗读").click()
        await citizen.presses("说话")
        await expect(citizen.page.locator("#recording-state")).to_have_text("正在听，请说")
        await expect(citizen.text).to_have_value(QUESTION)
        await expect(citizen.page.locator("#voice-said")).to_have_text(SENTENCES["accept"])
        await expect(citizen.page.locator("#recording")).to_be_hidden()
        assert house.assistant.heard == [], "nothing is sent by itself"
        await citizen.presses("发送")
        await expect(citizen.card("notice")).to_be_visible()
        await expect(citizen.page.get_by_role("button", name="不读了")).to_be_visible()
        await expect(citizen.page.get_by_role("button", name="读出来")).to_be_visible()
        turn = house.assistant.heard[0]
        assert turn.recognised is not None
        transcription = await other_side.recogniser.transcribe(
            b"".join(pcm(read_wav(wav).at(RATE).samples) for wav in sounds), RATE, FREE
        )
        assert transcription.text == "我要查社保"
        assert not await citizen.scrolls_sideways()
        assert await citizen.small_targets() == []


async def test_by_keyboard_one_speaks_says_done_and_drops(
    visit: Callable[..., object], house: House, other_side: SpeechEngines
) -> None:
    """Enter begins and ends it, Escape drops it; the state is told to screen readers; focus stays where it is used."""
    long = np.concatenate([await spoken(other_side, "我要查社保", quiet_after=0.3)] * 12)
    async with visit(long) as citizen:  # type: ignore[attr-defined]
        button = citizen.page.locator("#speak")
        state = citizen.page.get_by_role("status").filter(has_text="正在听，请说")
        await button.focus()
        await citizen.page.keyboard.press("Enter")
        await expect(state).to_be_visible()
        await expect(button).to_have_text("说完了")
        await citizen.page.keyboard.press("Escape")
        await expect(citizen.page.locator("#voice-said")).to_have_text("这段不要了。")
        await expect(button).to_be_focused()
        await expect(citizen.text).to_have_value("")
        await citizen.page.keyboard.press("Enter")
        await expect(citizen.page.locator("#recording-text")).to_contain_text("社保")
        await citizen.page.keyboard.press("Enter")
        await expect(citizen.text).not_to_have_value("")
    assert house.assistant.heard == []


async def test_spoken_words_join_what_is_written_and_then_count_as_written(
    visit: Callable[..., object], house: House, other_side: SpeechEngines
) -> None:
    """Whoever has mended the text has read it: no confidence goes with it."""
    async with visit(await spoken(other_side, QUESTION)) as citizen:  # type: ignore[attr-defined]
        await citizen.text.fill("您好")
        await citizen.presses("说话")
        await expect(citizen.text).to_have_value(f"您好，{QUESTION}")
        await citizen.presses("发送")
        await citizen.hears(f"听到了：您好，{QUESTION}")
    assert house.assistant.heard[0].recognised is None


async def test_a_microphone_that_is_refused_or_missing_is_told(visit: Callable[..., object]) -> None:
    """Plainly, with what to do; writing works."""
    async with visit(None) as citizen:  # type: ignore[attr-defined]
        await citizen.presses("说话")
        await expect(citizen.page.locator("#voice-said")).to_contain_text("没有找到话筒")
        await expect(citizen.page.locator("#speak")).to_have_text("说话")
        await citizen.says("你好")
        await citizen.hears("听到了：你好")
    async with visit(np.zeros(RATE, np.int16), refuses=True) as citizen:  # type: ignore[attr-defined]
        await citizen.presses("说话")
        await expect(citizen.page.locator("#voice-said")).to_contain_text("没有允许用话筒")
        await expect(citizen.page.locator("#recording")).to_be_hidden()


async def test_silence_is_told_and_again_a_person_is_offered(
    visit: Callable[..., object], house: House, other_side: SpeechEngines
) -> None:
    """The third time 「找人帮我」 is there and does what it says."""
    async with visit(np.zeros(RATE, np.int16)) as citizen:  # type: ignore[attr-defined]
        said = citizen.page.locator("#voice-said")
        for name in ("nothing", "nothing", "person"):
            await citizen.presses("说话")
            await expect(citizen.page.locator("#recording-state")).to_have_text("正在听，请说")
            await citizen.presses("说完了")
            await expect(said).to_have_text(SENTENCES[name])  # type: ignore[index]
        await citizen.presses("找人帮我")
        await citizen.hears("听到了：转人工")
        await expect(said).to_have_text("")


async def test_a_line_lost_while_speaking_keeps_what_was_heard(
    visit: Callable[..., object], house: House, other_side: SpeechEngines
) -> None:
    """The partial text is put where people write; the page says so; after that one may speak again."""
    long = np.concatenate([await spoken(other_side, QUESTION, quiet_after=0.2)] * 8)
    async with visit(long) as citizen:  # type: ignore[attr-defined]
        await citizen.presses("说话")
        await expect(citizen.page.locator("#recording-text")).to_contain_text("失业金")
        await house.disconnect()
        await expect(citizen.page.locator("#voice-said")).to_contain_text("连接断了，录音停了。听到的先写在这里")
        assert "失业金" in await citizen.text.input_value()
        await house.connect()
        await expect(citizen.page.locator("#connection")).to_be_hidden()
        await citizen.presses("发送")
        await citizen.hears("失业金")


async def test_reading_is_stopped_by_its_button_and_by_a_new_message(people: People, house: House) -> None:
    """No microphone is needed; the pace is remembered; what a citizen wrote has no button."""
    house.assistant.when("长", message("我要查社保。" * 30))
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("长")
    await citizen.presses("读出来")
    await expect(citizen.page.get_by_role("button", name="不读了")).to_be_visible()
    await citizen.presses("不读了")
    await expect(citizen.page.get_by_role("button", name="读出来")).to_be_visible()
    await citizen.presses("读出来")
    await citizen.says("你好")
    await citizen.hears("听到了：你好")
    await expect(citizen.page.get_by_role("button", name="不读了")).to_be_hidden()
    await expect(citizen.page.locator("#log .from-citizen .read")).to_have_count(0)
    await citizen.page.get_by_text("读慢一点").click()
    await citizen.page.reload()
    await citizen.is_connected()
    await expect(citizen.page.get_by_label("读慢一点")).to_be_checked()
    await expect(citizen.page.get_by_label("自动朗读")).not_to_be_checked()


async def test_without_the_operators_word_there_is_no_microphone(people: People, house: House, tmp_path: Path) -> None:
    """The bundled model understands no people: the public page has no button; replies are read all the same."""
    await house.disconnect()
    house.speech = lambda: open_speech(SpeechSettings(fetched=tmp_path))
    await house.connect()
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("你好")
    await expect(citizen.page.get_by_role("button", name="读出来")).to_be_visible()
    await expect(citizen.page.locator("#speak")).to_be_hidden()
