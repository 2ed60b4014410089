"""Figures of voice in the web chat, over the real socket: from the end of speech to the text, from 「读出来」 to the first sound.

    python -m tests.benchmarks.web_voice [--lines 1 4 8]

Sound is our own synthesis, sent in real time in pieces of a twentieth of a second, by so many browsers at once. The end of
speech is the last voiced sample, so the pause that ends it (0.8 s) is within the figure.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from backend.migrations import migrate
from backend.platform.clock import SetClock, SystemClock
from backend.settings import Settings
from backend.telemetry.logs import configure_logs
from connectors.speech.settings import SpeechSettings
from connectors.speech.speech import RATE, open_speech
from tests.browser.house import House, running_house
from tests.browser.scripted import message
from tests.connectors.web_chat.voices import spoken, voice_line

QUESTIONS = ("领失业金要带什么", "社保卡丢了怎么补办", "公司拖欠工资找谁", "我的件办到哪了")
REPLY = "失业保险金需要这些材料：本人身份证，社会保障卡。十个工作日内办好，不收费。"
PIECE = RATE // 20 * 2
LEAD, TAIL = RATE, 3 * RATE
"""Bytes of quiet before and after: as ``spoken`` makes them."""


async def one(house: House, place: int) -> tuple[float, float]:
    """Seconds from the end of speech to the text, and from asking to the first sound of a reply."""
    speech = await open_speech(SpeechSettings(fetched=Path("none"), places=1, workers=1))
    sound = await spoken(speech, QUESTIONS[place % len(QUESTIONS)])
    speech.close()
    async with voice_line(house) as line:
        await line.say("问", f"message-{place}")
        await line.start_recording()
        began = time.perf_counter()
        transcription = asyncio.create_task(line.until("transcription"))
        for number, at in enumerate(range(0, len(sound), PIECE)):
            await asyncio.sleep(max(0.0, began + number / 20 - time.perf_counter()))
            if transcription.done():
                break
            await line.socket.send_bytes(sound[at : at + PIECE])
        await transcription
        to_text = time.perf_counter() - began - (len(sound) - TAIL) / (2 * RATE)
        asked = time.perf_counter()
        await line.send(type="read_aloud", id="reading-1", seq=2, pace="slower" if place % 2 else "normal")
        await line.until("audio")
        return to_text, time.perf_counter() - asked


async def measure(lines: list[int]) -> None:
    """Print a line for each number of browsers."""
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings.from_environment({"DAOBAN_DATA": scratch})
        migrate(settings.database_url)
        voice = SpeechSettings(fetched=Path(scratch), free_speech=True, places=16, workers=2)
        for count in lines:
            async with running_house(settings, SetClock(SystemClock().now()), lambda: open_speech(voice)) as house:
                house.assistant.when("问", message(REPLY))
                found = await asyncio.gather(*(one(house, place) for place in range(count)))
            texts, sounds = zip(*found, strict=True)
            print(
                f"{count} browsers: text after {statistics.median(texts):.2f} s (worst {max(texts):.2f}), "
                f"first sound after {statistics.median(sounds) * 1000:.0f} ms (worst {max(sounds) * 1000:.0f})"
            )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, nargs="+", default=[1, 4, 8])
    os.environ["DAOBAN_LOG_LEVEL"] = "error"
    configure_logs(json=True)
    asyncio.run(measure(parser.parse_args().lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
