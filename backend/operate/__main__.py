"""``python -m backend.operate``: what ``./daoban`` hands over to."""

from __future__ import annotations

import signal
import sys
from importlib import import_module

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # while a command is being read, Ctrl-C leaves no traceback
    sys.exit(import_module("backend.operate.command_line").main())
