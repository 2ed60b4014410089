"""``./daoban voices train``: make the bundled voice model anew. Apart from what runs: it needs packages of its own."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from backend.process.arguments import speak_chinese
from connectors.speech.models import BUNDLED

ROOT = Path(__file__).parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Make it; returns the exit status."""
    speak_chinese()
    parser = argparse.ArgumentParser(prog="./daoban voices train", description="重新做随附的模型（约半小时）")
    parser.add_argument(
        "--work", type=Path, default=ROOT / "var" / "voice_training", help="做到一半的东西放在这里，下次接着用"
    )
    parser.add_argument("--out", type=Path, default=BUNDLED, help="模型写到这里")
    options = parser.parse_args(arguments)
    try:
        from connectors.voice_training.recipe import Recipe, make
    except ImportError as error:
        told = "请先运行 uv pip install --python .venv/bin/python --group voice-training。"
        print(f"训练要用的包没有装（{error.name}）。{told}", file=sys.stderr)
        return 1
    make(options.work, options.out, Recipe(), lambda line: print(line, flush=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
