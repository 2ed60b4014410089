"""Refusals to start and to go on: one sentence of ``data/refusals.yaml`` and what to do, never a traceback."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from backend.process.storage_faults import fault_of, path_of
from backend.telemetry.settings import START_REFUSED, WrongSettingError

_FILE = Path(__file__).parent / "data" / "refusals.yaml"
INTERRUPTED = 130
"""Exit status after Ctrl-C."""
READER_GONE = 128 + signal.SIGPIPE
"""Exit status when whoever read our output has ended, as ``head`` does; shells expect this one."""


class StartRefusedError(RuntimeError):
    """Something must not start as things are; the message says what to do."""


def sentence(name: str, **values: object) -> str:
    """A sentence of the file."""
    return _sentences()[name].format(**values)


def refused(name: str, **values: object) -> StartRefusedError:
    """A refusal in a sentence of the file."""
    return StartRefusedError(sentence(name, **values))


def sentence_of(error: BaseException) -> str | None:
    """The sentence of an error, where it is a refusal or comes of the disk, the database or a port; else None."""
    if isinstance(error, StartRefusedError | WrongSettingError):
        return str(error)
    if isinstance(error, OSError) and error.errno in (errno.EADDRINUSE, errno.EADDRNOTAVAIL):
        return sentence("port_taken", detail=error.strerror)
    fault = fault_of(error)
    if fault is None:
        return None
    named = path_of(error)
    return sentence(fault, where=f"：{named}" if named else "")


def refusals_told(work: Callable[[], int | None]) -> int:
    """The exit status of a piece of work; what stops it is told in its sentence. Raises what it has no sentence for."""
    try:
        status = work() or 0
        sys.stdout.flush()
    except BrokenPipeError:
        return reader_gone()
    except KeyboardInterrupt:
        sys.stderr.write(f"\n{sentence('interrupted')}\n")
        return INTERRUPTED
    except Exception as error:
        told = sentence_of(error)
        if told is None:
            raise
        sys.stderr.write(f"{told}\n")
        return START_REFUSED
    return status


def reader_gone() -> int:
    """The exit status when our output is read no more; Python's own last flush then has nowhere to complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return READER_GONE


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    return TypeAdapter(dict[str, str]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))
