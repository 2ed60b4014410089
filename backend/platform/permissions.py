"""Who may do what: one readable table.

Doors:

- ``anyone``: nobody has to be known;
- ``citizen``: the holder of a conversation's cookie, for that conversation only;
- ``service:NAME``: another process of ours with its token;
- ``role:NAME``: a signed-in member of staff with that role.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """Roles of staff."""

    DESK_GUIDE = "desk_guide"
    COUNTER_CLERK = "counter_clerk"
    UNIT_LEAD = "unit_lead"
    HALL_MANAGER = "hall_manager"
    DUTY_LEADER = "duty_leader"
    CONTENT_EDITOR = "content_editor"
    AUDITOR = "auditor"


ROLE_NAMES: dict[Role, str] = {
    Role.DESK_GUIDE: "导询台工作人员",
    Role.COUNTER_CLERK: "窗口经办",
    Role.UNIT_LEAD: "单元负责人",
    Role.HALL_MANAGER: "大厅管理员",
    Role.DUTY_LEADER: "值班领导",
    Role.CONTENT_EDITOR: "内容编辑",
    Role.AUDITOR: "审计",
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

PERMISSIONS: dict[str, frozenset[str]] = {
    "public": frozenset({ANYONE}),
    "catalogue:read": frozenset({ANYONE}),
    "rules:read": frozenset({ANYONE}),
    "catalogue:edit": role(Role.CONTENT_EDITOR),
    "catalogue:review": role(Role.CONTENT_EDITOR, Role.HALL_MANAGER, Role.UNIT_LEAD, Role.AUDITOR),
    "catalogue:decide": role(Role.CONTENT_EDITOR, Role.HALL_MANAGER),
    "catalogue:centre": frozenset({OPERATIONS}) | role(Role.CONTENT_EDITOR, Role.HALL_MANAGER),
    "notices:preview": frozenset({ANYONE}),
    "notices:issue": frozenset({CITIZEN, ASSISTANT}) | role(Role.DESK_GUIDE, Role.COUNTER_CLERK, Role.UNIT_LEAD),
    "notices:read": frozenset({ANYONE}),
    "cases:start": frozenset({ASSISTANT}),
    "cases:read": frozenset({ASSISTANT}) | CASE_STAFF,
    "cases:draft": frozenset({ASSISTANT}),
    "cases:step": frozenset({ASSISTANT}) | CASE_STAFF,
    "cases:queue": CASE_STAFF,
    "cases:unmask": CASE_STAFF,
    "conversations:open": frozenset({CONNECTORS}),
    "conversations:write": frozenset({CONNECTORS}),
    "conversations:read": frozenset({CONNECTORS, ASSISTANT, CITIZEN}),
    "conversations:cases": frozenset({ASSISTANT}),
    "verification:phone": frozenset({CITIZEN, ASSISTANT, CONNECTORS}),
    "verification:counter": role(Role.DESK_GUIDE) | CASE_STAFF,
    "sockets:open": frozenset({ANYONE}),
    "sockets:redeem": frozenset({CONNECTORS}),
    "voice:tell": frozenset({CONNECTORS}),
    "voice:read": ALL_STAFF,
    "events:read": frozenset({CONNECTORS, OPERATIONS}) | ALL_STAFF,
    "understanding:teach": role(Role.CONTENT_EDITOR, Role.UNIT_LEAD, Role.HALL_MANAGER),
    "switches:set": role(Role.HALL_MANAGER, Role.DUTY_LEADER),
    "staff:sign_in": frozenset({ANYONE}),
    "staff:self": ALL_STAFF,
    "staff:add": frozenset({OPERATIONS}),
    "vault:rotate": frozenset({OPERATIONS}),
    "audit:read": role(Role.AUDITOR),
    "retention:read": frozenset({ASSISTANT, OPERATIONS}) | role(Role.AUDITOR, Role.HALL_MANAGER),
    "retention:run": frozenset({OPERATIONS}),
    "persons:handle": frozenset({OPERATIONS}),
    "metrics:read": frozenset({OPERATIONS}),
}
"""Permission -> doors it opens for. A route names exactly one permission."""
