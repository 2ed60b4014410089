"""Figures of speech: accuracy by voice and band, real-time factor, streams per core, latencies, the round trip of replies.

    python -m tests.benchmarks.speech [--model FOLDER] [--only accuracy,ids,trip,speed,streams] [--sentences N] [--voices v,w]

Blind voices and blind sentences only, unless named otherwise; needs the dependency group voice-training.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import yaml

from backend.language.digits import by_figure
from connectors.speech.audio import Samples, pcm, resampled
from connectors.speech.models import BUNDLED
from connectors.speech.recognition.transcription import FREE, Expected, Transcription
from connectors.speech.recognition.vosk_decoding import Decoding, Model
from connectors.speech.synthesis.espeak import EspeakEngine
from connectors.speech.synthesis.espeak_library import EspeakLibrary, Prosody
from connectors.speech.synthesis.speaker import Speaker
from connectors.speech.text.espeak_input import VOICE, espeak_text
from connectors.speech.text.pronunciation import syllables
from connectors.speech.text.spelling import spell
from connectors.voice_training.corpus import corpus
from connectors.voice_training.damage import clipped, noisy, over_the_phone
from connectors.voice_training.speakers import BLIND

SEEN = ("f2", "m3", "")
BANDS = ("16 kHz", "8 kHz 电话", "15 dB 噪声")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def errors(wanted: Sequence[str], found: Sequence[str]) -> int:
    """Edit distance in characters (or syllables)."""
    row = list(range(len(found) + 1))
    for place, one in enumerate(wanted, 1):
        before, row = row, [place]
        for at, other in enumerate(found, 1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + (one != other)))
    return row[-1]


@dataclass(slots=True)
class Tally:
    """Errors of a set."""

    wrong: int = 0
    characters: int = 0
    spoilt: int = 0
    sentences: int = 0

    def add(self, wanted: Sequence[str], found: Sequence[str]) -> None:
        wrong = errors(wanted, found)
        self.wrong += wrong
        self.characters += len(wanted)
        self.spoilt += wrong > 0
        self.sentences += 1

    def __str__(self) -> str:
        return (
            f"{100 * self.wrong / max(self.characters, 1):5.2f} % ({100 * self.spoilt / max(self.sentences, 1):4.1f} %)"
        )


@dataclass(slots=True)
class Bench:
    """A model and a voice library."""

    model: Model
    library: EspeakLibrary = field(default_factory=EspeakLibrary)

    def said(self, text: str, voice: str, rng: random.Random) -> Samples:
        """16 kHz, with half a second of silence around it."""
        prosody = Prosody(rate=rng.randint(130, 200), pitch=rng.randint(35, 65))
        spoken = self.library.speak(espeak_text(text), f"{VOICE}+{voice}" if voice else VOICE, prosody)
        silence = np.zeros(8000, np.int16)
        return np.concatenate([silence, resampled(spoken.samples, self.library.rate, 16_000), silence])

    def transcribe(self, samples: Samples, rate: int, expected: Expected = FREE) -> Transcription:
        decoding = Decoding(self.model, rate, expected, whole=True)
        events = [
            event
            for at in range(0, len(samples), rate // 10)
            for event in decoding.accept(pcm(samples[at : at + rate // 10]))
        ]
        return next(event for event in (*events, *decoding.finish()) if isinstance(event, Transcription))


def in_band(samples: Samples, band: str, rng: random.Random) -> tuple[Samples, int]:
    """The same as it arrives: (samples, rate)."""
    wave = samples.astype(np.float64)
    if band == BANDS[1]:
        return clipped(over_the_phone(wave)).astype(np.int16), 8_000
    if band == BANDS[2]:
        return clipped(noisy(wave, rng, 15)).astype(np.int16), 16_000
    return samples, 16_000


def accuracy(bench: Bench, voices: Iterable[str], count: int) -> None:
    """Characters wrong (sentences wrong) by voice and band, of sentences in neither training audio nor language model."""
    rng = random.Random(7)
    texts = corpus()
    items = [
        text for place, text in enumerate(texts.blind_items) if place % 7
    ]  # every seventh served to set the decoder
    sets = {"事项问法": rng.sample(items, count), "群众原话": rng.sample(texts.blind_questions, count)}
    print(f"\n## 字错率（句错率），每格{count}句")
    print("| 声音 | 句子 | " + " | ".join(BANDS) + " |\n|---|---|---|---|---|")
    totals: dict[tuple[str, str], Tally] = defaultdict(Tally)
    sounds: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for voice in voices:
        for name, sentences in sets.items():
            cells = {band: Tally() for band in BANDS}
            for text in sentences:
                spoken = bench.said(text, voice, rng)
                for band in BANDS:
                    found = bench.transcribe(*in_band(spoken, band, rng)).text
                    cells[band].add(text, found)
                    if voice in BLIND:
                        totals[name, band].add(text, found)
                        sounds[name, band].add(sound(text), sound(found))
            print(
                f"| {voice or 'default'}{'' if voice in BLIND else '（训练用过）'} | {name} | "
                + " | ".join(str(cells[b]) for b in BANDS)
                + " |",
                flush=True,
            )
    for name in sets:
        print(f"| 没听过的声音 | {name} | " + " | ".join(str(totals[name, band]) for band in BANDS) + " |")
        print(
            f"| 同上，只看音节（不计声调、同音字） | {name} | "
            + " | ".join(str(sounds[name, band]) for band in BANDS)
            + " |"
        )


def sound(text: str) -> list[str]:
    """Syllables without tones: 不 and 补 are the same."""
    return [syllable[:-1] for syllable in syllables(text)]


def id_number(rng: random.Random) -> str:
    """A number that passes its check and belongs to nobody (region 530799 is not assigned)."""
    body = f"530799{rng.randint(1940, 2009)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    return body + "10X98765432"[sum(w * int(d) for w, d in zip(_ID_WEIGHTS, body, strict=True)) % 11]


def ids(bench: Bench, voices: Iterable[str], count: int) -> None:
    """Identity numbers of 18 figures, with the digit grammar; and plain 18 figures without a checksum to help."""
    rng = random.Random(11)
    print(f"\n## 18位号码全对的比例，每格{count}个\n| 声音 | 号码 | " + " | ".join(BANDS) + " |\n|---|---|---|---|---|")
    totals: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for voice in voices:
        for name, of in (("身份证号（有校验）", "id"), ("任意18位（无校验）", None)):
            cells: dict[str, list[bool]] = defaultdict(list)
            for _ in range(count):
                number = id_number(rng) if of else "".join(str(rng.randint(0, 9)) for _ in range(18))
                said = by_figure(number.replace("X", ""), one=rng.choice("一幺")) + ("叉" if "X" in number else "")
                spoken = bench.said(said, voice, rng)
                for band in BANDS:
                    transcription = bench.transcribe(*in_band(spoken, band, rng), Expected("digits", of=of, length=18))  # type: ignore[arg-type]
                    cells[band].append(transcription.digits == number)
                    totals[name, band].append(transcription.digits == number)
            print(
                f"| {voice or 'default'} | {name} | "
                + " | ".join(f"{100 * statistics.mean(cells[b]):.0f} %" for b in BANDS)
                + " |",
                flush=True,
            )
    for name in ("身份证号（有校验）", "任意18位（无校验）"):
        print(
            f"| 全部 | {name} | " + " | ".join(f"{100 * statistics.mean(totals[name, b]):.1f} %" for b in BANDS) + " |"
        )


def reply_sentences(count: int) -> list[str]:
    """What the product says: replies' spoken texts and the catalogue's sentences."""
    root = Path(__file__).parents[2]
    found: set[str] = set()
    for path in sorted((root / "assistant" / "replies" / "texts").glob("*.yaml")):
        for text in yaml.safe_load(path.read_text("utf-8")).values():
            if isinstance(text, dict) and "{" not in str(text.get("speech", "{")):
                found.add(str(text["speech"]))
    for path in sorted((root / "backend" / "one_window" / "catalogue" / "data" / "items").glob("*.yaml")):
        item = yaml.safe_load(path.read_text("utf-8"))
        found |= {
            f"{item['plain_name']}，一共{len(item['steps'])}步。第一步，{item['steps'][0]['name']}",
            item["summary"],
        }
        asked = [material["name"] for material in item.get("materials", ()) if material.get("ask") != "nothing"]
        if asked:
            found.add(f"要准备{len(asked)}样：{'、'.join(asked)}。")
    return random.Random(3).sample(sorted(found), count)


def trip(bench: Bench, count: int) -> None:
    """Replies spoken by the product's own voice and heard back."""
    engine = EspeakEngine()

    async def spoken(text: str) -> Samples:
        speaker = Speaker(engine)
        audio = await speaker.whole(text)
        speaker.close()
        return audio.samples

    tally, phone = Tally(), Tally()
    for text in reply_sentences(count):
        wanted = re.sub(r"[^\u4e00-\u9fff]", "", spell(text))
        samples = asyncio.run(spoken(text))
        tally.add(wanted, bench.transcribe(samples, 16_000).text)
        phone.add(wanted, bench.transcribe(*in_band(samples, BANDS[1], random.Random(1))).text)
    print(f"\n## {count}条回复说出来再听回来：16 kHz {tally}，8 kHz 电话 {phone}")


