"""Indices of the queues of cases; what the calendar knew when due dates were last computed.

Revision: 0090
Follows: 0080
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_index("ix_cases_owner")
        batch_op.drop_index("ix_cases_unit")
        batch_op.create_index("ix_cases_owner_state_due_on", ["owner", "state", "due_on"])
        batch_op.create_index("ix_cases_unit_state_due_on", ["unit", "state", "due_on"])
    op.create_table(
        "calendar_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_editions")),
    )
    op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_years")),
    )


def downgrade() -> None:
    op.drop_table("calendar_years")
    op.drop_table("calendar_editions")
    with op.batch_alter_table("cases") as batch_op:
        batch_op.drop_index("ix_cases_unit_state_due_on")
        batch_op.drop_index("ix_cases_owner_state_due_on")
        batch_op.create_index("ix_cases_unit", ["unit"])
        batch_op.create_index("ix_cases_owner", ["owner"])
