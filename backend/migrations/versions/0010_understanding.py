"""What was not understood, what is taught, what is switched off.

Revision: 0010
Follows: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unclear_questions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unclear_questions")),
        sa.UniqueConstraint("text", name=op.f("uq_unclear_questions_text")),
    )
    op.create_index(op.f("ix_unclear_questions_last_at"), "unclear_questions", ["last_at"])
    op.create_index(op.f("ix_unclear_questions_decision"), "unclear_questions", ["decision"])
    op.create_table(
        "taught_examples",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("target", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taught_examples")),
        sa.UniqueConstraint("text", name=op.f("uq_taught_examples_text")),
    )
    op.create_index(op.f("ix_taught_examples_target"), "taught_examples", ["target"])
    op.create_table(
        "switches",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("target", sa.String(length=30), nullable=False),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "target", name=op.f("pk_switches")),
    )


def downgrade() -> None:
    for table in ("switches", "taught_examples", "unclear_questions"):
        op.drop_table(table)