def speed(bench: Bench) -> None:
    """Real-time factors, time from the end of speech to text, first audio of a reply."""
    rng = random.Random(5)
    texts = rng.sample(corpus().blind_items, 20)
    silence = np.zeros(16_000 * 2, np.int16)
    factors: list[float] = []
    last_call: list[float] = []
    for text in texts:
        samples = np.concatenate([bench.said(text, "f5", rng), silence])
        decoding = Decoding(bench.model, 16_000, FREE)
        began = time.perf_counter()
        for at in range(0, len(samples), 320):
            before = time.perf_counter()
            events = decoding.accept(pcm(samples[at : at + 320]))
            if any(isinstance(event, Transcription) for event in events):
                last_call.append(time.perf_counter() - before)
        factors.append((time.perf_counter() - began) / (len(samples) / 16_000))
    print(f"\n## 识别：实时系数 {statistics.mean(factors):.3f}；停顿够了以后出文字 {1000 * statistics.median(last_call):.0f} ms（中位数），"
          f"{1000 * max(last_call):.0f} ms（最长）；停顿本身 选择0.4 s、自由0.8 s、数字0.5–1.5 s")  # fmt: skip

    async def first_audio() -> list[float]:
        times = []
        for text in reply_sentences(30):
            speaker = Speaker(EspeakEngine())
            began = time.perf_counter()
            await anext(speaker.speak(text))
            times.append(time.perf_counter() - began)
            speaker.close()
        return times

    times = asyncio.run(first_audio())
    print(
        f"## 合成：回复的第一声 {1000 * statistics.median(times):.0f} ms（中位数），{1000 * max(times):.0f} ms（最长）"
    )


