"""Assistance requests.

Revision: 0094
Follows: 0091
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assistance_requests",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("conversation", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("item", sa.String(length=12), nullable=True),
        sa.Column("topic", sa.String(length=40), nullable=True),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("taken_by", sa.String(length=32), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=600), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance_requests")),
    )
    with op.batch_alter_table("assistance_requests") as batch_op:
        batch_op.create_index(batch_op.f("ix_assistance_requests_conversation"), ["conversation"], unique=False)
        batch_op.create_index(batch_op.f("ix_assistance_requests_done_at"), ["done_at"], unique=False)
        batch_op.create_index("ix_assistance_requests_state_requested_at", ["state", "requested_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("assistance_requests") as batch_op:
        batch_op.drop_index("ix_assistance_requests_state_requested_at")
        batch_op.drop_index(batch_op.f("ix_assistance_requests_done_at"))
        batch_op.drop_index(batch_op.f("ix_assistance_requests_conversation"))

    op.drop_table("assistance_requests")
