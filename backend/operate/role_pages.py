"""What each role sees first: docs/roles.md, written from the features' navigation."""

from __future__ import annotations

from collections.abc import Iterator

from backend.features import FEATURES
from backend.platform.identity import Principal
from backend.platform.permissions import ROLE_NAMES, Role
from backend.shell.rendering import Pages

_HEAD = """# What each role sees

Written by `./daoban permissions --roles > docs/roles.md`; a test compares it with the code. After signing in `/work` leads to the first
page; the others stand in the navigation of every page, 退出 in its head. Whoever holds several roles sees the pages of all of them.

| 岗位 | role | first page | also in the navigation |
| --- | --- | --- | --- |"""


def role_lines() -> Iterator[str]:
    """The lines of docs/roles.md."""
    pages = Pages({}, [entry for feature in FEATURES for entry in feature.navigation])
    yield _HEAD
    for role in Role:
        first, *others = pages.links(Principal("staff", roles=frozenset({role})), "/work")
        also = "、".join(f"{link.title} `{link.address}`" for link in others)
        yield f"| {ROLE_NAMES[role]} | `{role}` | {first.title} `{first.address}` | {also} |"
