"""``python -m backend.operate``: what ``./daoban`` hands over to."""

from __future__ import annotations

import sys

from backend.operate.command_line import main

if __name__ == "__main__":
    sys.exit(main())
