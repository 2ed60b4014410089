"""Training: one model per fingerprint of its inputs; nothing is trained twice."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import shutil
import sys
import tarfile
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

from assistant.semantics.vectors import FILE as VECTORS_FILE
from assistant.understanding.questions import delivered_index
from assistant.understanding.seed import training_seed

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "assistant" / "config.yml"
DOMAIN = ROOT / "assistant" / "domain"
DATA = ROOT / "nlu_data"
_INPUTS = (
    "assistant/config.yml",
    "assistant/domain/*.yml",
    "assistant/understanding/*.py",
    "backend/language/digits.py",
    "backend/language/numerals.py",
    "backend/language/pinyin.py",
    "backend/language/placeholders.py",
    "backend/language/script.py",
    "nlu_data/danger/*.yml",
    "nlu_data/danger_concepts.yml",
    "nlu_data/nlu/*.yml",
    "nlu_data/rules/*.yml",
    "nlu_data/questions/**/*.yml",
)
"""Files of which every character counts; of the catalogue only what is learnt does (``_learnt_of_content``)."""
DELIVERED = ROOT / "assistant" / "trained"
"""The model of the delivered content and its sentence vectors, committed with it: a first start trains nothing."""
KEPT_MODELS = 3
_CHUNK_BYTES = 2**20
LOG = "training.log"
PROGRESS_SECONDS = 5


def fingerprint() -> str:
    """Digest of everything a model is trained from, the seed included."""
    digest = hashlib.sha256(f"rasa 3.6.21, seed {training_seed()}".encode())
    for path in _input_files():
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_bytes())
    digest.update(_learnt_of_content())
    return digest.hexdigest()[:16]


def _learnt_of_content() -> bytes:
    """What a model is trained from of items and answers: names and how people ask. Their other sentences change without training."""
    content = delivered_index()
    return "\n".join(entry.model_dump_json() for entry in (*content.items, *content.answers)).encode()


def model_path(models: Path) -> Path:
    """Where the model of today's inputs lies, trained or not."""
    return models / f"{fingerprint()}.tar.gz"


def is_damaged(model: Path) -> bool:
    """Whether a model's file is cut or changed: its checksum is of the whole archive."""
    try:
        with gzip.open(model) as whole:
            while whole.read(_CHUNK_BYTES):
                pass
        with tarfile.open(model) as archive:
            return "metadata.json" not in {name.removeprefix("./") for name in archive.getnames()}
    except (OSError, EOFError, zlib.error, tarfile.TarError):
        return True


def set_aside_damaged(model: Path, tell: Callable[[str], None]) -> None:
    """Move a damaged model away, so that it is trained anew; whoever looks for the cause still has it."""
    if model.exists() and is_damaged(model):
        aside = model.with_name(f"{model.name}.damaged")
        model.replace(aside)
        tell(f"助手的模型文件坏了，已放到一边（{aside}），现在换上好的。")


def train(models: Path, tell: Callable[[str], None], *, if_changed: bool, delivered: Path = DELIVERED) -> Path:
    """Train; returns the model. ``tell`` hears what is going on.

    ``if_changed``: what was trained of these inputs before is taken, in this folder or in ``delivered``.
    """
    target = model_path(models)
    set_aside_damaged(target, tell)
    if if_changed and target.exists():
        return target
    models.mkdir(parents=True, exist_ok=True)
    with _alone(models):
        if if_changed and (target.exists() or _taken(delivered / target.name, target)):
            return target  # somebody else was training it, or it came with the content
        _train_now(models, target, tell)
    _forget_old(models)
    return target


def deliver(models: Path, tell: Callable[[str], None], *, to: Path = DELIVERED) -> Path:
    """Put the model of today's inputs where it is committed with them, in place of an older one. Returns its file there.

    With it go the sentence vectors that lie beside it: those of the catalogue, once an installation has run with it.
    """
    model = train(models, tell, if_changed=True, delivered=to)
    to.mkdir(parents=True, exist_ok=True)
    for old in to.glob("*.tar.gz"):
        if old.name != model.name:
            old.unlink()
    kept = to / model.name
    if not kept.exists():
        shutil.copyfile(model, kept)
    if (vectors := models / VECTORS_FILE).exists():
        shutil.copyfile(vectors, to / VECTORS_FILE)
    return kept


def _taken(delivered: Path, target: Path) -> bool:
    """Whether the delivered model is whole and now lies where models are kept."""
    if not delivered.exists() or is_damaged(delivered):
        return False
    draft = target.with_suffix(".new")
    shutil.copyfile(delivered, draft)
    draft.replace(target)
    return True


def _train_now(models: Path, target: Path, tell: Callable[[str], None]) -> None:
    began = time.monotonic()
    with _progress(tell), (models / LOG).open("w", encoding="utf-8") as log:
        try:
            with redirect_stdout(log), redirect_stderr(log):  # its progress bars are not for people
                _train_to(target)
        except Exception:
            tell(f"训练没有成功，详细记录在 {models / LOG}")
            raise
    tell(f"助手训练好了（{time.monotonic() - began:.0f}秒）。")


def _train_to(target: Path) -> None:
    prepare_rasa()
    from rasa.model_training import train as rasa_train  # seconds to import

    with tempfile.TemporaryDirectory() as scratch:
        result = rasa_train(
            domain=str(DOMAIN),
            config=str(CONFIG),
            training_files=[str(DATA / part) for part in ("nlu", "rules")],
            output=scratch,
            fixed_model_name=target.name.removesuffix(".tar.gz"),
            force_training=True,
        )
        if result.model is None:
            raise RuntimeError("rasa trained no model")
        draft = target.with_suffix(".new")
        shutil.move(result.model, draft)
        draft.replace(target)


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    """One training at a time in a folder, whichever process; the others wait."""
    with (models / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _progress(tell: Callable[[str], None]) -> Iterator[None]:
    """Say every few seconds that it goes on."""
    tell("正在训练助手，一分钟左右……")
    done = threading.Event()

    def count() -> None:
        seconds = 0
        while not done.wait(PROGRESS_SECONDS):
            seconds += PROGRESS_SECONDS
            tell(f"  还在训练，{seconds}秒……")

    counter = threading.Thread(target=count, daemon=True)
    counter.start()
    try:
        yield
    finally:
        done.set()
        counter.join()


def prepare_rasa() -> None:
    """What Rasa needs before its first import: our packages importable, no telemetry, few threads, quiet."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))


def _input_files() -> Iterator[Path]:
    for pattern in _INPUTS:
        yield from sorted(ROOT.glob(pattern))


def _forget_old(models: Path) -> None:
    trained = sorted(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in trained[KEPT_MODELS:]:
        path.unlink()
