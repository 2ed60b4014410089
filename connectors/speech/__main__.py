"""Commands of speech: say, hear, voices."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path

from backend.process.arguments import speak_chinese
from backend.process.refusals import refusals_told
from backend.telemetry.logs import configure_logs
from backend.telemetry.settings import ProcessSettings
from connectors.errors import ConnectorError
from connectors.speech import check
from connectors.speech.audio import write_wav
from connectors.speech.fetching import FetchError, fetch
from connectors.speech.models import BUNDLED, CURRENT, active_model, models, voice_model
from connectors.speech.recognition.transcription import DigitsOf, Expected, Transcription
from connectors.speech.settings import SpeechSettings
from connectors.speech.speech import SpeechEngines, open_speech

_YES_NO, _DIGITS = "yes_no", "digits"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    speak_chinese()
    options = _parser().parse_args(arguments)
    return refusals_told(lambda: _run(options))


def _run(options: argparse.Namespace) -> int:
    configure_logs(json=False, level=ProcessSettings.from_environment().log_level)
    try:
        return int(options.run(options) or 0)
    except (ConnectorError, FetchError) as error:
        print(error.detail if isinstance(error, ConnectorError) else error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="speech", description="听和说")
    commands = top.add_subparsers(required=True)
    say = commands.add_parser("say", help="把一句话说成WAV文件")
    say.add_argument("text")
    say.add_argument("--wav", required=True, type=Path)
    say.add_argument("--rate", type=int, default=16_000, choices=(8_000, 16_000, 22_050, 44_100, 48_000))
    say.set_defaults(run=_say)
    hear = commands.add_parser("hear", help="听一个WAV文件")
    hear.add_argument("wav", type=Path)
    hear.add_argument(
        "--grammar",
        nargs="+",
        default=(),
        metavar="说法",
        help="只可能是这些说法；也可写 yes_no 或 digits[:id|phone|case]",
    )
    hear.add_argument("--json", action="store_true")
    hear.set_defaults(run=_hear)
    commands.add_parser("check", help="检查语音的内容").set_defaults(run=_check)
    voices = commands.add_parser("voices", help="语音模型：list、fetch").add_subparsers(required=True)
    voices.add_parser("list", help="有哪些").set_defaults(run=_list)
    fetching = voices.add_parser("fetch", help="下载官方模型")
    fetching.add_argument("which", choices=sorted(models().downloads))
    fetching.set_defaults(run=_fetch)
    return top


def _say(options: argparse.Namespace) -> None:
    async def speak(speech: SpeechEngines) -> None:
        audio = await speech.wav(options.text, options.rate)
        options.wav.write_bytes(write_wav(audio))
        print(f"{options.wav}：{audio.seconds:.1f}秒，{speech.speaker.engine.name}")

    asyncio.run(_with_speech(speak))


def _hear(options: argparse.Namespace) -> None:
    """Free speech of the bundled model is what this command is for: somebody asks for it explicitly."""

    async def listen(speech: SpeechEngines) -> None:
        transcription = await speech.transcribe(options.wav.read_bytes(), _expected(options.grammar))
        print(json.dumps(asdict(transcription), ensure_ascii=False) if options.json else _described(transcription))
        if not options.json:
            print(speech.sentence, file=sys.stderr)

    if not options.wav.is_file():
        raise FetchError(f"没有这个文件：{options.wav}")
    asyncio.run(_with_speech(listen, free_speech=True))


def _expected(grammar: list[str]) -> Expected:
    if not grammar:
        return Expected()
    kind, _, of = grammar[0].partition(":")
    if kind == _DIGITS:
        lengths: dict[DigitsOf, int] = {"id": 18, "phone": 11, "case": 12}
        asked = next((name for name in lengths if name == of), None)
        return Expected("digits", of=asked, length=lengths[asked] if asked else None)
    return Expected("yes_no") if kind == _YES_NO else Expected("choice", tuple(grammar))


def _described(transcription: Transcription) -> str:
    others = "；".join(f"{other.text}（{other.confidence:.2f}）" for other in transcription.alternatives)
    return f"{transcription.text or '（没有听懂）'}（{transcription.confidence:.2f}）" + (
        f"　也可能是：{others}" if others else ""
    )


async def _with_speech(work: Callable[[SpeechEngines], Awaitable[None]], *, free_speech: bool = False) -> None:
    settings = SpeechSettings.from_environment()
    speech = await open_speech(settings.model_copy(update={"free_speech": free_speech or settings.free_speech}))
    try:
        await work(speech)
    finally:
        speech.close()


def _check(_options: argparse.Namespace) -> int:
    """Problems stop it; an alias that the model cannot say is told."""
    problems, to_know = check.run()
    print("\n".join(f"语音：{line}" for line in [*problems, *to_know]) or "语音没有问题。")
    return 1 if problems else 0


def _list(_options: argparse.Namespace) -> None:
    settings = SpeechSettings.from_environment()
    active = active_model(settings.model, settings.fetched).folder
    rows = [("bundled", BUNDLED, "随附，只听得懂合成语音")]
    rows += [(key, settings.fetched / download.name, download.title) for key, download in models().downloads.items()]
    if settings.model is not None:
        rows.append((settings.model.name, settings.model, "设置里指定的"))
    for key, folder, title in rows:
        state = "正在用" if folder == active else "已下载" if voice_model(folder).complete else "没有下载"
        print(f"{key:10} {state:5} {title}")


def _fetch(options: argparse.Namespace) -> None:
    settings = SpeechSettings.from_environment()
    shown = -1

    def progress(have: int, whole: int | None) -> None:
        nonlocal shown
        now = have * 100 // whole if whole else have // 2**20
        if now != shown:
            shown = now
            print(
                f"\r{have / 2**20:.1f} MB" + (f" / {whole / 2**20:.1f} MB（{now}%）" if whole else ""),
                end="",
                flush=True,
            )

    source = models()
    folder = asyncio.run(
        fetch(source.downloads[options.which], source.base_url, source.list, settings.fetched, progress)
    )
    print(f"\n好了：{folder}。重启以后就用它。（{settings.fetched / CURRENT}）")


if __name__ == "__main__":
    sys.exit(main())
