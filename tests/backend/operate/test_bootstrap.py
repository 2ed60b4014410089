"""``./daoban`` brings uv by pip: one version, its files known by their hashes."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_uv_is_brought_by_version_and_hash_only() -> None:
    """A package of that name with other content is not installed (pip --require-hashes)."""
    pinned, *hashes = (ROOT / "requirements-uv.lock").read_text().replace("\\", "").split()
    assert re.fullmatch(r"uv==\d+\.\d+\.\d+", pinned)
    assert len(hashes) > 10, "of each system"
    assert all(re.fullmatch("--hash=sha256:[0-9a-f]{64}", line) for line in hashes)
    script = (ROOT / "daoban").read_text()
    assert "--require-hashes" in script
    assert script.count('"install"') == 1
