"""Changes of accounts with a high role need two people.

Revision: 0110
Follows: 0101
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_proposals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.String(length=32), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_proposals")),
    )
    with op.batch_alter_table("account_proposals") as batch_op:
        batch_op.create_index(batch_op.f("ix_account_proposals_outcome"), ["outcome"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("account_proposals") as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_proposals_outcome"))

    op.drop_table("account_proposals")
