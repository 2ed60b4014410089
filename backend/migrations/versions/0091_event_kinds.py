"""Kinds of events are declared and named in the past tense; stored events follow. The audit trail keeps its names: it is chained.

Revision: 0091
Follows: 0090
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

RENAMED = {
    "case.submit": "case.submitted",
    "case.accept": "case.accepted",
    "case.refuse": "case.refused",
    "case.request_supplement": "case.supplement_requested",
    "case.receive_supplement": "case.supplement_received",
    "case.approve": "case.approved",
    "case.reject": "case.rejected",
    "case.deliver": "case.delivered",
    "case.withdraw": "case.withdrawn",
    "case.asked_twice": "case.supplement_requested_again",
    "conversation.message": "conversation.message_added",
    "conversation.handover_wanted": "conversation.handover_requested",
    "conversation.forgotten": "conversation.erased",
    "item.upgrade_waits": "item.upgrade_received",
    "staff.second_step_on": "staff.second_step_enabled",
    "staff.second_step_off": "staff.second_step_disabled",
    "staff.reset": "staff.account_reset",
    "switch.off": "switch.set",
    "switch.on": "switch.lifted",
    "understanding.forgotten": "understanding.untaught",
    "verification.wrong_code": "verification.code_rejected",
}
EVENTS = sa.table("events", sa.column("kind", sa.String))


def upgrade() -> None:
    for before, after in RENAMED.items():
        op.execute(EVENTS.update().where(EVENTS.c.kind == before).values(kind=after))


def downgrade() -> None:
    for before, after in RENAMED.items():
        op.execute(EVENTS.update().where(EVENTS.c.kind == after).values(kind=before))