def streams(bench: Bench) -> None:
    """Live streams side by side on all cores until a frame's delay doubles over that of one."""
    rng = random.Random(9)
    texts = rng.sample(corpus().blind_items, 12)
    sounds = [np.concatenate([bench.said(text, "f5", rng), np.zeros(16_000, np.int16)]) for text in texts]
    print("\n## 同时的路数（两个核，送得和真人一样快）\n| 路数 | 出文字的延迟 中位数 | 95 % |\n|---|---|---|")
    single = 0.0
    for count in (1, 4, 8, 16, 24, 32, 48):
        late = asyncio.run(_live(bench.model, sounds, count))
        median, high = statistics.median(late), sorted(late)[int(0.95 * (len(late) - 1))]
        print(f"| {count} | {1000 * median:.0f} ms | {1000 * high:.0f} ms |", flush=True)
        single = single or high
        if high > 2 * max(single, 0.05):
            break


async def _live(model: Model, sounds: list[Samples], count: int, workers: int = 2) -> list[float]:
    loop = asyncio.get_running_loop()
    late: list[float] = []
    with ThreadPoolExecutor(workers) as pool:

        async def one(place: int) -> None:
            decoding = Decoding(model, 16_000, FREE)
            samples = sounds[place % len(sounds)]
            await asyncio.sleep(place * 0.1 % 1)
            began = loop.time()
            for at in range(0, len(samples), 1600):
                due = began + (at + 1600) / 16_000
                await asyncio.sleep(max(0.0, due - loop.time()))
                await loop.run_in_executor(pool, decoding.accept, pcm(samples[at : at + 1600]))
                late.append(loop.time() - due)

        await asyncio.gather(*(one(place) for place in range(count)))
    return late


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=BUNDLED)
    parser.add_argument("--only", default="accuracy,ids,trip,speed,streams")
    parser.add_argument("--sentences", type=int, default=40)
    parser.add_argument("--voices", default=",".join((*BLIND, *SEEN)))
    options = parser.parse_args(arguments)
    bench = Bench(Model(options.model))
    voices = options.voices.split(",")
    for name in options.only.split(","):
        if name == "accuracy":
            accuracy(bench, voices, options.sentences)
        elif name == "ids":
            ids(bench, voices, options.sentences // 2)
        elif name == "trip":
            trip(bench, 100)
        elif name == "speed":
            speed(bench)
        elif name == "streams":
            streams(bench)
    return 0


if __name__ == "__main__":
    sys.exit(main())
