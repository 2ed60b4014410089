"""The permission table as people read it: one line a permission, its operations, and who may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backend.platform.http import Route
from backend.platform.permissions import (
    ANYONE,
    ASSISTANT,
    CITIZEN,
    CONNECTORS,
    OPERATIONS,
    PERMISSIONS,
    ROLE_NAMES,
    Role,
)

_DOORS = {
    ANYONE: "任何人",
    CITIZEN: "群众（只限自己的对话）",
    ASSISTANT: "助手",
    CONNECTORS: "接入",
    OPERATIONS: "系统管理员",
    **{f"role:{role}": ROLE_NAMES[role] for role in Role},
}
_ALL_STAFF = frozenset(f"role:{role}" for role in Role)


def permission_lines(routes: Iterable[Route]) -> Iterator[str]:
    """The table, permission by permission."""
    listed = list(routes)
    for permission, doors in PERMISSIONS.items():
        yield f"{permission}：{'、'.join(_names(doors))}"
        for route in listed:
            if route.permission == permission:
                yield f"    {route.method:<6} {route.path}  {route.summary}"


def _names(doors: frozenset[str]) -> list[str]:
    if doors >= _ALL_STAFF:
        return ["全体工作人员", *(_DOORS[door] for door in _DOORS if door in doors - _ALL_STAFF)]
    return [_DOORS[door] for door in _DOORS if door in doors]
