"""Who may do what: one readable table.

Doors:

- ``anyone``: nobody has to be known;
- ``citizen``: the holder of a conversation's cookie, for that conversation only;
- ``service:NAME``: another process of ours with its token;
- ``role:NAME``: a signed-in member of staff with that role.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """Roles of staff."""

    DESK_GUIDE = "desk_guide"
    COUNTER_CLERK = "counter_clerk"
    UNIT_LEAD = "unit_lead"
    HALL_MANAGER = "hall_manager"
    DUTY_LEADER = "duty_leader"
    CONTENT_EDITOR = "content_editor"
    CONTENT_REVIEWER = "content_reviewer"
    AUDITOR = "auditor"
    OPERATOR = "operator"


ROLE_NAMES: dict[Role, str] = {
    Role.DESK_GUIDE: "导询台工作人员",
    Role.COUNTER_CLERK: "窗口经办",
    Role.UNIT_LEAD: "单元负责人",
    Role.HALL_MANAGER: "大厅管理员",
    Role.DUTY_LEADER: "值班领导",
    Role.CONTENT_EDITOR: "内容编辑",
    Role.CONTENT_REVIEWER: "内容审核",
    Role.AUDITOR: "审计",
    Role.OPERATOR: "系统运维",
}

ANYONE = "anyone"
CITIZEN = "citizen"
ASSISTANT = "service:assistant"
CONNECTORS = "service:connectors"
OPERATIONS = "service:operations"


def role(*roles: Role) -> frozenset[str]:
    """Doors of the roles."""
    return frozenset(f"role:{name}" for name in roles)


ALL_STAFF = role(*Role)
CASE_STAFF = role(Role.COUNTER_CLERK, Role.UNIT_LEAD)

PERMISSIONS: dict[str, frozenset[str]] = {}
"""Permission -> doors it opens for, of all features declared so far. A route names exactly one permission."""


def declare_permissions(permissions: Mapping[str, frozenset[str]]) -> None:
    """Add the permissions of a feature. Raises ValueError for one that is declared otherwise already."""
    for name, doors in permissions.items():
        if PERMISSIONS.setdefault(name, doors) != doors:
            raise ValueError(name)
