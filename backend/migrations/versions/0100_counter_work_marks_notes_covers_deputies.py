"""Counter work: marks, notes, covers, deputies.

Revision: 0100
Follows: 0094
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0094"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_covers",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("staff", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("arranged_by", sa.String(length=32), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_covers")),
    )
    with op.batch_alter_table("case_covers", schema=None) as batch_op:
        batch_op.create_index("ix_case_covers_deputy_ends_on", ["deputy", "ends_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_covers_staff"), ["staff"], unique=False)

    op.create_table(
        "case_marks",
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("material", sa.String(length=60), nullable=False),
        sa.Column("mark", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_marks_case_id_cases")),
        sa.PrimaryKeyConstraint("case_id", "material", "mark", name=op.f("pk_case_marks")),
    )
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_notes_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    with op.batch_alter_table("case_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_notes_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deputy_for", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("until", sa.Date(), nullable=True))

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("started_by", sa.String(length=32), nullable=True))
        batch_op.create_index(batch_op.f("ix_cases_started_by"), ["started_by"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cases_started_by"))
        batch_op.drop_column("started_by")

    with op.batch_alter_table("case_steps", schema=None) as batch_op:
        batch_op.drop_column("until")
        batch_op.drop_column("deputy_for")

    with op.batch_alter_table("case_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_notes_case_id"))

    op.drop_table("case_notes")
    op.drop_table("case_marks")
    with op.batch_alter_table("case_covers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_covers_staff"))
        batch_op.drop_index("ix_case_covers_deputy_ends_on")

    op.drop_table("case_covers")
