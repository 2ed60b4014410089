"""Voice messages and replies read aloud on the citizen's page, in a real Chromium with a microphone that plays a file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from playwright.async_api import Playwright, async_playwright, expect

from assistant.wire import Reply, Turn
from backend.client import NoticeRequest
from backend.core.clock import SetClock
from backend.settings import Settings
from connectors.speech.audio import Audio, pcm, read_wav, write_wav
from connectors.speech.recognition.heard import FREE
from connectors.speech.settings import SpeechSettings
from connectors.speech.speech import RATE, Speech, open_speech
from connectors.web_chat.voice import voice_data
from tests.browser.conftest import ARGUMENTS, NARROW, PATIENCE_MS, WIDE, People
from tests.browser.house import House, running_house
from tests.browser.people import Citizen
from tests.browser.scripted import message, notice_card, reply

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

QUESTION = "领失业金要带什么"
SAID = voice_data().said
Visit = Callable[..., "AsyncIterator[Citizen]"]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def house(settings: Settings, clock: SetClock, tmp_path: Path) -> AsyncIterator[House]:
    """The operator has allowed free speech with the bundled model."""
    voice = SpeechSettings(fetched=tmp_path, free_speech=True, places=2, workers=2)
    async with running_house(settings, clock, lambda: open_speech(voice)) as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def other_side(tmp_path: Path) -> AsyncIterator[Speech]:
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


async def spoken(speech: Speech, text: str, *, quiet_after: float = 3.0) -> np.ndarray:
    audio = await speech.wav(text)
    return np.concatenate([np.zeros(RATE // 2, np.int16), audio.samples, np.zeros(int(quiet_after * RATE), np.int16)])


def with_notice(house: House) -> None:
    """The assistant tells what to bring, with the card."""

    async def tell(conversation: str, _turn: Turn) -> Reply:
        notice = await house.hall.assistant.issue_notice(
            NoticeRequest(item="LJ-SY-001"), conversation=conversation, key=house.hall.key()
        )
        return reply(message("我要查社保。", card=notice_card(notice)))

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


@pytest.mark.parametrize("screen", [NARROW, WIDE], ids=["390", "1280"])
async def test_a_question_is_asked_by_voice_and_answered_aloud(
    visit: Callable[..., object], house: House, other_side: Speech, screen: dict[str, int]
) -> None:
    """Press, speak, a pause ends it; the text is there to be read and sent; the notice comes; the reply is read aloud."""
    with_notice(house)
    async with visit(await spoken(other_side, QUESTION), screen=screen) as citizen:  # type: ignore[attr-defined]
        sounds = sounds_of(citizen)
        await citizen.page.reload()
        await citizen.is_connected()
        await citizen.page.get_by_text("自动朗读").click()
        await citizen.presses("说话")
        await expect(citizen.page.locator("#hearing-state")).to_have_text("正在听，请说")
        await expect(citizen.text).to_have_value(QUESTION)
        await expect(citizen.page.locator("#voice-said")).to_have_text(SAID["accept"])
        await expect(citizen.page.locator("#hearing")).to_be_hidden()
        assert house.assistant.heard == [], "nothing is sent by itself"
        await citizen.presses("发送")
        await expect(citizen.card("notice")).to_be_visible()
        await expect(citizen.page.get_by_role("button", name="不读了")).to_be_visible()
        await expect(citizen.page.get_by_role("button", name="读出来")).to_be_visible()
        turn = house.assistant.heard[0]
        assert turn.recognised is not None
        heard = await other_side.recogniser.hear(
            b"".join(pcm(read_wav(wav).at(RATE).samples) for wav in sounds), RATE, FREE
        )
        assert heard.text == "我要查社保"
        assert not await citizen.scrolls_sideways()
        assert await citizen.small_targets() == []
